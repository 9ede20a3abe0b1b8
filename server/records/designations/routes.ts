import { designations } from '../../../domain/records/designations/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { getUnit } from '../units/index.ts';
import * as actions from './actions.ts';
import * as store from './store.ts';

export const designationRoutes: Route[] = [
  route(designations.list, async (rq, { query }) => {
    const { under, ...search } = query;
    const root = under === undefined ? undefined : await getUnit(rq, under);
    return store.listDesignations(rq, { ...search, underPath: root?.path });
  }),
  route(designations.grant, (rq, { body }) => actions.grantDirect(rq, body)),
  route(designations.withdraw, (rq, { params, body }) => actions.withdrawDirect(rq, params.id, body)),
  route(designations.get, (rq, { params }) => actions.getDesignation(rq, params.id)),
];
