import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { serve, type ServeOptions } from '../server/main.ts';
import type { Database } from '../server/platform/db/database.ts';
import { type FileStore, fileStoreFrom } from '../server/platform/files/index.ts';
import { holderOf } from '../server/platform/lock.ts';
import { system } from '../server/platform/rq.ts';
import { insertInstance } from '../server/records/accounts/index.ts';
import { readSettings } from '../server/settings.ts';
import { demoSecret } from './demo-secret.ts';
import { untilStopped } from './serve.ts';
import type { Terminal } from './terminal.ts';

export const demoHelp = {
  zh: `wuxing demo
  启动虚构的演示县（数据在 ./data/demo，第一次会先载入）。PORT、HOST、DATA_DIR 可更改。
  只监听本机：演示账号和密码是公开的。要重新开始，请删除数据文件夹。`,
  en: `wuxing demo
  Starts the fictional demo county (in ./data/demo; loaded the first time). PORT, HOST and DATA_DIR override.
  It listens to this machine only, because its accounts and password are public. To begin anew, remove the data folder.`,
};

interface DemoModule {
  loadDemo(database: Database, files: FileStore, progress: (done: number, total: number) => void): Promise<void>;
  setOut(dataFolder: string): void;
  readonly demoPlay: (folder: string) => NonNullable<ServeOptions['play']>;
  readonly demoAccounts: readonly { login: string; password: string; role: { zh: string; en: string } }[];
}

async function demoModule(): Promise<DemoModule> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const url = new URL(`../demo/index.${extension}`, import.meta.url);
  if (!existsSync(url)) throw new Error('This build has no demo county.');
  return (await import(url.href)) as DemoModule;
}

const loadingMark = (dataFolder: string) => join(dataFolder, 'loading');

/** A loading that was cut off left half a county: it is thrown away, unless somebody is at it right now. */
async function clearHalfLoaded(dataFolder: string): Promise<void> {
  if (!existsSync(loadingMark(dataFolder)) || (await holderOf(dataFolder))) return;
  for (const name of ['database', 'files', 'loading']) rmSync(join(dataFolder, name), { recursive: true, force: true });
}

async function fill(database: Database, dataFolder: string, secret: string, t: Terminal): Promise<void> {
  const { loadDemo } = await demoModule();
  t.note({ zh: '第一次启动：正在载入演示县…', en: 'First start: loading the demo county …' });
  const progress = t.progress({ zh: '正在载入演示县', en: 'Loading the demo county' });
  writeFileSync(loadingMark(dataFolder), '');
  await loadDemo(database, fileStoreFrom({}, dataFolder), progress.at);
  progress.done();
  await database.write([''], (db) =>
    insertInstance({ actor: system, db, now: new Date(), lang: 'zh' }, { kind: 'demo', name: '演示县', secret }),
  );
  rmSync(loadingMark(dataFolder));
}

export async function demoCommand(argv: readonly string[], t: Terminal): Promise<number> {
  parseArgs({ args: [...argv], options: {}, strict: true });
  const dataFolder = resolve(process.env['DATA_DIR'] || './data/demo');
  const secret = demoSecret(dataFolder);
  // Whatever production settings stand in the environment are not the demo's.
  const { PORT, HOST, LOG_LEVEL, PUBLIC_URL } = process.env;
  const env = { PORT, HOST, LOG_LEVEL, PUBLIC_URL, DATA_DIR: dataFolder, WUXING_SECRET: secret };
  const settings = readSettings(env, 'demo');
  await clearHalfLoaded(dataFolder);
  const { demoAccounts, demoPlay, setOut } = await demoModule();
  setOut(dataFolder);
  const served = await serve(settings, {
    kind: 'demo',
    voice: t,
    play: demoPlay(dataFolder),
    fill: (database) => fill(database, dataFolder, secret, t),
  });
  t.note({ zh: `演示县已就绪：${served.url}`, en: `The demo county is ready at ${served.url}` });
  const width = Math.max(...demoAccounts.map((a) => a.login.length));
  for (const a of demoAccounts) t.out(`  ${a.login.padEnd(width)}  ${a.password}  ${a.role[t.lang]}`);
  return untilStopped(served, t);
}
