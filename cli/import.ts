import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type ImportKind,
  importKinds,
  subjectKindOf,
  type TableKind,
  type ImportMode,
  type ImportResult,
} from '../domain/records/imports/index.ts';
import { sql } from '../server/platform/db/sql.ts';
import { type Actor, type Rq, system } from '../server/platform/rq.ts';
import { actorOfUser } from '../server/records/accounts/index.ts';
import { type ImportIo, reportOf, runImport } from '../server/records/imports/index.ts';
import { type Instance, openInstance } from './instance.ts';
import { refused } from './refused.ts';
import { langOf, type Terminal, terminal } from './terminal.ts';

export const importHelp = {
  zh: `wuxing import units|facts 文件.xlsx|文件.csv [--mode all|good|check] [--report 文件] [--as 账号]
  --mode all    全部无误才写入（默认）；good 只写入无误的行；check 只检查
  --report      有误时写出带“错误原因”列的原表
  --as          以该账号的职责导入；不填则以平台名义导入
表头与平台下载的模板一致。退出码：0 全部无误；1 有行有误；2 参数或文件有误。`,
  en: `wuxing import units|facts FILE.xlsx|FILE.csv [--mode all|good|check] [--report FILE] [--as LOGIN]
  --mode all    write only when every row is good (default); good: leave bad rows out; check: write nothing
  --report      where there are faults, write the sheet back with a column that says what is wrong
  --as          import with the duties of that account; without it, as the platform
Heads are those of the template. Exit codes: 0 every row is good; 1 some are not; 2 bad usage or file.`,
};

const options = { mode: { type: 'string' }, report: { type: 'string' }, as: { type: 'string' } } as const;
const modes: Readonly<Record<string, ImportMode>> = { all: 'all-or-nothing', good: 'good-rows', check: 'check' };
/** More than the villages, communities and grids of the country. */
const maxRows = 2_000_000;

/** The person in whose name the rows are written. */
async function actorFor(instance: Instance, login: string | undefined, t: Terminal): Promise<Actor> {
  if (login === undefined) return system;
  const user = await instance.database.read([''], (tx) =>
    tx.find<{ id: string }>(sql`SELECT id FROM users WHERE login = ${login.toLowerCase()}`),
  );
  const actor = user && (await actorOfUser(instance.database, user.id, instance.now()));
  if (!actor) throw refused({ zh: `没有账号 ${login}。`, en: `There is no account ${login}.` }[t.lang]);
  return actor;
}

/** Where the entries in the journal stand: at the place of the duty, or at the top of the tree when there is one. */
async function pathFor(instance: Instance, actor: Actor): Promise<string> {
  const granted = actor.grants.filter((g) => g.verb === 'imports.run').map((g) => g.path);
  if (actor !== system) return granted.sort((a, b) => a.length - b.length)[0] ?? '';
  const roots = await instance.database.read([''], (tx) =>
    tx.many<{ path: string }>(sql`SELECT unit_path AS path FROM units WHERE parent_id IS NULL LIMIT 2`),
  );
  return roots.length === 1 ? roots[0]!.path : '';
}

async function ioFor(instance: Instance, actor: Actor, t: Terminal): Promise<ImportIo & { done(): void }> {
  const progress = t.progress({ zh: '正在导入', en: 'Importing' });
  const { database } = instance;
  const rq = (db: Rq['db']): Rq => ({ actor, db, now: instance.now(), lang: t.lang });
  return {
    id: randomUUID(),
    path: await pathFor(instance, actor),
    lang: t.lang,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    progress: (done, total) => progress.at(done, total),
    done: progress.done,
    read: (work) => database.read(actor.scopes, (db) => work(rq(db))),
    write: (work) => database.write(actor.scopes, (db) => work(rq(db))),
  };
}

function tell(result: ImportResult, t: Terminal): void {
  for (const e of result.errors)
    t.out({ zh: `第 ${e.row} 行：${e.message}`, en: `row ${e.row}: ${e.message}` }[t.lang]);
  const { rows, bad, written, unchanged } = result;
  t.note({
    zh: `共 ${rows} 行，有误 ${bad} 行，写入 ${written} 行，${unchanged} 行与已有记录相同。`,
    en: `${rows} rows, ${bad} with faults, ${written} written, ${unchanged} already there.`,
  });
}

export async function importCommand(argv: string[]): Promise<number> {
  const t = terminal(langOf(process.env, process.argv));
  const { values, positionals } = parseArgs({ args: argv, options, strict: true, allowPositionals: true });
  const [kind, file, ...rest] = positionals;
  const mode = modes[values.mode ?? 'all'];
  if (
    kind === undefined ||
    file === undefined ||
    (!importKinds.includes(kind as TableKind) && !subjectKindOf(kind as ImportKind)) ||
    rest.length > 0 ||
    mode === undefined
  )
    throw refused(importHelp[t.lang]);
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw refused(`${file}: ${(error as Error).message}`);
  }
  const instance = await openInstance({ label: 'wuxing import', secret: true });
  try {
    const io = await ioFor(instance, await actorFor(instance, values.as, t), t);
    const input = { kind: kind as ImportKind, mode, name: basename(file), maxRows };
    const { result, errors, table } = await runImport(io, bytes, input);
    io.done();
    tell(result, t);
    if (errors.length > 0 && values.report)
      writeFileSync(values.report, await reportOf(bytes, table, errors, input.kind, t.lang));
    return result.bad === 0 ? 0 : 1;
  } finally {
    await instance.close();
  }
}
