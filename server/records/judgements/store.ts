import { sealedKinds } from '../../../domain/records/judgements/index.ts';
import { all, json, sql, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';

export interface JudgementRow {
  readonly id: string;
  readonly kind: string;
  readonly caseId: string;
  readonly unitId: number;
  readonly unitPath: string;
  readonly item: string;
  readonly personId: string | null;
  readonly by: string | null;
  /** A decimal as text, without trailing zeros. */
  readonly value: string | null;
  readonly label: string | null;
  readonly reason: string | null;
  readonly round: string;
  readonly at: Date;
  readonly lockedAt: Date | null;
  readonly supersededAt: Date | null;
  readonly data: Record<string, unknown>;
}

const columns = sql`j.id, j.kind, j.case_id AS "caseId", j.unit_id AS "unitId", j.unit_path AS "unitPath", j.item,
  j.person_id AS "personId", p.name AS by, trim_scale(j.value)::text AS value, j.label, j.reason, j.round, j.at,
  j.locked_at AS "lockedAt", j.superseded_at AS "supersededAt", j.data`;

export interface JudgementSearch {
  readonly caseId: string;
  readonly kind?: string | undefined;
  readonly unitId?: number | undefined;
  readonly item?: string | undefined;
  readonly items?: readonly string[] | undefined;
  readonly round?: string | undefined;
  readonly personId?: string | null | undefined;
  readonly includeSuperseded?: boolean | undefined;
  /** The module that runs a sealed round counts what is there; it must not show it. */
  readonly includeSealed?: boolean | undefined;
  readonly limit?: number | undefined;
}

/** Judgements of a case, oldest first. Those of a sealed kind are hidden from others until their round is locked. */
export function listJudgements(rq: Rq, s: JudgementSearch): Promise<JudgementRow[]> {
  const where = all([
    visible(rq, 'j.unit_path'),
    sql`j.case_id = ${s.caseId}`,
    s.kind !== undefined && sql`j.kind = ${s.kind}`,
    s.unitId !== undefined && sql`j.unit_id = ${s.unitId}`,
    s.item !== undefined && sql`j.item = ${s.item}`,
    s.items !== undefined && sql`j.item = ANY (${[...s.items]}::text[])`,
    s.round !== undefined && sql`j.round = ${s.round}`,
    s.personId !== undefined && sql`j.person_id IS NOT DISTINCT FROM ${s.personId}::uuid`,
    s.includeSuperseded !== true && sql`j.superseded_at IS NULL`,
    s.includeSealed !== true &&
      sql`(j.locked_at IS NOT NULL OR j.person_id = ${rq.actor.personId}::uuid OR j.kind <> ALL (${[...sealedKinds]}::text[]))`,
  ]);
  return rq.db.many<JudgementRow>(sql`SELECT ${columns} FROM judgements j LEFT JOIN people p ON p.id = j.person_id
    WHERE ${where} ORDER BY j.at, j.id LIMIT ${s.limit ?? 100_000}`);
}

export interface RoundKey {
  readonly caseId: string;
  readonly kind: string;
  readonly round: string;
}

/** Takes a share of the round, so that it is not locked before this transaction ends; answers when it was locked. */
export async function shareRound(rq: Rq, r: RoundKey): Promise<Date | null> {
  const share = sql`SELECT locked_at AS "lockedAt" FROM judgement_rounds
    WHERE case_id = ${r.caseId} AND kind = ${r.kind} AND round = ${r.round} FOR SHARE`;
  const row = await rq.db.find<{ lockedAt: Date | null }>(share);
  if (row) return row.lockedAt;
  await rq.db.run(sql`INSERT INTO judgement_rounds (case_id, kind, round) VALUES (${r.caseId}, ${r.kind}, ${r.round})
    ON CONFLICT DO NOTHING`);
  return (await rq.db.one<{ lockedAt: Date | null }>(share)).lockedAt;
}

/** Takes the whole round; false when it was locked before. */
export async function closeRound(rq: Rq, r: RoundKey): Promise<boolean> {
  const changed = await rq.db.run(sql`
    INSERT INTO judgement_rounds (case_id, kind, round, locked_at, locked_by)
    VALUES (${r.caseId}, ${r.kind}, ${r.round}, ${rq.now}, ${rq.actor.personId})
    ON CONFLICT (case_id, kind, round) DO UPDATE SET locked_at = excluded.locked_at, locked_by = excluded.locked_by
    WHERE judgement_rounds.locked_at IS NULL`);
  return changed === 1;
}

export function lockJudgements(rq: Rq, r: RoundKey): Promise<number> {
  return rq.db.run(sql`UPDATE judgements SET locked_at = ${rq.now}
    WHERE case_id = ${r.caseId} AND kind = ${r.kind} AND round = ${r.round} AND superseded_at IS NULL AND locked_at IS NULL`);
}

export async function supersede(rq: Rq, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await rq.db.run(sql`UPDATE judgements SET superseded_at = ${rq.now} WHERE id = ANY (${[...ids]}::uuid[])`);
}

/** Judgements of one actor in one round on one unit. */
export async function insertJudgements(
  rq: Rq,
  rows: readonly Omit<JudgementRow, 'by' | 'at' | 'lockedAt' | 'supersededAt'>[],
): Promise<void> {
  if (rows.length === 0) return;
  const data = rows.map((j) => ({
    id: j.id,
    kind: j.kind,
    case_id: j.caseId,
    unit_id: j.unitId,
    unit_path: j.unitPath,
    item: j.item,
    person_id: j.personId,
    value: j.value,
    label: j.label,
    reason: j.reason,
    round: j.round,
    data: j.data,
  }));
  await rq.db.run(sql`
    INSERT INTO judgements (id, kind, case_id, unit_id, unit_path, item, person_id, value, label, reason, round, at, data)
    SELECT id, kind, case_id, unit_id, unit_path, item, person_id, value, label, reason, round, ${rq.now}, data
    FROM jsonb_to_recordset(${json(data)}::jsonb) AS n (id uuid, kind text, case_id uuid, unit_id int, unit_path text, item text,
      person_id uuid, value numeric, label text, reason text, round text, data jsonb)`);
}

/** Many at once: what one observer sends of a whole visit. */
export async function insertScores(
  rq: Rq,
  key: RoundKey,
  rows: readonly { id: string; unitId: number; item: string; value: string; reason: string | null; data: unknown }[],
): Promise<void> {
  const of = <T>(pick: (r: (typeof rows)[number]) => T) => rows.map(pick);
  await rq.db.run(sql`
    UPDATE judgements j SET superseded_at = ${rq.now}
    FROM unnest(${of((r) => r.unitId)}::int[], ${of((r) => r.item)}::text[]) AS n (unit_id, item)
    WHERE j.case_id = ${key.caseId} AND j.kind = ${key.kind} AND j.round = ${key.round} AND j.unit_id = n.unit_id
      AND j.item = n.item AND j.person_id = ${rq.actor.personId}::uuid AND j.superseded_at IS NULL`);
  await rq.db.run(sql`
    INSERT INTO judgements (id, kind, case_id, unit_id, unit_path, item, person_id, value, reason, round, at, data)
    SELECT n.id, ${key.kind}, ${key.caseId}, u.id, u.unit_path, n.item, ${rq.actor.personId}, n.value::numeric, n.reason,
      ${key.round}, ${rq.now}, n.data::jsonb
    FROM unnest(${of((r) => r.id)}::uuid[], ${of((r) => r.unitId)}::int[], ${of((r) => r.item)}::text[],
      ${of((r) => r.value)}::text[], ${of((r) => r.reason)}::text[], ${of((r) => json(r.data))}::text[])
      AS n (id, unit_id, item, value, reason, data)
    JOIN units u ON u.id = n.unit_id`);
}

export interface Place {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly scheme: string | null;
  readonly townshipPath: string | null;
}

/** Units with the township or street that they stand in. */
export function listPlaces(rq: Rq, ids: readonly number[]): Promise<Place[]> {
  return rq.db.many<Place>(sql`
    SELECT u.id, u.name, u.unit_path AS path, u.scheme,
      (SELECT t.unit_path FROM units t WHERE t.id = ANY (string_to_array(u.unit_path, '.', '')::int[])
        AND t.type IN ('township', 'street') LIMIT 1) AS "townshipPath"
    FROM units u WHERE u.id = ANY (${[...ids]}::int[]) AND u.valid_to IS NULL ORDER BY u.pinyin, u.id`);
}

export interface Belonging {
  readonly personId: string;
  readonly name: string;
  readonly homePath: string;
  /** Paths of the units on which the person holds a role other than observer. */
  readonly duties: string[];
  /** Paths on which the person is assigned as an observer. */
  readonly observes: string[];
}

/** Where people belong and what they answer for today, as far as the asker may know. */
export function listBelongings(rq: Rq, personIds: readonly string[]): Promise<Belonging[]> {
  const today = dayOf(rq.now);
  return rq.db.many<Belonging>(sql`
    SELECT p.id AS "personId", p.name, p.unit_path AS "homePath",
      coalesce(array_agg(a.unit_path) FILTER (WHERE a.role <> 'observer'), '{}') AS duties,
      coalesce(array_agg(a.unit_path) FILTER (WHERE a.role = 'observer'), '{}') AS observes
    FROM people p LEFT JOIN assignments a ON a.person_id = p.id AND a.from_day <= ${today}::date
      AND (a.to_day IS NULL OR a.to_day > ${today}::date)
    WHERE p.id = ANY (${[...personIds]}::uuid[]) AND (p.left_on IS NULL OR p.left_on > ${today}::date)
    GROUP BY p.id, p.name, p.unit_path`);
}
