import { z } from 'zod';
import { text } from '../contract.ts';
import { type Reason, reasons, type Words } from '../words.ts';
import { isScoreBarred } from './barred.ts';

export const zeroShape = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  words: z.object({ zh: text(60), en: text(120) }),
  /** What has to be zero: the events themselves, or those that were not solved in time. */
  counts: z.enum(['events', 'late']),
});
export type Zero = z.infer<typeof zeroShape>;

export const threeZeroReason = reasons({
  'zero-unknown': { zh: '“三零”中没有“{zero}”这一项。', en: 'There is no zero “{zero}”.' },
  'zero-future': { zh: '发生日期不能晚于今天。', en: 'It cannot have happened in the future.' },
  'zero-due': { zh: '期限不能早于发生日期。', en: 'It cannot be due before it happened.' },
  'zero-complaints': {
    zh: '“{name}”涉及群众反映问题，只能看是否按时解决，不能以“不发生”为目标。',
    en: '“{name}” is about what people raise: only what was not answered in time may be counted.',
  },
  'zero-three': { zh: '须设定三项，且各不相同。', en: 'There are three of them, all different.' },
});

/** A sample set; the source names the three zeroes without defining them, so each county sets its own by document. */
export const sampleZeroes: readonly Zero[] = [
  { id: 'accidents', words: { zh: '零安全责任事故', en: 'No safety accidents' }, counts: 'events' },
  { id: 'crimes', words: { zh: '零重大刑事案件', en: 'No serious crimes' }, counts: 'events' },
  {
    id: 'overdue-complaints',
    words: { zh: '零逾期未答复的群众诉求', en: 'No complaint left unanswered in time' },
    counts: 'late',
  },
];

export const threeZeroRule: Words = {
  zh: '群众依法反映问题、提出诉求绝不扣分，也不影响任何一颗星；只看是否按时解决。“三零”状况不进入评分。',
  en: 'Raising a matter lawfully never costs points and touches no star; only what is not solved in time is looked at. The three zeroes enter no score.',
};

/** A zero about what people raise may only count what was left unanswered (limits, rule 2). */
export function zeroesReason(zeroes: readonly Zero[]): Reason | null {
  if (zeroes.length !== 3 || new Set(zeroes.map((z) => z.id)).size !== 3) return threeZeroReason('zero-three');
  const raised = zeroes.find((z) => z.counts === 'events' && isScoreBarred(`${z.id} ${z.words.zh} ${z.words.en}`));
  return raised === undefined ? null : threeZeroReason('zero-complaints', { name: raised.words.zh });
}

export interface ZeroCount {
  readonly events: number;
  readonly late: number;
}

export function zeroHolds(zero: Zero, count: ZeroCount): boolean {
  return (zero.counts === 'late' ? count.late : count.events) === 0;
}

export function eventReason(
  zeroes: readonly Zero[],
  event: { readonly zero: string; readonly happenedOn: string; readonly dueOn?: string | undefined },
  today: string,
): Reason | null {
  if (!zeroes.some((z) => z.id === event.zero)) return threeZeroReason('zero-unknown', { zero: event.zero });
  if (event.happenedOn > today) return threeZeroReason('zero-future');
  return event.dueOn !== undefined && event.dueOn < event.happenedOn ? threeZeroReason('zero-due') : null;
}
