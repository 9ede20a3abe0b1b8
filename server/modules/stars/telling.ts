import type { NoticeKind } from '../../../domain/records/notices/index.ts';
import { rolesWith } from '../../../domain/records/assignments/index.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { listOn } from '../../records/assignments/index.ts';
import { notify } from '../../records/notices/index.ts';

/** Where a notice leads: a case by its id, or a page of the branch's year. */
export interface About {
  readonly kind: 'case' | 'self' | 'desk' | 'publicity' | 'certificate' | 'declaration';
  readonly id: string;
}

/** The desk of a stage, where the branch reads what was decided of it, with the reasons. */
export const deskOf = (
  unitId: number,
  stage: 'township-review' | 'verification' | 'joint-review',
  star = '',
): About => ({
  kind: 'desk',
  id: `${unitId}/${stage}/${star}`,
});

const quiet = new WeakSet<Tx>();

/** Work of a year that is long over, as a loader does it: whoever was told then has read it. */
export async function withoutTelling<T>(rq: Rq, work: () => Promise<T>): Promise<T> {
  quiet.add(rq.db);
  try {
    return await work();
  } finally {
    quiet.delete(rq.db);
  }
}

export const isQuiet = (rq: Rq): boolean => quiet.has(rq.db);

/**
 * Tells the people who answer for a branch and those who work there: nothing is decided about it behind its back. They are
 * the holders of a duty on the branch itself that lets them read its stars, so that the notice leads somewhere for all of them.
 */
export async function tellBranch(
  rq: Rq,
  unitId: number,
  kind: NoticeKind,
  about: string | About,
  params: Record<string, string | number> = {},
): Promise<void> {
  if (isQuiet(rq)) return;
  const held = await listOn(rq, [unitId], dayOf(rq.now), rolesWith('stars.read'));
  await notify(
    rq,
    [...new Set(held.flatMap((row) => row.personId ?? []))],
    kind,
    typeof about === 'string' ? { kind: 'case', id: about } : about,
    params,
  );
}
