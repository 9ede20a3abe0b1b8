import {
  type Assignment,
  assignments,
  consented,
  mayGive,
  role,
  roleNames,
} from '../../../domain/records/assignments/index.ts';
import { people } from '../../../domain/records/people/index.ts';
import { type Route, route, type Wire } from '../../platform/http/routes.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { getUnit } from '../units/index.ts';
import * as actions from './actions.ts';
import * as household from './household.ts';
import { leave } from './leaving.ts';
import * as store from './store.ts';

const ok = { ok: true } as const;

/** A row as the reader may see it: an address is shown to those who work there, not to everybody below. */
function shown(rq: Rq, row: store.AssignmentRow): Assignment {
  const object = row.objectKind !== 'address' || actions.seesAddress(rq, row) ? row.objectId : null;
  return { ...row, words: role(row.role).words, object };
}

/** For a resident without an account: the platform looks, and gives only what the card holds. */
const forVisitor = <T>(rq: Rq, wire: Wire, work: (rq: Rq) => Promise<T>) =>
  wire.database.write([''], (db) => work({ ...rq, actor: system, db }));

const staff: Route[] = [
  route(assignments.roles, async (rq, { query }) => {
    const unit = query.unit === undefined ? null : await getUnit(rq, query.unit);
    const held = unit ? await actions.heldBy(rq) : [];
    return {
      items: roleNames.map((name) => {
        const { words, tier, on, holder, cardinality, perStar } = role(name);
        const mine = unit !== null && on.includes(unit.type) && mayGive(held, name, unit.path);
        const needsConsent = consented.includes(name);
        return { role: name, words, tier, on: [...on], holder, cardinality, perStar, needsConsent, mine };
      }),
    };
  }),
  route(assignments.list, async (rq, { query }) => {
    const { under, unit, history, asOf, ...rest } = query;
    const underPath = under === undefined ? undefined : (await getUnit(rq, under)).path;
    if (unit !== undefined) await getUnit(rq, unit);
    const day = history ? undefined : (asOf ?? dayOf(rq.now));
    const { items, total } = await store.listAssignments(rq, { ...rest, unitId: unit, underPath, day });
    return { items: items.map((row) => shown(rq, row)), total };
  }),
  route(assignments.get, async (rq, { params }) => shown(rq, await actions.getAssignment(rq, params.id))),
  route(assignments.assign, async (rq, { body }) => shown(rq, await actions.assign(rq, body))),
  route(assignments.end, async (rq, { params, body }) => shown(rq, await actions.endAssignment(rq, params.id, body))),
  route(assignments.handover, async (rq, { params, body }) => {
    const { ended, begun } = await actions.handover(rq, params.id, body);
    return { ended: shown(rq, ended), begun: shown(rq, begun) };
  }),
  route(assignments.household, async (rq, { params, body }) => {
    await household.recordWish(rq, params.id, body);
    return ok;
  }),
  route(people.leave, (rq, { params, body }) => leave(rq, params.id, body)),
];

const residents: Route[] = [
  route(
    assignments.contact,
    (rq, { params }, wire) => forVisitor(rq, wire, (as) => household.showCard(as, params.id)),
    { loose: true },
  ),
  route(
    assignments.wish,
    (rq, { params, body }, wire) =>
      forVisitor(rq, wire, async (as) => {
        await household.followWish(as, params.id, body.wish);
        return ok;
      }),
    { loose: true },
  ),
  route(
    assignments.contacts,
    (rq, { params }, wire) =>
      forVisitor(rq, wire, async (as) => ({ items: await household.listContacts(as, params.unitId) })),
    { loose: true },
  ),
];

export const assignmentRoutes: Route[] = [...staff, ...residents];
