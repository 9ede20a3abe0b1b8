import { createHash } from 'node:crypto';
import { importReason, plain } from '../../../domain/records/imports/index.ts';
import {
  canChange,
  canStandBelow,
  needsScheme,
  type UnitType,
  unitTypes,
} from '../../../domain/records/units/index.ts';
import type { Lang, Reason } from '../../../domain/words.ts';
import { record } from '../../platform/journal.ts';
import { may, type Rq } from '../../platform/rq.ts';
import {
  type BulkUnit,
  findUnitsByCode,
  insertUnits,
  type KnownUnit,
  listCodesTaken,
  listNamesTaken,
} from '../units/index.ts';
import { type Applied, type Parsed, type RawRow, repeats, rowReader, type RowError } from './rows.ts';

const typeOf = new Map<string, UnitType>(
  Object.entries(unitTypes).flatMap(([key, { words }]) =>
    [key, words.zh, words.en.toLowerCase()].map((word) => [plain(word), key as UnitType] as const),
  ),
);

export const schemeWords = {
  rural: { zh: '农村', en: 'rural' },
  urban: { zh: '城市', en: 'urban' },
} as const;

const schemeOf = new Map<string, 'rural' | 'urban'>([
  ['rural', 'rural'],
  ['农村', 'rural'],
  ['urban', 'urban'],
  ['城市', 'urban'],
]);

export type UnitRow = BulkUnit & { readonly type: UnitType };

export function parseUnit(raw: RawRow, seen: Map<string, number>, lang: Lang): Parsed<UnitRow> | RowError[] {
  const r = rowReader('units', raw, lang);
  const code = plain(r.text('code', 40));
  if (code !== '' && !/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/.test(code)) r.fail('code', importReason('row-bad-code'));
  const name = r.text('name', 100);
  const typeWord = r.text('type', 60);
  const type = typeOf.get(plain(typeWord).toLowerCase());
  if (typeWord !== '' && type === undefined)
    r.fail('type', importReason('row-unknown-choice', { head: r.head('type'), value: typeWord }));
  const parentCode = plain(r.text('parent', 40));
  const schemeWord = r.text('scheme', 20);
  const scheme = schemeOf.get(plain(schemeWord).toLowerCase()) ?? null;
  if (schemeWord !== '' && scheme === null)
    r.fail('scheme', importReason('row-unknown-choice', { head: r.head('scheme'), value: schemeWord }));
  const day = r.day('validFrom');
  const document = r.text('document', 100);
  if (type && r.errors.length === 0) {
    const reason = needsScheme(type, scheme);
    if (reason) r.fail('scheme', reason);
  }
  if (r.errors.length > 0) return r.errors;
  const again = repeats(seen, code, raw.row);
  if (again) return [{ row: raw.row, column: 'code', reason: again }];
  return { row: raw.row, value: { code, name, type: type!, parentCode, scheme, day, document } };
}

interface InFile {
  readonly id: number;
  readonly path: string;
  readonly type: UnitType;
  readonly name: string;
  readonly day: string;
}

/** What one import remembers from batch to batch: the units it has made, or would make. */
export interface UnitState {
  readonly made: Map<string, InFile>;
  readonly names: Set<string>;
  /** Codes of rows that were refused; what stands below them cannot be made either. */
  readonly refused: Set<string>;
  nextId: number;
}

export const unitState = (): UnitState => ({ made: new Map(), names: new Set(), refused: new Set(), nextId: -1 });

/** Parents before children, whatever the order in the sheet; rows in a circle are refused. */
export function parentsFirst(rows: readonly Parsed<UnitRow>[]): { rows: Parsed<UnitRow>[]; errors: RowError[] } {
  const byCode = new Map(rows.map((r) => [r.value.code, r]));
  const depth = new Map<string, number>();
  const depthOf = (start: Parsed<UnitRow>): number => {
    const chain: Parsed<UnitRow>[] = [];
    const inChain = new Set<string>();
    let at: Parsed<UnitRow> | undefined = start;
    while (at && !depth.has(at.value.code) && !inChain.has(at.value.code)) {
      chain.push(at);
      inChain.add(at.value.code);
      at = byCode.get(at.value.parentCode);
    }
    // Ends at a known depth, at a unit outside the file, or in a circle.
    let d = at === undefined ? -1 : inChain.has(at.value.code) ? Number.NaN : depth.get(at.value.code)!;
    for (const r of chain.reverse()) depth.set(r.value.code, ++d);
    return depth.get(start.value.code)!;
  };
  const errors: RowError[] = [];
  const sound = rows.filter((r) => {
    if (!Number.isNaN(depthOf(r))) return true;
    errors.push({ row: r.row, column: 'parent', reason: importReason('row-parent-circle') });
    return false;
  });
  const order = sound.map((r, i) => ({ r, d: depth.get(r.value.code)!, i })).sort((a, b) => a.d - b.d || a.i - b.i);
  return { rows: order.map((o) => o.r), errors };
}

type Parent = Pick<InFile, 'id' | 'path' | 'type' | 'name'> & {
  readonly validTo: string | null;
  readonly lastChange: string;
};

function parentOf(row: UnitRow, known: ReadonlyMap<string, KnownUnit>, state: UnitState): Parent | null {
  const made = state.made.get(row.parentCode);
  if (made) return { ...made, validTo: null, lastChange: made.day };
  const found = known.get(row.parentCode);
  return found ? { ...found, type: found.type as UnitType } : null;
}

function sameUnit(row: UnitRow, there: KnownUnit): boolean {
  return (
    there.name === row.name &&
    there.type === row.type &&
    there.scheme === row.scheme &&
    there.parentCode === row.parentCode &&
    there.validTo === null
  );
}

/** Why a row cannot become a unit below its parent; null when it can. */
function rowReason(
  rq: Rq,
  row: UnitRow,
  parent: Parent | null,
  taken: ReadonlySet<string>,
  state: UnitState,
): Reason | null {
  if (taken.has(row.code)) return importReason('row-code-taken', { code: row.code });
  if (state.refused.has(row.parentCode)) return importReason('row-parent-bad', { code: row.parentCode });
  if (!parent) return importReason('row-unknown-unit', { code: row.parentCode });
  if (!state.made.has(row.parentCode) && !may(rq, 'units.write', parent.path))
    return importReason('row-no-grant', { name: parent.name });
  const reason = canChange(parent, row.day) ?? canStandBelow(row.type, parent.type);
  if (reason) return reason;
  return state.names.has(`${parent.id} ${row.type} ${row.name}`)
    ? importReason('row-name-taken', { parent: parent.name, name: row.name })
    : null;
}

/** Checks a batch (parents of earlier batches are known) and writes what is good when asked to. */
export async function applyUnits(
  rq: Rq,
  rows: readonly Parsed<UnitRow>[],
  state: UnitState,
  to: { write: boolean; jobId: string; path: string },
): Promise<Applied> {
  const values = rows.map((r) => r.value);
  const known = await findUnitsByCode(rq, [...new Set(values.flatMap((v) => [v.code, v.parentCode]))]);
  const taken = await listCodesTaken(
    rq,
    values.map((v) => v.code).filter((code) => !known.has(code)),
  );
  const below = values.flatMap((v) => {
    const parent = known.get(v.parentCode);
    return parent ? [{ parentId: parent.id, type: v.type, name: v.name }] : [];
  });
  for (const name of await listNamesTaken(rq, below)) state.names.add(name);
  const errors: RowError[] = [];
  const good: Parsed<UnitRow>[] = [];
  let unchanged = 0;
  for (const r of rows) {
    const row = r.value;
    const there = known.get(row.code);
    const parent = parentOf(row, known, state);
    const reason = there
      ? sameUnit(row, there)
        ? null
        : importReason('row-unit-differs', { code: row.code, name: there.name })
      : rowReason(rq, row, parent, taken, state);
    if (reason) {
      errors.push({ row: r.row, column: null, reason });
      state.refused.add(row.code);
    } else if (there) unchanged++;
    else {
      good.push(r);
      state.names.add(`${parent!.id} ${row.type} ${row.name}`);
      // Until it is written it has an id and a path that no other unit can have.
      const id = state.nextId--;
      state.made.set(row.code, { id, path: `${parent!.path}${id}.`, type: row.type, name: row.name, day: row.day });
    }
  }
  if (to.write && good.length > 0) await writeUnits(rq, good, known, state, to);
  return { errors, unchanged, written: good.length };
}

async function writeUnits(
  rq: Rq,
  good: readonly Parsed<UnitRow>[],
  known: ReadonlyMap<string, KnownUnit>,
  state: UnitState,
  to: { jobId: string; path: string },
): Promise<void> {
  const parents = new Map<string, { id: number; path: string }>([...known, ...state.made]);
  const made = await insertUnits(
    rq,
    good.map((r) => r.value),
    parents,
  );
  const hash = createHash('sm3');
  for (const { value } of good) {
    const { id, path } = made.get(value.code)!;
    state.made.set(value.code, { id, path, type: value.type, name: value.name, day: value.day });
    const parentId = (made.get(value.parentCode) ?? parents.get(value.parentCode))!.id;
    state.names.add(`${parentId} ${value.type} ${value.name}`);
    hash.update(`${[id, value.code, value.type, value.name, path, value.day].join('|')}\n`);
  }
  await record(rq, {
    verb: 'units.import',
    subject: { kind: 'job', id: to.jobId },
    path: to.path,
    after: { rows: good.length, digest: hash.digest('hex') },
  });
}
