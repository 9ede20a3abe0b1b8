import type { Database, Tx } from '../../server/platform/db/database.ts';
import { agreementKinds } from '../../domain/records/agreements/all.ts';
import { eventKinds } from '../../domain/records/events/all.ts';
import { bookKinds } from '../../domain/records/ledgers/all.ts';
import { subjectKinds } from '../../domain/records/subjects/all.ts';
import { metricKeys } from '../../domain/records/facts/metrics.ts';
import { join, raw, sql } from '../../server/platform/db/sql.ts';
import { still } from './fingerprint.ts';

/**
 * Plants one recognisable row per unit in every table of the database, so that an answer that shows what it should not
 * is noticed by looking for a word. It reads the tables from the catalogue: a table that is added later is planted too,
 * or this fails and says what it could not fill.
 */

/** The name of a unit: those below know it, and it is no secret to residents. */
export const unitMark = (unitId: number) => `mqu${unitId}x`;
/** Who answers for a unit: those below know it as well. */
export const nameMark = (unitId: number) => `mqn${unitId}x`;
/** Everything else of a unit: only those who are responsible for it may see this word. */
export const privateMark = (unitId: number) => `mqp${unitId}x`;
/** What belongs to one account: nobody else may ever see it. */
export const personalMark = (unitId: number) => `mqs${unitId}x`;
/** The same id for a unit's row in every table, so that any `id` in a path hits whatever it may mean. */
export const uuidOf = (unitId: number) => `00000000-0000-4000-8000-${String(unitId).padStart(12, '0')}`;

export const marksIn = (text: string) => new Set(text.match(/mq[unps]\d+x/g) ?? []);

/** Tables whose words the units below may know, because row-level security opens the chain above to them. */
const knownBelow = new Set(['people', 'assignments', 'asked_fields']);
const personal = new Set(['notices', 'replies', 'sessions', 'invitations']);
/** The same for the whole instance: their words may be read by all. */
const shared = new Set(['standards', 'files', 'users']);
/** Not planted: units are there already, the rest holds nothing of a unit, and the application cannot read seals. */
const untouched = new Set([
  'schema_migrations',
  'units',
  'unit_versions',
  'unit_successions',
  'calendar_days',
  'calendar_years',
  'catalogues',
  'journal_seals',
  'journal_links',
  'instance',
  'upkeep',
]);

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly needed: boolean;
  readonly generated: boolean;
  /** The words that a check allows; the first is planted. */
  readonly choices?: readonly string[] | null;
}

interface Reference {
  readonly table: string;
  readonly column: string;
  readonly target: string;
  readonly targetColumn: string;
}

/** Values that a constraint or a reader asks for; everything else is made from the column's type. */
const given: Readonly<Record<string, (unitId: number) => unknown>> = {
  'users.login': (u) => `planted${u}`,
  'users.lang': () => 'zh',
  'assignments.role': () => 'village-cadre',
  'cases.type': () => 'task',
  'cases.state': () => 'assigned',
  'cases.data': (u) => JSON.stringify({ condition: privateMark(u) }),
  'case_steps.step': () => 'accept',
  'case_steps.from_state': () => 'assigned',
  'case_steps.to_state': () => 'accepted',
  'publications.audience': () => 'staff',
  'standings.kind': () => 'live',
  'jobs.state': () => 'done',
  'standards.scheme': () => 'rural',
  'standards.title': (u) => JSON.stringify({ zh: `标准${u}`, en: `Standard ${u}` }),
  'standards.body': () => JSON.stringify({ stars: [] }),
  'standards.state': () => 'published',
  'evidence.subject_kind': () => 'case',
  'evidence.subject_id': (u) => uuidOf(u),
  'facts.metric': () => metricKeys[0],
  'facts.value': (u) => String(u),
  'facts.period': () => '2025',
  'confirmations.period': () => '2025',
  'replies.status': () => 200,
  'replies.key': (u) => `planted-${u}`,
  'notices.read_at': () => null,
  'files.hash': (u) => String(u).padStart(64, '0'),
  // Kinds are checked by the code that reads them: the first of each list, and for a book one of the planted measure.
  'designations.kind': () => 'star',
  'designations.star': () => 'party',
  'books.kind': () => Object.keys(bookKinds).find((k) => bookKinds[k]!.measure === 'fen'),
  'subjects.kind': () => Object.keys(subjectKinds)[0],
  'subjects.state': () => Object.values(subjectKinds)[0]!.initial,
  'agreements.kind': () => Object.keys(agreementKinds)[0],
  'events.kind': () => Object.keys(eventKinds)[0],
  'event_series.kind': () => Object.keys(eventKinds)[0],
  'accounts.code': (u) => `asset:planted-${u}`,
};

/** Left empty although text would fit: an end, a withdrawal, a deletion changes what the row means. */
const empty =
  /_to$|^to_|^closed|^ended|^left_|^superseded|^withdrawn|^erased|^removed|^unlocked|^locked|^disabled|^revoked|^used_|^finished|^parent_id$|^replaces|^star$|^totp|^external|^password|^picture_hash$|^correction|^error$|_hash$|_recorded_at$|^reverses$|^renews$/;

function fill(c: Column, unitId: number, path: string, named: boolean): unknown {
  const known = given[`${c.table}.${c.name}`];
  if (known) return known(unitId);
  if (c.name === 'unit_path' || c.name === 'counted_path') return path;
  if (c.name === 'unit_id') return unitId;
  if (!c.needed && empty.test(c.name)) return null;
  if (c.choices) return c.choices[0];
  const mark = named ? `${markFor(c.table, unitId)}.${c.table}.${c.name}` : markFor(c.table, unitId);
  if (c.type === 'text') return mark;
  if (c.type === 'jsonb') return JSON.stringify({ note: mark });
  if (c.type === 'text[]') return [mark];
  if (c.type === 'uuid') return uuidOf(unitId);
  if (c.type === 'bytea') return Buffer.from(mark);
  if (c.type === 'boolean') return false;
  if (c.type === 'date') return '2026-01-05';
  if (c.type.startsWith('timestamp')) return new Date('2026-01-05T08:00:00Z');
  // A number that may be left out keeps its default, because a check may bound it.
  if (/^(integer|bigint|smallint|numeric)$/.test(c.type)) return c.needed ? String(unitId) : null;
  throw new Error(`Nothing to plant in ${c.table}.${c.name} of type ${c.type}`);
}

function markFor(table: string, unitId: number): string {
  if (shared.has(table)) return `shared${unitId}`;
  if (personal.has(table)) return personalMark(unitId);
  return knownBelow.has(table) ? nameMark(unitId) : privateMark(unitId);
}

async function readColumns(tx: Tx): Promise<Column[]> {
  return tx.many<Column>(sql`
    SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, NULL) AS type,
      a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS needed, a.attgenerated <> '' OR a.attidentity = 'a' AS generated,
      (SELECT array_agg(m[1] ORDER BY at) FROM pg_constraint k
        CROSS JOIN LATERAL regexp_matches(pg_get_constraintdef(k.oid), '''([^'']+)''::text', 'g') WITH ORDINALITY AS r (m, at)
        WHERE k.contype = 'c' AND k.conrelid = a.attrelid AND k.conkey = ARRAY[a.attnum]
          AND pg_get_constraintdef(k.oid) LIKE '%= ANY (ARRAY[%') AS choices
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attnum`);
}

async function readReferences(tx: Tx): Promise<Reference[]> {
  return tx.many<Reference>(sql`
    SELECT c.conrelid::regclass::text AS "table", a.attname AS column, c.confrelid::regclass::text AS target,
      b.attname AS "targetColumn"
    FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k (own, other)
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.own
      JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.other
    WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace`);
}

/** Columns of which a check lets exactly one be filled: all but the first are left empty. */
async function readAlternatives(tx: Tx): Promise<Set<string>> {
  const rows = await tx.many<{ table: string; definition: string }>(sql`
    SELECT conrelid::regclass::text AS "table", pg_get_constraintdef(oid) AS definition FROM pg_constraint
    WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND pg_get_constraintdef(oid) LIKE '%num_nonnulls(%) = 1%'`);
  return new Set(
    rows.flatMap(({ table, definition }) => {
      const names = /num_nonnulls\(([^)]*)\)/.exec(definition)![1]!.split(', ');
      return names.slice(1).map((name) => `${table}.${name}`);
    }),
  );
}

/** Tables in an order in which every reference is already there. */
function inOrder(tables: readonly string[], references: readonly Reference[]): string[] {
  const order: string[] = [];
  const left = new Set(tables);
  while (left.size > 0) {
    const next = [...left].filter((t) =>
      references.every((r) => r.table !== t || r.target === t || !left.has(r.target)),
    );
    if (next.length === 0) throw new Error(`Tables refer to one another in a ring: ${[...left].join(', ')}`);
    for (const table of next) {
      order.push(table);
      left.delete(table);
    }
  }
  return order;
}

/**
 * Plants every table for every unit; answers the names of the tables. With `named` every word also says the column in which it
 * stands, so that one column can be told from another of the same row.
 */
export async function plant(database: Database, units: readonly number[], named = false): Promise<string[]> {
  return database.owner(async (tx) => {
    const columns = await readColumns(tx);
    const references = await readReferences(tx);
    const alternatives = await readAlternatives(tx);
    const tables = inOrder(
      [...new Set(columns.map((c) => c.table))].filter((t) => !untouched.has(t)),
      references,
    );
    for (const unitId of units) await renameUnit(tx, unitId);
    for (const table of tables)
      for (const unitId of units) {
        const { path } = await tx.one<{ path: string }>(sql`SELECT unit_path AS path FROM units WHERE id = ${unitId}`);
        const own = columns.filter((c) => c.table === table && !c.generated && !alternatives.has(`${table}.${c.name}`));
        await insert(
          tx,
          table,
          own.map((c) => ({ name: c.name, type: c.type, value: valueFor(c, references, { unitId, path, named }) })),
        );
      }
    return tables;
  });
}

/** A reference holds what the row that it points at holds; the same unit's row, because ids are the same everywhere. */
function valueFor(
  c: Column,
  references: readonly Reference[],
  at: { readonly unitId: number; readonly path: string; readonly named: boolean },
): unknown {
  const { unitId, path, named } = at;
  const to = references.find((r) => r.table === c.table && r.column === c.name);
  if (!to || to.target === c.table) return fill(c, unitId, path, named);
  if (to.target === 'units') return unitId;
  if (!c.needed && empty.test(c.name)) return null;
  return fill({ ...c, table: to.target, name: to.targetColumn, needed: true }, unitId, path, named);
}

async function renameUnit(tx: Tx, unitId: number): Promise<void> {
  const name = unitMark(unitId);
  await tx.run(
    sql`UPDATE units SET name = name || ${name}, attributes = ${JSON.stringify({ note: name })}::jsonb WHERE id = ${unitId}`,
  );
  await tx.run(sql`UPDATE unit_versions SET name = name || ${name}, document = ${name} WHERE unit_id = ${unitId}`);
}

/**
 * A row by itself cannot satisfy a guard that looks at several (an entry and its lines): then it is put in with the guards
 * asleep. What a check says of the row alone holds all the same.
 */
async function insert(tx: Tx, table: string, values: { name: string; type: string; value: unknown }[]): Promise<void> {
  const used = values.filter((v) => v.value !== null);
  const put = sql`INSERT INTO ${raw(table)} (${join(used.map((v) => raw(v.name)))})
      VALUES (${join(used.map((v) => sql`${v.value}::${raw(v.type)}`))})`;
  await tx.run(sql`SET CONSTRAINTS ALL IMMEDIATE`);
  await tx.run(sql`SAVEPOINT planting`);
  try {
    await tx.run(put);
    return;
  } catch (error) {
    await tx.run(sql`ROLLBACK TO SAVEPOINT planting`);
    // A trigger may have made the row already (counts that are kept).
    if ((error as { code?: string }).code === '23505') return;
  }
  try {
    await tx.run(sql`SET LOCAL session_replication_role = replica`);
    await tx.run(put);
    await tx.run(sql`SET LOCAL session_replication_role = origin`);
  } catch (error) {
    throw new Error(`Cannot plant ${table}: ${(error as Error).message}. Name a fitting value in given.`, {
      cause: error,
    });
  }
}

/** One digest a table over the rows that belong to a unit: two equal ones mean that nobody has touched them. */
export async function digestOf(database: Database, unitId: number): Promise<Map<string, string>> {
  return database.owner(async (tx) => {
    const columns = await readColumns(tx);
    const parts = [...new Set(columns.map((c) => c.table))].flatMap((table) => {
      const has = (name: string) => columns.some((c) => c.table === table && c.name === name);
      const mine = has('unit_path')
        ? sql`unit_path = (SELECT unit_path FROM units WHERE id = ${unitId})`
        : has('person_id')
          ? sql`person_id = ${uuidOf(unitId)}::uuid`
          : null;
      return mine
        ? [
            sql`SELECT ${table} AS name, md5(coalesce(string_agg((${raw(still(table).row)})::text, '' ORDER BY (${raw(still(table).row)})::text), '')) AS digest
              FROM ${raw(table)} t WHERE ${mine} AND ${raw(still(table).where)}`,
          ]
        : [];
    });
    const rows = await tx.many<{ name: string; digest: string }>(sql`${join(parts, ' UNION ALL ')}`);
    return new Map(rows.map((r) => [r.name, r.digest]));
  });
}
