import { after } from '../../../../domain/stars/contract-after.ts';
import { recognition } from '../../../../domain/stars/contract-recognition.ts';
import { rewards } from '../../../../domain/stars/contract-rewards.ts';
import { type Route, route } from '../../../platform/http/routes.ts';
import * as bands from './bands.ts';
import * as basics from './basics.ts';
import * as classes from './classes.ts';
import * as cultivations from './cultivations.ts';
import * as downgrades from './downgrades.ts';
import { assignDuties } from './duties.ts';
import { showDuties } from './duty-view.ts';
import * as honours from './honours.ts';
import * as plaques from './plaques.ts';
import * as recommendations from './recommendations.ts';
import * as rules from './reward-rules.ts';
import * as rewarding from './rewards.ts';
import * as targets from './targets.ts';
import * as threeZero from './three-zero.ts';
import * as warnings from './warning-list.ts';
import { showWork } from './work.ts';

const rewardRoutes: Route[] = [
  route(rewards.rules, (rq, { query }) => rules.listRules(rq, query)),
  route(rewards.draftRule, (rq, { body }) => rules.publishRule(rq, body)),
  route(rewards.propose, (rq, { params, body }) => rewarding.proposeRewards(rq, params.id, body.ruleId)),
  route(rewards.list, (rq, { query }) => rewarding.listRewards(rq, query)),
  route(rewards.reply, (rq, { params, body }) => rewarding.replyToReward(rq, params.id, body.text)),
  route(rewards.decide, (rq, { params, body }) => rewarding.decideReward(rq, params.id, body)),
  route(rewards.pay, (rq, { params, body }) => rewarding.payReward(rq, params.id, body)),
  route(rewards.publish, (rq, { params, body }) => rewarding.publishRewards(rq, params.id, body.title)),
  route(rewards.export, (rq, { query }) => targets.assessmentExport(rq, query)),
  route(rewards.target, (rq, { query }) => targets.targetAssessment(rq, query)),
  route(rewards.signOff, (rq, { params, body }) => targets.signOffTarget(rq, params.unitId, body)),
];

const recognitionRoutes: Route[] = [
  route(recognition.eligibility, (rq, { params }) => honours.eligibility(rq, params.unitId)),
  route(recognition.candidates, (rq, { query }) => honours.honourCandidates(rq, query.under, query.limit)),
  route(recognition.recommend, (rq, { body }) => recommendations.recommend(rq, body)),
  route(recognition.recommendations, (rq, { query }) => recommendations.listRecommendations(rq, query)),
  route(recognition.stepRecommendation, (rq, { params, body }) =>
    recommendations.stepRecommendation(rq, params.id, body),
  ),
  route(recognition.commend, (rq, { params, body }) => plaques.commend(rq, params.id, body)),
  route(recognition.plaques, (rq, { query }) => plaques.listPlaques(rq, query)),
  route(recognition.changePlaque, (rq, { params, body }) => plaques.changePlaque(rq, params.id, body)),
  route(recognition.honours, (rq, { query }) => honours.listHonours(rq, query)),
  route(recognition.registerHonour, (rq, { body }) => honours.registerHonour(rq, body)),
  route(recognition.cultivations, (rq, { query }) => cultivations.listCultivations(rq, query)),
  route(recognition.nominate, (rq, { body }) => cultivations.nominate(rq, body)),
  route(recognition.cultivate, (rq, { params, body }) => cultivations.stepCultivation(rq, params.id, body)),
];

const watchRoutes: Route[] = [
  route(after.warnings, (rq, { query }) => warnings.listWarnings(rq, query)),
  route(after.downgrades, (rq, { query }) => downgrades.listDowngrades(rq, query)),
  route(after.getDowngrade, (rq, { params }) => downgrades.showDowngrade(rq, params.id)),
  route(after.proposeDowngrade, (rq, { body }) => downgrades.proposeDowngrade(rq, body)),
  route(after.hearDowngrade, (rq, { params, body }) => downgrades.hearDowngrade(rq, params.id, body)),
  route(after.missDowngrade, (rq, { params, body }) => downgrades.missDowngrade(rq, params.id, body)),
  route(after.decideDowngrade, (rq, { params, body }) => downgrades.decideDowngrade(rq, params.id, body)),
  route(after.appeal, (rq, { params, body }) => downgrades.appealDowngrade(rq, params.id, body.text)),
  route(after.answerAppeal, (rq, { params, body }) => downgrades.answerAppeal(rq, params.id, body)),
  route(after.effectDowngrade, (rq, { params }) => downgrades.effectDowngrade(rq, params.id)),
];

const dutyRoutes: Route[] = [
  route(after.duties, (rq, { params, query }) => showDuties(rq, params.unitId, query.cycleId)),
  route(after.assignDuties, (rq, { params, body }) => assignDuties(rq, params.unitId, body)),
  route(after.basics, (rq, { params, query }) => basics.showBasics(rq, params.unitId, query.cycleId)),
  route(after.checkBasics, (rq, { params, body }) => basics.checkBasics(rq, params.unitId, body)),
  route(after.classes, (rq, { query }) => classes.listClasses(rq, query)),
  route(after.deliverGuidance, (rq, { body }) => classes.deliverGuidance(rq, body)),
  route(after.bands, (rq, { query }) => bands.showBands(rq, query)),
  route(after.supportBand, (rq, { body }) => bands.supportBand(rq, body)),
  route(after.work, (rq, { params, query }) => showWork(rq, params.unitId, query.cycleId)),
  route(after.threeZero, (rq, { params, query }) => threeZero.showThreeZero(rq, params.unitId, query.year)),
  route(after.setThreeZero, (rq, { body }) => threeZero.setThreeZero(rq, body)),
  route(after.logThreeZero, (rq, { params, body }) => threeZero.logThreeZero(rq, params.unitId, body)),
];

/** What follows from a named result: rewards, honours, recommendations, plaques, model sites, watching, duties. */
export const afterRoutes: Route[] = [...rewardRoutes, ...recognitionRoutes, ...watchRoutes, ...dutyRoutes];
