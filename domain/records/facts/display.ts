import type { Words } from '../../words.ts';
import type { Figure } from './figure.ts';
import { measure } from './metric.ts';

/** How a number is put into words. 余 and 多 round down, 近 rounds up, 超 stays below, 万 and 成 change the scale. */
export const shows = ['plain', '余', '近', '多', '超', '万', '成'] as const;
export type Show = (typeof shows)[number];

const countWords = ['个', '年', '名', '月', '星', '人', '户', '次', '人次', '场', '期', '件'];
const tenths = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

type Shown = Pick<Figure, 'unit' | 'decimals'>;

/** Whole units have no digits after the point; money in 10,000 CNY, land and lengths two, percentages two. */
function digitsOf(figure: Shown): number {
  if (figure.decimals === 0) return 0;
  if (['%', '个百分点', '万元', '亩', '公里', '分'].includes(figure.unit.zh)) return 2;
  return ['', '小时', '倍', '元'].includes(figure.unit.zh) ? 2 : 0;
}

const tidy = (n: number, digits: number) => String(Number(n.toFixed(digits)));

/** Rounds to two leading digits: 1,234 in round words is 1,200余 or 近1,300. */
function roundWord(n: number, up: boolean): string {
  const size = Math.abs(n) < 10 ? 1 : 10 ** (Math.floor(Math.log10(Math.abs(n))) - 1);
  return tidy((up ? Math.ceil(n / size) : Math.floor(n / size)) * size, 2);
}

/** Whether a number is kept as a share of one; people read it in percent. */
export const isShare = ({ unit }: Pick<Figure, 'unit'>): boolean => unit.zh === measure.share.zh;

/** A share of one in percent, with two digits after the point at most. */
export const percentOf = (value: string | number): string => `${Math.round(Number(value) * 10_000) / 100}%`;

/**
 * A value as it stands in a text, its unit included. Rounding is a presentation: the stored value stays what it is, so that
 * 六成 and 61.37 % are two roundings of one number.
 */
export function displayOf(figure: Shown, value: string, show: Show = 'plain', lang: keyof Words = 'zh'): string {
  if (isShare(figure)) return percentOf(value);
  const n = Number(value);
  const unit = figure.unit[lang];
  // The measure word of a count is written in the text itself: 16 个乡镇, 60 名党员.
  const counted = countWords.includes(figure.unit.zh) || unit === '';
  const said = counted ? '' : lang === 'zh' ? unit : ` ${unit}`;
  if (lang === 'zh') {
    if (show === '余' || show === '多') return `${roundWord(n, false)}${show}${said}`;
    if (show === '近') return `近${roundWord(n, true)}${said}`;
    if (show === '超') return `超${Number.isInteger(n) ? n - 1 : Math.floor(n)}${said}`;
    if (show === '万') return `${tidy(n / 10_000, figure.unit.zh === '户' ? 2 : 1)}万${figure.unit.zh}`;
    if (show === '成') return `${tenths[Math.min(10, Math.floor(Math.abs(n) / 10))]}成`;
  }
  // English counts money in yuan: 5,879 万元 is 58,790,000 CNY.
  if (lang === 'en' && figure.unit.zh === '万元')
    return `${Math.round(Number(n.toFixed(2)) * 10_000).toLocaleString('en')} CNY`;
  return `${tidy(n, digitsOf(figure))}${said}`;
}

/** How fewer than five persons are told of. */
export const fewPersons = '<5';

/** Under five persons nobody is told outside the unit that serves them. */
export function smallCell(figure: Figure, value: string): boolean {
  return figure.persons === true && Number(value) > 0 && Number(value) < 5;
}
