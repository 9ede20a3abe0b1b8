import { type Reason, reasons } from '../../words.ts';
import type { UnitType } from '../units/index.ts';
import { compareDecimals, decimalsOf, tidyDecimal } from './decimal.ts';
import type { Metric } from './metric.ts';
import { endOf, startOf } from './periods.ts';

export const factReason = reasons({
  'fact-not-a-number': { zh: '“{value}”不是数字。', en: '“{value}” is not a number.' },
  'fact-too-fine': { zh: '小数最多 {decimals} 位。', en: 'At most {decimals} digits after the point.' },
  'fact-too-large': { zh: '数值超过上限 {max}。', en: 'The value is above {max}.' },
  'fact-negative': { zh: '该指标不能为负数。', en: 'This number cannot be negative.' },
  'fact-in-future': { zh: '截止日期 {day} 晚于今天。', en: 'The as-of date {day} is in the future.' },
  'fact-outside-period': {
    zh: '截止日期 {day} 不在 {period} 期间内。',
    en: 'The as-of date {day} does not fit the period {period}.',
  },
  'fact-unit-not-in-use': {
    zh: '“{name}”在 {day} 不是在用单位。',
    en: '“{name}” was not in use on {day}.',
  },
  'fact-already-there': {
    zh: '已有数值 {value}（截至 {day}）。如有错误请更正并说明理由，不能重复填报。',
    en: 'There is a value already: {value} (as of {day}). Correct it with a reason; nothing is entered twice.',
  },
  'fact-superseded': {
    zh: '该数值已被更正，请刷新后再操作。',
    en: 'This value has been corrected meanwhile; refresh and look again.',
  },
  'fact-counted-below': {
    zh: '该数由下级逐级汇总，“{name}”已填报，不能再手工填写。',
    en: 'This number is summed from below (“{name}” has entered it); it is never typed in.',
  },
  'fact-held-above': {
    zh: '上级“{name}”已填报该数；如改由下级填报，请先撤回上级的数值。',
    en: '“{name}” above holds this number already; withdraw it there before units below enter theirs.',
  },
  'fact-locked': {
    zh: '“{name}”已确认 {period} 的数据，数据已锁定。如需修改，请先解除锁定并说明理由。',
    en: '“{name}” has confirmed the data of {period}; they are locked. Unlock them with a reason first.',
  },
  'fact-derived': {
    zh: '“{name}”由记录自动计算，不能手工填写。',
    en: '“{name}” is computed from records and never typed in.',
  },
  'fact-unknown-metric': { zh: '没有指标“{name}”。', en: 'There is no metric “{name}”.' },
  'fact-unchanged': { zh: '更正后的数值与原数值相同。', en: 'The correction has the same value.' },
  'confirm-children-missing': {
    zh: '以下 {count} 个下级尚未确认 {period} 的数据：{names}。',
    en: '{count} units below have not confirmed the data of {period} yet: {names}.',
  },
  'confirm-already': {
    zh: '{period} 的数据已经确认。',
    en: 'The data of {period} are confirmed already.',
  },
  'remind-nobody': {
    zh: '直接下级都已确认 {period} 的数据，不需要提醒。',
    en: 'All those directly below have confirmed the data of {period}; nobody needs a reminder.',
  },
  'confirm-not-confirming': {
    zh: '{type}的数据随上级一起确认。',
    en: 'Data of a {type} are confirmed together with the unit above.',
  },
  'confirm-too-early': {
    zh: '{period} 尚未开始，不能确认。',
    en: '{period} has not begun and cannot be confirmed.',
  },
  'unlock-not-confirmed': {
    zh: '{period} 的数据没有确认，不需要解锁。',
    en: 'The data of {period} are not confirmed; there is nothing to unlock.',
  },
  'unlock-held-above': {
    zh: '“{name}”已在此基础上确认 {period} 的数据，须由“{name}”解除锁定。',
    en: '“{name}” has confirmed {period} on the strength of this; it must unlock.',
  },
});

/** Whole digits that a number may have; the largest collective in the country needs far fewer. */
const wholeDigits = 15;

/** Whether a text is a value this metric may have. */
export function valueReason(metric: Metric, given: string): Reason | null {
  const value = tidyDecimal(given.trim());
  if (value === null) return factReason('fact-not-a-number', { value: given.slice(0, 40) });
  if (decimalsOf(value) > metric.decimals) return factReason('fact-too-fine', { decimals: metric.decimals });
  if (value.startsWith('-') && !metric.negative) return factReason('fact-negative');
  if (metric.max !== undefined && compareDecimals(value, metric.max) > 0)
    return factReason('fact-too-large', { max: metric.max });
  if (value.replace(/^-/, '').split('.')[0]!.length > wholeDigits)
    return factReason('fact-too-large', { max: `10^${wholeDigits}` });
  return null;
}

/** A stock is read within its period; a flow is known from the first day of its period on. Neither lies in the future. */
export function asOfReason(metric: Metric, period: string, asOf: string, today: string): Reason | null {
  if (asOf > today) return factReason('fact-in-future', { day: asOf });
  if (asOf < startOf(period) || (metric.kind === 'stock' && asOf > endOf(period)))
    return factReason('fact-outside-period', { day: asOf, period });
  return null;
}

/** Units that confirm data for themselves. What stands below a village or beside the tree is confirmed with its parent. */
export const confirmingTypes = [
  'province',
  'city',
  'county',
  'township',
  'street',
  'village',
  'community',
] as const satisfies readonly UnitType[];

export function confirms(type: UnitType): boolean {
  return (confirmingTypes as readonly string[]).includes(type);
}

export function periodBegun(period: string, today: string): Reason | null {
  return startOf(period) > today ? factReason('confirm-too-early', { period }) : null;
}
