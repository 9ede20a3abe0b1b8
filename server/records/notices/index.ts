export { notify } from './actions.ts';
export { noticeRoutes } from './routes.ts';
export { countUnread } from './store.ts';
