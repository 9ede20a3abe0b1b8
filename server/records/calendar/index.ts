export { addWorkdays, workdaysBack, workdaysBetween } from './actions.ts';
export { calendarRoutes } from './routes.ts';
