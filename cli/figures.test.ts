import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { figureKeys } from '../domain/records/facts/index.ts';
import { type Database, databaseOn } from '../server/platform/db/database.ts';
import { embeddedPool } from '../server/platform/db/embedded.ts';
import { sql } from '../server/platform/db/sql.ts';
import { type Rq, system } from '../server/platform/rq.ts';
import { createUnit, insertUnit } from '../server/records/units/index.ts';
import { type TestDatabase, testDatabase } from '../tests/support/databases.ts';
import { main } from './main.ts';

// `wuxing figures` as it is called: what it prints, where, and with which code it ends.

const year = String(new Date().getFullYear());
let folder: string;
/** On a server the database of this test; embedded the one in the folder, which a command has to itself while it runs. */
let server: TestDatabase | null = null;

async function edit<T>(work: (rq: Rq) => Promise<T>): Promise<T> {
  const on = async (database: Database) =>
    database.write([''], (db) => work({ actor: system, db, now: new Date(), lang: 'zh' }));
  if (server) return on(server.database);
  const database = databaseOn(await embeddedPool(join(folder, 'database')));
  try {
    return await on(database);
  } finally {
    await database.close();
  }
}

async function wuxing(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      err += String(text);
      return true;
    }),
  ];
  try {
    const code = await main([...args, '--lang', 'en']);
    return { code, out, err };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const placed = (rq: Rq, unitId: number) =>
  rq.db.run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at, closed_at, data)
    SELECT ${randomUUID()}, 'placement', 'confirmed', '上岗', id, unit_path, ${rq.now}, ${rq.now}, ${rq.now}, '{}' FROM units
    WHERE id = ${unitId}`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-figures-'));
  vi.stubEnv('DATA_DIR', folder);
  if (process.env['TEST_DATABASE_URL']) {
    server = await testDatabase();
    vi.stubEnv('DATABASE_URL', server.url!);
  } else {
    vi.stubEnv('DATABASE_URL', '');
    const { code, err } = await wuxing('migrate');
    if (code !== 0) throw new Error(err);
  }
  await edit(async (rq) => {
    const base = { day: '2020-01-01', document: '测试', attributes: {} };
    const top = { ...base, type: 'county', name: '示例县', parentId: null, parentPath: '', scheme: null } as const;
    const county = await insertUnit(rq, { ...top, code: 'c1', change: 'create' });
    const town = { ...base, parentId: county, code: 't1', type: 'township', name: '东林镇', scheme: null } as const;
    const { id } = await createUnit(rq, town);
    const village = { ...base, parentId: id, code: 'v1', type: 'village', name: '青石村', scheme: 'rural' } as const;
    const { id: unit } = await createUnit(rq, village);
    await rq.db
      .run(sql`INSERT INTO facts (id, metric, unit_id, unit_path, counted_path, period, value, as_of, source, entered_at)
      SELECT ${randomUUID()}, 'population', id, unit_path, unit_path, ${year}, 1234, ${`${year}-01-01`}, '年报', ${rq.now}
      FROM units WHERE id = ${unit}`);
    for (let i = 0; i < 3; i++) await placed(rq, unit);
  });
}, 300_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await server?.drop();
  rmSync(folder, { recursive: true, force: true });
});

interface Printed {
  readonly unit: string;
  readonly period: string;
  readonly figures: Record<string, unknown>[];
}

describe('wuxing figures', () => {
  it('prints one figure of a unit in a period, with its definition and how many records it was counted from', async () => {
    const { code, out, err } = await wuxing('figures', '--unit', 'c1', '--period', year, '--key', 'population');
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({
      unit: 'c1',
      period: year,
      figures: [
        {
          key: 'population',
          value: 1234,
          display: '1234',
          unit: 'people',
          missing: false,
          records: 1,
          definition: 'Resident population',
        },
      ],
    });
  });

  it('prints all of them where none is named; what is missing is null and not zero', async () => {
    const { code, out } = await wuxing('figures', '--unit', 'c1', '--period', 'to-date');
    expect(code).toBe(0);
    const { figures } = JSON.parse(out) as Printed;
    expect(figures.map((f) => f['key'])).toEqual(figureKeys);
    const of = (key: string) => figures.find((f) => f['key'] === key)!;
    expect(of('admin-villages')).toMatchObject({ value: 1, missing: false, records: 1 });
    expect(of('households')).toMatchObject({ value: null, display: null, missing: true, records: 0 });
    for (const f of figures) expect([f['key'], f['missing']]).toEqual([f['key'], f['display'] === null]);
  });

  it('writes the same as CSV, with several keys in their order', async () => {
    const keys = ['--key', 'admin-villages', '--key', 'households'];
    const { code, out } = await wuxing('figures', '--unit', 'c1', '--period', year, '--format', 'csv', ...keys);
    expect(code).toBe(0);
    const rows = parse(out, { columns: true }) as Record<string, string>[];
    expect(rows.map((r) => [r['key'], r['value'], r['records']])).toEqual([
      ['admin-villages', '1', '1'],
      ['households', '', '0'],
    ]);
    expect(Object.keys(rows[0]!)).toEqual(['key', 'value', 'display', 'unit', 'missing', 'records', 'definition']);
  });

  it('tells fewer than five persons as such, in both formats', async () => {
    const asked = ['figures', '--unit', 'v1', '--period', year, '--key', 'jobs-placed'];
    const json = JSON.parse((await wuxing(...asked)).out) as Printed;
    expect(json.figures[0]).toMatchObject({ value: null, display: '<5', missing: false, records: 0 });
    const csv = parse((await wuxing(...asked, '--format', 'csv')).out, { columns: true }) as Record<string, string>[];
    expect([csv[0]!['value'], csv[0]!['display']]).toEqual(['', '<5']);
  });

  it('lists every key with its name, unit and definition in words', async () => {
    const json = JSON.parse((await wuxing('figures', '--list')).out) as Record<string, string>[];
    expect(json.map((r) => r['key'])).toEqual(figureKeys);
    for (const row of json)
      expect([row['key'], row['name'] !== '' && row['definition'] !== '']).toEqual([row['key'], true]);
    const csv = parse((await wuxing('figures', '--list', '--format', 'csv')).out, { columns: true }) as object[];
    expect(csv).toEqual(json);
  });

  it('says 2 and why to what it cannot answer, and prints nothing', async () => {
    for (const [args, why] of [
      [['--unit', 'c1', '--period', year, '--key', 'no-such'], 'no-such'],
      [['--unit', 'nowhere', '--period', year], 'nowhere'],
      [['--unit', 'c1', '--period', 'last year'], 'last year'],
      [['--unit', 'c1'], 'wuxing figures --unit'],
      [['--list', '--format', 'xml'], 'wuxing figures --unit'],
      [['--recount', '--period', '1999'], '1999'],
      [['--recount', '--unit', 'nowhere'], 'nowhere'],
    ] as const) {
      const { code, out, err } = await wuxing('figures', ...args);
      expect([args, code, out]).toEqual([args, 2, '']);
      expect(err).toContain(why);
    }
  });
});

describe('wuxing figures --recount', () => {
  it('counts what was never counted, and finds everything equal', async () => {
    const { code, out, err } = await wuxing('figures', '--recount');
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('all equal');
  });

  it('names a value that somebody changed and puts it right; the next time there is nothing to name', async () => {
    await edit(async (rq) => {
      const of = sql`unit_id = (SELECT id FROM units WHERE code = 't1') AND period = ${year}`;
      await rq.db.run(sql`UPDATE figure_values SET value = 7777 WHERE ${of} AND key = 'population'`);
      await rq.db.run(sql`DELETE FROM figure_values WHERE ${of} AND key = 'admin-villages'`);
    });
    const elsewhere = await wuxing('figures', '--recount', '--unit', 'v1');
    expect([elsewhere.code, elsewhere.out]).toEqual([0, '']);
    const { code, out, err } = await wuxing('figures', '--recount', '--unit', 'c1', '--period', year);
    expect(code).toBe(1);
    expect(out.trimEnd().split('\n').toSorted()).toEqual([
      `t1 东林镇  admin-villages  ${year}  missing → 1`,
      `t1 东林镇  population  ${year}  7777 → 1234`,
    ]);
    expect(err).toContain('2 differed and were put right');
    const again = await wuxing('figures', '--recount');
    expect([again.code, again.out]).toEqual([0, '']);
    expect(
      await edit((rq) =>
        rq.db.many(sql`SELECT trim_scale(value)::text AS value FROM figure_values
      WHERE unit_id = (SELECT id FROM units WHERE code = 't1') AND period = ${year} AND key = 'population'`),
      ),
    ).toEqual([{ value: '1234' }]);
  });
});
