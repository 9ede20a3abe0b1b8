import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { columnsFor, type ImportKind, importReason, plain } from '../../../domain/records/imports/index.ts';
import {
  canBelongTo,
  canBeLed,
  canDescribe,
  canStandIn,
  nameIs,
  type SubjectKind,
  subjectReason,
} from '../../../domain/records/subjects/index.ts';
import type { UnitType } from '../../../domain/records/units/index.ts';
import type { Lang, Reason } from '../../../domain/words.ts';
import { record } from '../../platform/journal.ts';
import { may, type Rq } from '../../platform/rq.ts';
import {
  findKnownSubjects,
  findOwners,
  listCodesTaken,
  insertSubjects,
  type KnownSubject,
  type LoadedSubject,
} from '../subjects/index.ts';
import { findUnitsByCode, type KnownUnit } from '../units/index.ts';
import { type Applied, type Parsed, type RawRow, repeats, rowReader, type RowError } from './rows.ts';
import { fieldTypes, type Items, itemWords, readCell } from './subject-cells.ts';

/** A line of the sheet of a kind; its own fields are read when the catalogues of the instance are at hand. */
export interface SubjectLine {
  readonly unit: string;
  readonly unitName: string;
  readonly name: string;
  readonly code: string | null;
  readonly place: string | null;
  readonly owner: string | null;
  readonly lead: string | null;
  readonly state: string | undefined;
  readonly fromDay: string;
  readonly cells: Readonly<Record<string, string>>;
  readonly heads: Readonly<Record<string, string>>;
  readonly lang: Lang;
}

/** What names a line: its number, or its name in its unit. */
const keyOf = (l: Pick<SubjectLine, 'code' | 'unit' | 'name'>) => l.code ?? `${l.unit} ${l.name}`;

export function parseSubject(
  sheet: ImportKind,
  kind: SubjectKind,
  raw: RawRow,
  seen: Map<string, number>,
  lang: Lang,
): Parsed<SubjectLine> | RowError[] {
  const r = rowReader(sheet, raw, lang);
  const columns = columnsFor(sheet);
  const has = new Set(columns.map((c) => c.key));
  const given = (key: string, max?: number) => (has.has(key) ? r.text(key, max) || null : null);
  const unit = plain(r.text('unit', 32));
  const unitName = r.text('unitName', 100);
  const [typed, code, place] = [given('name'), given('code', 40), given('place')];
  const owner = given('parent');
  const lead = given('lead', 32);
  const stateWord = given('state', 40);
  const state = Object.entries(kind.states).find(([key, s]) =>
    [key, s.words.zh, s.words.en].some((w) => plain(w).toLowerCase() === plain(stateWord ?? '').toLowerCase()),
  )?.[0];
  if (stateWord !== null && (state === undefined || kind.states[state]!.ended))
    r.fail('state', importReason('row-unknown-choice', { head: r.head('state'), value: stateWord }));
  const fromDay = r.day('fromDay');
  const own = columns.filter((c) => c.key.startsWith('data.'));
  const cells = Object.fromEntries(own.map((c) => [c.key, r.text(c.key, 4_000)]));
  if (r.errors.length > 0) return r.errors;
  const from = nameIs(kind);
  const name = (from === 'place' ? place : from === 'code' ? code : typed) ?? '';
  const line: SubjectLine = {
    unit,
    unitName,
    name,
    code,
    place,
    owner,
    state,
    fromDay,
    cells,
    lang,
    lead: lead === null ? null : plain(lead),
    heads: Object.fromEntries(own.map((c) => [c.key, c.words[lang]])),
  };
  const again = repeats(seen, keyOf(line), raw.row);
  return again ? [{ row: raw.row, column: null, reason: again }] : { row: raw.row, value: line };
}

/** Owners before what belongs to them, whatever the order in the sheet; lines in a circle are refused. */
export function ownersFirst(rows: readonly Parsed<SubjectLine>[]): { rows: Parsed<SubjectLine>[]; errors: RowError[] } {
  const named = new Map<string, Parsed<SubjectLine>>();
  for (const r of rows) for (const key of [r.value.code, r.value.name]) if (key && !named.has(key)) named.set(key, r);
  const order: Parsed<SubjectLine>[] = [];
  const state = new Map<Parsed<SubjectLine>, 'open' | 'placed' | 'circle'>();
  for (const start of rows) {
    const chain: Parsed<SubjectLine>[] = [];
    let at: Parsed<SubjectLine> | undefined = start;
    while (at && !state.has(at)) {
      state.set(at, 'open');
      chain.push(at);
      at = at.value.owner === null ? undefined : named.get(at.value.owner);
    }
    const circle = at !== undefined && state.get(at) !== 'placed';
    for (const r of chain.reverse()) {
      state.set(r, circle ? 'circle' : 'placed');
      if (!circle) order.push(r);
    }
  }
  const errors = rows
    .filter((r) => state.get(r) === 'circle')
    .map((r) => ({ row: r.row, column: 'parent', reason: subjectReason('subject-parent-circle') }));
  return { rows: order, errors };
}

type Owner = Pick<KnownSubject, 'id' | 'kind' | 'name' | 'code'>;

/** What one import remembers from batch to batch: the entries it has made, or would make, and the lines it refused. */
export interface SubjectState {
  readonly made: Map<string, Owner[]>;
  readonly refused: Set<string>;
  items: Items | null;
}

export const subjectState = (): SubjectState => ({ made: new Map(), refused: new Set(), items: null });

interface Known {
  readonly units: ReadonlyMap<string, KnownUnit>;
  readonly there: ReadonlyMap<string, KnownSubject>;
  readonly owners: ReadonlyMap<string, readonly Owner[]>;
  /** Numbers that entries carry which the reader need not see. */
  readonly taken: ReadonlySet<string>;
}

async function learn(rq: Rq, kind: SubjectKind, lines: readonly SubjectLine[]): Promise<Known> {
  const units = await findUnitsByCode(rq, [...new Set(lines.flatMap((l) => [l.unit, ...(l.lead ? [l.lead] : [])]))]);
  const placed = lines.flatMap((l) => {
    const unit = units.get(l.unit);
    return unit ? [{ unitId: unit.id, name: l.name, code: l.code, key: keyOf(l) }] : [];
  });
  const there = await findKnownSubjects(rq, kind.kind, placed);
  const wanted = [...new Set(lines.flatMap((l) => l.owner ?? []))];
  const owners = new Map<string, Owner[]>();
  for (const o of await findOwners(rq, kind.parents ?? [], wanted))
    for (const key of new Set([o.code, o.name]))
      if (key !== null && wanted.includes(key)) owners.set(key, [...(owners.get(key) ?? []), o]);
  const codes = lines.flatMap((l) => (l.code !== null && !there.has(l.code) ? [l.code] : []));
  return { units, there, owners, taken: await listCodesTaken(rq, kind.kind, codes) };
}

function ownerOf(line: SubjectLine, known: Known, state: SubjectState): Owner | Reason | null {
  if (line.owner === null) return null;
  if (state.refused.has(line.owner)) return importReason('row-parent-row-bad', { name: line.owner });
  // What an earlier batch has made is known twice.
  const named = [...(known.owners.get(line.owner) ?? []), ...(state.made.get(line.owner) ?? [])];
  const found = [...new Map(named.map((o) => [o.id, o])).values()];
  const byCode = found.filter((o) => o.code === line.owner);
  const candidates = byCode.length > 0 ? byCode : found;
  if (candidates.length === 0) return importReason('row-unknown-parent', { name: line.owner });
  return candidates.length > 1 ? importReason('row-many-parents', { name: line.owner }) : candidates[0]!;
}

function codeTaken(kind: SubjectKind, value: string): Reason {
  const words = kind.code ?? { zh: '编号', en: 'number' };
  return subjectReason('subject-code-taken', { code: words.zh, codeEn: words.en, value });
}

/** What a schema says of a value, in the reader's language. */
const sayings = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };

type Fault = { readonly column: string | null; readonly reason: Reason };

function dataOf(kind: SubjectKind, line: SubjectLine, items: Items): Record<string, unknown> | Fault {
  const types = fieldTypes(kind);
  const given = types.flatMap(({ name, key, type, said }) => {
    const text = line.cells[key] ?? '';
    return text === '' ? [] : [[name, readCell(type, said, text, items)] as const];
  });
  const parsed = kind.data.safeParse(Object.fromEntries(given), { error: sayings[line.lang] });
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const key = types.find((t) => t.name === issue.path[0])?.key ?? null;
    const head = line.heads[key ?? ''] ?? '';
    return { column: key, reason: importReason('row-field', { head, why: issue.message }) };
  }
  // An item that stands in no catalogue has been left as it was written.
  for (const { name, key, type, said } of types) {
    if (type !== 'item' && type !== 'items') continue;
    const keys = new Set(items(said.catalogue!).map((i) => i.key));
    const wrong = [parsed.data[name]].flat().find((v) => v !== undefined && !keys.has(String(v)));
    if (wrong !== undefined) {
      const reason = importReason('row-unknown-choice', { head: line.heads[key]!, value: String(wrong) });
      return { column: key, reason };
    }
  }
  return parsed.data;
}

const isFault = (v: object): v is Fault => 'reason' in v && 'column' in v;
const isReason = (v: Owner | Reason | null): v is Reason => v !== null && 'words' in v;

/** The line as an entry of its kind; or what is wrong with it. */
function entryOf(
  rq: Rq,
  kind: SubjectKind,
  line: SubjectLine,
  known: Known,
  state: SubjectState,
): (LoadedSubject & { readonly id: string }) | Fault {
  const fault = (reason: Reason, column: string | null = null): Fault => ({ column, reason });
  const unit = known.units.get(line.unit);
  if (!unit) return fault(importReason('row-unknown-unit', { code: line.unit }), 'unit');
  if (line.unitName !== '' && plain(line.unitName) !== plain(unit.name))
    return fault(importReason('row-other-name', { code: line.unit, name: unit.name }), 'unitName');
  if (!may(rq, 'records.write', unit.path)) return fault(importReason('row-no-grant', { name: unit.name }), 'unit');
  const stands = canStandIn(kind, { ...unit, type: unit.type as UnitType });
  if (stands) return fault(stands, 'unit');
  const said = canDescribe(kind, { ...line, tags: [] });
  if (said) return fault(said);
  if (line.code !== null && known.taken.has(line.code)) return fault(codeTaken(kind, line.code), 'code');
  const owner = ownerOf(line, known, state);
  if (isReason(owner)) return fault(owner, 'parent');
  const belongs = canBelongTo(kind, owner && { ...owner, toDay: null });
  if (belongs) return fault(belongs, 'parent');
  const lead = line.lead === null ? undefined : known.units.get(line.lead);
  if (line.lead !== null && !lead) return fault(importReason('row-unknown-unit', { code: line.lead }), 'lead');
  const led = canBeLed(kind, lead !== undefined);
  if (led) return fault(led, 'lead');
  const data = dataOf(kind, line, state.items!);
  if (isFault(data)) return data;
  return {
    id: randomUUID(),
    kind: kind.kind,
    unitId: unit.id,
    unitPath: unit.path,
    name: line.name,
    code: line.code ?? undefined,
    place: line.place ?? undefined,
    parent: owner ?? undefined,
    leadUnitId: lead?.id,
    state: line.state,
    fromDay: line.fromDay,
    data,
  };
}

/** Whether what is registered says what the line says; an empty cell of the state asks for nothing. */
function isSame(there: KnownSubject, e: LoadedSubject): boolean {
  const sorted = (data: object) => JSON.stringify(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)));
  return (
    there.unitId === e.unitId &&
    there.name === e.name &&
    there.code === (e.code ?? null) &&
    there.place === (e.place ?? null) &&
    there.parentId === (e.parent?.id ?? null) &&
    there.leadUnitId === (e.leadUnitId ?? null) &&
    (e.state === undefined || there.state === e.state) &&
    there.fromDay === e.fromDay &&
    sorted(there.data) === sorted(e.data ?? {})
  );
}

/** Checks a batch and writes what is good when asked to; a few statements, however many rows. */
export async function applySubjects(
  rq: Rq,
  kind: SubjectKind,
  rows: readonly Parsed<SubjectLine>[],
  state: SubjectState,
  to: { write: boolean; jobId: string; path: string },
): Promise<Applied> {
  state.items ??= await itemWords(rq);
  const errors: RowError[] = [];
  let unchanged = 0;
  const good: { row: number; line: SubjectLine; entry: LoadedSubject & { readonly id: string } }[] = [];
  const known = await learn(
    rq,
    kind,
    rows.map((r) => r.value),
  );
  const refuse = (row: number, line: SubjectLine, fault: Fault) => {
    errors.push({ row, ...fault });
    for (const key of [line.code, line.name]) if (key) state.refused.add(key);
  };
  for (const { row, value: line } of rows) {
    const entry = entryOf(rq, kind, line, known, state);
    const there = known.there.get(keyOf(line));
    if (isFault(entry)) refuse(row, line, entry);
    else if (there) {
      if (isSame(there, entry)) unchanged++;
      // It is there all the same, so what belongs to it may come in.
      else errors.push({ row, column: null, reason: importReason('row-subject-differs', { name: there.name }) });
    } else {
      good.push({ row, line, entry });
      const owner = { id: entry.id, kind: kind.kind, name: line.name, code: line.code };
      for (const key of new Set([line.code, line.name]))
        if (key !== null) state.made.set(key, [...(state.made.get(key) ?? []), owner]);
    }
  }
  if (!to.write || good.length === 0) return { errors, unchanged, written: good.length };
  const written = await writeSubjects(
    rq,
    kind,
    good.map((g) => g.entry),
    to,
  );
  // Somebody was faster with the same number.
  for (const g of good.filter((x) => !written.has(x.entry.id))) {
    refuse(g.row, g.line, { column: 'code', reason: codeTaken(kind, g.line.code ?? '') });
  }
  return { errors, unchanged, written: written.size };
}

async function writeSubjects(
  rq: Rq,
  kind: SubjectKind,
  entries: readonly (LoadedSubject & { readonly id: string })[],
  to: { jobId: string; path: string },
): Promise<Set<string>> {
  const written = new Set(await insertSubjects(rq, entries));
  const hash = createHash('sm3');
  for (const e of entries)
    if (written.has(e.id)) hash.update(`${[e.id, e.unitId, e.name, e.code ?? '', e.fromDay].join('|')}\n`);
  await record(rq, {
    verb: 'subjects.import',
    subject: { kind: 'job', id: to.jobId },
    path: to.path,
    after: { kind: kind.kind, rows: written.size, digest: hash.digest('hex') },
  });
  return written;
}
