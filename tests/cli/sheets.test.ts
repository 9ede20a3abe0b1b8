import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { databaseOn } from '../../server/platform/db/database.ts';
import { embeddedPool } from '../../server/platform/db/embedded.ts';
import { migrate } from '../../server/platform/db/migrate.ts';
import { postgresPool } from '../../server/platform/db/postgres.ts';
import { inRoot } from '../../server/platform/paths.ts';
import { system } from '../../server/platform/rq.ts';
import { insertUnit } from '../../server/records/units/index.ts';
import { csvOf, rowsOf } from '../support/sheets.ts';
import { testDatabase, type TestDatabase } from '../support/databases.ts';

// Real processes on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });

let folder: string;
let env: Record<string, string>;
let server: TestDatabase | null = null;

beforeAll(async () => {
  const { buildServer } = (await import(inRoot('scripts', 'lib', 'build.mjs'))) as {
    buildServer: () => Promise<boolean>;
  };
  if (!(await buildServer())) throw new Error('The program does not build.');
  folder = mkdtempSync(join(tmpdir(), 'wuxing-sheets-'));
  env = { WUXING_SECRET: randomBytes(32).toString('base64url'), DATA_DIR: folder, LANG: 'zh_CN.UTF-8' };
  if (process.env['TEST_DATABASE_URL']) {
    server = await testDatabase();
    env['DATABASE_URL'] = server.url!;
  }
  const pool = server ? postgresPool(server.url!, { max: 2 }) : await embeddedPool(join(folder, 'database'));
  await migrate(pool);
  const database = databaseOn(pool);
  await database.write([''], (db) =>
    insertUnit(
      { actor: system, db, now: new Date(), lang: 'zh' },
      {
        code: 'c1',
        type: 'county',
        name: '示例县',
        parentId: null,
        parentPath: '',
        scheme: null,
        day: '2020-01-01',
        document: '测试',
        attributes: {},
        change: 'create',
      },
    ),
  );
  await database.close();
});
afterAll(async () => {
  await server?.drop();
  rmSync(folder, { recursive: true, force: true });
});

function wuxing(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [inRoot('bin', 'wuxing.js'), ...args],
      { cwd: folder, env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env } },
      (error, out, err) => resolve({ code: (error?.code as number | undefined) ?? 0, out, err }),
    );
  });
}

const save = (name: string, bytes: Buffer) => writeFileSync(join(folder, name), bytes);

describe('wuxing import and export', () => {
  it('builds a tree and its numbers from sheets, and gives them back', async () => {
    save(
      'units.csv',
      csvOf('units', [
        ['t1', '东林镇', '乡镇', 'c1', '', '2020-01-01', '文'],
        ['v1', '青石村', '村', 't1', '农村', '2020-01-01', '文'],
      ]),
    );
    const units = await wuxing('import', 'units', 'units.csv');
    expect([units.code, units.err]).toEqual([0, expect.stringContaining('写入 2 行')]);
    save('facts.csv', csvOf('facts', [['v1', '', '常住人口', '2025', '1203', '2025-12-31', '年报', '', '']]));
    expect((await wuxing('import', 'facts', 'facts.csv')).code).toBe(0);
    const out = await wuxing('export', 'facts', '--period', '2025');
    expect(out.out).toContain('v1,青石村,常住人口,2025,1203,2025-12-31,年报');
    const file = await wuxing('export', 'units', '--out', 'units.xlsx', '--under', 't1');
    expect([file.code, file.err]).toEqual([0, expect.stringContaining('2 行')]);
    expect((await rowsOf(readFileSync(join(folder, 'units.xlsx')))).slice(2).map((r) => r[1])).toEqual([
      '东林镇',
      '青石村',
    ]);
  });

  it('says which rows are bad, writes nothing, and returns the sheet', async () => {
    save(
      'bad.csv',
      csvOf('facts', [
        ['v1', '', '户数', '2025', '300', '2025-12-31', '年报', '', ''],
        ['v9', '', '户数', '2025', '300', '2025-12-31', '年报', '', ''],
      ]),
    );
    const bad = await wuxing('import', 'facts', 'bad.csv', '--report', 'report.csv');
    expect([bad.code, bad.out]).toEqual([1, expect.stringContaining('第 3 行')]);
    expect((await rowsOf(readFileSync(join(folder, 'report.csv')))).map((r) => r.at(-1) !== '')).toEqual([
      true,
      false,
      true,
    ]);
    expect((await wuxing('export', 'facts', '--metric', 'households')).out.trim().split('\n')).toHaveLength(1);
    expect((await wuxing('import', 'facts', 'bad.csv', '--mode', 'good')).code).toBe(1);
    expect((await wuxing('export', 'facts', '--metric', 'households')).out.trim().split('\n')).toHaveLength(2);
  });

  it('answers bad usage with 2 and says how it is meant', async () => {
    for (const args of [
      ['import'],
      ['import', 'facts', 'facts.csv', '--mode', 'maybe'],
      ['import', 'facts', 'facts.csv', '--as', 'nobody'],
      ['export', 'units', '--under', 'nowhere'],
    ])
      expect([args, (await wuxing(...args)).code]).toEqual([args, 2]);
  });

  it('tells figures of a unit with what is missing as null, lists the catalogue, and writes a report', async () => {
    const list = await wuxing('figures', '--list', '--lang', 'en');
    expect(list.code).toBe(0);
    const catalogue = JSON.parse(list.out) as { key: string; definition: string }[];
    expect(catalogue.find((f) => f.key === 'coops-bound')?.definition).toContain('in force');
    const told = await wuxing(
      'figures',
      '--unit',
      'c1',
      '--period',
      '2026',
      '--key',
      'admin-villages',
      '--key',
      'coops-bound',
    );
    expect(told.code).toBe(0);
    const { unit, period, figures } = JSON.parse(told.out) as {
      unit: string;
      period: string;
      figures: { key: string; value: number | null; display: string | null; missing: boolean; records: number }[];
    };
    expect([unit, period]).toEqual(['c1', '2026']);
    expect(figures[0]).toMatchObject({ key: 'admin-villages', missing: false });
    expect(figures[0]!.records).toBe(figures[0]!.value);
    expect(figures[1]).toMatchObject({ key: 'coops-bound', value: null, display: null, missing: true });
    for (const bad of [
      ['--unit', 'nowhere', '--period', '2026'],
      ['--unit', 'c1', '--period', 'yesterday'],
      ['--key', 'x', '--unit', 'c1', '--period', '2026'],
    ]) {
      const refused = await wuxing('figures', ...bad);
      expect([refused.code, refused.out]).toEqual([2, '']);
      expect(refused.err).not.toBe('');
    }
    const file = join(folder, 'report.docx');
    const written = await wuxing('report', '--template', 'county', '--unit', 'c1', '--period', '2026', '--out', file);
    expect(written.code).toBe(0);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    expect(written.err).toMatch(/空白/);
  });
});
