import { ledgers, rounds } from '../../../domain/tasks/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { sendLedger } from './exports.ts';
import * as reading from './reading.ts';
import * as supervising from './rounds.ts';

const loose = { loose: true };

export const taskRoutes: Route[] = [
  route(ledgers.items, async (rq, { query: { under, ...search } }) =>
    reading.listLedger(rq, { ...search, underPath: await reading.pathUnder(rq, under) }),
  ),
  route(ledgers.lights, (rq, { query }) => reading.lightsOf(rq, query)),
  route(ledgers.owners, async (rq, { query: { under, ...search } }) =>
    reading.ownersOf(rq, { ...search, underPath: await reading.pathUnder(rq, under) }),
  ),
  route(ledgers.criteria, (rq, { query }) => reading.criteriaIn(rq, query)),
  route(ledgers.bulletin, async (rq, { query: { under, ...search } }) =>
    reading.bulletinOf(rq, { ...search, underPath: await reading.pathUnder(rq, under) }),
  ),
  route(rounds.list, async (rq, { query: { under, ...search } }) =>
    supervising.listRounds(rq, { ...search, underPath: await reading.pathUnder(rq, under) }),
  ),
  route(rounds.get, (rq, { params, query }) => supervising.showRound(rq, params.id, query)),
  route(rounds.open, (rq, { body }) => supervising.openRound(rq, body)),
  route(rounds.judge, (rq, { params, body }) => supervising.concludeItem(rq, params.id, body)),
  route(rounds.close, (rq, { params, body }) => supervising.closeRound(rq, params.id, body.conclusion)),
  route(rounds.cancel, (rq, { params, body }) => supervising.cancelRound(rq, params.id, body.reason)),
  route(ledgers.export, (rq, { query }, wire) => sendLedger(rq, query, wire), loose),
];
