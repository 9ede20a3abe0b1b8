import { randomUUID } from 'node:crypto';
import type { Tx } from '../server/platform/db/database.ts';
import { json, raw, type Sql, sql } from '../server/platform/db/sql.ts';
import { record } from '../server/platform/journal.ts';
import type { Rq } from '../server/platform/rq.ts';
import { hashPassword } from '../server/platform/secrets.ts';
import { gramsOf, reading } from '../server/records/units/index.ts';
import { type RoleName, role } from '../domain/records/assignments/roles.ts';
import { insertAssignments, type NewAssignment } from '../server/records/assignments/index.ts';
import type { DemoCounty } from './county.ts';
import { isKey } from './work-units.ts';

export interface Ground {
  /** Ids by the keys of the county's data. */
  readonly unitId: ReadonlyMap<string, number>;
  readonly unitPath: ReadonlyMap<string, string>;
  readonly personId: ReadonlyMap<string, string>;
  readonly userId: ReadonlyMap<string, string>;
}

const since = '2019-01-01';
const document = '演示数据';

/** Statements on their way, by transaction: the next rows are made while the database is still at the ones before. */
const underway = new WeakMap<Tx, Promise<unknown>[]>();
/** So many of them hold some megabytes, and cover the time in which the rows of a whole table are made. */
const mostUnderway = 16;

/**
 * Sends a statement without waiting for its end. The database takes statements in the order they are sent, so whoever asks later
 * finds what it wrote; one that fails says so at a later call, or to `arrived`.
 */
export async function send(tx: Tx, statement: Sql): Promise<void> {
  const sent = underway.get(tx) ?? [];
  underway.set(tx, sent);
  const one = tx.run(statement);
  // Its failure is told to whoever waits for it.
  one.catch(() => undefined);
  sent.push(one);
  if (sent.length > mostUnderway) await sent.shift();
}

/** Waits for all that is on its way; the first failure is thrown. */
export async function arrived(tx: Tx): Promise<void> {
  const sent = underway.get(tx) ?? [];
  while (sent.length > 0) await sent.shift();
}

/** Reads the i-th value of a row that travels as a JSON array. */
function valueAt(i: number, type: string): string {
  if (type === 'jsonb') return `NULLIF(r -> ${i}, 'null')`;
  if (type === 'text[]')
    return `CASE jsonb_typeof(r -> ${i}) WHEN 'array' THEN ARRAY(SELECT jsonb_array_elements_text(r -> ${i})) END`;
  return `(r ->> ${i})::${type}`;
}

/** Inserts many rows, some thousands a statement; columns and types are ours, values travel as one JSON parameter. */
export async function insertMany(
  tx: Tx,
  table: string,
  columns: Record<string, string>,
  rows: readonly object[],
): Promise<void> {
  const names = Object.keys(columns);
  const values = Object.values(columns).map((type, i) => valueAt(i, type));
  const text = `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM jsonb_array_elements($1::jsonb) AS r`;
  for (let i = 0; i < rows.length; i += 2_000) {
    const part = rows.slice(i, i + 2_000).map((row) => names.map((name) => (row as Record<string, unknown>)[name]));
    await send(tx, { text, values: [json(part)] } as unknown as Sql);
  }
}

/**
 * Fills these tables without the checks and triggers of single rows, and builds their indexes when all rows are there: that takes
 * a quarter off the time. What the story says is the same each time, and a test (load.test.ts) looks at every reference of the whole county.
 */
export async function inBulk(tx: Tx, tables: readonly string[], insert: () => Promise<void>): Promise<void> {
  await send(tx, sql`SELECT set_config('demo.role', current_user, TRUE)`);
  await send(tx, sql`SET LOCAL ROLE NONE`);
  await send(tx, sql`SET LOCAL session_replication_role = replica`);
  const indexes = await tx.many<{ name: string; definition: string }>(sql`
    SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
    FROM pg_index i WHERE i.indrelid = ANY (${[...tables]}::regclass[])
      AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)`);
  for (const { name } of indexes) await send(tx, raw(`DROP INDEX ${name}`));
  await insert();
  for (const { definition } of indexes) await send(tx, raw(definition));
  await send(tx, sql`SET LOCAL session_replication_role = origin`);
  await send(tx, sql`SELECT set_config('role', current_setting('demo.role'), TRUE)`);
}

/** Lays the county's tree, people, assignments and accounts into an empty database. */
export async function layGround(rq: Rq, county: DemoCounty, password: string): Promise<Ground> {
  const { unitId, unitPath } = await layUnits(rq, county);
  const personId = new Map(county.people.map((p) => [p.key, randomUUID()]));
  await insertMany(
    rq.db,
    'people',
    { id: 'uuid', name: 'text', unit_id: 'int', unit_path: 'text', title: 'text', party_member: 'boolean' },
    county.people.map((p) => ({
      id: personId.get(p.key),
      name: p.name,
      unit_id: unitId.get(p.unit),
      unit_path: unitPath.get(p.unit),
      title: p.title,
      party_member: true,
    })),
  );
  await insertAssignments(rq, assignmentsOf(county, unitId, personId));
  const userId = await layAccounts(rq, county, personId, unitPath, password);
  await record(rq, {
    verb: 'demo.load',
    subject: { kind: 'unit', id: unitId.get('county')! },
    path: unitPath.get('county')!,
    after: { units: county.units.length, people: county.people.length },
  });
  return { unitId, unitPath, personId, userId };
}

async function layUnits(rq: Rq, county: DemoCounty) {
  const unitId = new Map<string, number>();
  const unitPath = new Map<string, string>();
  const drawn = await rq.db.many<{ id: number }>(
    sql`SELECT nextval('units_id_seq')::int AS id FROM generate_series(1, ${county.units.length}::int)`,
  );
  for (const [i, u] of county.units.entries()) {
    const { id } = drawn[i]!;
    unitId.set(u.key, id);
    unitPath.set(u.key, `${u.parent === null ? '' : unitPath.get(u.parent)}${id}.`);
  }
  const rows = county.units.map((u) => ({
    id: unitId.get(u.key),
    code: u.key === 'county' ? 'hefeng' : u.key,
    type: u.type,
    name: u.name,
    parent_id: u.parent === null ? null : unitId.get(u.parent),
    unit_path: unitPath.get(u.key),
    scheme: u.scheme,
    valid_from: since,
    ...reading(u.name),
    grams: gramsOf(u.name, u.key),
    attributes: {
      ...(u.kind ? { kind: u.kind } : {}),
      ...(u.star ? { star: u.star } : {}),
      ...(u.scope ? { scope: u.scope } : {}),
    },
  }));
  await insertMany(
    rq.db,
    'units',
    {
      id: 'int',
      code: 'text',
      type: 'text',
      name: 'text',
      parent_id: 'int',
      unit_path: 'text',
      scheme: 'text',
      valid_from: 'date',
      pinyin: 'text',
      initials: 'text',
      grams: 'text[]',
      attributes: 'jsonb',
    },
    rows,
  );
  await rq.db.run(sql`INSERT INTO unit_versions (unit_id, valid_from, type, name, scheme, unit_path, change, document)
    SELECT id, valid_from, type, name, scheme, unit_path, 'create', ${document} FROM units`);
  return { unitId, unitPath };
}

const since2024 = { objectKind: null, objectId: null, from: '2024-01-01', to: null, document };

/** Everyone's duties, and those that units hold: lead departments of stars, departments that guide villages, key villages. */
function assignmentsOf(
  county: DemoCounty,
  unitId: ReadonlyMap<string, number>,
  personId: ReadonlyMap<string, string>,
): NewAssignment[] {
  const make = (
    name: RoleName,
    unit: string,
    star: string | null,
    holder: { person?: string; unit?: string },
  ): NewAssignment => ({
    ...since2024,
    id: randomUUID(),
    role: name,
    personId: holder.person === undefined ? null : personId.get(holder.person)!,
    holderUnitId: holder.unit === undefined ? null : unitId.get(holder.unit)!,
    unitId: unitId.get(unit)!,
    star,
    data: dataOf(name, star),
    single: role(name).cardinality === 'one',
  });
  const people = county.people.flatMap((p) =>
    p.roles.map((r) => make(r.role, r.unit, r.star ?? null, { person: p.key })),
  );
  const departments = county.units.filter((u) => u.type === 'department').map((u) => u.key);
  const leading = departments.map((key) => make('lead-department', 'county', key.slice(5), { unit: key }));
  const measured = county.units.filter((u) => u.scheme !== null);
  const guiding = measured.map((u, i) =>
    make('guiding-department', u.key, null, { unit: departments[i % departments.length]! }),
  );
  const leaders = county.people.filter((p) => p.roles.some((r) => r.role === 'star-leader'));
  const keyVillages = measured.filter((_, i) => isKey(i));
  const contracted = keyVillages.flatMap((u, i) => [
    make('key-village', u.key, null, { unit: 'group' }),
    // One key village is left without a leader, so that the gap can be seen.
    ...(i === keyVillages.length - 1
      ? []
      : [make('county-leader', u.key, null, { person: leaders[i % leaders.length]!.key })]),
  ]);
  return [...people, ...leading, ...guiding, ...contracted];
}

function dataOf(name: RoleName, star: string | null): NewAssignment['data'] {
  if (name === 'star-leader')
    return { line: { theme: mainLines[star ?? ''] ?? '抓落实', goals: ['对照标准逐项补齐短板'] } };
  return consented.includes(name) ? { consent: { on: '2024-01-01', how: 'written' } } : {};
}

const consented: readonly RoleName[] = ['household-contact', 'building-head'];

/** One main line for each star (M372). */
const mainLines: Readonly<Record<string, string>> = {
  branch: '抓支部带队伍',
  industry: '抓产业促增收',
  ecology: '抓环境美村庄',
  safety: '抓治理保平安',
  civility: '抓新风惠群众',
  sharing: '抓联建促共享',
  harmony: '抓服务促和谐',
  business: '抓就业旺商圈',
};

async function layAccounts(
  rq: Rq,
  county: DemoCounty,
  personId: ReadonlyMap<string, string>,
  unitPath: ReadonlyMap<string, string>,
  password: string,
): Promise<ReadonlyMap<string, string>> {
  const hash = await hashPassword(password);
  const withLogin = county.people.filter((p) => p.login);
  const userId = new Map(withLogin.map((p) => [p.login!, randomUUID()]));
  await insertMany(
    rq.db,
    'users',
    { id: 'uuid', person_id: 'uuid', unit_path: 'text', login: 'text', password_hash: 'text' },
    withLogin.map((p) => ({
      id: userId.get(p.login!),
      person_id: personId.get(p.key),
      unit_path: unitPath.get(p.unit),
      login: p.login,
      password_hash: hash,
    })),
  );
  return userId;
}
