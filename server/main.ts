import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import type { Words } from '../domain/words.ts';
import { createApp } from './app.ts';
import { anchorFile, noteAnchor, readAnchors } from './platform/anchors.ts';
import type { Route } from './platform/http/routes.ts';
import { backupTask } from './platform/backup/index.ts';
import type { Database } from './platform/db/database.ts';
import { setJournalKey } from './platform/journal.ts';
import { type Opened, openDatabase } from './platform/open.ts';
import { inRoot } from './platform/paths.ts';
import { system } from './platform/rq.ts';
import { startSealer } from './platform/seal.ts';
import { secretCheck } from './platform/secrets.ts';
import { version } from './platform/version.ts';
import { forgetTask, startUpkeep, type Task, vacuumTask } from './platform/upkeep.ts';
import { findInstance, type InstanceRow, inviteFounder, oidcProvider } from './records/accounts/index.ts';
import type { Settings } from './settings.ts';
import { refuseStart } from './start-refusal.ts';

/** Where a starting server speaks; the command line shows it in the reader's language. */
export interface Voice {
  note(words: Words): void;
  progress(what: Words): { at(done: number, total?: number): void; done(): void };
}

export interface ServeOptions {
  readonly kind: InstanceRow['kind'];
  readonly voice: Voice;
  /** Fills an empty database before anybody can reach it (the demo county). */
  readonly fill?: (database: Database) => Promise<void>;
  /** The demo's own clock and addresses. */
  readonly play?: { readonly clock: () => Date; readonly routes: readonly Route[] };
}

export interface Served {
  /** Where it listens. */
  readonly url: string;
  /** The first administrator's link, while nobody has set the instance up. */
  readonly setUpUrl: string | null;
  close(): Promise<void>;
}

/** The instance must be of this kind and founded with this secret; undefined while it has not been founded. */
async function checkInstance(
  database: Database,
  kind: InstanceRow['kind'],
  secret: string,
): Promise<InstanceRow | undefined> {
  const found = await database.owner((tx) => findInstance(tx));
  if (!found) return undefined;
  if (found.kind !== kind)
    throw refuseStart(
      kind === 'production'
        ? {
            zh: '这个数据库里是演示数据，账号和密码是公开的，不能用于正式运行。请换一个 DATA_DIR 或 DATABASE_URL。',
            en: 'This database holds the demo county, whose accounts and passwords are public. Choose another DATA_DIR or DATABASE_URL.',
          }
        : {
            zh: '这个数据库里是正式数据，不会在其上运行演示。请换一个 DATA_DIR。',
            en: 'This database holds real data; the demo does not run on it. Choose another DATA_DIR.',
          },
    );
  if (found.secretCheck !== secretCheck(secret))
    throw refuseStart({
      zh: 'WUXING_SECRET 与首次设置时不同。用另一个密钥，日志里的每一行都会被判为伪造。请用原来的密钥启动。',
      en: 'WUXING_SECRET is not the one this instance was founded with. With another one every row of the journal would look forged. Start with the former one.',
    });
  return found;
}

function sayWhatItRunsOn(settings: Settings, voice: Voice): void {
  if (settings.database.kind === 'embedded')
    voice.note({
      zh: `嵌入式数据库（${settings.dataFolder}）：供试用和没有服务器的小单位使用。进程被杀不丢数据，断电可能丢失最近的写入；请保管好自动备份。正式使用请配置 DATABASE_URL（PostgreSQL 15 及以上）。`,
      en: `Embedded database (${settings.dataFolder}): for trying out, and for small offices without a server. A killed process loses nothing, a power cut may lose the last writes; keep the automatic backups safe. For everything else set DATABASE_URL (PostgreSQL 15 or later).`,
    });
  if (!settings.secure && settings.host !== '127.0.0.1' && settings.host !== 'localhost')
    voice.note({
      zh: '目前没有加密传输：请在前面放置 HTTPS 代理，并把 PUBLIC_URL 设为 https:// 开头的地址。',
      en: 'Nothing is encrypted on the way: put an HTTPS proxy in front and set PUBLIC_URL to its https:// address.',
    });
}

function backups(app: FastifyInstance, database: Database, settings: Settings): Task {
  return backupTask(database, {
    ...settings.backup,
    files: settings.files,
    version,
    clock: () => new Date(),
    anchors: () => readAnchors(anchorFile(settings.dataFolder)),
    alarm: (found) => app.log.error({ found }, 'the journal is not as it was written: run wuxing verify'),
  });
}

interface Background {
  stop(): Promise<void>;
}

/** Sealing, noting seals outside, vacuum, backups: whatever is done without anybody asking. */
function startBackground(app: FastifyInstance, opened: Opened, settings: Settings): Background {
  const { database } = opened;
  const clock = () => new Date();
  const failed = (what: string) => (error: unknown) => app.log.error({ err: error }, what);
  const anchors = anchorFile(settings.dataFolder);
  const note = () => noteAnchor(database, anchors, clock()).catch(failed('anchor'));
  const sealer = startSealer(database, clock, failed('seal'));
  const tasks = [
    ...(database.kind === 'embedded' ? [vacuumTask(database)] : []),
    ...(settings.backup.everyHours > 0 ? [backups(app, database, settings)] : []),
    forgetTask(database, clock),
  ];
  const upkeep = startUpkeep(database, tasks, {
    clock,
    said: (task, result) => app.log.info({ task, result }, 'upkeep'),
    failed: (task, error) => failed(`upkeep ${task}`)(error),
  });
  const timer = setInterval(note, 10 * 60_000);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await upkeep.stop();
      await sealer.stop();
      await note();
    },
  };
}

/** Opens, fills where asked, listens. Throws `StartRefused` or what the database says; nothing is left open then. */
export async function serve(settings: Settings, options: ServeOptions): Promise<Served> {
  const { voice, kind } = options;
  sayWhatItRunsOn(settings, voice);
  setJournalKey(settings.secret);
  const progress = voice.progress({ zh: '正在准备数据库', en: 'Preparing the database' });
  const opened = await openDatabase(settings, {
    label: kind === 'demo' ? 'wuxing demo' : 'wuxing serve',
    whenHeld: 'refuse',
    progress: progress.at,
  });
  progress.done();
  try {
    let found = await checkInstance(opened.database, kind, settings.secret);
    if (!found && options.fill) {
      await options.fill(opened.database);
      found = await checkInstance(opened.database, kind, settings.secret);
    }
    return await listen(settings, options, opened, found === undefined);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function listen(settings: Settings, { play }: ServeOptions, opened: Opened, unfounded: boolean): Promise<Served> {
  const { database } = opened;
  const app = await createApp(database, {
    secret: settings.secret,
    clock: play?.clock ?? (() => new Date()),
    ...(play ? { extraRoutes: play.routes } : {}),
    version,
    logLevel: settings.logLevel,
    rateLimit: settings.rateLimit,
    trustProxy: settings.trustProxy,
    secure: settings.secure,
    publicUrl: settings.publicUrl,
    providers: settings.oidc ? [oidcProvider(settings.oidc)] : [],
    webFolder: inRoot('dist', 'web'),
    files: settings.files,
    nightly: true,
  });
  try {
    await app.listen({ host: settings.host, port: settings.port });
    const link = unfounded
      ? await database.write([''], (db) => inviteFounder({ actor: system, db, now: new Date(), lang: 'zh' }))
      : null;
    const background = startBackground(app, opened, settings);
    const { port } = app.server.address() as AddressInfo;
    const url = settings.port === 0 ? `http://localhost:${port}` : settings.publicUrl;
    let closing: Promise<void> | undefined;
    const close = async () => {
      await app.close();
      await background.stop();
      await opened.close();
    };
    return { url, setUpUrl: link === null ? null : url + link, close: () => (closing ??= close()) };
  } catch (error) {
    await app.close();
    throw error;
  }
}
