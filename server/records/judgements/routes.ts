import { panels } from '../../../domain/records/judgements/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import type { Rq } from '../../platform/rq.ts';
import { listCases } from '../cases/index.ts';
import { getUnit } from '../units/index.ts';
import { headOf, viewOfRound } from './panel-view.ts';
import * as panel from './panels.ts';
import * as store from './store.ts';

/** What is left to give for the sender of scores. */
async function leftOf(rq: Rq, round: panel.Round): Promise<{ given: number; missing: number }> {
  const places = await store.listPlaces(rq, round.panel.unitIds);
  const excluded = await panel.myExclusions(rq, round, places);
  const me = rq.actor.personId;
  const own = await store.listJudgements(rq, { caseId: round.id, kind: panel.observation, personId: me });
  const mine = { ...round, panel: { ...round.panel, excluded } };
  return { given: own.length, missing: panel.missingOf(mine, own).filter((m) => m.personId === me).length };
}

export const judgementRoutes: Route[] = [
  route(panels.list, async (rq, { query }) => {
    const underPath = query.under === undefined ? undefined : (await getUnit(rq, query.under)).path;
    const { items, total } = await listCases(rq, { ...query, type: 'panel-round', underPath });
    return { items: items.map(headOf), total };
  }),
  route(panels.get, async (rq, { params }) => viewOfRound(rq, await panel.getRound(rq, params.id))),
  route(panels.open, async (rq, { body }) => viewOfRound(rq, await panel.openRound(rq, body))),
  route(panels.score, async (rq, { params, body }) => leftOf(rq, await panel.giveScores(rq, params.id, body.scores))),
  route(panels.recuse, async (rq, { params, body }) => viewOfRound(rq, await panel.standAside(rq, params.id, body))),
  route(panels.lock, async (rq, { params, body }) => viewOfRound(rq, await panel.lock(rq, params.id, body.reason))),
  route(panels.cancel, async (rq, { params, body }) => viewOfRound(rq, await panel.cancel(rq, params.id, body.reason))),
];
