import type { Evidence, SubjectKind } from '../../../domain/records/evidence/index.ts';
import type { AcceptedFile } from '../../platform/files/index.ts';
import { all, raw, sql, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';

/** Bits of difference up to which two pictures look the same: recompressed 0, resized 3, a small crop 13. */
const sameWithin = 8;

/** Tables of the kinds of subject; each has the unit it is about. Row-level security hides what is out of scope. */
const tables: Readonly<Record<SubjectKind, { table: string; id: 'int' | 'uuid' }>> = {
  unit: { table: 'units', id: 'int' },
  fact: { table: 'facts', id: 'uuid' },
  case: { table: 'cases', id: 'uuid' },
  judgement: { table: 'judgements', id: 'uuid' },
  designation: { table: 'designations', id: 'uuid' },
  publication: { table: 'publications', id: 'uuid' },
  subject: { table: 'subjects', id: 'uuid' },
  agreement: { table: 'agreements', id: 'uuid' },
  event: { table: 'events', id: 'uuid' },
};

export function findSubject(
  rq: Rq,
  kind: SubjectKind,
  id: string,
): Promise<{ unitId: number; path: string } | undefined> {
  const { table, id: type } = tables[kind];
  // Each type of id has a shape of its own; the wrong one finds nothing instead of failing.
  if ((type === 'int') !== /^[0-9]{1,9}$/.test(id)) return Promise.resolve(undefined);
  const unitId = kind === 'unit' ? sql`id` : sql`unit_id`;
  return rq.db.find(sql`SELECT ${unitId} AS "unitId", unit_path AS path FROM ${raw(table)}
    WHERE id = ${id}::${raw(type)} AND ${visible(rq)}`);
}

/** The kind of an entry of the register or of an event, where the actor sees it. */
export async function findKindOf(rq: Rq, table: 'subject' | 'event', id: string): Promise<string | undefined> {
  const from = { subject: sql`subjects`, event: sql`events` }[table];
  const row = await rq.db.find<{ kind: string }>(
    sql`SELECT r.kind FROM ${from} r WHERE r.id = ${id} AND ${visible(rq, 'r.unit_path')}`,
  );
  return row?.kind;
}

export async function insertFile(rq: Rq, hash: string, file: AcceptedFile): Promise<void> {
  await rq.db.run(sql`INSERT INTO files (hash, media, bytes, picture_hash, stored_at)
    VALUES (${hash}, ${file.media}, ${file.bytes.length}, ${file.pictureHash}, ${rq.now}) ON CONFLICT (hash) DO NOTHING`);
}

export interface NewEvidence {
  readonly id: string;
  readonly fileHash: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly item: string | null;
  readonly unitId: number;
  readonly path: string;
  readonly title: string;
  readonly proves: string | null;
  readonly takenOn: string | null;
}

export async function insertEvidence(rq: Rq, e: NewEvidence): Promise<void> {
  await rq.db.run(sql`
    INSERT INTO evidence (id, file_hash, subject_kind, subject_id, item, unit_id, unit_path, title, proves, taken_on, added_by, added_at)
    VALUES (${e.id}, ${e.fileHash}, ${e.subjectKind}, ${e.subjectId}, ${e.item}, ${e.unitId}, ${e.path}, ${e.title}, ${e.proves},
      ${e.takenOn}, ${rq.actor.personId}, ${rq.now})`);
}

const distance = sql`bit_count(('x' || f.picture_hash)::bit(64) # ('x' || g.picture_hash)::bit(64))`;

/** Other pieces that still stand, whose picture looks like this one's, as far as the reader sees. */
const lookalikes = sql`FROM evidence s JOIN files g ON g.hash = s.file_hash
  WHERE s.id <> e.id AND s.removed_at IS NULL AND g.picture_hash IS NOT NULL AND f.picture_hash IS NOT NULL AND ${distance} <= ${sameWithin}::int`;

const columns = (
  rq: Rq,
) => sql`e.id, e.subject_kind AS "subjectKind", e.subject_id AS "subjectId", e.item, e.unit_id AS "unitId",
  u.name AS "unitName", e.title, e.proves, e.taken_on AS "takenOn", f.media, f.bytes, f.picture_hash IS NOT NULL AS picture,
  p.name AS "addedBy", e.added_at AS "addedAt", e.removed_at AS "removedAt", e.removed_reason AS "removedReason",
  (SELECT count(*) ${lookalikes} AND ${visible(rq, 's.unit_path')})::int AS same`;
const from = sql`FROM evidence e JOIN files f ON f.hash = e.file_hash JOIN units u ON u.id = e.unit_id
  LEFT JOIN people p ON p.id = e.added_by`;

export function listEvidence(rq: Rq, of: { kind: string; id: string; item?: string | undefined }): Promise<Evidence[]> {
  const where = all([
    visible(rq, 'e.unit_path'),
    sql`e.subject_kind = ${of.kind} AND e.subject_id = ${of.id}`,
    of.item !== undefined && sql`e.item = ${of.item}`,
  ]);
  return rq.db.many<Evidence>(sql`SELECT ${columns(rq)} ${from} WHERE ${where} ORDER BY e.added_at, e.id LIMIT 500`);
}

export type EvidenceRow = Evidence & { hash: string; path: string };

export function findEvidence(rq: Rq, id: string): Promise<EvidenceRow | undefined> {
  return rq.db.find<EvidenceRow>(sql`SELECT ${columns(rq)}, f.hash, e.unit_path AS path ${from}
    WHERE e.id = ${id} AND ${visible(rq, 'e.unit_path')}`);
}

/** Pieces of evidence whose picture looks like the one with this file hash, nearest first. */
export function sameImages(rq: Rq, hash: string, except = ''): Promise<(Evidence & { distance: number })[]> {
  return rq.db.many(sql`SELECT ${columns(rq)}, ${distance}::int AS distance ${from} JOIN files g ON g.hash = ${hash}
    WHERE e.removed_at IS NULL AND e.id::text <> ${except} AND f.picture_hash IS NOT NULL AND g.picture_hash IS NOT NULL
      AND ${distance} <= ${sameWithin}::int AND ${visible(rq, 'e.unit_path')}
    ORDER BY ${distance}, e.added_at, e.id LIMIT 100`);
}

export async function removeEvidence(rq: Rq, id: string, reason: string): Promise<boolean> {
  const changed = await rq.db.run(sql`UPDATE evidence SET removed_at = ${rq.now}, removed_reason = ${reason}
    WHERE id = ${id} AND removed_at IS NULL`);
  return changed === 1;
}
