import { forces, org, secretaries } from '../../../domain/org/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { viewOf } from '../../records/cases/index.ts';
import * as chains from './chains.ts';
import * as forceActions from './forces.ts';
import * as groups from './groups.ts';
import { listGaps, matrix } from './matrix.ts';
import * as secretaryActions from './secretaries.ts';

const boards: Route[] = [
  route(org.matrix, (rq, { params, query }) => matrix(rq, params.unitId, query.asOf)),
  route(org.gaps, (rq, { params, query }) => listGaps(rq, params.unitId, query)),
  route(org.chain, (rq, { params }) => chains.chain(rq, params.unitId)),
  route(org.command, (rq, { params }) => chains.command(rq, params.unitId)),
  route(org.duties, (rq, { params }) => chains.duties(rq, params.unitId)),
  route(org.leaders, (rq, { params }) => chains.leaders(rq, params.unitId)),
  route(org.keyVillages, (rq, { params }) => chains.keyVillages(rq, params.unitId)),
  route(org.branches, (rq, { params, query }) => chains.branches(rq, params.unitId, query)),
  route(org.approvals, (rq, { params, query }) => chains.approvals(rq, params.unitId, query)),
];

const groupRoutes: Route[] = [
  route(forces.list, (rq, { params }) => forceActions.listForces(rq, params.unitId)),
  route(forces.found, (rq, { params, body }) => forceActions.foundForce(rq, params.unitId, body)),
  route(forces.line, (rq, { params }) => forceActions.lines(rq, params.unitId)),
  route(forces.criteria, (rq, { params }) => forceActions.criteria(rq, params.unitId)),
  route(forces.groups, (rq, { params }) => groups.listGroups(rq, params.unitId)),
  route(forces.foundGroup, (rq, { params, body }) => groups.foundGroup(rq, params.unitId, body)),
  route(forces.villageGroups, (rq, { params, body }) => groups.foundVillageGroups(rq, params.unitId, body)),
];

const secretaryRoutes: Route[] = [
  route(secretaries.list, (rq, { params, query }) => secretaryActions.listSecretaries(rq, params.unitId, query)),
  route(secretaries.pledge, async (rq, { params, body }) =>
    viewOf(rq, await secretaryActions.pledge(rq, params.unitId, body)),
  ),
  route(secretaries.state, async (rq, { params, body }) =>
    viewOf(rq, await secretaryActions.state(rq, params.id, body)),
  ),
  route(secretaries.hear, async (rq, { params, body }) =>
    viewOf(rq, await secretaryActions.hear(rq, params.id, body.comment)),
  ),
  route(secretaries.compile, async (rq, { params, body }) =>
    viewOf(rq, await secretaryActions.compileSheet(rq, params.unitId, body)),
  ),
  route(secretaries.review, async (rq, { params, body }) =>
    viewOf(rq, await secretaryActions.reviewSheet(rq, params.id, body.finding)),
  ),
  route(secretaries.answer, async (rq, { params, body }) =>
    viewOf(rq, await secretaryActions.answerSheet(rq, params.id, body.answer)),
  ),
  route(secretaries.instruct, async (rq, { params, body }) => {
    const { visit, taskIds } = await secretaryActions.instruct(rq, params.id, body.items);
    return { visit: viewOf(rq, visit), taskIds };
  }),
  route(secretaries.finish, async (rq, { params }) => viewOf(rq, await secretaryActions.finishVisit(rq, params.id))),
  route(secretaries.replies, (rq, { params }) => secretaryActions.replies(rq, params.unitId)),
  route(secretaries.bulletin, (rq, { params, body }) => secretaryActions.bulletin(rq, params.unitId, body)),
];

export const orgRoutes: Route[] = [...boards, ...groupRoutes, ...secretaryRoutes];
