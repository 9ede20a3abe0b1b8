import { stars } from '../../../domain/stars/contract.ts';
import { notFound } from '../../platform/errors.ts';
import { type Route, route, type Wire } from '../../platform/http/routes.ts';
import { type Rq, system } from '../../platform/rq.ts';
import * as adjustments from './adjustments.ts';
import * as boards from './boards.ts';
import * as candidacies from './candidacies.ts';
import * as cards from './cards.ts';
import { cycleFor } from './common.ts';
import * as comparisons from './comparisons.ts';
import * as confirming from './confirming.ts';
import * as cycles from './cycles.ts';
import * as diagnoses from './diagnoses.ts';
import { showLevels } from './levels.ts';
import * as namings from './namings.ts';
import { showNextSteps } from './next-steps.ts';
import { requestRescore } from './nightly.ts';
import * as objections from './objections.ts';
import * as plans from './plans.ts';
import * as proposals from './proposals.ts';
import * as publicity from './publicity.ts';
import * as readiness from './readiness.ts';
import * as reviews from './reviews.ts';
import * as self from './self.ts';
import { shortcomings } from './shortcomings.ts';
import { findStanding, replayStanding } from './standings.ts';
import * as vetoes from './vetoes.ts';

/** Public pages: a visitor has no scope, so the platform reads for them and answers what was published and no more. */
const readPublic = <T>(rq: Rq, wire: Wire, work: (rq: Rq) => Promise<T>) =>
  wire.database.read([''], (db) => work({ ...rq, actor: system, db }));
const writePublic = <T>(rq: Rq, wire: Wire, work: (rq: Rq) => Promise<T>) =>
  wire.database.write([''], (db) => work({ ...rq, actor: system, db }));
const loose = { loose: true };

const cycleRoutes: Route[] = [
  route(stars.cycles.list, (rq, { query }) => cycles.listCycles(rq, query)),
  route(stars.cycles.open, async (rq, { body }) => cycles.showCycle(rq, (await cycles.openCycle(rq, body)).id)),
  route(stars.cycles.get, (rq, { params }) => cycles.showCycle(rq, params.id)),
  route(stars.cycles.advance, async (rq, { params, body }) => {
    await cycles.advanceCycle(rq, params.id, body.to, body);
    return cycles.showCycle(rq, params.id);
  }),
  route(stars.cycles.deadlines, async (rq, { params, body }) => {
    await cycles.setDeadlines(rq, params.id, body);
    return cycles.showCycle(rq, params.id);
  }),
  route(stars.nexts.steps, (rq) => showNextSteps(rq)),
  route(stars.cycles.fairness, (rq, { params }) => candidacies.fairness(rq, params.id)),
];

const candidacyRoutes: Route[] = [
  route(stars.candidacies.list, (rq, { query }) => candidacies.listCandidacies(rq, query)),
  route(stars.candidacies.declare, async (rq, { body }) =>
    candidacies.showCandidacy(rq, await candidacies.declare(rq, body)),
  ),
  route(stars.candidacies.get, (rq, { params }) => candidacies.showCandidacy(rq, params.id)),
  route(stars.candidacies.revise, async (rq, { params, body }) => {
    await candidacies.revise(rq, params.id, body);
    return candidacies.showCandidacy(rq, params.id);
  }),
  route(stars.candidacies.approve, async (rq, { params, body }) => {
    await candidacies.approve(rq, params.id, body);
    return candidacies.showCandidacy(rq, params.id);
  }),
  route(stars.candidacies.withdraw, async (rq, { params, body }) => {
    await candidacies.withdrawCandidacy(rq, params.id, body.reason);
    return candidacies.showCandidacy(rq, params.id);
  }),
  route(stars.candidacies.adjustments, (rq, { query }) => adjustments.listAdjustments(rq, query)),
  route(stars.candidacies.adjust, async (rq, { params, body }) =>
    adjustments.showAdjustment(rq, await adjustments.proposeAdjustment(rq, params.id, body)),
  ),
  route(stars.candidacies.object, async (rq, { params, body }) => {
    await adjustments.objectToAdjustment(rq, params.id, body.reason);
    return adjustments.showAdjustment(rq, params.id);
  }),
  route(stars.candidacies.decide, async (rq, { params, body }) => {
    await adjustments.decideAdjustment(rq, params.id, body.approve, body.reason);
    return adjustments.showAdjustment(rq, params.id);
  }),
];

const planRoutes: Route[] = [
  route(stars.plans.list, (rq, { query }) => plans.listPlans(rq, query)),
  route(stars.plans.draft, async (rq, { body }) => plans.showPlan(rq, await plans.draftPlan(rq, body))),
  route(stars.plans.step, async (rq, { params, body }) => {
    await plans.stepPlan(rq, params.id, body);
    return plans.showPlan(rq, params.id);
  }),
  route(stars.plans.compare, (rq, { query }) => plans.comparePlan(rq, query.unitId, query.cycleId)),
];

const assessRoutes: Route[] = [
  route(stars.assessing.diagnosis, (rq, { params, query }) =>
    diagnoses.showDiagnosis(rq, params.unitId, query.cycleId),
  ),
  route(stars.assessing.diagnose, async (rq, { params, body }) => {
    await diagnoses.diagnose(rq, params.unitId, body);
    return diagnoses.showDiagnosis(rq, params.unitId, body.cycleId);
  }),
  route(stars.assessing.problems, (rq, { params, body }) => diagnoses.openProblems(rq, params.unitId, body)),
  route(stars.assessing.shortcomings, async (rq, { query }) => {
    const cycle = await cycleFor(rq, query.cycleId);
    const items = await shortcomings(rq, cycle, query.unitId, query.limit);
    return { cycleId: cycle.id, sample: cycle.data.sample, items };
  }),
  route(stars.assessing.carryShortcomings, (rq, { body }) => plans.carryShortcomings(rq, body)),
  route(stars.assessing.form, (rq, { params, query }) => self.showForm(rq, params.unitId, query.cycleId)),
  route(stars.assessing.answer, (rq, { params, body }) => self.answerForm(rq, params.unitId, body)),
  route(stars.assessing.queue, (rq, { query }) => reviews.reviewQueue(rq, query)),
  route(stars.assessing.desk, (rq, { params, query }) =>
    reviews.showDesk(rq, params.unitId, query.stage, query.cycleId),
  ),
  route(stars.assessing.review, async (rq, { params, body }) => {
    await reviews.reviewBranch(rq, params.unitId, body);
    return reviews.showDesk(rq, params.unitId, 'township-review', body.cycleId);
  }),
  route(stars.assessing.verify, async (rq, { params, body }) => {
    await reviews.verifyBranch(rq, params.unitId, body);
    return reviews.showDesk(rq, params.unitId, 'verification', body.cycleId);
  }),
  route(stars.assessing.recommend, (rq, { params, body }) => reviews.recommendBranch(rq, params.unitId, body)),
  route(stars.assessing.readiness, (rq, { params, query }) =>
    readiness.showReadiness(rq, params.unitId, query.cycleId),
  ),
  route(stars.assessing.judgeReadiness, (rq, { params, body }) => readiness.judgeReadiness(rq, params.unitId, body)),
];

const confirmRoutes: Route[] = [
  route(stars.confirming.confirmations, (rq, { query }) => confirming.listConfirmations(rq, query)),
  route(stars.confirming.confirm, async (rq, { params, body }) => {
    await confirming.confirmUnit(rq, params.unitId, body.cycleId);
    return { confirmed: true };
  }),
  route(stars.confirming.unlock, async (rq, { params, body }) => {
    await confirming.unlockUnit(rq, params.unitId, body.cycleId, body.reason);
    return { confirmed: false };
  }),
  route(stars.confirming.vetoes, (rq, { query }) => vetoes.listVetoes(rq, query)),
  route(stars.confirming.proposeVeto, async (rq, { body }) => vetoes.showVeto(rq, await vetoes.proposeVeto(rq, body))),
  route(stars.confirming.hearVeto, async (rq, { params, body }) => {
    await vetoes.hearVeto(rq, params.id, body);
    return vetoes.showVeto(rq, params.id);
  }),
  route(stars.confirming.missVeto, async (rq, { params, body }) => {
    await vetoes.missVeto(rq, params.id, body);
    return vetoes.showVeto(rq, params.id);
  }),
  route(stars.confirming.decideVeto, async (rq, { params, body }) => {
    await vetoes.decideVeto(rq, params.id, body);
    return vetoes.showVeto(rq, params.id);
  }),
  route(stars.confirming.liftVeto, async (rq, { params, body }) => {
    await vetoes.liftVeto(rq, params.id, body.reason);
    return vetoes.showVeto(rq, params.id);
  }),
];

const decidingRoutes: Route[] = [
  route(stars.deciding.propose, async (rq, { params, body }) =>
    proposals.showProposal(rq, await proposals.draftProposal(rq, params.id, body)),
  ),
  route(stars.deciding.proposal, (rq, { params }) => proposals.showProposal(rq, params.id)),
  route(stars.deciding.decide, async (rq, { params, body }) => {
    await proposals.decideProposal(rq, params.id, body);
    return proposals.showProposal(rq, params.id);
  }),
  route(stars.deciding.publicise, async (rq, { params, body }) =>
    publicity.showNotice(rq, await publicity.publicise(rq, params.id, body)),
  ),
  route(stars.deciding.name, (rq, { params, body }) => namings.nameBranches(rq, params.id, body)),
  route(stars.deciding.objections, (rq, { query }) => objections.listObjections(rq, query)),
  route(
    stars.deciding.objectFor,
    (rq, { body }, wire) =>
      wire.database.write([''], async (db) => {
        const via = body.onBehalf ? 'clerk' : 'signed-in';
        const { id } = await objections.raiseObjection({ ...rq, db }, { ...body, via });
        return objections.showObjection({ ...rq, actor: system, db }, id);
      }),
    loose,
  ),
  route(stars.deciding.answerObjection, async (rq, { params, body }) => {
    await objections.answerObjection(rq, params.id, body);
    return objections.showObjection(rq, params.id);
  }),
  route(stars.deciding.certificates, (rq, { query }) => namings.listCertificates(rq, query)),
  route(
    stars.deciding.certificate,
    (rq, { params }, wire) => readPublic(rq, wire, (all) => namings.showCertificate(all, params.number)),
    loose,
  ),
  route(
    stars.deciding.notices,
    (rq, { query }, wire) => readPublic(rq, wire, (all) => publicity.listNotices(all, query)),
    loose,
  ),
  route(
    stars.deciding.notice,
    (rq, { params }, wire) => readPublic(rq, wire, (all) => publicity.showNotice(all, params.id)),
    loose,
  ),
  route(
    stars.deciding.object,
    (rq, { params, body }, wire) =>
      writePublic(rq, wire, async (all) => {
        const raised = await objections.raiseObjection(all, { ...body, noticeId: params.id, via: 'page' });
        return { receipt: raised.receipt, answerBy: raised.answerBy };
      }),
    loose,
  ),
  route(
    stars.deciding.receipt,
    (rq, { params }, wire) => readPublic(rq, wire, (all) => objections.showReceipt(all, params.receipt)),
    loose,
  ),
];

const resultRoutes: Route[] = [
  route(stars.results.card, (rq, { params, query }) => cards.showCard(rq, params.unitId, query)),
  route(stars.results.board, (rq, { params, query }) => boards.showBoard(rq, params.id, query)),
  route(stars.results.standings, (rq, { query }) => boards.listStandings(rq, query)),
  route(stars.results.levels, (rq, { query }) => showLevels(rq, query)),
  route(stars.results.changes, (rq, { params, query }) => comparisons.changesSince(rq, params.unitId, query.cycleId)),
  route(stars.results.replay, async (rq, { params, query }) => {
    const cycle = await cycleFor(rq, query.cycleId);
    const label = query.kind === 'result' ? (cycle.data.proposalId ?? '-') : '';
    const row = await findStanding(rq, cycle.id, params.unitId, query.kind, label);
    if (!row) throw notFound({ zh: '该评定结果', en: 'result' });
    return replayStanding(rq, row);
  }),
  route(stars.results.rescore, (rq, { params, body }) => requestRescore(rq, params.id, body.nightly)),
  route(stars.results.comparison, (rq, { params, query }) => comparisons.compare(rq, params.unitId, query)),
  route(stars.results.chooseBenchmark, (rq, { params, body }) => comparisons.chooseBenchmark(rq, params.unitId, body)),
];

/** The cycle of the stars, up to its naming. */
export const starRoutes: Route[] = [
  ...cycleRoutes,
  ...candidacyRoutes,
  ...planRoutes,
  ...assessRoutes,
  ...confirmRoutes,
  ...decidingRoutes,
  ...resultRoutes,
];
