import { confirmations, facts } from '../../../domain/records/facts/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import * as actions from './actions.ts';
import * as confirming from './confirmations.ts';
import * as rollups from './rollups.ts';

export const factRoutes: Route[] = [
  route(facts.catalogue, async () => rollups.catalogue()),
  route(facts.list, (rq, { query }) => actions.listFacts(rq, query)),
  route(facts.get, (rq, { params }) => actions.showFact(rq, params.id)),
  route(facts.enter, (rq, { body }) => actions.enterFact(rq, body)),
  route(facts.correct, (rq, { params, body }) => actions.correctFact(rq, params.id, body)),
  route(facts.withdraw, (rq, { params, body }) => actions.withdrawFact(rq, params.id, body.reason)),
  route(facts.values, (rq, { params, query }) => rollups.showValues(rq, params.id, query)),
  route(facts.records, (rq, { params, query }) => rollups.showRecords(rq, params.id, params.key, query)),
  route(confirmations.list, (rq, { params, query }) => confirming.showConfirmations(rq, params.id, query.period)),
  route(confirmations.confirm, (rq, { params, body }) => confirming.confirm(rq, params.id, body.period)),
  route(confirmations.unlock, (rq, { params, body }) => confirming.unlock(rq, params.id, body.period, body.reason)),
  route(confirmations.remind, (rq, { params, body }) => confirming.remind(rq, params.id, body.period)),
];
