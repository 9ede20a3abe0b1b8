export { pressLate, startPressing } from './escalation.ts';
export { watchFindings } from './rounds.ts';
export { taskRoutes } from './routes.ts';
