import { sql, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';

export interface ConsentRow {
  readonly id: string;
  readonly subjectId: string;
  readonly unitPath: string;
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly givenOn: string;
  readonly expiresOn: string;
  readonly channel: 'paper' | 'page' | 'witnessed';
  readonly document: string | null;
  readonly recordedAt: Date;
  readonly withdrawnAt: Date | null;
  readonly erasedAt: Date | null;
  readonly personId: string | null;
  readonly personName: string | null;
}

const columns = sql`c.id, c.subject_id AS "subjectId", c.unit_path AS "unitPath", c.purpose, c.fields, c.given_on AS "givenOn",
  c.expires_on AS "expiresOn", c.channel, c.document, c.recorded_at AS "recordedAt", c.withdrawn_at AS "withdrawnAt",
  c.erased_at AS "erasedAt", c.person_id AS "personId", (SELECT p.name FROM people p WHERE p.id = c.person_id) AS "personName"`;

export function findPerson(rq: Rq, id: string): Promise<{ id: string; name: string } | undefined> {
  return rq.db.find(
    sql`SELECT p.id, p.name FROM people p WHERE p.id = ${id} AND p.left_on IS NULL AND ${visible(rq, 'p.unit_path')}`,
  );
}

/** Households and persons of the register for which this person has given a consent that is live today. */
export async function householdsOf(rq: Rq, personId: string): Promise<string[]> {
  const today = dayOf(rq.now);
  const rows = await rq.db.many<{ id: string }>(sql`
    SELECT DISTINCT c.subject_id AS id FROM consents c JOIN subjects s ON s.id = c.subject_id
    WHERE c.person_id = ${personId} AND c.withdrawn_at IS NULL AND c.erased_at IS NULL AND s.to_day IS NULL
      AND c.given_on <= ${today}::date AND c.expires_on >= ${today}::date AND ${visible(rq, 'c.unit_path')} LIMIT 20`);
  return rows.map((r) => r.id);
}

export async function insertConsent(rq: Rq, c: ConsentRow): Promise<void> {
  await rq.db.run(sql`
    INSERT INTO consents (id, subject_id, unit_path, purpose, fields, given_on, expires_on, channel, document, recorded_by,
      recorded_at, person_id)
    VALUES (${c.id}, ${c.subjectId}, ${c.unitPath}, ${c.purpose}, ${[...c.fields]}::text[], ${c.givenOn}, ${c.expiresOn},
      ${c.channel}, ${c.document}, ${rq.actor.personId}, ${rq.now}, ${c.personId})`);
}

/** The consent, held until the transaction ends: nothing is written under it while it is being withdrawn. */
export function lockConsent(rq: Rq, id: string): Promise<ConsentRow | undefined> {
  return rq.db.find<ConsentRow>(
    sql`SELECT ${columns} FROM consents c WHERE c.id = ${id} AND ${visible(rq, 'c.unit_path')} FOR UPDATE`,
  );
}

export async function listConsents(rq: Rq, subjectId: string, q: { limit: number; offset: number }) {
  const where = sql`c.subject_id = ${subjectId} AND ${visible(rq, 'c.unit_path')}`;
  const { total } = await rq.db.one<{ total: number }>(
    sql`SELECT count(*)::int AS total FROM consents c WHERE ${where}`,
  );
  const items = await rq.db.many<ConsentRow>(sql`SELECT ${columns} FROM consents c WHERE ${where}
    ORDER BY c.recorded_at DESC, c.id LIMIT ${q.limit} OFFSET ${q.offset}`);
  return { items, total };
}

/** Consents that are not erased yet; of one subject, or those that ended before a day. */
export function listUnerased(
  rq: Rq,
  of: { subjectId: string } | { before: string },
  limit: number,
): Promise<ConsentRow[]> {
  const which = 'subjectId' in of ? sql`c.subject_id = ${of.subjectId}` : sql`c.expires_on < ${of.before}::date`;
  return rq.db.many<ConsentRow>(sql`SELECT ${columns} FROM consents c
    WHERE c.erased_at IS NULL AND ${which} AND ${visible(rq, 'c.unit_path')} ORDER BY c.expires_on, c.id LIMIT ${limit} FOR UPDATE`);
}

export async function endConsent(rq: Rq, id: string, at: { withdrawn: boolean }): Promise<void> {
  await rq.db.run(sql`UPDATE consents SET erased_at = ${rq.now}, person_id = NULL,
    withdrawn_at = CASE WHEN ${at.withdrawn} THEN coalesce(withdrawn_at, ${rq.now}) ELSE withdrawn_at END WHERE id = ${id}`);
}

export async function savePersonal(
  rq: Rq,
  c: ConsentRow,
  rows: readonly { readonly field: string; readonly sealed: string }[],
): Promise<void> {
  await rq.db.run(sql`
    INSERT INTO subject_personal (subject_id, field, unit_path, consent_id, sealed)
    SELECT ${c.subjectId}, x.field, ${c.unitPath}, ${c.id}, decode(x.sealed, 'hex')
    FROM unnest(${rows.map((r) => r.field)}::text[], ${rows.map((r) => r.sealed)}::text[]) AS x (field, sealed)
    ON CONFLICT (subject_id, field) DO UPDATE SET consent_id = excluded.consent_id, sealed = excluded.sealed,
      unit_path = excluded.unit_path`);
}

export async function erasePersonal(
  rq: Rq,
  of: { consentId: string } | { subjectId: string; fields: readonly string[] },
) {
  const which =
    'consentId' in of
      ? sql`consent_id = ${of.consentId}`
      : sql`subject_id = ${of.subjectId} AND field = ANY (${[...of.fields]}::text[])`;
  const gone = await rq.db.many<{ field: string }>(
    sql`DELETE FROM subject_personal WHERE ${which} AND ${visible(rq)} RETURNING field`,
  );
  return gone.map((g) => g.field).sort();
}

/** Fields under a consent that is live today, still sealed. */
export function listSealed(rq: Rq, subjectId: string, today: string): Promise<{ field: string; sealed: string }[]> {
  return rq.db.many(sql`
    SELECT p.field, encode(p.sealed, 'hex') AS sealed FROM subject_personal p JOIN consents c ON c.id = p.consent_id
    WHERE p.subject_id = ${subjectId} AND ${visible(rq, 'p.unit_path')} AND c.withdrawn_at IS NULL AND c.erased_at IS NULL
      AND c.given_on <= ${today}::date AND c.expires_on >= ${today}::date AND p.field = ANY (c.fields) ORDER BY p.field`);
}

export interface ReadingRow {
  readonly at: Date;
  readonly by: string;
  readonly fields: string[];
  readonly purpose: string;
}

export async function listReadings(rq: Rq, subjectId: string, q: { limit: number; offset: number }) {
  const from = sql`FROM personal_readings(${subjectId}::uuid) r`;
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total ${from}`);
  const items = await rq.db.many<ReadingRow>(
    sql`SELECT r.at, r.by, r.fields, r.purpose ${from} LIMIT ${q.limit} OFFSET ${q.offset}`,
  );
  return { items, total };
}
