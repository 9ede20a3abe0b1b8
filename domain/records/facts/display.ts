import type { Words } from '../../words.ts';
import type { Figure } from './figure.ts';
import { measure } from './metric.ts';

/**
 * How a number is put into words. 余 and 多 stay below it, 近 above, 超 below by less than one, 万 and 成 change the scale. A number
 * that is itself what the words would say is told as it is: 170 is not 170余, and half is not over 50 percent.
 */
export const shows = ['plain', '余', '近', '多', '超', '万', '成'] as const;
export type Show = (typeof shows)[number];

/** Which way a change went, in front of how much it was: more, less, and neither. A sentence never says 变化 -5.5%. */
export const turns = {
  上升: ['上升', '下降', '持平'],
  增长: ['增长', '下降', '持平'],
  增加: ['增加', '减少', '没有变化'],
  增收: ['增收', '减收', '收入持平'],
} as const satisfies Readonly<Record<string, readonly [more: string, less: string, same: string]>>;
export type Turn = keyof typeof turns;
export const turnNames = Object.keys(turns) as readonly Turn[];

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
function rounded(n: number, up: boolean): number {
  const size = n < 10 ? 1 : 10 ** (Math.floor(Math.log10(n)) - 1);
  return (up ? Math.ceil(n / size) : Math.floor(n / size)) * size;
}

/** A number in round words, or null where these words would not be true of it or would not be Chinese. */
function inRoundWords(n: number, show: Show, unit: string): string | null {
  if (show === '近') return rounded(n, true) > n ? `近${rounded(n, true)}${unit}` : null;
  const below = show === '超' ? Math.floor(n) : rounded(n, false);
  if (below === 0 || below === n) return null;
  if (show === '超') return `超${below}${unit}`;
  // 余 follows a round number before the unit (190余万元), and goes inside the unit after any other (33万余元).
  if (below % 10 === 0) return `${below}${show}${unit}`;
  return unit === '万元' ? `${below}万${show}元` : null;
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
  if (lang === 'zh' && show !== 'plain' && n > 0) {
    if (show === '万') {
      const scaled = tidy(n / 10_000, figure.unit.zh === '户' ? 2 : 1);
      return n < 10_000 ? `${tidy(n, digitsOf(figure))}${figure.unit.zh}` : `${scaled}万${figure.unit.zh}`;
    }
    const words =
      show === '成' ? (n < 10 ? null : `${tenths[Math.min(10, Math.floor(n / 10))]}成`) : inRoundWords(n, show, said);
    if (words !== null) return words;
  }
  // English counts money in yuan: 5,879 万元 is 58,790,000 CNY.
  if (lang === 'en' && figure.unit.zh === '万元')
    return `${Math.round(Number(n.toFixed(2)) * 10_000).toLocaleString('en')} CNY`;
  return `${tidy(n, digitsOf(figure))}${said}`;
}

/** A change as a sentence says it: 下降5.5%, 增收33万余元, 持平. */
export function turnedOf(figure: Shown, value: string, turn: Turn, show: Show = 'plain'): string {
  const [more, less, same] = turns[turn];
  const n = Number(value);
  if (Number(n.toFixed(isShare(figure) ? 4 : digitsOf(figure))) === 0) return same;
  // Nothing becomes less by a third of a time: what shrinks is told in percent.
  if (n < 0 && figure.unit.zh === '倍') return `${less}${percentOf(-n)}`;
  return `${n < 0 ? less : more}${displayOf(figure, String(Math.abs(n)), show)}`;
}

/** How fewer than five persons are told of. */
export const fewPersons = '<5';

/** Under five persons nobody is told outside the unit that serves them. */
export function smallCell(figure: Figure, value: string): boolean {
  return figure.persons === true && Number(value) > 0 && Number(value) < 5;
}
