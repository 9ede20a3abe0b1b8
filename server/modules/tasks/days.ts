import { lightRule } from '../../../domain/records/cases/index.ts';
import { staleWorkdays } from '../../../domain/tasks/index.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { addWorkdays, workdaysBack } from '../../records/calendar/index.ts';

/** The days by which lights and flags are told apart: a light is then a range of days and no count for each row. */
export interface Days {
  readonly today: string;
  /** Due from this day on: green. */
  readonly greenFrom: string;
  /** Last touched on this day or before it: stale. */
  readonly staleUntil: string;
}

export async function daysOf(rq: Rq): Promise<Days> {
  const today = dayOf(rq.now);
  const green = await addWorkdays(rq, today, lightRule.soonWorkdays + 1);
  const stale = await workdaysBack(rq, today, staleWorkdays + 1);
  return { today, greenFrom: green.day, staleUntil: stale.day };
}
