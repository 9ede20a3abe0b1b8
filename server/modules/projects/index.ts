export { watchWorks } from './contributions.ts';
export { holdFund } from './funds.ts';
export { fundAndProjectRoutes } from './routes.ts';
