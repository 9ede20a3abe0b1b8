import { standards } from '../../../domain/records/standards/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import * as actions from './actions.ts';
import * as store from './store.ts';

export const standardRoutes: Route[] = [
  route(standards.list, (rq, { query }) => store.listStandards(rq, query)),
  route(standards.get, (rq, { params }) => actions.showStandard(rq, params.id, params.version)),
  route(standards.difference, (rq, { params, query }) =>
    actions.compareStandards(rq, params, { id: query.toId ?? params.id, version: query.to }),
  ),
  route(standards.validate, async (_rq, { body }) => {
    const { standard, issues, warnings } = actions.checkStandardFile(body.yaml, body.file);
    return { ok: standard !== null, issues: [...issues], warnings: [...warnings] };
  }),
  route(standards.draft, (rq, { body }) => actions.draftStandard(rq, body.yaml, body.file)),
  route(standards.publish, (rq, { params, body }) =>
    actions.publishStandard(rq, params.id, params.version, body.reason),
  ),
  route(standards.withdraw, (rq, { params, body }) =>
    actions.withdrawStandard(rq, params.id, params.version, body.reason),
  ),
];
