export { enqueue, type JobContext, type JobHandler, type Jobs, registerJob, schedule, startJobs } from './runner.ts';
export { jobRoutes } from './routes.ts';
export { findJobInput } from './store.ts';
