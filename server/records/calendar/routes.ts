import { calendar } from '../../../domain/records/calendar/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import * as actions from './actions.ts';

export const calendarRoutes: Route[] = [
  route(calendar.year, (rq, { params }) => actions.showYear(rq, params.year)),
  route(calendar.count, async (rq, { query }) => {
    if (query.add !== undefined) {
      const { day, sure } = await actions.addWorkdays(rq, query.from, query.add);
      return { from: query.from, to: day, workdays: query.add, sure };
    }
    const to = query.to ?? query.from;
    const { count, sure } = await actions.workdaysBetween(rq, query.from, to);
    return { from: query.from, to, workdays: count, sure };
  }),
  route(calendar.setDay, (rq, { params, body }) => actions.setDay(rq, { day: params.day, ...body })),
  route(calendar.publishYear, (rq, { params, body }) => actions.publishYear(rq, params.year, body)),
];
