import { units } from '../../../domain/records/units/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { dayOf } from '../../platform/time.ts';
import * as actions from './actions.ts';
import * as store from './store.ts';

export const unitRoutes: Route[] = [
  route(units.list, async (rq, { query }) => {
    const root = query.under === undefined ? undefined : await actions.getUnit(rq, query.under);
    const search = { ...query, underPath: root?.path, parentId: query.parent };
    return query.asOf ? store.listUnitsAsOf(rq, { ...search, asOf: query.asOf }) : store.listUnits(rq, search);
  }),
  route(units.get, (rq, { params }) => actions.showUnit(rq, params.id)),
  route(units.counts, async (rq, { params, query }) => {
    const unit = await actions.getUnit(rq, params.id);
    const asOf = query.asOf ?? dayOf(rq.now);
    return { asOf, counts: await store.countByType(rq, unit.path, asOf) };
  }),
  route(units.create, (rq, { body }) => actions.createUnit(rq, body)),
  route(units.rename, (rq, { params, body }) => actions.renameUnit(rq, params.id, body)),
  route(units.setScheme, (rq, { params, body }) => actions.setScheme(rq, params.id, body)),
  route(units.move, (rq, { params, body }) => actions.moveUnit(rq, params.id, body)),
  route(units.merge, (rq, { body }) => actions.mergeUnits(rq, body)),
  route(units.split, async (rq, { params, body }) => ({ items: await actions.splitUnit(rq, params.id, body) })),
  route(units.end, (rq, { params, body }) => actions.endUnit(rq, params.id, body)),
];
