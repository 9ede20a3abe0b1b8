import { journal } from '../../../domain/records/journal/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { getUnit } from '../units/index.ts';
import * as store from './store.ts';

export const journalRoutes: Route[] = [
  route(journal.list, async (rq, { query }) => {
    const root = query.under === undefined ? undefined : await getUnit(rq, query.under);
    return store.listEntries(rq, { ...query, underPath: root?.path });
  }),
  route(journal.timeline, async (rq, { params, query }) => {
    const rows = await store.listTimeline(rq, params.kind, params.id, query.limit);
    // Who may read the journal there sees the contents, too; everybody else that something happened, and who did it.
    return {
      items: rows.map(({ open, before, after, ...entry }) => (open ? { ...entry, before, after } : entry)),
    };
  }),
];
