import { createHash } from 'node:crypto';
import {
  coarserThan,
  type MetricKey,
  metric,
  metricKeys,
  metrics,
  tidyDecimal,
} from '../../../domain/records/facts/index.ts';
import { importReason, plain, readNumber, readPeriod } from '../../../domain/records/imports/index.ts';
import type { Lang, Reason } from '../../../domain/words.ts';
import { record } from '../../platform/journal.ts';
import { may, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import {
  factsChanged,
  insertFacts,
  isSame,
  lockFacts,
  type NewFact,
  type Place,
  placeReason,
  placesOf,
  storable,
  type Storable,
} from '../facts/index.ts';
import { findUnitsByCode, type KnownUnit } from '../units/index.ts';
import { type Applied, type Parsed, type RawRow, repeats, rowReader, type RowError } from './rows.ts';

export interface FactRow extends Omit<NewFact, 'unitId'> {
  readonly code: string;
  readonly unitName: string;
}

const metricOf = new Map<string, MetricKey>(
  metricKeys.flatMap((key) =>
    [key, metrics[key].words.zh, metrics[key].words.en].map((word) => [plain(word), key] as const),
  ),
);

export function parseFact(raw: RawRow, seen: Map<string, number>, lang: Lang): Parsed<FactRow> | RowError[] {
  const r = rowReader('facts', raw, lang);
  const code = plain(r.text('unit', 32));
  const unitName = r.text('unitName', 100);
  const metricWord = r.text('metric');
  const key = metricOf.get(plain(metricWord));
  if (metricWord !== '' && key === undefined)
    r.fail('metric', importReason('row-unknown-choice', { head: r.head('metric'), value: metricWord }));
  const periodWord = r.text('period', 40);
  const period = readPeriod(periodWord);
  if (periodWord !== '' && period === null)
    r.fail('period', importReason('row-not-a-period', { head: r.head('period'), value: periodWord }));
  const valueWord = r.text('value', 60);
  const value = readNumber(valueWord);
  if (valueWord !== '' && value === null)
    r.fail('value', importReason('row-not-a-number', { head: r.head('value'), value: valueWord }));
  const asOf = r.day('asOf');
  const source = r.text('source');
  const document = r.text('document') || null;
  const reason = r.text('reason', 500) || null;
  if (r.errors.length > 0) return r.errors;
  const again = repeats(seen, `${code} ${key} ${period}`, raw.row);
  if (again) return [{ row: raw.row, column: null, reason: again }];
  return {
    row: raw.row,
    value: { code, unitName, metric: key!, period: period!, value: value!, asOf, source, document, reason },
  };
}

/** What one import remembers from batch to batch. */
export interface FactState {
  readonly units: Map<string, KnownUnit | null>;
  readonly grants: Map<string, boolean>;
}

export const factState = (): FactState => ({ units: new Map(), grants: new Map() });

async function learnUnits(rq: Rq, codes: readonly string[], state: FactState): Promise<void> {
  const unknown = [...new Set(codes)].filter((code) => !state.units.has(code));
  if (unknown.length === 0) return;
  const found = await findUnitsByCode(rq, unknown);
  for (const code of unknown) state.units.set(code, found.get(code) ?? null);
}

function unitReason(rq: Rq, row: FactRow, state: FactState): Reason | null {
  const unit = state.units.get(row.code);
  if (!unit) return importReason('row-unknown-unit', { code: row.code });
  if (row.unitName !== '' && plain(row.unitName) !== plain(unit.name))
    return importReason('row-other-name', { code: row.code, name: unit.name });
  let granted = state.grants.get(unit.path);
  if (granted === undefined) {
    granted = may(rq, 'facts.write', unit.path);
    state.grants.set(unit.path, granted);
  }
  return granted ? null : importReason('row-no-grant', { name: unit.name });
}

/** The paths of the units above one: `1.5.9.` stands below `1.` and `1.5.`. */
function pathsAbove(path: string): string[] {
  const found: string[] = [];
  for (let dot = path.indexOf('.'); dot < path.length - 1; dot = path.indexOf('.', dot + 1))
    found.push(path.slice(0, dot + 1));
  return found;
}

/** Keeps the numbers of one batch from standing above one another; what is stored already the database compares. */
function levels() {
  /** metric → period → the paths that have a number, and those above such a path */
  const known = new Map<MetricKey, Map<string, { held: Set<string>; above: Set<string> }>>();
  return (fact: NewFact, path: string): Reason | null => {
    if (metric(fact.metric).rollup === 'none') return null;
    const parents = pathsAbove(path);
    let periods = known.get(fact.metric);
    if (!periods) known.set(fact.metric, (periods = new Map()));
    for (const [period, { held, above }] of periods) {
      if (!overlap(period, fact.period)) continue;
      if (above.has(path) || parents.some((p) => held.has(p))) return importReason('row-counted-in-file');
    }
    let own = periods.get(fact.period);
    if (!own) periods.set(fact.period, (own = { held: new Set(), above: new Set() }));
    own.held.add(path);
    for (const p of parents) own.above.add(p);
    return null;
  };
}

const overlap = (a: string, b: string) => a === b || coarserThan(a).includes(b) || coarserThan(b).includes(a);

function standsReason(fact: NewFact, place: Place): Reason | null {
  if (place.factId === null || fact.reason) return null;
  return importReason('row-correction-reason', { value: tidyDecimal(place.value!) ?? place.value! });
}

/** Checks a batch against what is stored, and writes what is good when asked to. Four statements, however many rows. */
export async function applyFacts(
  rq: Rq,
  rows: readonly Parsed<FactRow>[],
  state: FactState,
  to: { write: boolean; jobId: string; path: string },
): Promise<Applied> {
  if (to.write)
    await lockFacts(
      rq,
      rows.map((r) => r.value),
    );
  await learnUnits(
    rq,
    rows.map((r) => r.value.code),
    state,
  );
  const errors: RowError[] = [];
  const fail = (row: number, reason: Reason, column: string | null = null) => errors.push({ row, column, reason });
  const candidates: { row: number; fact: NewFact }[] = [];
  for (const { row, value } of rows) {
    const reason = unitReason(rq, value, state);
    if (reason) fail(row, reason, 'unit');
    else candidates.push({ row, fact: { ...value, unitId: state.units.get(value.code)!.id } });
  }
  const places = await placesOf(
    rq,
    candidates.map((c) => c.fact),
  );
  const today = dayOf(rq.now);
  const levelReason = levels();
  const good: Storable[] = [];
  let unchanged = 0;
  for (const [i, { row, fact }] of candidates.entries()) {
    const place = places.get(i);
    if (place && isSame(fact, place)) {
      unchanged++;
      continue;
    }
    const reason = place
      ? (placeReason(fact, place, today) ?? standsReason(fact, place) ?? levelReason(fact, place.countedPath!))
      : importReason('row-unknown-unit', { code: String(fact.unitId) });
    if (reason) fail(row, reason);
    else good.push(storable(fact, place!));
  }
  if (to.write && good.length > 0) await writeFacts(rq, good, to);
  return { errors, unchanged, written: good.length };
}

/** One line for each fact of an import, in the order of their ids: what the journal's digest is made of. */
export function digestOf(
  rows: readonly {
    id: string;
    metric: string;
    unitId: number;
    period: string;
    value: string;
    asOf: string;
    source: string;
  }[],
): string {
  const hash = createHash('sm3');
  for (const r of [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)))
    hash.update(`${[r.id, r.metric, r.unitId, r.period, r.value, r.asOf, r.source].join('|')}\n`);
  return hash.digest('hex');
}

async function writeFacts(rq: Rq, good: readonly Storable[], to: { jobId: string; path: string }): Promise<void> {
  const replaced = await insertFacts(rq, good, to.jobId);
  // One entry for the batch: the rows themselves are facts that are never changed, and the digest seals them.
  await record(rq, {
    verb: 'facts.import',
    subject: { kind: 'job', id: to.jobId },
    path: to.path,
    after: {
      rows: good.length,
      replaced,
      first: good.reduce((a, r) => (r.id < a ? r.id : a), good[0]!.id),
      last: good.reduce((a, r) => (r.id > a ? r.id : a), good[0]!.id),
      digest: digestOf(good),
    },
  });
  await factsChanged(rq, good);
}
