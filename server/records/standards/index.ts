export {
  draftStandard,
  findStandard,
  forgetPublished,
  getStandard,
  loadStandards,
  publishStandard,
  usableStandard,
} from './actions.ts';
export { standardRoutes } from './routes.ts';
export { listStandards } from './store.ts';
export { comparesShares, ruleWords, shareCriteria } from './words.ts';
