import { createHmac, randomUUID } from 'node:crypto';
import type { JournalVerb } from '../../domain/records/journal/verbs.ts';
import { json, sql } from './db/sql.ts';
import type { Rq } from './rq.ts';

export interface Entry {
  /** What was done, in the domain's words: `unit.rename`, `candidacy.declare`. */
  readonly verb: JournalVerb;
  readonly subject: { readonly kind: string; readonly id: string | number };
  /** Path of the unit the change is about; it decides who may read the entry. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

let key = '';

/** The key of the rows' digests, from the instance's secret; set once at start. */
export function setJournalKey(secret: string): void {
  key = secret;
}

export function journalKey(): string {
  return key;
}

let written = 0;

/** How many entries this process has written: whoever seals them looks here before asking the database. */
export function entriesWritten(): number {
  return written;
}

/**
 * JSON with sorted keys, so that the same content always gives the same bytes, whichever way the database returned it.
 */
export function canonical(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

export interface Sealable {
  readonly uid: string;
  readonly at: Date;
  readonly user_id: string | null;
  readonly actor_name: string;
  readonly verb: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly unit_path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What a row's digests cover: everything but its own number. */
export function content(row: Sealable): string {
  return canonical([
    row.uid,
    row.at,
    row.user_id,
    row.actor_name,
    row.verb,
    row.subject_kind,
    row.subject_id,
    row.unit_path,
    row.before,
    row.after,
  ]);
}

export function macOf(row: Sealable): string {
  return createHmac('sm3', key).update(content(row)).digest('hex');
}

/** Values as the database will give them back: dates become text, undefined disappears. */
const stored = (value: unknown): unknown =>
  value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);

/** Writes the entry in the transaction of the change itself: there is no change without one, and none without a change. */
export function record(rq: Rq, entry: Entry): Promise<void> {
  return recordAll(rq, [entry]);
}

/** The entries of one act on many subjects, in one statement and in their order. */
export async function recordAll(rq: Rq, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry): Sealable & { mac: string } => {
    const row = {
      uid: randomUUID(),
      at: rq.now,
      user_id: rq.actor.userId,
      actor_name: rq.actor.name,
      verb: entry.verb,
      subject_kind: entry.subject.kind,
      subject_id: String(entry.subject.id),
      unit_path: entry.path,
      before: stored(entry.before),
      after: stored(entry.after),
    };
    return { ...row, mac: macOf(row) };
  });
  written += rows.length;
  const of = <T>(pick: (row: (typeof rows)[number]) => T) => rows.map(pick);
  const jsonOf = (value: unknown) => (value === null ? null : json(value));
  await rq.db.run(sql`
    INSERT INTO journal (uid, at, user_id, actor_name, verb, subject_kind, subject_id, unit_path, before, after, mac)
    SELECT uid, ${rq.now}, ${rq.actor.userId}, ${rq.actor.name}, verb, subject_kind, subject_id, unit_path, before::jsonb, after::jsonb, mac
    FROM unnest(${of((r) => r.uid)}::uuid[], ${of((r) => r.verb)}::text[], ${of((r) => r.subject_kind)}::text[],
      ${of((r) => r.subject_id)}::text[], ${of((r) => r.unit_path)}::text[], ${of((r) => jsonOf(r.before))}::text[],
      ${of((r) => jsonOf(r.after))}::text[], ${of((r) => r.mac)}::text[])
      WITH ORDINALITY AS n (uid, verb, subject_kind, subject_id, unit_path, before, after, mac, position)
    ORDER BY position`);
}
