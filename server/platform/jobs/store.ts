import type { Job } from '../../../domain/records/jobs/index.ts';
import { all, json, sql } from '../db/sql.ts';
import type { Database, Tx } from '../db/database.ts';
import { type Rq, system } from '../rq.ts';

export interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly path: string;
  readonly userId: string | null;
  readonly input: unknown;
  readonly lang: 'zh' | 'en';
  readonly tries: number;
}

/** Seconds without a sign of life after which a job counts as abandoned. */
const abandonedAfter = 40;

export async function insertJob(tx: Tx, job: Omit<JobRow, 'tries'>, now: Date): Promise<void> {
  await tx.run(sql`INSERT INTO jobs (id, kind, unit_path, user_id, input, lang, created_at)
    VALUES (${job.id}, ${job.kind}, ${job.path}, ${job.userId}, ${json(job.input)}::jsonb, ${job.lang}, ${now})`);
  // Jobs are few, so the notice may go with the commit itself.
  await tx.many(sql`SELECT pg_notify('jobs', '')`);
}

/** Takes the oldest job that waits or was abandoned; no two processes ever get the same one. */
export function claim(database: Database, worker: string): Promise<JobRow | undefined> {
  return database.write([''], (tx) =>
    tx.find<JobRow>(sql`
      UPDATE jobs SET state = 'running', worker = ${worker}, heartbeat_at = now(), tries = tries + 1,
        started_at = coalesce(started_at, now())
      WHERE id = (SELECT id FROM jobs WHERE state = 'waiting'
          OR (state = 'running' AND heartbeat_at < now() - make_interval(secs => ${abandonedAfter}))
        ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, kind, unit_path AS path, user_id AS "userId", input, lang, tries`),
  );
}

/** In the embedded database there is one process: whatever still runs at its start belongs to a dead one. */
export async function reclaimAll(database: Database): Promise<void> {
  await database.write([''], (tx) =>
    tx.run(sql`UPDATE jobs SET state = 'waiting', worker = NULL WHERE state = 'running'`),
  );
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly phase: string | null;
}

export async function saveProgress(database: Database, id: string, worker: string, p: Progress | null): Promise<void> {
  await database.write([''], (tx) =>
    tx.run(
      p === null
        ? sql`UPDATE jobs SET heartbeat_at = now() WHERE id = ${id} AND worker = ${worker} AND state = 'running'`
        : sql`UPDATE jobs SET heartbeat_at = now(), done = ${p.done}, total = ${p.total}, phase = ${p.phase}
            WHERE id = ${id} AND worker = ${worker} AND state = 'running'`,
    ),
  );
}

export type Outcome =
  | { readonly state: 'done'; readonly result: unknown }
  | { readonly state: 'failed'; readonly error: string }
  /** Back into the line: the process is closing, or the database was busy. */
  | { readonly state: 'waiting'; readonly again: boolean };

export async function finish(database: Database, id: string, worker: string, outcome: Outcome): Promise<void> {
  const ours = sql`id = ${id} AND worker = ${worker} AND state = 'running'`;
  const update =
    outcome.state === 'done'
      ? sql`UPDATE jobs SET state = 'done', result = ${json(outcome.result ?? null)}::jsonb, finished_at = now(),
          done = greatest(done, total), phase = NULL WHERE ${ours}`
      : outcome.state === 'failed'
        ? sql`UPDATE jobs SET state = 'failed', error = ${outcome.error}, finished_at = now() WHERE ${ours}`
        : sql`UPDATE jobs SET state = 'waiting', worker = NULL, tries = tries - ${outcome.again ? 0 : 1}::int WHERE ${ours}`;
  await database.write([''], (tx) => tx.run(update));
}

const columns = sql`id, kind, state, phase, done, total, result, error, created_at AS "createdAt", started_at AS "startedAt",
  finished_at AS "finishedAt"`;

/** One's own jobs, and for those who may run imports there, the jobs below their units. */
function mine(rq: Rq) {
  if (rq.actor === system) return sql`TRUE`;
  const paths = rq.actor.grants.filter((g) => g.verb === 'imports.run').map((g) => g.path);
  return sql`(user_id = ${rq.actor.userId} OR EXISTS (SELECT 1 FROM unnest(${paths}::text[]) p WHERE unit_path ^@ p))`;
}

export async function listJobs(rq: Rq, query: { kind?: string | undefined; limit: number; offset: number }) {
  const where = all([sql`user_id = ${rq.actor.userId}`, query.kind && sql`kind = ${query.kind}`]);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM jobs WHERE ${where}`);
  const items = await rq.db.many<Job>(sql`SELECT ${columns} FROM jobs WHERE ${where}
    ORDER BY created_at DESC, id LIMIT ${query.limit} OFFSET ${query.offset}`);
  return { items, total: count };
}

export function findJob(rq: Rq, id: string): Promise<Job | undefined> {
  return rq.db.find<Job>(sql`SELECT ${columns} FROM jobs WHERE id = ${id} AND ${mine(rq)}`);
}

/** What a job was given, for the module whose kind it is. */
export function findJobInput<T>(
  rq: Rq,
  id: string,
  kind: string,
): Promise<{ input: T; path: string; result: unknown; state: string } | undefined> {
  return rq.db.find(sql`SELECT input, unit_path AS path, result, state FROM jobs
    WHERE id = ${id} AND kind = ${kind} AND ${mine(rq)}`);
}

/** Whether today's run of this name is ours to start. */
export function startToday(tx: Tx, name: string, today: string): Promise<object | undefined> {
  return tx.find(sql`INSERT INTO schedules (name, last_day) VALUES (${name}, ${today})
    ON CONFLICT (name) DO UPDATE SET last_day = excluded.last_day WHERE schedules.last_day < excluded.last_day
    RETURNING name`);
}
