import { type Reason, reasons } from '../../words.ts';

export const judgementReason = reasons({
  'judgement-round-locked': {
    zh: '本轮打分已锁定，不能再改。',
    en: 'This round is locked; nothing in it changes any more.',
  },
  'panel-not-on-panel': { zh: '您不是本轮的评委。', en: 'You are not on the panel of this round.' },
  'panel-conflict': {
    zh: '“{unit}”与您有关联（本单位、本乡镇或分包职责），须回避。',
    en: 'You stand aside for “{unit}”: it is your own unit, township or charge.',
  },
  'panel-not-in-round': { zh: '“{unit}”不在本轮范围内。', en: '“{unit}” is not part of this round.' },
  'panel-no-such-item': { zh: '本轮没有评分项“{item}”。', en: 'This round has no item “{item}”.' },
  'panel-score-range': {
    zh: '“{item}”的分值应在 0 到 {max} 之间，最多两位小数。',
    en: 'A score of “{item}” lies between 0 and {max}, with two decimals at most.',
  },
  'panel-not-observer': {
    zh: '“{name}”未被安排为该范围的观摩评委。',
    en: '“{name}” is not assigned as an observer there.',
  },
  'panel-no-items': { zh: '该标准没有由评委打分的条目。', en: 'The standard has no item that a panel scores.' },
  'panel-scheme': {
    zh: '“{unit}”的评价类别与标准不符。',
    en: 'The scheme of “{unit}” is not the one of the standard.',
  },
  'panel-outside': { zh: '“{unit}”不在组织单位的范围内。', en: '“{unit}” does not lie below the host of the round.' },
  'panel-missing-scores': {
    zh: '还有 {count} 个分数未打；如仍要锁定，请说明理由。',
    en: '{count} scores are missing; give the reason for locking all the same.',
  },
  'panel-nobody-left': {
    zh: '“{unit}”的评委全部须回避，请增加评委。',
    en: 'Every observer stands aside for “{unit}”; name others.',
  },
});

/**
 * Conflict of interest: somebody who belongs to a unit, or to anything below it, does not judge it. With the township
 * named (observers), nobody of that township judges any unit of it.
 */
export function ownUnit(homePath: string, unitPath: string, townshipPath?: string): boolean {
  return homePath.startsWith(unitPath) || (townshipPath !== undefined && homePath.startsWith(townshipPath));
}

/** Scores are decimals with two places at most; inside they are hundredths. */
export const scoreShape = /^\d{1,5}(\.\d{1,2})?$/;

export function hundredths(score: string): number {
  const [whole, part = ''] = score.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

export function scoreReason(item: { readonly text: string; readonly max: number }, value: string): Reason | null {
  const fits = scoreShape.test(value) && hundredths(value) <= Math.round(item.max * 100);
  return fits ? null : judgementReason('panel-score-range', { item: item.text, max: item.max });
}

export type Combine = 'mean' | 'trimmed' | 'median';

const textOf = (n: number): string => {
  const whole = Math.floor(n / 10_000);
  const part = String(n % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return part === '' ? String(whole) : `${whole}.${part}`;
};

/**
 * A panel's scores as one, for reading (the stars are computed from the scores themselves): `trimmed` drops one highest
 * and one lowest from five scores on. Rounded half up to four places.
 */
export function combined(how: Combine, scores: readonly string[]): string | null {
  if (scores.length === 0) return null;
  const sorted = scores.map(hundredths).sort((a, b) => a - b);
  const size = sorted.length;
  const [first, end] =
    how === 'median' ? [(size - 1) >> 1, (size >> 1) + 1] : how === 'trimmed' && size >= 5 ? [1, size - 1] : [0, size];
  const counted = sorted.slice(first, end);
  const sum = counted.reduce((a, b) => a + b, 0);
  return textOf(Math.floor((sum * 200 + counted.length) / (2 * counted.length)));
}

const medianOf = (sorted: readonly number[]): number => {
  const size = sorted.length;
  return (sorted[(size - 1) >> 1]! + sorted[size >> 1]!) / 2;
};

/**
 * Which scores stand far from the others: more than three times the usual distance from the median, and never less than
 * 15 % of the range. Fewer than four scores have no outliers. A hint for people; nothing is dropped because of it.
 */
export function outliers(scores: readonly string[], max: number): boolean[] {
  const values = scores.map(hundredths);
  if (values.length < 4) return values.map(() => false);
  const median = medianOf([...values].sort((a, b) => a - b));
  const usual = medianOf(values.map((v) => Math.abs(v - median)).sort((a, b) => a - b));
  const limit = Math.max(3 * usual, max * 100 * 0.15);
  return values.map((v) => Math.abs(v - median) > limit);
}
