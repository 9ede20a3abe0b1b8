import type { JudgementKind } from '../../../domain/records/judgements/index.ts';
import { starReason } from '../../../domain/stars/index.ts';
import { criteriaOf, type Criterion, type Standard, type Star } from '../../../domain/stars/standard.ts';
import { isValueOf } from '../../../domain/stars/answers.ts';
import { sql } from '../../platform/db/sql.ts';
import { refuse } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { judgeAll } from '../../records/judgements/index.ts';
import type { Branch } from './common.ts';

export function criterionOf(standard: Standard, id: string): { star: Star; criterion: Criterion } {
  const found = criteriaOf(standard).find(({ criterion }) => criterion.id === id);
  if (!found) throw refuse(starReason('unknown-criterion', { item: id }));
  return found;
}

export function mustReadAs(criterion: Criterion, value: string): void {
  if (!isValueOf(criterion, value)) throw refuse(starReason('value-wrong', { item: criterion.text, value }));
}

interface About {
  readonly kind: JudgementKind;
  readonly caseId: string;
  readonly unitId: number;
}

export interface Answer {
  readonly item: string;
  readonly decision?: 'answer' | 'accept' | 'return';
  readonly value?: string | null;
  readonly reason?: string | null;
  readonly data?: Record<string, unknown>;
}

/** One actor's answer or decision on one criterion; the same actor's earlier one is superseded, never changed. */
export function say(rq: Rq, { kind, caseId, unitId, ...answer }: About & Answer): Promise<void> {
  return sayAll(rq, { kind, caseId, unitId }, [answer]);
}

export async function sayAll(rq: Rq, about: About, answers: readonly Answer[]): Promise<void> {
  if (answers.length === 0) return;
  await judgeAll(
    rq,
    about,
    answers.map(({ item, decision = 'answer', value = null, reason = null, data }) => {
      const number = value !== null && /^-?\d+(\.\d+)?$/.test(value) ? value : undefined;
      return {
        item,
        ...(number === undefined ? {} : { value: number }),
        label: value !== null && number === undefined ? value : decision,
        ...(reason === null ? {} : { reason }),
        data: { ...data, decision, value },
      };
    }),
  );
}

/**
 * Somebody who belongs to a branch or answers for it does not judge it: home below it, or any duty on it. The township's
 * own office is above its villages and judges them.
 */
export async function isOwnUnit(rq: Rq, branch: Pick<Branch, 'id' | 'path'>): Promise<boolean> {
  const me = rq.actor.personId;
  if (me === null) return false;
  const today = dayOf(rq.now);
  const row = await rq.db.find(sql`
    SELECT 1 FROM people p WHERE p.id = ${me} AND p.unit_path ^@ ${branch.path}
    UNION ALL
    SELECT 1 FROM assignments a WHERE a.person_id = ${me} AND a.unit_path ^@ ${branch.path}
      AND a.from_day <= ${today}::date AND (a.to_day IS NULL OR a.to_day > ${today}::date) LIMIT 1`);
  return row !== undefined;
}

export async function mustStandAside(rq: Rq, branch: Pick<Branch, 'id' | 'path' | 'name'>): Promise<void> {
  if (await isOwnUnit(rq, branch)) throw refuse(starReason('own-unit', { name: branch.name }));
}
