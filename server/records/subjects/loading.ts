import { randomUUID } from 'node:crypto';
import { type Described, canBelongTo, canBeLed, canDescribe, nameIs } from '../../../domain/records/subjects/index.ts';
import { json, sql } from '../../platform/db/sql.ts';
import { refuse } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { kindNamed } from './rows.ts';

export interface LoadedSubject {
  /** Left out, one is given. */
  readonly id?: string | undefined;
  readonly kind: string;
  readonly unitId: number;
  readonly unitPath: string;
  readonly name?: string | undefined;
  readonly code?: string | undefined;
  readonly place?: string | undefined;
  /** Stands earlier in the same list, or is there already. */
  readonly parent?: { readonly id: string; readonly kind: string; readonly name: string } | undefined;
  readonly leadUnitId?: number | undefined;
  readonly state?: string | undefined;
  readonly star?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly fromDay: string;
  readonly toDay?: string | undefined;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

function rowOf(s: LoadedSubject) {
  const kind = kindNamed(s.kind);
  const described: Described = { name: s.name, code: s.code, place: s.place, tags: s.tags ?? [] };
  const reason =
    canDescribe(kind, described) ??
    canBelongTo(kind, s.parent ? { ...s.parent, toDay: null } : null) ??
    canBeLed(kind, s.leadUnitId !== undefined);
  if (reason) throw refuse(reason);
  const state = s.state ?? kind.initial;
  const said = kind.states[state];
  if (!said) throw new Error(`A ${kind.kind} has no state ${state}.`);
  if ((said.ended === true) !== (s.toDay !== undefined))
    throw new Error(`“${s.name ?? s.place ?? s.code}” is ${state}, which does not go with its last day.`);
  const from = nameIs(kind);
  return {
    id: s.id ?? randomUUID(),
    kind: kind.kind,
    unit_id: s.unitId,
    unit_path: s.unitPath,
    name: from === 'place' ? s.place! : from === 'code' ? s.code! : s.name!,
    code: s.code ?? null,
    place: s.place ?? null,
    parent_id: s.parent?.id ?? null,
    lead_unit_id: s.leadUnitId ?? null,
    state,
    star: s.star ?? null,
    tags: [...described.tags],
    from_day: s.fromDay,
    to_day: s.toDay ?? null,
    data: kind.data.parse(s.data ?? {}),
  };
}

/**
 * Many entries in one statement, for loading and imports: each is held against its kind as one from the page is. Rights, the
 * types of units and the journal are the caller's, who knows where they come from. Answers the ids of those that
 * were made, in the same order: an entry whose number another one in use carries is left out.
 */
export async function insertSubjects(rq: Rq, subjects: readonly LoadedSubject[]): Promise<string[]> {
  if (subjects.length === 0) return [];
  const rows = subjects.map(rowOf);
  const made = await rq.db.many<{ id: string }>(sql`
    INSERT INTO subjects (id, kind, unit_id, unit_path, name, code, place, parent_id, lead_unit_id, state, star, tags, from_day,
      to_day, created_at, changed_at, data)
    SELECT id, kind, unit_id, unit_path, name, code, place, parent_id, lead_unit_id, state, star,
      ARRAY (SELECT json_array_elements_text(tags)), from_day, to_day, ${rq.now}, ${rq.now}, data
    FROM json_to_recordset(${json(rows)}::json) AS d (id uuid, kind text, unit_id int, unit_path text, name text, code text,
      place text, parent_id uuid, lead_unit_id int, state text, star text, tags json, from_day date, to_day date, data jsonb)
    ON CONFLICT (kind, code) WHERE code IS NOT NULL AND to_day IS NULL DO NOTHING RETURNING id`);
  const ids = new Set(made.map((m) => m.id));
  return rows.map((r) => r.id).filter((id) => ids.has(id));
}
