import { createHash } from 'node:crypto';
import type { BenchDatabase } from './databases.ts';

/** A tree of equal counties. Ids say where a unit stands, so that a measure can name one without asking. */
export interface Tree {
  readonly counties: number;
  /** Townships of a county and villages of a township. */
  readonly townships: number;
  readonly villages: number;
}

export const ids = {
  province: 1,
  city: (county: number) => 10 + Math.floor(county / 20),
  county: (n: number) => 1_000 + n,
  township: (n: number) => 10_000 + n,
  village: (n: number) => 100_000 + n,
};

export const pathOf = {
  county: (n: number) => `${ids.province}.${ids.city(n)}.${ids.county(n)}.`,
  township: (t: Tree, n: number) => `${pathOf.county(Math.floor(n / t.townships))}${ids.township(n)}.`,
};

export const villagesOf = (t: Tree): number => t.counties * t.townships * t.villages;

const since = '2020-01-01';

/** One level of the tree, its new units numbered `from` to `to` − 1. */
async function level(
  db: BenchDatabase,
  of: { type: string; name: string; id: string; parent: string; scheme?: string },
  from: number,
  to: number,
): Promise<void> {
  if (to <= from) return;
  await db.run(
    `INSERT INTO units (id, code, type, name, parent_id, unit_path, scheme, valid_from, pinyin, initials)
     SELECT ${of.id}, 'b' || ${of.id}, '${of.type}', '${of.name}' || n, p.id, p.unit_path || ${of.id} || '.',
       ${of.scheme ? `'${of.scheme}'` : 'NULL'}, '${since}', lpad(n::text, 8, '0'), ''
     FROM generate_series($1::int, $2::int - 1) n JOIN units p ON p.id = ${of.parent}`,
    [from, to],
  );
}

/** Makes the tree, or makes a smaller one of the same shape as large as this. */
export async function growTree(db: BenchDatabase, t: Tree, before = 0): Promise<void> {
  const [from, to] = [before, t.counties];
  if (from === 0)
    await db.run(
      `INSERT INTO units (id, code, type, name, unit_path, valid_from) VALUES (1, 'b1', 'province', '样例省', '1.', '${since}')`,
    );
  const cities = (counties: number) => Math.ceil(counties / 20);
  await level(db, { type: 'city', name: '市', id: '10 + n', parent: '1' }, cities(from), cities(to));
  await level(db, { type: 'county', name: '县', id: '1000 + n', parent: '10 + n / 20' }, from, to);
  const perCounty = t.townships * t.villages;
  await level(
    db,
    { type: 'township', name: '镇', id: '10000 + n', parent: `1000 + n / ${t.townships}` },
    from * t.townships,
    to * t.townships,
  );
  await level(
    db,
    { type: 'village', name: '村', id: '100000 + n', parent: `10000 + n / ${t.villages}`, scheme: 'rural' },
    from * perCounty,
    to * perCounty,
  );
  await db.run(
    `INSERT INTO unit_versions (unit_id, valid_from, type, name, scheme, unit_path, change)
     SELECT id, valid_from, type, name, scheme, unit_path, 'create' FROM units ON CONFLICT DO NOTHING`,
  );
  await db.run('ANALYZE units, unit_versions');
}

/** A year's number of each metric for villages `from` to `to` − 1; `say` hears how far it is. */
export async function addFacts(
  db: BenchDatabase,
  metrics: readonly string[],
  years: readonly number[],
  from: number,
  to: number,
  say: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  // Loading is not what is measured: no checks of references and no marks for the keeper, who counts everything at first anyway.
  await db.run('SET session_replication_role = replica');
  for (const [i, metric] of metrics.entries()) {
    await db.run(
      `INSERT INTO facts (id, metric, unit_id, unit_path, counted_path, period, value, as_of, source, entered_at)
       SELECT gen_random_uuid(), $1, u.id, u.unit_path, u.unit_path, y::text, 10 + (u.id * 7 + y) % 90, make_date(y, 12, 31), '年报', now()
       FROM units u CROSS JOIN unnest($2::int[]) y WHERE u.id BETWEEN $3 AND $4`,
      [metric, years, ids.village(from), ids.village(to) - 1],
    );
    say(i + 1, metrics.length);
  }
  await db.run('SET session_replication_role = origin');
  await db.run('ANALYZE facts');
}

/** The id of the nth case: a digest of its number in the form of a random id. */
export function caseId(n: number): string {
  const hex = createHash('md5').update(`case ${n}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Tasks on villages, `perVillage` on each; half of them wait to be closed. Their ids follow from their numbers. */
export async function addCases(db: BenchDatabase, from: number, to: number, perVillage: number): Promise<void> {
  await db.run(
    `INSERT INTO cases (id, type, state, title, unit_id, unit_path, due_on, opened_at, changed_at, closed_at, data, waits_for)
     SELECT overlay(overlay(md5('case ' || n) placing '4' from 13) placing 'a' from 17)::uuid, 'task', s.state, '任务' || n, u.id, u.unit_path, current_date + (n % 40)::int,
       now() - make_interval(mins => (n % 300000)::int), now() - make_interval(mins => (n % 200000)::int),
       CASE WHEN s.state = 'closed' THEN now() END, '{"condition": "完成并验收"}', CASE WHEN s.state <> 'closed' THEN 'owner' END
     FROM generate_series($1::bigint * $3, $2::bigint * $3 - 1) n
     CROSS JOIN LATERAL (SELECT (ARRAY['assigned', 'verified', 'doing', 'verified', 'closed', 'verified'])[n % 6 + 1] AS state) s
     JOIN units u ON u.id = 100000 + n / $3`,
    [from, to, perVillage],
  );
  await db.run('ANALYZE cases');
  await db.run('SELECT fold_case_counts()');
  await db.run('ANALYZE case_counts');
}
