import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { databaseOn } from '../server/platform/db/database.ts';
import { embeddedPool } from '../server/platform/db/embedded.ts';
import { sql } from '../server/platform/db/sql.ts';
import { inRoot } from '../server/platform/paths.ts';

// Real processes, one after the other, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });

const secret = randomBytes(32).toString('base64url');
const serverUrl = process.env['TEST_DATABASE_URL'];
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-cli-'));
  // Once here, or the first of the commands below would build and its test would wait for it.
  const { buildServer } = (await import(inRoot('scripts', 'lib', 'build.mjs'))) as {
    buildServer: () => Promise<boolean>;
  };
  if (!(await buildServer())) throw new Error('The program does not build.');
}, 600_000);
// A test that fails half-way leaves its server behind; the next one must not find the folder held.
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Env = Record<string, string>;

function start(args: readonly string[], env: Env): ChildProcess {
  const clean = { PATH: process.env['PATH']!, HOME: folder, LANG: 'en_GB.UTF-8' };
  const child = spawn(process.execPath, [inRoot('bin', 'wuxing.js'), ...args], {
    cwd: folder,
    env: { ...clean, ...env },
  });
  children.push(child);
  return child;
}

interface Done {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function wuxing(args: readonly string[], env: Env = {}): Promise<Done> {
  const child = start(args, env);
  let [out, err] = ['', ''];
  child.stdout!.on('data', (d: Buffer) => (out += d.toString()));
  child.stderr!.on('data', (d: Buffer) => (err += d.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly said: () => string;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** A server of its own process, once it says that it is ready. */
async function running(env: Env, command = 'serve'): Promise<Running> {
  const child = start([command], { PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error', ...env });
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    const hear = (d: Buffer) => {
      said += d.toString();
      if (/ready at/i.test(said)) resolve();
    };
    child.stderr!.on('data', hear);
    child.stdout!.on('data', hear);
    void ended.then((code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  const url = /ready at (\S+)/i.exec(said)![1]!;
  return {
    child,
    url,
    said: () => said,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('the command line', () => {
  it('explains itself in both languages, and says 2 to what it does not know', async () => {
    const help = await wuxing(['--help']);
    expect(help.code).toBe(0);
    for (const name of ['serve', 'demo', 'migrate', 'score', 'import', 'export', 'verify', 'backup', 'restore', 'user'])
      expect(help.out).toContain(`  ${name} `);
    expect((await wuxing(['--help'], { LANG: 'zh_CN.UTF-8' })).out).toContain('启动平台');
    expect((await wuxing(['backup', '--help', '--lang', 'zh'])).out).toContain('退出码');
    const unknown = await wuxing(['sevre']);
    expect([unknown.code, unknown.out]).toEqual([2, '']);
    expect(unknown.err).toContain('no command sevre');
    expect((await wuxing(['verify', '--fast'], { DATA_DIR: folder })).code).toBe(2);
    expect((await wuxing(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('refuses to serve without a database or with a secret that is none, and makes nothing', async () => {
    const nothing = await wuxing(['serve']);
    expect(nothing.code).toBe(2);
    expect(nothing.err).toContain('DATABASE_URL');
    expect(nothing.err).toContain('WUXING_SECRET is not set');
    const weak = await wuxing(['serve'], { DATA_DIR: join(folder, 'weak'), WUXING_SECRET: 'changeme'.repeat(6) });
    expect(weak.code).toBe(2);
    const missing = await wuxing(['verify'], { DATA_DIR: join(folder, 'weak'), WUXING_SECRET: secret });
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('There is no database in')]);
  });
});

const scoringStandard = `id: t
version: "1"
title: { zh: 测试, en: Test }
sample: true
source: null
effective: { from: 2026-01-01, to: null }
scheme: rural
grading: { mode: stars }
stars:
  - id: a
    name: { zh: 甲星, en: Star A }
    pass: 12
    criteria:
      - { id: a.line, text: { zh: 线, en: Line }, points: 20, value: { figure: line }, rule: { type: linear, from: 0.6, to: 1 } }
`;

describe('wuxing score as a program of its own', () => {
  const run = (values: string, ...more: string[]) => {
    writeFileSync(join(folder, 'standard.yaml'), scoringStandard);
    writeFileSync(join(folder, 'values.csv'), values);
    return wuxing(['score', '--standard', 'standard.yaml', '--values', 'values.csv', '--lang', 'en', ...more]);
  };

  it('writes the file and says nothing; explains and advises on stdout', async () => {
    const done = await run('unit,criterion,value\n村,a.line,0.7\n"x,""y""",a.line,1\n', '--out', 'scores.csv');
    expect(done).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(join(folder, 'scores.csv'), 'utf8')).toBe(
      'unit,level,total,rank,a_points,a_held\n"x,""y""",1,20.00,1,20.00,1\n村,0,5.00,2,5.00,0\n',
    );
    const told = await run('unit,criterion,value\n村,a.line,0.7\n', '--explain', '村', '--gap', '村', '--star', 'a');
    expect([told.code, told.err]).toEqual([0, '']);
    expect(told.out).toContain('0.7 → 0.84');
  });

  it('answers bad input with 2 and one line a problem, and leaves no file', async () => {
    const bad = await run('unit,criterion,value\nu,a.line,x\nu,zzz,1\n', '--out', 'none.csv');
    expect([bad.code, bad.out]).toEqual([2, '']);
    expect(bad.err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^values\.csv:2: /),
      expect.stringMatching(/^values\.csv:3: /),
    ]);
    expect(existsSync(join(folder, 'none.csv'))).toBe(false);
  });
});

const admin = {
  name: '示例县',
  unit: { type: 'county', name: '示例县', code: 'c1' },
  login: 'first.admin',
  password: 'a long first password',
  person: '管理员',
};

/** The whole life of an instance, on each kind of database. */
function life(
  kind: string,
  prepare: () => Promise<{ env: Env; fresh: () => Promise<Env>; drop: () => Promise<void> }>,
) {
  describe(`an instance on ${kind}`, () => {
    let env: Env;
    let fresh: () => Promise<Env>;
    let drop: () => Promise<void>;
    beforeAll(async () => {
      ({ env, fresh, drop } = await prepare());
    });
    afterAll(() => drop());

    it('starts empty, is set up through the printed link, and serves a second command beside it', async () => {
      const server = await running(env);
      const link = /(http:\S+\/setup\?token=\S+)/.exec(server.said())![1]!;
      const token = new URL(link).searchParams.get('token');
      expect((await post(`${server.url}/api/setup/instance`, { ...admin, token })).status).toBe(200);
      expect((await post(`${server.url}/api/session`, admin)).status).toBe(200);

      const created = await wuxing(
        ['user', 'create', '--login', 'li.si', '--name', '李四', '--unit', 'c1', '--role', 'organiser'],
        env,
      );
      expect([created.code, created.err]).toEqual([0, '']);
      const setUp = new URL(created.out.trim()).searchParams.get('token');
      expect((await post(`${server.url}/api/setup`, { token: setUp, password: 'another password' })).status).toBe(200);
      expect((await wuxing(['user', 'list'], env)).out).toContain('li.si\t李四\t示例县');
      expect((await wuxing(['user', 'disable', 'li.si'], env)).code).toBe(0);
      expect((await post(`${server.url}/api/session`, { login: 'li.si', password: 'another password' })).status).toBe(
        409,
      );
      expect((await wuxing(['user', 'link', 'nobody'], env)).code).toBe(2);

      const backup = await wuxing(['backup', '--out', join(folder, `${kind}.tar.gz`)], env);
      expect(backup.code).toBe(0);
      expect(backup.err).toContain('intact');
      expect(await server.stop()).toBe(0);
      expect((await wuxing(['verify'], env)).code).toBe(0);
    });

    it('is ready again at once after kill -9, and prints no set-up link any more', async () => {
      const first = await running(env);
      await first.stop('SIGKILL');
      const second = await running({ ...env, LOG_LEVEL: 'info' });
      expect(second.said()).not.toContain('/setup?token=');
      // What stands in an address, such as somebody searched for, is masked in the log.
      await fetch(`${second.url}/api/people?q=13812345678&id=11010519491231002X`);
      expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
      await second.stop();
      expect(second.said()).toContain('/api/people?q=138***&id=110***');
      expect(second.said()).not.toMatch(/13812345678|11010519491231002X/);
    });

    it('says once what is wrong with a sheet', async () => {
      writeFileSync(join(folder, 'broken.xlsx'), 'PK\u0003\u0004 and then nothing');
      const broken = await wuxing(['import', 'facts', join(folder, 'broken.xlsx'), '--lang', 'zh'], env);
      expect([broken.code, broken.err.split('损坏').length]).toEqual([1, 2]);
    });

    it('does not start with another secret', async () => {
      const other = await wuxing(['serve'], { ...env, WUXING_SECRET: randomBytes(32).toString('base64url') });
      expect(other.code).toBe(2);
      expect(other.err).toContain('is not the one this instance was founded with');
    });

    it('is restored elsewhere, and never over something else', async () => {
      const file = join(folder, `${kind}.tar.gz`);
      expect((await wuxing(['restore', '--in', file, '--check'], env)).code).toBe(0);
      const target = await fresh();
      const restored = await wuxing(['restore', '--in', file], target);
      expect([restored.code, restored.err]).toEqual([0, expect.stringContaining('intact')]);
      expect((await wuxing(['user', 'list'], target)).out).toContain('first.admin');
      const again = await wuxing(['restore', '--in', file], target);
      expect([again.code, again.err]).toEqual([2, expect.stringContaining('not empty')]);
      const foreign = await wuxing(['restore', '--in', file, '--check'], {
        ...env,
        WUXING_SECRET: 'x1y2z3'.repeat(2) + secret,
      });
      expect(foreign.code).toBe(2);
      writeFileSync(join(folder, 'cut.tar.gz'), readFileSync(file).subarray(0, 2_000));
      expect((await wuxing(['restore', '--in', join(folder, 'cut.tar.gz'), '--check'], env)).code).toBe(1);
    });
  });
}

function embedded() {
  life('embedded', async () => {
    const env = { DATA_DIR: join(folder, 'data'), WUXING_SECRET: secret };
    return { env, fresh: async () => ({ ...env, DATA_DIR: join(folder, 'restored') }), drop: async () => undefined };
  });

  describe('the embedded database and its folder', () => {
    const env = () => ({ DATA_DIR: join(folder, 'data'), WUXING_SECRET: secret });

    it('refuses a second server and names the first', async () => {
      const server = await running(env());
      const second = await wuxing(['serve'], { ...env(), PORT: '0' });
      expect(second.code).toBe(1);
      expect(second.err).toContain(`is in use by wuxing serve, process ${server.child.pid} on `);
      await server.stop();
    });

    it('has a changed row found and named', async () => {
      const pool = await embeddedPool(join(folder, 'data', 'database'));
      const database = databaseOn(pool);
      const { id } = await database.owner((tx) =>
        tx.one<{ id: number }>(
          sql`UPDATE journal SET after = jsonb_set(after, '{login}', '"first.adnin"') WHERE verb = 'instance.found' RETURNING id`,
        ),
      );
      await database.close();
      const verdict = await wuxing(['verify'], env());
      expect(verdict.code).toBe(1);
      expect(verdict.out).toContain(`Journal row ${id} was changed after sealing.`);
      expect(verdict.err).toContain('1 finding');
      expect((await wuxing(['backup', '--out', join(folder, 'tampered.tar.gz')], env())).code).toBe(1);
    });

    it('takes the demo for the demo and real data for real data', async () => {
      const crossed = await wuxing(['demo'], { ...env(), PORT: '0' });
      expect(crossed.code).toBe(2);
      expect(crossed.err).toMatch(/real data/);
    });
  });
}

/** A database with an owner for the schema and a log-in that is no more than a member of the application's role. */
async function onServer() {
  const name = `wuxing_cli_${randomBytes(4).toString('hex')}`;
  const client = new pg.Client({ connectionString: serverUrl! });
  await client.connect();
  const at = (database: string, user?: string) => {
    const url = new URL(serverUrl!);
    url.pathname = `/${database}`;
    if (user) [url.username, url.password] = [user, 'for this test'];
    return url.href;
  };
  await client.query(`DO $$ BEGIN CREATE ROLE wuxing_app NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$`);
  await client.query(`CREATE ROLE ${name}_owner LOGIN CREATEROLE PASSWORD 'for this test'`);
  await client.query(`CREATE ROLE ${name}_login LOGIN PASSWORD 'for this test' IN ROLE wuxing_app`);
  const make = async (database: string) => {
    await client.query(`CREATE DATABASE ${database} OWNER ${name}_owner`);
    return {
      DATABASE_URL: at(database, `${name}_login`),
      MIGRATION_DATABASE_URL: at(database, `${name}_owner`),
      DATA_DIR: join(folder, database),
      WUXING_SECRET: secret,
    };
  };
  return {
    env: await make(name),
    fresh: () => make(`${name}_2`),
    drop: async () => {
      for (const database of [name, `${name}_2`])
        await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
      await client.query(`DROP ROLE ${name}_owner, ${name}_login`);
      await client.end();
    },
  };
}

// Each of the two runs of the whole test takes its own kind of database.
if (serverUrl) life('postgres', onServer);
else embedded();
