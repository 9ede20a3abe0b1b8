import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { findWorkflow } from '../../../domain/records/cases/all.ts';
import {
  type EventKind,
  eventReason,
  type itemOutcome,
  keepsStanding,
  type newAgendaItem,
  type StandingItem,
} from '../../../domain/records/events/index.ts';
import { nextDay } from '../../../domain/records/calendar/rules.ts';
import { sql } from '../../platform/db/sql.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { type CaseSearch, getCase, listCases, openCase } from '../cases/index.ts';
import type { EventRow } from './rows.ts';
import type { ItemRow } from './store.ts';
import * as store from './store.ts';

export type NewAgendaItem = z.output<typeof newAgendaItem>;
export type ItemOutcome = z.output<typeof itemOutcome>;

/** So many open cases of one sort are put on an agenda one by one; a longer list is for the ledger of problems. */
const prefilled = 10;

/** Where and when: what is open is looked for at the host and below it. */
export interface Host {
  readonly kind: string;
  readonly unitId: number;
  readonly unitPath: string;
  readonly onDay: string;
}

type Search = Omit<CaseSearch, 'limit' | 'offset'>;

/** Problems count as new from the last time that the same was held here; where it never was, for a week. */
async function newSince(rq: Rq, host: Host): Promise<string> {
  return (await store.lastHeld(rq, host)) ?? nextDay(host.onDay, -7);
}

const searches: Readonly<
  Record<NonNullable<StandingItem['prefill']>, (rq: Rq, host: Host) => Search | Promise<Search>>
> = {
  'open-problems': () => ({ type: 'problem', sort: 'due' }),
  'new-problems': async (rq, host) => ({ type: 'problem', openedFrom: await newSince(rq, host), sort: 'due' }),
  'overdue-cases': () => ({ overdue: true, sort: 'pressing' }),
  'open-matters': () => ({ type: 'matter', sort: 'due' }),
  'open-decisions': async (rq, host) => ({ ids: await store.listDecided(rq, host), sort: 'due' }),
};

const blank = {
  standing: null,
  unitId: null,
  personId: null,
  star: null,
  state: 'open' as const,
  minute: null,
  decision: null,
  skippedReason: null,
  aboutCaseId: null,
  taskId: null,
  data: {},
};

/** Open cases of the host and below for a standing item, the most pressing first; the index of cases knows them. */
async function openCases(rq: Rq, item: StandingItem, host: Host, taken: ReadonlySet<string>) {
  if (!item.prefill) return [];
  const search = await searches[item.prefill](rq, host);
  if (search.type !== undefined && !findWorkflow(search.type)) return [];
  const { items } = await listCases(rq, {
    ...search,
    open: true,
    underPath: host.unitPath,
    without: [...taken],
    limit: prefilled,
    offset: 0,
  });
  return items;
}

/** The standing items of a kind, each followed by what is open; a case stands on an agenda once. */
export async function standingItems(rq: Rq, kind: EventKind, host: Host, on: readonly ItemRow[] = []) {
  const taken = new Set(on.flatMap((i) => i.aboutCaseId ?? []));
  const groups: { standing: StandingItem; items: Omit<ItemRow, 'position'>[] }[] = [];
  for (const standing of kind.standing ?? []) {
    const cases = await openCases(rq, standing, host, taken);
    cases.forEach((c) => taken.add(c.id));
    groups.push({
      standing,
      items: cases.map((c) => ({ ...blank, id: randomUUID(), title: c.title, star: c.star, aboutCaseId: c.id })),
    });
  }
  return groups;
}

const numbered = (items: readonly Omit<ItemRow, 'position'>[]): ItemRow[] =>
  items.map((item, i) => ({ ...item, position: i + 1 }));

/** The agenda an event begins with: standing items with what is open, then what was asked for. */
export async function firstAgenda(
  rq: Rq,
  kind: EventKind,
  host: Host,
  own: readonly NewAgendaItem[],
): Promise<ItemRow[]> {
  await checkItems(rq, own);
  const groups = await standingItems(rq, kind, host);
  return numbered([...groups.flatMap((g) => [standingRow(rq, g.standing), ...g.items]), ...own.map((i) => rowOf(i))]);
}

const standingRow = (rq: Rq, s: StandingItem) => ({
  ...blank,
  id: randomUUID(),
  title: s.words[rq.lang],
  standing: s.key,
});

function rowOf(i: NewAgendaItem, before: Omit<ItemRow, 'position'> = { ...blank, id: randomUUID(), title: i.title }) {
  return {
    ...before,
    title: i.title,
    unitId: i.unitId ?? null,
    personId: i.personId ?? null,
    star: i.star ?? null,
    aboutCaseId: i.aboutCaseId ?? null,
    data: i.paper === undefined ? {} : { paper: i.paper },
  };
}

/** Whom and what items name exists for the actor; units and people above are known by name. */
async function checkItems(rq: Rq, items: readonly NewAgendaItem[]): Promise<void> {
  const units = [...new Set(items.flatMap((i) => i.unitId ?? []))];
  const people = [...new Set(items.flatMap((i) => i.personId ?? []))];
  const { n } = await rq.db.one<{ n: number }>(sql`
    SELECT (SELECT count(*) FROM units u WHERE u.id = ANY (${units}::int[]))::int
      + (SELECT count(*) FROM people p WHERE p.id = ANY (${people}::uuid[]))::int AS n`);
  if (n !== units.length + people.length)
    throw notFound({ zh: '议题中的单位（人员）', en: 'unit or person of an item' });
  for (const id of new Set(items.flatMap((i) => i.aboutCaseId ?? []))) await getCase(rq, id);
}

/** The agenda in another order and with other items; what stands on it by itself stays. */
export async function arranged(
  rq: Rq,
  kind: EventKind,
  there: readonly ItemRow[],
  wanted: readonly NewAgendaItem[],
): Promise<ItemRow[]> {
  await checkItems(rq, wanted);
  const known = new Map(there.map((i) => [i.id, i]));
  const items = wanted.map((i) => {
    const before = i.id === undefined ? undefined : known.get(i.id);
    if (i.id !== undefined && !before) throw refuse(eventReason('event-no-item'));
    // A standing item keeps its own words.
    return before?.standing ? { ...rowOf(i, before), title: before.title } : rowOf(i, before);
  });
  if (new Set(items.map((i) => i.id)).size !== items.length) throw refuse(eventReason('event-no-item'));
  check(
    keepsStanding(
      kind,
      there.map((i) => i.standing),
      items.map((i) => i.standing),
    ),
  );
  return numbered(items);
}

/** What has come up since the event was planned goes behind its standing item; one that the kind got since then is added. */
export async function refilled(
  rq: Rq,
  event: EventRow,
  kind: EventKind,
  there: readonly ItemRow[],
): Promise<ItemRow[]> {
  const groups = await standingItems(rq, kind, event, there);
  const missing = groups.filter((g) => !there.some((i) => i.standing === g.standing.key));
  return numbered([
    ...missing.flatMap((g) => [standingRow(rq, g.standing), ...g.items]),
    ...there.flatMap((i) => [i, ...(groups.find((g) => g.standing.key === i.standing)?.items ?? [])]),
  ]);
}

/** The agenda after the meeting: what was said and decided; each decision becomes a task in the same act. */
export async function concluded(
  rq: Rq,
  event: EventRow,
  there: readonly ItemRow[],
  outcomes: readonly ItemOutcome[],
): Promise<ItemRow[]> {
  const items = new Map<string, Omit<ItemRow, 'position'>>(there.map((i) => [i.id, i]));
  for (const o of outcomes) {
    const id = o.id ?? randomUUID();
    const before = o.id === undefined ? { ...blank, id, title: o.title ?? '' } : items.get(id);
    if (!before) throw refuse(eventReason('event-no-item'));
    if (o.skippedReason !== undefined && o.decision) throw refuse(eventReason('event-skip-decision'));
    const decided = o.decision ? await decide(rq, event, before, o.decision) : {};
    const said =
      o.skippedReason !== undefined
        ? { state: 'skipped' as const, skippedReason: o.skippedReason, minute: null }
        : o.minute !== undefined || o.decision
          ? { state: 'minuted' as const, minute: o.minute ?? before.minute, skippedReason: null }
          : {};
    items.set(id, { ...before, ...said, ...decided });
  }
  return numbered([...items.values()]);
}

/** The case an item is about, as far as whoever records the meeting may read it. */
async function knownCase(rq: Rq, id: string) {
  const { items } = await listCases(rq, { ids: [id], limit: 1, offset: 0 });
  return items[0];
}

async function decide(
  rq: Rq,
  event: EventRow,
  item: Omit<ItemRow, 'position'>,
  d: NonNullable<ItemOutcome['decision']>,
): Promise<{ decision: string; taskId: string }> {
  const about = item.aboutCaseId === null ? undefined : await knownCase(rq, item.aboutCaseId);
  const criterion = about?.data['criterion'];
  const task = await openCase(rq, {
    type: 'task',
    title: d.text,
    unitId: event.unitId,
    star: item.star ?? event.star,
    // A decision about a problem is its task: it answers for the same criterion and hangs on the same case.
    parentId: about?.id,
    tags: about?.tags,
    ownerPersonId: d.ownerPersonId,
    ownerUnitId: d.ownerUnitId,
    dueOn: d.dueOn,
    origin: { kind: 'event', id: event.id },
    data: { condition: d.condition ?? d.text, ...(typeof criterion === 'string' ? { criterion } : {}) },
  });
  return { decision: d.text, taskId: task.id };
}
