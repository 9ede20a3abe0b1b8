import type { Words } from '../../words.ts';
import { unitTypes } from '../units/index.ts';
import { catalogues } from '../catalogues/all.ts';
import { recordsText } from './definition-records.ts';
import type { Expr, UnitsWhere } from './expr.ts';
import { caseTypeWords, designationWords } from './kind-words.ts';
import { metrics } from './metrics.ts';

function both(make: (pick: (words: Words) => string, zh: boolean) => string): Words {
  return { zh: make((w) => w.zh, true), en: make((w) => w.en, false) };
}

const typeNames = (types: readonly (keyof typeof unitTypes)[]) =>
  both((pick, zh) => types.map((t) => pick(unitTypes[t].words)).join(zh ? '、' : ', '));

const caseWords = {
  opened: { zh: '本期发生', en: 'opened within the period' },
  closed: { zh: '本期办结', en: 'closed within the period' },
  open: { zh: '期末未结', en: 'open at the end of the period' },
} as const;

/** The definition of a figure in words, as a page prints it beside the number. */
export function definitionOf(expr: Expr): Words {
  switch (expr.of) {
    case 'fact':
      return metrics[expr.metric].words;
    case 'units':
      return both((pick, zh) =>
        zh
          ? `期末在用的${pick(typeNames(expr.types))}数`
          : `units in use at the end of the period: ${pick(typeNames(expr.types))}`,
      );
    case 'units-at-least':
      return both((pick, zh) =>
        zh
          ? `“${pick(metrics[expr.metric].words)}”不低于 ${expr.bound} 的${pick(typeNames(expr.types))}数`
          : `units (${pick(typeNames(expr.types))}) whose ${pick(metrics[expr.metric].words)} is at least ${expr.bound}`,
      );
    case 'cases':
      return both((pick, zh) =>
        zh
          ? `${pick(caseWords[expr.when])}的“${pick(caseTypeWords(expr.type))}”件数`
          : `cases of the type “${pick(caseTypeWords(expr.type))}” ${pick(caseWords[expr.when])}`,
      );
    case 'designations':
      return both((pick, zh) => designationText(expr, pick(designationWords(expr.kind)), zh));
    case 'sum':
      return both((pick) => expr.parts.map((part) => pick(definitionOf(part))).join(' + '));
    case 'ratio':
      return both((pick) => {
        const times = expr.times && expr.times !== 1 ? ` × ${expr.times}` : '';
        return `(${pick(definitionOf(expr.top))}) ÷ (${pick(definitionOf(expr.bottom))})${times}`;
      });
    case 'divide':
      return both((pick) => `(${pick(definitionOf(expr.part))}) ÷ ${expr.by}`);
    case 'growth':
      return growthText(expr);
    case 'records':
      return { zh: recordsText(expr, true), en: recordsText(expr, false) };
    default:
      return composedText(expr);
  }
}

function growthText(expr: Extract<Expr, { of: 'growth' }>): Words {
  return both((pick, zh) => {
    const part = pick(definitionOf(expr.part));
    const how = expr.multiple ? (zh ? '倍数' : 'in multiples of it') : '%';
    if (expr.sinceYear)
      return zh
        ? `${part}比创建开始前（${pick(definitionOf(expr.sinceYear))}的上一年）增长 ${how}`
        : `growth of ${part} on the year before ${pick(definitionOf(expr.sinceYear))}, ${how}`;
    if (expr.meanOf)
      return zh
        ? `${part}比前 ${expr.meanOf} 年同期平均增长 ${how}`
        : `growth of ${part} on the mean of ${expr.meanOf} years before, ${how}`;
    return zh ? `${part}比上年同期增长 ${how}` : `growth of ${part} on the year before, ${how}`;
  });
}

function unitsText(expr: UnitsWhere): Words {
  return both((pick, zh) => {
    const sign = expr.exactly ? '=' : '≥';
    const among = expr.among
      ? zh
        ? `（限：${pick(definitionOf(expr.among))}）`
        : ` (among: ${pick(definitionOf(expr.among))})`
      : '';
    if (expr.take)
      return zh
        ? `各${pick(typeNames(expr.types))}${among}“${pick(definitionOf(expr.part))}”${expr.take === 'sum' ? '之和' : '的最大值'}`
        : `${expr.take === 'sum' ? 'sum' : 'largest'} over units (${pick(typeNames(expr.types))})${among} of ${pick(definitionOf(expr.part))}`;
    return zh
      ? `“${pick(definitionOf(expr.part))}”${sign} ${expr.atLeast} 的${pick(typeNames(expr.types))}数${among}`
      : `units (${pick(typeNames(expr.types))}) whose ${pick(definitionOf(expr.part))} ${sign} ${expr.atLeast}${among}`;
  });
}

const everyWords = { week: ['周', 'week'], month: ['月', 'month'], quarter: ['季度', 'quarter'] } as const;

type Composed = Exclude<
  Expr,
  {
    of:
      | 'fact'
      | 'units'
      | 'units-at-least'
      | 'cases'
      | 'designations'
      | 'records'
      | 'sum'
      | 'ratio'
      | 'divide'
      | 'growth';
  }
>;

function composedText(expr: Composed): Words {
  switch (expr.of) {
    case 'difference':
      return both((pick) => `(${pick(definitionOf(expr.part))}) − (${pick(definitionOf(expr.less))})`);
    case 'change':
      return both((pick, zh) =>
        zh
          ? `${pick(definitionOf(expr.part))}与上年之差`
          : `${pick(definitionOf(expr.part))} less that of the year before`,
      );
    case 'streak':
      return both((pick, zh) =>
        zh
          ? `“${pick(definitionOf(expr.part))}”连续为 ${expr.is} 的年数`
          : `years in a row with ${pick(definitionOf(expr.part))} = ${expr.is}`,
      );
    case 'before':
      return both((pick, zh) =>
        zh ? `上年的${pick(definitionOf(expr.part))}` : `${pick(definitionOf(expr.part))}, a year before`,
      );
    case 'first':
      return both((pick, zh) =>
        expr.parts
          .map((part) => pick(definitionOf(part)))
          .join(zh ? '；没有记录的单位取' : '; where nothing is recorded: '),
      );
    case 'parameter':
      return both((pick, zh) => `${pick(expr.words)} = ${expr.value}${zh ? '（参数）' : ' (parameter)'}`);
    case 'year':
      return { zh: '期间所在年份', en: 'the year of the period' };
    case 'per':
      return both((pick, zh) => {
        const part = pick(definitionOf(expr.part));
        const [inZh, inEn] = expr.whenMet
          ? ['，未完的当月有记录才计入', '; the running one once it has any']
          : ['', ''];
        return zh
          ? `${part}（平均每${everyWords[expr.every][0]}${inZh}）`
          : `${part}, by ${everyWords[expr.every][1]}${inEn}`;
      });
    case 'covered':
      return both((pick, zh) => {
        const [part, seen, all] = [expr.part, expr.seen, expr.all].map((e) => pick(definitionOf(e)));
        return zh ? `${part}（仅当 ${seen} ≥ ${all}）` : `${part} (only where ${seen} ≥ ${all})`;
      });
    case 'catalogue': {
      const { words } = catalogues[expr.name]!;
      const bare = (text: string) => text.replace(/^“(.*)”$/, '$1');
      return { zh: `目录“${bare(words.zh)}”的项数`, en: `items of the catalogue “${bare(words.en)}”` };
    }
    case 'stars':
      return {
        zh: `现行${expr.scheme === 'rural' ? '农村' : '城市'}标准的星数`,
        en: `stars of the ${expr.scheme} standard in force`,
      };
    case 'rank':
      return both((pick, zh) =>
        zh
          ? `按“${pick(definitionOf(expr.part))}”在同级单位中的名次（并列同名次）`
          : `rank by ${pick(definitionOf(expr.part))} among units of the same level, ties share a rank`,
      );
    case 'units-where':
      return unitsText(expr);
  }
}

function designationText(expr: { level?: number; levelAtLeast?: number }, kind: string, zh: boolean): string {
  const level = expr.level ?? expr.levelAtLeast;
  const at =
    level === undefined
      ? ''
      : zh
        ? `${level} 星${expr.levelAtLeast ? '以上' : ''}`
        : ` of level ${level}${expr.levelAtLeast ? ' or more' : ''}`;
  return zh ? `期末有效的${at}“${kind}”命名数` : `designations “${kind}”${at} in force at the end of the period`;
}
