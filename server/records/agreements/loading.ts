import { randomUUID } from 'node:crypto';
import { canName, canRun, type NewParty, type PartyFacts } from '../../../domain/records/agreements/index.ts';
import type { UnitType } from '../../../domain/records/units/index.ts';
import { json, sql } from '../../platform/db/sql.ts';
import { check } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { kindNamed } from './rows.ts';

export interface LoadedParty extends NewParty {
  readonly subjectKind?: string | undefined;
  readonly unitType?: UnitType | undefined;
  readonly signedOn?: string | undefined;
  readonly signedBy?: string | undefined;
}

export interface LoadedAgreement {
  /** Left out, one is given. */
  readonly id?: string | undefined;
  readonly kind: string;
  readonly unitId: number;
  readonly unitPath: string;
  readonly title: string;
  readonly number?: string | undefined;
  readonly fromDay: string;
  readonly toDay?: string | undefined;
  /** Left out, it stays a draft. */
  readonly inForceOn?: string | undefined;
  readonly ended?: { readonly onDay: string; readonly reason: string } | undefined;
  readonly star?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly parties: readonly LoadedParty[];
  readonly terms: Readonly<Record<string, unknown>>;
}

const factsOf = (p: LoadedParty): PartyFacts => ({
  role: p.role,
  name: p.outsideName ?? String(p.unitId ?? p.subjectId),
  unitId: p.unitId ?? null,
  subjectId: p.subjectId ?? null,
  subjectKind: p.subjectKind ?? null,
  unitType: p.unitType ?? null,
  ended: false,
});

function rowOf(a: LoadedAgreement) {
  const kind = kindNamed(a.kind);
  check(canName(kind, a.parties.map(factsOf)) ?? canRun(a.fromDay, a.toDay ?? null));
  return {
    id: a.id ?? randomUUID(),
    kind: kind.kind,
    unit_id: a.unitId,
    unit_path: a.unitPath,
    title: a.title,
    number: a.number ?? null,
    from_day: a.fromDay,
    to_day: a.toDay ?? null,
    in_force_on: a.inForceOn ?? null,
    ended_on: a.ended?.onDay ?? null,
    ended_reason: a.ended?.reason ?? null,
    star: a.star ?? null,
    tags: [...(a.tags ?? [])],
    terms: kind.terms.parse(a.terms),
  };
}

/**
 * Many agreements in a few statements, for loading: each is held against its kind, and the database against the rule that all
 * have signed. They take the way every agreement takes, from the draft through signing. The journal is the caller's. Answers
 * the ids in the same order.
 */
export async function insertAgreements(rq: Rq, agreements: readonly LoadedAgreement[]): Promise<string[]> {
  if (agreements.length === 0) return [];
  const rows = agreements.map(rowOf);
  const data = json(rows);
  await rq.db.run(sql`
    INSERT INTO agreements (id, kind, unit_id, unit_path, title, number, state, from_day, to_day, star, tags, created_at, changed_at,
      terms)
    SELECT id, kind, unit_id, unit_path, title, number, 'draft', from_day, to_day, star,
      ARRAY (SELECT json_array_elements_text(tags)), ${rq.now}, ${rq.now}, terms
    FROM json_to_recordset(${data}::json) AS d (id uuid, kind text, unit_id int, unit_path text, title text, number text,
      from_day date, to_day date, star text, tags json, terms jsonb)`);
  const parties = agreements.flatMap((a, i) =>
    a.parties.map((p) => ({
      id: randomUUID(),
      agreement_id: rows[i]!.id,
      unit_path: a.unitPath,
      role: p.role,
      unit_id: p.unitId ?? null,
      subject_id: p.subjectId ?? null,
      outside_name: p.outsideName ?? null,
      signed_on: p.signedOn ?? null,
      signed_by: p.signedBy ?? null,
    })),
  );
  await rq.db.run(sql`
    INSERT INTO agreement_parties (id, agreement_id, unit_path, role, unit_id, subject_id, outside_name, signed_on, signed_by)
    SELECT * FROM json_to_recordset(${json(parties)}::json) AS d (id uuid, agreement_id uuid, unit_path text, role text,
      unit_id int, subject_id uuid, outside_name text, signed_on date, signed_by text)`);
  const forced = rows.filter((r) => r.in_force_on !== null);
  await rq.db.run(sql`UPDATE agreements SET state = 'signing' WHERE id = ANY (${forced.map((r) => r.id)}::uuid[])`);
  await rq.db.run(sql`UPDATE agreements a SET state = 'in-force', in_force_on = x.day
    FROM unnest(${forced.map((r) => r.id)}::uuid[], ${forced.map((r) => r.in_force_on)}::date[]) AS x (id, day) WHERE a.id = x.id`);
  const ended = forced.filter((r) => r.ended_on !== null);
  await rq.db.run(sql`UPDATE agreements a SET state = 'ended', ended_on = x.day, ended_reason = x.reason
    FROM unnest(${ended.map((r) => r.id)}::uuid[], ${ended.map((r) => r.ended_on)}::date[], ${ended.map((r) => r.ended_reason)}::text[])
      AS x (id, day, reason) WHERE a.id = x.id`);
  return rows.map((r) => r.id);
}

export async function insertAgreement(rq: Rq, agreement: LoadedAgreement): Promise<string> {
  return (await insertAgreements(rq, [agreement]))[0]!;
}
