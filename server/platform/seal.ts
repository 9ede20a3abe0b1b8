import { createHash, createHmac } from 'node:crypto';
import type { Database, Tx } from './db/database.ts';
import { sql } from './db/sql.ts';
import { entriesWritten, journalKey } from './journal.ts';

/**
 * A journal row as the database keeps it, in the exact text of every column. The row's own digest (`mac`) was made by the
 * writer from the values; this form also shows changes that leave the value the same (1 and 1.0).
 */
export interface StoredRow {
  readonly id: number;
  readonly uid: string;
  readonly at: string;
  readonly userId: string | null;
  readonly actorName: string;
  readonly verb: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly unitPath: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly mac: string;
}

/** Columns of `StoredRow` from a journal row called `j`. The moment is counted in microseconds, whatever the time zone. */
export const storedColumns = sql`j.id, j.uid::text AS uid, (extract(epoch FROM j.at) * 1000000)::bigint::text AS at,
  j.user_id::text AS "userId", j.actor_name AS "actorName", j.verb, j.subject_kind AS "subjectKind",
  j.subject_id AS "subjectId", j.unit_path AS "unitPath", j.before::text AS before, j.after::text AS after, j.mac`;

export function rowHash(r: StoredRow): string {
  const fields = [
    r.id,
    r.uid,
    r.at,
    r.userId,
    r.actorName,
    r.verb,
    r.subjectKind,
    r.subjectId,
    r.unitPath,
    r.before,
    r.after,
    r.mac,
  ];
  return createHash('sm3').update(JSON.stringify(fields)).digest('hex');
}

/** The chain: each link covers the one before it, its place and the row. */
export function linkHash(previous: string, position: number, journalId: number, row: string): string {
  return createHash('sm3').update(`${previous}|${position}|${journalId}|${row}`).digest('hex');
}

export interface Seal {
  readonly id: number;
  readonly sealedAt: string;
  readonly previous: string;
  readonly hash: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
  readonly highestId: number;
}

/** Keyed: whoever can write the database but does not know the instance's secret cannot make the chain over again. */
export function sealHash(s: Omit<Seal, 'id' | 'hash'>, lastLink: string): string {
  const text = [s.sealedAt, s.previous, lastLink, s.count, s.first, s.last, s.highestId].join('|');
  return createHmac('sm3', journalKey()).update(text).digest('hex');
}

export const sealColumns = sql`id, (extract(epoch FROM sealed_at) * 1000000)::bigint::text AS "sealedAt", previous, hash, count,
  first_position AS first, last_position AS last, highest_id AS "highestId"`;

/** The start of the chain, where there is nothing before. */
export const genesis = '0'.repeat(64);

const lock = 0x7365616c;
const batchRows = 2_000;
/** A transaction that began before a seal commits its rows after it; requests and imports live shorter than this. */
const lateMs = 15 * 60_000;

/**
 * Which rows to look at: those after the last sealed one (cheap, every time), also those that were committed late (now
 * and then), or all there are (after a start, and once a day).
 */
export type Reach = 'new' | 'late' | 'all';

async function floorOf(tx: Tx, reach: Reach, now: Date, highest: number): Promise<number> {
  if (reach === 'new') return highest;
  if (reach === 'all') return 0;
  const settled = new Date(now.getTime() - lateMs);
  const row = await tx.find<{ id: number }>(
    sql`SELECT highest_id AS id FROM journal_seals WHERE sealed_at < ${settled} ORDER BY id DESC LIMIT 1`,
  );
  return row?.id ?? 0;
}

/** Seals one batch of rows; says how many there were. Another process that is sealing already makes this one do nothing. */
async function sealBatch(tx: Tx, now: Date, reach: Reach): Promise<number> {
  const { free } = await tx.one<{ free: boolean }>(sql`SELECT pg_try_advisory_xact_lock(${lock}) AS free`);
  if (!free) return 0;
  const before = await tx.find<Seal>(sql`SELECT ${sealColumns} FROM journal_seals ORDER BY id DESC LIMIT 1`);
  const floor = await floorOf(tx, reach, now, before?.highestId ?? 0);
  const rows = await tx.many<StoredRow>(sql`SELECT ${storedColumns} FROM journal j
    WHERE j.id > ${floor} AND NOT EXISTS (SELECT 1 FROM journal_links l WHERE l.journal_id = j.id)
    ORDER BY j.id LIMIT ${batchRows}`);
  if (rows.length === 0) return 0;

  const lastBefore = before
    ? (await tx.one<{ hash: string }>(sql`SELECT hash FROM journal_links WHERE position = ${before.last}`)).hash
    : genesis;
  const hashes: string[] = [];
  const links: string[] = [];
  const first = (before?.last ?? 0) + 1;
  let link = lastBefore;
  for (const [i, row] of rows.entries()) {
    const hash = rowHash(row);
    link = linkHash(link, first + i, row.id, hash);
    hashes.push(hash);
    links.push(link);
  }
  const seal = {
    sealedAt: String(now.getTime() * 1000),
    previous: before?.hash ?? genesis,
    count: rows.length,
    first,
    last: first + rows.length - 1,
    highestId: Math.max(before?.highestId ?? 0, rows.at(-1)!.id),
  };
  const { id } = await tx.one<{ id: number }>(sql`
    INSERT INTO journal_seals (sealed_at, previous, hash, count, first_position, last_position, highest_id)
    VALUES (${now}, ${seal.previous}, ${sealHash(seal, link)}, ${seal.count}, ${seal.first}, ${seal.last}, ${seal.highestId})
    RETURNING id`);
  await tx.run(sql`INSERT INTO journal_links (position, journal_id, seal_id, row_hash, hash)
    SELECT ${first - 1} + n, journal_id, ${id}, row_hash, hash
    FROM unnest(${rows.map((r) => r.id)}::bigint[], ${hashes}::text[], ${links}::text[])
      WITH ORDINALITY AS r (journal_id, row_hash, hash, n)`);
  return rows.length;
}

/** Seals what has been committed, batch by batch, as the owner: the application's role cannot touch the chain. */
export async function sealJournal(database: Database, now: Date, reach: Reach = 'new'): Promise<number> {
  let total = 0;
  for (;;) {
    const sealed = await database.owner((tx) => sealBatch(tx, now, reach));
    total += sealed;
    if (sealed < batchRows) return total;
  }
}

export interface Sealer {
  stop(): Promise<void>;
}

/**
 * Seals in the background, so that writers never queue for the chain. It asks the database only while this process has
 * written lately; every half minute it also looks for rows that were committed late or by another process.
 */
export function startSealer(database: Database, clock: () => Date, failed: (error: unknown) => void): Sealer {
  const everyMs = 1_000;
  let seen = -1;
  let busyUntil = 0;
  let ticks = 0;
  let running: Promise<unknown> = Promise.resolve();
  let idle = true;
  const timer = setInterval(() => {
    if (!idle) return;
    const now = Date.now();
    if (entriesWritten() !== seen) {
      seen = entriesWritten();
      // An entry is counted before its transaction commits: look a few times more.
      busyUntil = now + 5_000;
    }
    const late = ticks++ % 30 === 0;
    if (!late && now > busyUntil) return;
    idle = false;
    running = sealJournal(database, clock(), ticks % 86_400 === 1 ? 'all' : late ? 'late' : 'new')
      .catch(failed)
      .finally(() => (idle = true));
  }, everyMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
      await sealJournal(database, clock(), 'late').catch(failed);
    },
  };
}
