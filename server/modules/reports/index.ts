export { fillTemplate } from './actions.ts';
export { reportFile, standsOnSample } from './reading.ts';
export { overviewRoutes } from './overview.ts';
export { inquiryRoutes, reportRoutes } from './routes.ts';
export { wordFile } from './word.ts';
export { watchSurveys } from './surveys.ts';
