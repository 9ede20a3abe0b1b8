export { resultsOf } from './disclosing.ts';
export { holdFund } from './funds.ts';
export { fundAndProjectRoutes } from './routes.ts';
export { watchVotes, watchWorks } from './watching.ts';
