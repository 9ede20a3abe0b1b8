import type { Holder, RoleName } from '../../../domain/records/assignments/index.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { getUnit } from '../units/index.ts';
import { type AssignmentRow, listOn } from './store.ts';

export { assign, type Assign, endAssignment, getAssignment, handover, heldBy } from './actions.ts';
export { leave } from './leaving.ts';
export { assignmentRoutes } from './routes.ts';
export {
  type AssignmentRow,
  heldOn,
  insertAssignments,
  listBelow,
  listEdges,
  listEver,
  listOn,
  lockUnit,
  type NewAssignment,
} from './store.ts';

export function holderOf(row: AssignmentRow): Holder {
  const { personId, title, home, from, to } = row;
  return { assignmentId: row.id, personId, unitId: row.holderUnitId, name: row.holder, title, home, from, to };
}

/** Who holds a role on a unit (and star) today. */
export async function holdersOf(rq: Rq, role: RoleName, unitId: number, star?: string): Promise<Holder[]> {
  const rows = await listOn(rq, [unitId], dayOf(rq.now), [role]);
  return rows.filter((r) => star === undefined || r.star === star).map(holderOf);
}

/** Everything that is assigned on a unit and on those above it today, from the root downwards. */
export async function chainOf(rq: Rq, unitId: number): Promise<AssignmentRow[]> {
  const { path } = await getUnit(rq, unitId);
  const ids = path.split('.').filter(Boolean).map(Number);
  return listOn(rq, ids, dayOf(rq.now));
}
