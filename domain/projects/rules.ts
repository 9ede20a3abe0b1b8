import { amountText } from '../records/ledgers/amounts.ts';
import { type Reason, reasons } from '../words.ts';

export const projectReason = reasons({
  'project-explained-without-evidence': {
    zh: '请先上传佐证材料，再说明预算与实际的差异。',
    en: 'Attach evidence first, then say why cost and budget differ.',
  },
  'project-not-this-kind': { zh: '该事项不是项目。', en: 'This case is no project.' },
  'contribution-nothing': {
    zh: '没有登记投工和机械台时，无法折价。',
    en: 'Neither labour nor machine hours are logged: there is nothing to value.',
  },
  'contribution-no-rate': {
    zh: '请写明每工日、机械每小时的折价标准。',
    en: 'Name the agreed rate of a day and of a machine hour.',
  },
  'contribution-agreement': {
    zh: '投工协议尚未生效，不能作为折价依据。',
    en: 'The agreement is not in force: no value rests on it.',
  },
  'fund-not-there': {
    zh: '“{source}”只剩 {left} 元可用，还差 {short} 元。',
    en: '“{sourceEn}” holds CNY {left}; CNY {short} are lacking.',
  },
  'fund-restricted': {
    zh: '“{source}”剩余资金有专项用途限制，“{purpose}”可用 {left} 元，还差 {short} 元。',
    en: 'What is left of “{sourceEn}” is bound to other purposes: CNY {left} may go to “{purposeEn}”, CNY {short} are lacking.',
  },
  'fund-over-budget': {
    zh: '{year} 年“{source}”预算 {budget} 元，已安排 {spent} 元（含本笔），超出 {over} 元。',
    en: 'The {year} budget of “{sourceEn}” is CNY {budget}; with this CNY {spent} would be given, CNY {over} too much.',
  },
  'fund-no-rule': {
    zh: '本单位及上级尚未发布资金排序规则，不能排序。',
    en: 'Neither this unit nor one above has published a priority rule: nothing can be ranked.',
  },
  'fund-too-many-to-rank': {
    zh: '待排序的申请有 {n} 件，一次最多排 {most} 件：请先到各乡镇（街道）分别排序。',
    en: '{n} requests wait to be ranked and at most {most} are ranked at once: rank them in each township or street.',
  },
  'fund-nothing-to-rank': { zh: '没有待排序的资金申请。', en: 'No request waits to be ranked.' },
  'fund-out-of-order': {
    zh: '按规则排在前面的还有 {n} 项未批准（如“{title}”）；不按排序批准的，请写明理由。',
    en: '{n} requests stand before it and are not decided (“{title}”): say why the order is departed from.',
  },
  'fund-more-than-asked': {
    zh: '批准金额不能超过申请金额 {amount} 元。',
    en: 'No more is approved than was asked for, CNY {amount}.',
  },
  'fund-payment-differs': {
    zh: '拨付合计 {sum} 元与批准金额 {approved} 元不一致。',
    en: 'The payment adds up to CNY {sum}, approved are CNY {approved}.',
  },
  'fund-other-book': {
    zh: '请选择本单位或上级的创建资金账。',
    en: 'Money comes from the creation fund of this unit or one above it.',
  },
});

/** A working day of labour given to a work counts eight hours. */
export const minutesPerLabourDay = 480;

export interface Given {
  readonly labourDays: number;
  readonly machineHours: number;
}

/** Minutes of labour and of machines, as the books of given labour count them. */
export function minutesGiven(g: Given): { readonly labour: number; readonly machines: number } {
  return { labour: Math.round(g.labourDays * minutesPerLabourDay), machines: Math.round(g.machineHours * 60) };
}

/** What was given, at the rates agreed on, in fen; each part rounded half up to a fen. */
export function valueGiven(
  g: Given,
  rate: { readonly labourDayFen: number; readonly machineHourFen: number },
): { readonly labour: number; readonly machines: number } {
  // Days and hours have two digits behind the point: the product is a whole number of hundredths of a fen.
  const at = (n: number, fen: number) => Math.floor((Math.round(n * 100) * fen + 50) / 100);
  return { labour: at(g.labourDays, rate.labourDayFen), machines: at(g.machineHours, rate.machineHourFen) };
}

/** Sums of a fund by source and purpose; money that came without a purpose may go to any. `null` is the opening balance. */
export interface FundSum {
  readonly source: string | null;
  readonly purpose: string | null;
  readonly received: number;
  readonly spent: number;
}

/** What a source still holds, and what of it may go to one purpose. */
export function leftOf(sums: readonly FundSum[], source: string | null, purpose: string | null) {
  const own = sums.filter((s) => s.source === source);
  const total = own.reduce((n, s) => n + s.received - s.spent, 0);
  // What is bound to a purpose and not spent there yet is there for nothing else.
  const bound = own
    .filter((s) => s.purpose !== null && s.purpose !== purpose)
    .reduce((n, s) => n + Math.max(0, s.received - s.spent), 0);
  return { total, free: total - bound };
}

interface Names {
  readonly source: { readonly zh: string; readonly en: string };
  readonly purpose: { readonly zh: string; readonly en: string };
}

/** Whether a fund still holds what was spent: each source for itself, and each restriction. Sums include the posting. */
export function canSpend(
  sums: readonly FundSum[],
  source: string | null,
  purpose: string | null,
  names: Names,
  amount: number,
): Reason | null {
  const { total, free } = leftOf(sums, source, purpose);
  const said = { source: names.source.zh, sourceEn: names.source.en };
  const yuan = (fen: number) => amountText('fen', fen);
  if (total < 0) return projectReason('fund-not-there', { ...said, left: yuan(total + amount), short: yuan(-total) });
  if (free < 0)
    return projectReason('fund-restricted', {
      ...said,
      purpose: names.purpose.zh,
      purposeEn: names.purpose.en,
      left: yuan(Math.max(0, free + amount)),
      short: yuan(Math.min(amount, -free)),
    });
  return null;
}

/** Whether what was given in a year stays in its budget; without any budget of the year nothing is bounded by one. */
export function canGive(
  year: number,
  budget: number | null,
  spent: number,
  source: { readonly zh: string; readonly en: string },
): Reason | null {
  if (budget === null || spent <= budget) return null;
  return projectReason('fund-over-budget', {
    year,
    source: source.zh,
    sourceEn: source.en,
    budget: amountText('fen', budget),
    spent: amountText('fen', spent),
    over: amountText('fen', spent - budget),
  });
}

/** Spent of the budget in hundredths of a percent, half up; null without a budget. */
export function shareSpent(budgetFen: number | null, actualFen: number | null): number | null {
  if (budgetFen === null || budgetFen === 0 || actualFen === null) return null;
  return Math.floor((actualFen * 20_000 + budgetFen) / (2 * budgetFen));
}
