import { mayGive } from '../../../domain/records/assignments/index.ts';
import { canChangePerson, type Person } from '../../../domain/records/people/index.ts';
import { check } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { announceActorsChanged } from '../accounts/index.ts';
import { getChangeablePerson, getPerson, markLeft } from '../people/index.ts';
import { getAssignment, heldBy, leaveBlocked } from './actions.ts';
import * as store from './store.ts';

export interface Ended {
  readonly id: string;
  readonly role: string;
  readonly star: string | null;
  readonly unitId: number;
  readonly unitName: string;
}

/**
 * Somebody leaves: every duty ends the same day, so that nobody keeps a right they no longer have. What a higher level
 * appointed, a lower one cannot end this way either. The answer names what is now without anybody.
 */
export async function leave(
  rq: Rq,
  id: string,
  input: { day: string; document: string },
): Promise<{ person: Person; ended: Ended[] }> {
  const person = await getChangeablePerson(rq, id);
  check(canChangePerson(person));
  const edges = await store.listEdges(rq, id, input.day);
  if (rq.actor !== system) {
    const held = await heldBy(rq);
    const above = edges.find((e) => !mayGive(held, e.role, e.path));
    if (above) throw leaveBlocked(person.name, above.role);
  }
  for (const edge of edges.filter((e) => e.role === 'admin')) {
    const row = await getAssignment(rq, edge.id);
    if ((await store.otherAdmins(rq, row, input.day)) === 0) throw leaveBlocked(person.name, 'admin');
  }
  const ids = edges.map((e) => e.id);
  await store.closeAssignments(rq, ids, input.day, 'left');
  await markLeft(rq, id, input.day);
  await record(rq, {
    verb: 'person.leave',
    subject: { kind: 'person', id },
    path: person.path,
    before: { unitId: person.unitId },
    after: { ...input, ended: ids },
  });
  for (const edge of edges)
    await record(rq, {
      verb: 'assignment.end',
      subject: { kind: 'assignment', id: edge.id },
      path: edge.path,
      before: { to: edge.to },
      after: { role: edge.role, star: edge.star, unitId: edge.unitId, personId: id, to: input.day, reason: 'left' },
    });
  await announceActorsChanged(rq.db);
  const ended = edges.map((e) => ({ id: e.id, role: e.role, star: e.star, unitId: e.unitId, unitName: e.unit }));
  return { person: await getPerson(rq, id), ended };
}
