import { notices } from '../../../domain/records/notices/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import * as actions from './actions.ts';

export const noticeRoutes: Route[] = [
  route(notices.list, (rq, { query }) => actions.listNotices(rq, query)),
  route(notices.read, (rq, { body }) => actions.readNotices(rq, body.ids)),
];
