import { z } from 'zod';
import { eventKinds } from '../../../domain/records/events/all.ts';
import { eventFeeds, events, eventSeries } from '../../../domain/records/events/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import type { Rq } from '../../platform/rq.ts';
import { getUnit } from '../units/index.ts';
import * as actions from './actions.ts';
import * as feeds from './feeds.ts';
import * as roster from './roster.ts';
import { type EventRow, getEvent, kindOf } from './rows.ts';
import * as series from './series.ts';
import * as store from './store.ts';
import { itemOf, listHeldItems, viewOf } from './views.ts';

const schemaOf = (data: z.ZodObject | undefined) =>
  data ? z.toJSONSchema(data, { io: 'input', unrepresentable: 'any' }) : {};

const kinds = Object.values(eventKinds).map((k) => ({
  kind: k.kind,
  words: k.words,
  on: [...k.on],
  verb: k.verb,
  roles: { ...k.roles },
  standing: (k.standing ?? []).map((s) => ({ key: s.key, words: s.words, prefill: s.prefill ?? null })),
  minuted: k.minuted === true,
  series: k.series ?? null,
  parents: [...(k.parents ?? [])],
  countsOthers: k.countsOthers === true,
  openBelow: k.openBelow === true,
  fields: { ...k.fields },
  data: schemaOf(k.data),
  rosterFields: { ...k.rosterFields },
  rosterData: schemaOf(k.rosterData),
}));

const seriesItem = (s: series.SeriesRow) => ({ ...s, kindWords: kindOf(s).words });

async function pathUnder(rq: Rq, under: number | undefined): Promise<string | undefined> {
  return under === undefined ? undefined : (await getUnit(rq, under)).path;
}

const shown = async (rq: Rq, done: Promise<EventRow>) => viewOf(rq, await done);

export const eventRoutes: Route[] = [
  route(events.kinds, async () => ({ items: kinds })),
  route(events.list, async (rq, { query }) => {
    const { under, ...search } = query;
    const { items, total } = await store.listEvents(rq, { ...search, underPath: await pathUnder(rq, under) });
    return { items: items.map(itemOf), total };
  }),
  route(events.get, (rq, { params }) => shown(rq, getEvent(rq, params.id))),
  route(events.plan, (rq, { body }) => shown(rq, actions.planEvent(rq, body))),
  route(events.change, (rq, { params, body }) => shown(rq, actions.changeEvent(rq, params.id, body))),
  route(events.agenda, (rq, { params, body }) => shown(rq, actions.setAgenda(rq, params.id, body))),
  route(events.prefill, (rq, { params }) => shown(rq, actions.prefillAgenda(rq, params.id))),
  route(events.roster, async (rq, { params, query }) => roster.listRoster(rq, await getEvent(rq, params.id), query)),
  route(events.enrol, (rq, { params, body }) => roster.enrol(rq, params.id, body)),
  route(events.attend, (rq, { params, body }) => roster.attend(rq, params.id, body.attendance)),
  route(events.hold, (rq, { params, body }) => shown(rq, actions.holdEvent(rq, params.id, body))),
  route(events.cancel, (rq, { params, body }) => shown(rq, actions.cancelEvent(rq, params.id, body))),
  route(events.correct, (rq, { params, body }) => shown(rq, actions.correctEvent(rq, params.id, body))),
  route(events.items, async (rq, { query }) => {
    const { under, ...search } = query;
    return listHeldItems(rq, { ...search, underPath: await pathUnder(rq, under) });
  }),
  route(eventSeries.list, async (rq, { query }) => {
    const { under, ...search } = query;
    const { items, total } = await series.listSeries(rq, { ...search, underPath: await pathUnder(rq, under) });
    return { items: items.map(seriesItem), total };
  }),
  route(eventSeries.get, async (rq, { params, query }) => {
    const found = await series.seriesStatus(rq, params.id, query);
    return { ...found, kindWords: kindOf(found).words };
  }),
  route(eventSeries.start, async (rq, { body }) => seriesItem(await series.startSeries(rq, body))),
  route(eventSeries.change, async (rq, { params, body }) => seriesItem(await series.changeSeries(rq, params.id, body))),
  route(eventFeeds.list, async (rq) => ({ items: await feeds.listFeeds(rq) })),
  route(eventFeeds.create, (rq, { body }) => feeds.createFeed(rq, body.title)),
  route(eventFeeds.revoke, async (rq, { params }) => {
    await feeds.revokeFeed(rq, params.id);
    return {};
  }),
  route(eventFeeds.read, (rq, { params }, wire) => feeds.sendCalendar(rq, params.token, wire), { loose: true }),
];
