import { inbox, inboxCap } from '../../../domain/records/inbox/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { itemOf } from '../cases/index.ts';
import { countUnread } from '../notices/index.ts';
import * as store from './store.ts';

export const inboxRoutes: Route[] = [
  route(inbox.list, async (rq, { query }) => {
    const { items, total } = await store.listTab(rq, query.tab, query);
    const below = await store.countBelow(rq, items);
    const shown = items.map((c) => ({ ...itemOf(rq, c), below: below.get(c.id) ?? null }));
    return { items: shown, total, capped: total >= inboxCap };
  }),
  route(inbox.counts, async (rq) => ({ ...(await store.countTabs(rq)), unread: await countUnread(rq) })),
];
