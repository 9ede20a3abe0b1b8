import { people } from '../../../domain/records/people/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { dayOf } from '../../platform/time.ts';
import { getUnit } from '../units/index.ts';
import * as actions from './actions.ts';
import * as store from './store.ts';

/** Leaving ends assignments and therefore stands with them. */
export const peopleRoutes: Route[] = [
  route(people.list, async (rq, { query }) => {
    const { under, unit, left, ...page } = query;
    const underPath = under === undefined ? undefined : (await getUnit(rq, under)).path;
    return store.listPeople(rq, { ...page, underPath, unitId: unit, left: left ?? false, day: dayOf(rq.now) });
  }),
  route(people.get, (rq, { params }) => actions.showPerson(rq, params.id)),
  route(people.create, (rq, { body }) => actions.createPerson(rq, body)),
  route(people.update, (rq, { params, body }) => actions.updatePerson(rq, params.id, body)),
  route(people.move, (rq, { params, body }) => actions.movePerson(rq, params.id, body)),
];
