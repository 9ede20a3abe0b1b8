import {
  asOfReason,
  type Fact,
  factReason,
  metric,
  type MetricKey,
  tidyDecimal,
  valueReason,
} from '../../../domain/records/facts/index.ts';
import type { Reason } from '../../../domain/words.ts';
import type { JournalVerb } from '../../../domain/records/journal/index.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { announce } from '../../platform/news.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { getUnit } from '../units/index.ts';
import * as store from './store.ts';

const noFact = notFound({ zh: '该数据', en: 'fact' });
const noUnit = notFound({ zh: '该单位', en: 'unit' });

export interface FactChange {
  readonly unitId: number;
  readonly unitPath: string;
  readonly metric: MetricKey;
  readonly period: string;
}

type Hook = (rq: Rq, changes: readonly FactChange[]) => Promise<void>;
const hooks = new Map<string, Hook>();

/**
 * Tells a higher module of every change of facts, in the transaction of the change. Wired in app.ts; `name` keeps one
 * module from being told twice.
 */
export function onFactsChanged(name: string, hook: Hook): void {
  hooks.set(name, hook);
}

export async function factsChanged(rq: Rq, changes: readonly FactChange[]): Promise<void> {
  if (changes.length === 0) return;
  for (const hook of hooks.values()) await hook(rq, changes);
}

/** Whether the row may be stored where it would stand; the same for one number and for ten thousand. */
export function placeReason(fact: store.NewFact, place: store.Place, today: string): Reason | null {
  const m = metric(fact.metric);
  const { unitName: name } = place;
  const reason = valueReason(m, fact.value) ?? asOfReason(m, fact.period, fact.asOf, today);
  if (reason) return reason;
  if (place.countedPath === null) return factReason('fact-unit-not-in-use', { name, day: fact.asOf });
  if (place.lockedBy !== null)
    return factReason('fact-locked', { name: place.lockedBy, period: place.lockedPeriod ?? fact.period });
  if (place.heldBelow !== null) return factReason('fact-counted-below', { name: place.heldBelow });
  if (place.heldAbove !== null) return factReason('fact-held-above', { name: place.heldAbove });
  return null;
}

/** Whether the value that stands there says exactly the same. */
export function isSame(fact: store.NewFact, place: store.Place): boolean {
  return (
    place.value !== null &&
    tidyDecimal(place.value) === tidyDecimal(fact.value.trim()) &&
    place.asOf === fact.asOf &&
    place.source === fact.source &&
    (place.document ?? null) === (fact.document ?? null)
  );
}

async function placeOf(rq: Rq, fact: store.NewFact): Promise<store.Place> {
  await store.lockFacts(rq, [fact]);
  const place = (await store.placesOf(rq, [fact])).get(0);
  if (!place) throw noUnit;
  mustHold(rq, 'facts.write', place.unitPath);
  return place;
}

/** Enters a number that is not there yet. The same number again changes nothing; another one must be a correction. */
export async function enterFact(rq: Rq, fact: store.NewFact): Promise<Fact> {
  const place = await placeOf(rq, fact);
  check(placeReason(fact, place, dayOf(rq.now)));
  if (place.factId !== null) {
    if (isSame(fact, place)) return getFact(rq, place.factId);
    throw refuse(
      factReason('fact-already-there', { value: tidyDecimal(place.value!) ?? place.value!, day: place.asOf! }),
    );
  }
  const row = store.storable(fact, place);
  await store.insertFacts(rq, [row]);
  return told(rq, 'fact.enter', row.id, null);
}

export interface Correction {
  readonly value: string;
  readonly asOf: string;
  readonly source: string;
  readonly document?: string | null;
  readonly reason: string;
}

export async function correctFact(rq: Rq, id: string, input: Correction): Promise<Fact> {
  const old = await getFact(rq, id);
  const fact: store.NewFact = { ...input, metric: old.metric as MetricKey, unitId: old.unitId, period: old.period };
  const place = await placeOf(rq, fact);
  if (place.factId !== id) throw refuse(factReason('fact-superseded'));
  check(placeReason(fact, place, dayOf(rq.now)));
  if (isSame(fact, place)) throw refuse(factReason('fact-unchanged'));
  const row = store.storable(fact, place);
  if ((await store.insertFacts(rq, [row])) !== 1) throw refuse(factReason('fact-superseded'));
  return told(rq, 'fact.correct', row.id, old);
}

/** Takes a number back that should not have been entered at all; from then on it is missing, not zero. */
export async function withdrawFact(rq: Rq, id: string, reason: string): Promise<Fact> {
  const old = await getFact(rq, id);
  const place = await placeOf(rq, {
    ...old,
    metric: old.metric as MetricKey,
  });
  if (place.lockedBy !== null)
    throw refuse(factReason('fact-locked', { name: place.lockedBy, period: place.lockedPeriod ?? old.period }));
  if (!(await store.withdrawFact(rq, id, reason))) throw refuse(factReason('fact-superseded'));
  return told(rq, 'fact.withdraw', id, old);
}

/** Journal, news and higher modules hear of one changed fact. */
async function told(rq: Rq, verb: JournalVerb, id: string, before: Fact | null): Promise<Fact> {
  const fact = await getFact(rq, id);
  const { metric: key, period, value, asOf, source, document, reason } = fact;
  await record(rq, {
    verb,
    subject: { kind: 'fact', id },
    path: fact.unitPath,
    before: before ? { id: before.id, value: before.value, asOf: before.asOf, source: before.source } : undefined,
    after: { unitId: fact.unitId, metric: key, period, value, asOf, source, document, reason },
  });
  await factsChanged(rq, [{ unitId: fact.unitId, unitPath: fact.unitPath, metric: key as MetricKey, period }]);
  announce(rq, { kind: 'fact', id, path: fact.unitPath });
  return fact;
}

export async function getFact(rq: Rq, id: string): Promise<Fact> {
  const fact = await store.findFact(rq, id);
  if (!fact) throw noFact;
  return fact;
}

export async function showFact(rq: Rq, id: string) {
  const fact = await getFact(rq, id);
  const places = await store.placesOf(rq, [{ ...fact, metric: fact.metric as MetricKey }]);
  return { ...fact, history: await store.listHistory(rq, fact), locked: (places.get(0)?.lockedBy ?? null) !== null };
}

export async function listFacts(
  rq: Rq,
  query: Omit<store.FactSearch, 'underPath'> & { under?: number | undefined },
): Promise<{ items: Fact[]; total: number }> {
  const underPath = query.under === undefined ? undefined : (await readableUnit(rq, query.under)).path;
  return store.listFacts(rq, { ...query, underPath });
}

/** The unit, when the actor may read its numbers. */
export async function readableUnit(rq: Rq, id: number) {
  const unit = await getUnit(rq, id);
  // A unit above one's own is known by name only; its numbers are not for everybody below.
  if (!may(rq, 'facts.read', unit.path)) throw noUnit;
  return unit;
}
