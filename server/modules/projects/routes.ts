import { funds, projects, works } from '../../../domain/projects/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import * as contributions from './contributions.ts';
import { disclose } from './disclosing.ts';
import { sendProjects } from './exports.ts';
import { allFundPostings, fundOf, fundPostings, listFunds } from './funds.ts';
import { publishRule, rulesOf } from './priority.ts';
import { getProjectRow } from './project-row.ts';
import { raisedBy, raisedPostings } from './raised.ts';
import * as reading from './reading.ts';
import * as requests from './requests.ts';
import { listPostings } from './store.ts';
import { changeWork, comparedOf, countVote, forcesOf, programmesOf } from './works.ts';

const loose = { loose: true };

const projectRoutes: Route[] = [
  route(projects.list, async (rq, { query: { under, ...search } }) =>
    reading.listItems(rq, { ...search, underPath: await reading.pathUnder(rq, under) }),
  ),
  route(projects.sums, async (rq, { query: { under, by, ...search } }) =>
    reading.sumsOf(rq, { ...search, underPath: await reading.pathUnder(rq, under) }, by),
  ),
  route(projects.export, (rq, { query }, wire) => sendProjects(rq, query, wire), loose),
  route(projects.get, (rq, { params }) => reading.projectPageOf(rq, params.id)),
  route(projects.postings, async (rq, { params, query }) => {
    await getProjectRow(rq, params.id);
    return listPostings(rq, params.id, query);
  }),
  route(projects.explain, (rq, { params, body }) => contributions.explain(rq, params.id, body.reason)),
  route(projects.agree, (rq, { params, body }) => contributions.agreeOn(rq, params.id, body)),
  route(projects.post, (rq, { params, body }) => contributions.postContribution(rq, params.id, body.onDay)),
];

const workRoutes: Route[] = [
  route(works.change, (rq, { params, body }) => changeWork(rq, params.id, body)),
  route(works.disclose, (rq, { params, body }) => disclose(rq, params.id, body.note)),
  route(works.compared, async (rq, { query: { under, ...q } }) =>
    comparedOf(rq, { ...q, underPath: await reading.pathUnder(rq, under) }),
  ),
  route(works.programmes, async (rq, { query: { under, ...q } }) =>
    programmesOf(rq, { ...q, underPath: await reading.pathUnder(rq, under) }),
  ),
  route(works.forces, (rq, { query }) => forcesOf(rq, query.under)),
  route(works.count, (rq, { params, body }) => countVote(rq, params.id, body)),
];

const fundRoutes: Route[] = [
  route(funds.list, async (rq, { query: { under, ...q } }) =>
    listFunds(rq, { ...q, underPath: await reading.pathUnder(rq, under) }),
  ),
  route(funds.get, (rq, { params, query }) => fundOf(rq, params.id, query.year)),
  route(funds.postings, (rq, { params, query }) => fundPostings(rq, params.id, query)),
  route(funds.allPostings, async (rq, { query: { under, ...q } }) =>
    allFundPostings(rq, await reading.pathUnder(rq, under), q),
  ),
  route(funds.raised, (rq, { query }) => raisedBy(rq, query)),
  route(funds.raisedPostings, (rq, { query }) => raisedPostings(rq, query)),
  route(funds.order, (rq, { query }) => requests.orderOf(rq, query.unitId)),
  route(funds.decided, (rq, { query }) => requests.decidedOf(rq, query)),
  route(funds.rank, (rq, { body }) => requests.rankAll(rq, body.unitId)),
  route(funds.approve, (rq, { params, body }) => requests.approve(rq, params.id, body)),
  route(funds.pay, (rq, { params, body }) => requests.pay(rq, params.id, body)),
  route(funds.rules, (rq, { query }) => rulesOf(rq, query.unitId)),
  route(funds.publishRule, (rq, { body }) => publishRule(rq, body)),
];

export const fundAndProjectRoutes: Route[] = [...projectRoutes, ...workRoutes, ...fundRoutes];
