export { cancelEvent, holdEvent, type PlanEvent, planEvent } from './actions.ts';
export { eventLinks } from './links.ts';
export { eventRoutes } from './routes.ts';
export { type EventRow, getEvent } from './rows.ts';
export { startSeries } from './series.ts';
export { type EventSearch, listEvents } from './store.ts';
