import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Lang, Reason } from '../../../domain/words.ts';
import type { Database, Tx } from '../db/database.ts';
import { detailsOf, isFailure, refuse } from '../errors.ts';
import { announce } from '../news.ts';
import { type Actor, type Rq, system } from '../rq.ts';
import { dayOf } from '../time.ts';
import * as store from './store.ts';

/** What a handler works with. It acts as whoever started the job, with the duties that person has now. */
export interface JobContext {
  readonly id: string;
  readonly input: unknown;
  readonly path: string;
  readonly actor: Actor;
  readonly lang: Lang;
  readonly database: Database;
  readonly clock: () => Date;
  /** Aborted when the process closes: a handler stops at its next safe place by calling `pause`. */
  readonly signal: AbortSignal;
  /** Stops here when the process is closing; the job is taken again from its beginning. Also lets requests through. */
  pause(): Promise<void>;
  /** Says how far it is. It never waits, so it may be called within a transaction. */
  progress(done: number, total: number, phase?: string): void;
  read<T>(work: (rq: Rq) => Promise<T>): Promise<T>;
  /** One transaction as the actor. */
  write<T>(work: (rq: Rq) => Promise<T>): Promise<T>;
}

/** Answers the result that the page shows. It may run again after a crash, so running twice must do no harm. */
export type JobHandler = (job: JobContext) => Promise<unknown>;

const handlers = new Map<string, JobHandler>();
const schedules = new Map<string, string>();

/** Names the handler of a kind of job; wired in app.ts, a later one takes the place of an earlier. */
export function registerJob(kind: string, handler: JobHandler): void {
  handlers.set(kind, handler);
}

/** A job that the platform starts by itself every day at `at` (`02:30`, China time), once for all processes. */
export function schedule(name: string, at: string, handler: JobHandler): void {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(at)) throw new Error(`Not a time of day: ${at}`);
  registerJob(name, handler);
  schedules.set(name, at);
}

/** Puts a job into the line, in the transaction of the request: no job without its reason, no reason without its job. */
export async function enqueue(rq: Rq, kind: string, input: unknown, path: string): Promise<string> {
  const id = randomUUID();
  await store.insertJob(rq.db, { id, kind, path, userId: rq.actor.userId, input, lang: rq.lang }, rq.now);
  return id;
}

export interface JobSettings {
  readonly clock: () => Date;
  /** The actor for a user's id, with the duties of today; null when the account is closed. */
  readonly actorOf: (userId: string) => Promise<Actor | null>;
  readonly handlers?: Readonly<Record<string, JobHandler>>;
  /** Start the scheduled runs by the clock. */
  readonly nightly?: boolean;
  readonly log?: (error: unknown, message: string) => void;
}

export interface Jobs {
  /** Works until nothing waits any more and nothing runs here. */
  runJobsOnce(): Promise<void>;
  /** Starts what is due by the clock and was not started today. */
  runSchedules(): Promise<void>;
  stop(): Promise<void>;
}

const pausedForClosing = Symbol('closing');
const maxTries = 3;
const pollMs = 5_000;
const scheduleMs = 30_000;
const heartbeatMs = 10_000;
const progressMs = 250;

/** A job that brings its process down must not do so for ever. */
const interrupted: Reason = {
  code: 'job-interrupted',
  params: { tries: maxTries },
  words: {
    zh: `服务器连续 ${maxTries} 次在处理时中断，任务已停止。可以重新发起；已经完成的部分不会重复。`,
    en: `The server broke off ${maxTries} times while it worked on this, and the job has stopped. Start it again: what is done already is not done twice.`,
  },
};

const busyCodes = new Set(['40001', '40P01', '57014', '53300', '55P03']);

export async function startJobs(database: Database, settings: JobSettings): Promise<Jobs> {
  const worker = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  const lanes = database.kind === 'embedded' ? 1 : 2;
  if (database.kind === 'embedded') await store.reclaimAll(database);

  /** Takes jobs one after another until there is none. */
  async function lane(): Promise<void> {
    while (!closing.signal.aborted) {
      const job = await store.claim(database, worker);
      if (!job) return;
      await runOne(database, settings, closing.signal, worker, job);
    }
  }
  function wake(): void {
    if (closing.signal.aborted || running.size >= lanes) return;
    const work: Promise<void> = lane()
      .catch((error: unknown) => {
        if (!closing.signal.aborted) settings.log?.(error, 'jobs');
      })
      .finally(() => running.delete(work));
    running.add(work);
  }
  async function runSchedules(): Promise<void> {
    const now = settings.clock();
    const time = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
    for (const [name, at] of schedules) {
      if (time < at) continue;
      await database.write([''], async (db) => {
        if (!(await store.startToday(db, name, dayOf(now)))) return;
        await store.insertJob(db, { id: randomUUID(), kind: name, path: '', userId: null, input: {}, lang: 'zh' }, now);
      });
    }
  }
  const stopListening = await database.listen('jobs', wake);
  const poll = setInterval(wake, pollMs);
  const nightly = settings.nightly
    ? setInterval(() => void runSchedules().catch((e: unknown) => settings.log?.(e, 'schedules')), scheduleMs)
    : undefined;
  wake();

  return {
    runSchedules,
    runJobsOnce: async () => {
      // A notice may have started a lane of its own meanwhile; that one is waited for, too.
      do {
        await Promise.all(running);
        await lane();
      } while (running.size > 0);
    },
    stop: async () => {
      closing.abort(pausedForClosing);
      clearInterval(poll);
      clearInterval(nightly);
      await stopListening();
      await Promise.all(running);
    },
  };
}

/** Progress that is written at most a few times a second and never waited for: on the embedded database it would wait for us. */
function progressWriter(database: Database, worker: string, job: store.JobRow) {
  let latest: store.Progress | null = null;
  let writing: Promise<void> | null = null;
  const flush = (p: store.Progress | null): Promise<void> =>
    store
      .saveProgress(database, job.id, worker, p)
      .catch(() => undefined)
      .finally(() => {
        writing = null;
      });
  const write = () => {
    if (writing || latest === null) return;
    const p = latest;
    latest = null;
    writing = flush(p);
  };
  const timer = setInterval(write, progressMs);
  const heartbeat = setInterval(() => (writing ??= flush(null)), heartbeatMs);
  return {
    say: (p: store.Progress) => {
      latest = p;
    },
    end: async () => {
      clearInterval(timer);
      clearInterval(heartbeat);
      await writing;
      if (latest) await flush(latest);
    },
  };
}

async function runOne(
  database: Database,
  settings: JobSettings,
  signal: AbortSignal,
  worker: string,
  job: store.JobRow,
): Promise<void> {
  const progress = progressWriter(database, worker, job);
  let outcome: store.Outcome;
  try {
    outcome = { state: 'done', result: await handle(database, settings, signal, job, progress.say) };
  } catch (error) {
    outcome = outcomeOf(error, job, settings);
  }
  await progress.end();
  await store.finish(database, job.id, worker, outcome);
  await database.write([''], async (db) => {
    const rq: Rq = { actor: system, db, now: settings.clock(), lang: job.lang };
    announce(rq, { kind: 'job', id: job.id, path: job.path });
  });
}

async function handle(
  database: Database,
  settings: JobSettings,
  signal: AbortSignal,
  job: store.JobRow,
  say: (p: store.Progress) => void,
): Promise<unknown> {
  const handler = settings.handlers?.[job.kind] ?? handlers.get(job.kind);
  if (!handler) throw new Error(`Nothing handles jobs of the kind ${job.kind}.`);
  if (job.tries > maxTries) throw refuse(interrupted);
  const actor = job.userId === null ? system : await settings.actorOf(job.userId);
  if (!actor) throw new Error('The account that started the job is closed.');
  const rqOn = (db: Tx): Rq => ({ actor, db, now: settings.clock(), lang: job.lang });
  return handler({
    id: job.id,
    input: job.input,
    path: job.path,
    actor,
    lang: job.lang,
    database,
    clock: settings.clock,
    signal,
    pause: async () => {
      // The next turn of the event loop: requests that wait go first.
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    },
    progress: (done, total, phase) => say({ done, total, phase: phase ?? null }),
    read: (work) => database.read(actor.scopes, (db) => work(rqOn(db))),
    write: (work) => database.write(actor.scopes, (db) => work(rqOn(db))),
  });
}

function outcomeOf(error: unknown, job: store.JobRow, settings: JobSettings): store.Outcome {
  if (error === pausedForClosing) return { state: 'waiting', again: false };
  if (isFailure(error)) {
    const details = detailsOf(error, job.lang).map((d) => d.message);
    return { state: 'failed', error: [error.words[job.lang], ...details].join(' ') };
  }
  const code = (error as { code?: string } | null)?.code;
  if (code !== undefined && busyCodes.has(code) && job.tries < maxTries) return { state: 'waiting', again: true };
  settings.log?.(error, `job ${job.id} (${job.kind})`);
  return {
    state: 'failed',
    error:
      job.lang === 'zh'
        ? `任务出错，编号 ${job.id}，请联系管理员。`
        : `The job failed (${job.id}); tell the administrator.`,
  };
}
