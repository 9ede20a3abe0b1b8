import { agreementKinds } from '../../../domain/records/agreements/all.ts';
import type { AgreementState } from '../../../domain/records/agreements/index.ts';
import { all, json, likeText, sql, type Sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { agreementColumns, type AgreementRow, type PartyRow, readable, daysAfter } from './rows.ts';

export interface AgreementSearch {
  readonly underPath?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: AgreementState | undefined;
  readonly star?: string | undefined;
  readonly tag?: string | undefined;
  readonly subject?: string | undefined;
  readonly unit?: number | undefined;
  readonly expiring?: boolean | undefined;
  readonly expiresBy?: string | undefined;
  readonly q?: string | undefined;
  readonly sort?: 'changed' | 'expiry' | 'title' | undefined;
  readonly limit: number;
  readonly offset: number;
}

const orders = {
  changed: sql`a.changed_at DESC, a.id`,
  expiry: sql`a.to_day NULLS LAST, a.id`,
  title: sql`a.title, a.id`,
};

/** In force, and within the days in which its kind warns. */
export function expiringBy(day: string): Sql {
  const kinds = Object.values(agreementKinds).filter((k) => k.warnDays !== undefined);
  return sql`(a.state = 'in-force' AND EXISTS (SELECT 1 FROM unnest(${kinds.map((k) => k.kind)}::text[],
    ${kinds.map((k) => daysAfter(day, k.warnDays!))}::date[]) AS w (kind, by_day) WHERE w.kind = a.kind AND a.to_day <= w.by_day))`;
}

function conditions(rq: Rq, s: Omit<AgreementSearch, 'limit' | 'offset' | 'sort'>): Sql {
  const like = s.q ? `%${likeText(s.q)}%` : null;
  const partyOf = (which: Sql) =>
    sql`EXISTS (SELECT 1 FROM agreement_parties p LEFT JOIN units pu ON pu.id = p.unit_id
      LEFT JOIN subjects ps ON ps.id = p.subject_id WHERE p.agreement_id = a.id AND ${which})`;
  const expiring = expiringBy(dayOf(rq.now));
  return all([
    readable(rq),
    s.underPath !== undefined && under('a.unit_path', s.underPath),
    s.kind !== undefined && sql`a.kind = ${s.kind}`,
    s.state !== undefined && sql`a.state = ${s.state}`,
    s.star !== undefined && sql`a.star = ${s.star}`,
    s.tag !== undefined && sql`${s.tag} = ANY (a.tags)`,
    s.subject !== undefined && partyOf(sql`p.subject_id = ${s.subject}`),
    s.unit !== undefined && partyOf(sql`p.unit_id = ${s.unit}`),
    s.expiring === true && expiring,
    s.expiring === false && sql`NOT ${expiring}`,
    s.expiresBy !== undefined && sql`a.state = 'in-force' AND a.to_day <= ${s.expiresBy}::date`,
    like !== null &&
      sql`(a.title ILIKE ${like} OR a.number ILIKE ${like}
        OR ${partyOf(sql`coalesce(pu.name, ps.name, p.outside_name) ILIKE ${like}`)})`,
  ]);
}

export async function listAgreements(rq: Rq, s: AgreementSearch): Promise<{ items: AgreementRow[]; total: number }> {
  const where = conditions(rq, s);
  const order = orders[s.sort ?? 'changed'];
  const { total } = await rq.db.one<{ total: number }>(
    sql`SELECT count(*)::int AS total FROM agreements a WHERE ${where}`,
  );
  if (total <= s.offset) return { items: [], total };
  const items = await rq.db.many<AgreementRow>(sql`
    SELECT ${agreementColumns} FROM (SELECT * FROM agreements a WHERE ${where} ORDER BY ${order} LIMIT ${s.limit} OFFSET ${s.offset}) a
    JOIN units u ON u.id = a.unit_id ORDER BY ${order}`);
  return { items, total };
}

export interface ExportedAgreement extends AgreementRow {
  readonly unitCode: string;
  readonly partyNames: readonly { readonly role: string; readonly name: string }[];
}

/** A page in the order of the units with the names of the parties, for exports: each begins behind the last row of the one before. */
export async function listAgreementsAfter(
  rq: Rq,
  s: Omit<AgreementSearch, 'limit' | 'offset' | 'sort'>,
  last: readonly [unitPath: string, id: string],
  limit: number,
): Promise<ExportedAgreement[]> {
  const rows = await rq.db.many<AgreementRow & { unitCode: string }>(sql`
    SELECT ${agreementColumns}, u.code AS "unitCode"
    FROM (SELECT * FROM agreements a WHERE ${conditions(rq, s)} AND (a.unit_path, a.id) > (${last[0]}, ${last[1]}::uuid)
      ORDER BY a.unit_path, a.id LIMIT ${limit}) a
    JOIN units u ON u.id = a.unit_id ORDER BY a.unit_path, a.id`);
  const parties = await rq.db.many<{ agreementId: string; role: string; name: string }>(sql`
    SELECT p.agreement_id AS "agreementId", p.role, coalesce(u.name, s.name, p.outside_name, '—') AS name
    FROM agreement_parties p LEFT JOIN units u ON u.id = p.unit_id LEFT JOIN subjects s ON s.id = p.subject_id
    WHERE p.agreement_id = ANY (${rows.map((r) => r.id)}::uuid[]) AND ${visible(rq, 'p.unit_path')}
    ORDER BY p.role, name, p.id`);
  const named = new Map<string, { role: string; name: string }[]>(rows.map((r) => [r.id, []]));
  for (const { agreementId, role, name } of parties) named.get(agreementId)!.push({ role, name });
  return rows.map((r) => ({ ...r, partyNames: named.get(r.id)! }));
}

export async function insertAgreement(rq: Rq, a: AgreementRow): Promise<void> {
  await rq.db.run(sql`
    INSERT INTO agreements (id, kind, unit_id, unit_path, title, number, state, from_day, to_day, renews, star, tags, created_at,
      changed_at, terms)
    VALUES (${a.id}, ${a.kind}, ${a.unitId}, ${a.unitPath}, ${a.title}, ${a.number}, ${a.state}, ${a.fromDay}, ${a.toDay},
      ${a.renews}, ${a.star}, ${[...a.tags]}::text[], ${rq.now}, ${rq.now}, ${json(a.terms)}::jsonb)`);
}

/** Writes the agreement as it is now, unless somebody was faster: of two writers the slower one changes nothing. */
export function updateAgreement(rq: Rq, before: AgreementRow, a: AgreementRow): Promise<number> {
  return rq.db.run(sql`
    UPDATE agreements SET title = ${a.title}, number = ${a.number}, state = ${a.state}, from_day = ${a.fromDay},
      to_day = ${a.toDay}, in_force_on = ${a.inForceOn}, ended_on = ${a.endedOn}, ended_reason = ${a.endedReason},
      document = ${a.document}, star = ${a.star}, tags = ${[...a.tags]}::text[], terms = ${json(a.terms)}::jsonb,
      changed_at = ${rq.now}, version = version + 1
    WHERE id = ${before.id} AND version = ${before.version}`);
}

/** A party whose unit or subject the reader may not see is there without its name. */
export function listParties(rq: Rq, agreementId: string, limit = 1_000): Promise<PartyRow[]> {
  return rq.db.many<PartyRow>(sql`
    SELECT p.id, p.role, p.unit_id AS "unitId", u.unit_path AS "unitPath", u.type AS "unitType", p.subject_id AS "subjectId",
      s.kind AS "subjectKind", p.outside_name AS "outsideName", coalesce(u.name, s.name, p.outside_name, '—') AS name,
      (u.valid_to IS NOT NULL OR s.to_day IS NOT NULL) AS ended, p.signed_on AS "signedOn", p.signed_by AS "signedBy"
    FROM agreement_parties p LEFT JOIN units u ON u.id = p.unit_id LEFT JOIN subjects s ON s.id = p.subject_id
    WHERE p.agreement_id = ${agreementId} AND ${visible(rq, 'p.unit_path')} ORDER BY p.role, name, p.id LIMIT ${limit}`);
}

export type SavedParty = Pick<PartyRow, 'id' | 'role' | 'unitId' | 'subjectId' | 'outsideName'>;

/** The parties of a draft, instead of those before. */
export async function replaceParties(rq: Rq, a: AgreementRow, parties: readonly SavedParty[]): Promise<void> {
  const of = <K extends keyof SavedParty>(key: K) => parties.map((p) => p[key]);
  await rq.db.run(sql`DELETE FROM agreement_parties WHERE agreement_id = ${a.id}`);
  await rq.db.run(sql`
    INSERT INTO agreement_parties (id, agreement_id, unit_path, role, unit_id, subject_id, outside_name)
    SELECT x.id, ${a.id}, ${a.unitPath}, x.role, x.unit_id, x.subject_id, x.outside FROM unnest(${of('id')}::uuid[],
      ${of('role')}::text[], ${of('unitId')}::int[], ${of('subjectId')}::uuid[], ${of('outsideName')}::text[])
      AS x (id, role, unit_id, subject_id, outside)`);
}

export async function saveSignature(
  rq: Rq,
  partyId: string,
  signature: { readonly on: string; readonly by: string } | null,
): Promise<void> {
  await rq.db
    .run(sql`UPDATE agreement_parties SET signed_on = ${signature?.on ?? null}, signed_by = ${signature?.by ?? null}
    WHERE id = ${partyId}`);
}

export async function clearSignatures(rq: Rq, agreementId: string): Promise<void> {
  await rq.db.run(sql`UPDATE agreement_parties SET signed_on = NULL, signed_by = NULL
    WHERE agreement_id = ${agreementId} AND signed_on IS NOT NULL`);
}

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly ended: boolean;
}

export function findSubjects(rq: Rq, ids: readonly string[]): Promise<Named[]> {
  return rq.db.many<Named>(sql`SELECT s.id::text AS id, s.name, s.kind, s.to_day IS NOT NULL AS ended FROM subjects s
    WHERE s.id = ANY (${[...ids]}::uuid[]) AND ${visible(rq, 's.unit_path')}`);
}

/** The units themselves, also those above the actor's own, which row-level security shows by name. */
export function findUnits(rq: Rq, ids: readonly number[]): Promise<Named[]> {
  return rq.db
    .many<Named>(sql`SELECT u.id::text AS id, u.name, u.type AS kind, u.valid_to IS NOT NULL AS ended FROM units u
    WHERE u.id = ANY (${[...ids]}::int[])`);
}

/** In force, ending soon and not warned of yet; or over since yesterday. */
export function listToWarn(rq: Rq, which: 'expiring' | 'over', limit: number): Promise<AgreementRow[]> {
  const today = dayOf(rq.now);
  const where =
    which === 'over'
      ? sql`a.state = 'in-force' AND a.to_day < ${today}::date`
      : sql`a.warned_on IS NULL AND ${expiringBy(today)}`;
  return rq.db.many<AgreementRow>(sql`SELECT ${agreementColumns} FROM agreements a JOIN units u ON u.id = a.unit_id
    WHERE ${where} AND ${visible(rq, 'a.unit_path')} ORDER BY a.to_day, a.id LIMIT ${limit} FOR UPDATE OF a`);
}

export async function setWarned(rq: Rq, id: string): Promise<void> {
  await rq.db.run(sql`UPDATE agreements SET warned_on = ${dayOf(rq.now)} WHERE id = ${id}`);
}

/** Agreements to which a subject is a party, newest first. */
export function listOfSubject(rq: Rq, subjectId: string, limit: number): Promise<AgreementRow[]> {
  return rq.db.many<AgreementRow>(sql`SELECT ${agreementColumns} FROM agreements a JOIN units u ON u.id = a.unit_id
    WHERE a.id IN (SELECT p.agreement_id FROM agreement_parties p WHERE p.subject_id = ${subjectId}) AND ${readable(rq)}
    ORDER BY a.changed_at DESC, a.id LIMIT ${limit}`);
}

/** An agreement that still binds a subject, whether or not the actor may read it otherwise. */
export function findBinding(rq: Rq, subjectId: string): Promise<{ title: string } | undefined> {
  return rq.db.find<{
    title: string;
  }>(sql`SELECT a.title FROM agreements a JOIN agreement_parties p ON p.agreement_id = a.id
    WHERE p.subject_id = ${subjectId} AND a.state IN ('signing', 'in-force') ORDER BY a.id LIMIT 1`);
}
