import { absenceReason, hearingWorkdays } from '../../../domain/stars/after-rules.ts';
import { check } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { addWorkdays } from '../../records/calendar/index.ts';

export interface Absence {
  /** The day for which the branch was invited. */
  readonly on: string;
  /** The invitation. */
  readonly document: { readonly title: string; readonly number: string };
}

/** The hearing of a branch that was told on `noticeOn`, invited in writing with time to prepare, and did not come. */
export async function missedHearing(rq: Rq, noticeOn: string, { on, document }: Absence) {
  const { day } = await addWorkdays(rq, noticeOn, hearingWorkdays);
  check(absenceReason(on, day, dayOf(rq.now)));
  return { on, words: '支部经书面通知，未到场陈述。', by: rq.actor.name, invitation: document };
}
