export { caseLinks } from './about.ts';
export { actorOf, getCase } from './access.ts';
export {
  type CaseWatcher,
  changeCaseData,
  changeCaseDataAs,
  handOn,
  openCase,
  type OpenCase,
  takeStep,
  type TakeStep,
  watchCases,
} from './actions.ts';
export { countsByState, foldCaseCounts, keepCaseCounts, type CountTable } from './counts.ts';
export { carryUp, commentOn, remind, supervise } from './pressing.ts';
export { caseRoutes } from './routes.ts';
export {
  caseColumns,
  caseJoins,
  type CaseRow,
  chainsOf,
  evidenceCount,
  notKeptFrom,
  pathsOf,
  readable as readableCase,
  underAny,
} from './rows.ts';
export { type CaseSearch, listCases, listTimeline, type TimelineRow } from './store.ts';
export { itemOf, viewOf } from './views.ts';
