import type { CandidacyState } from '../../../domain/stars/index.ts';
import type { CandidacyData } from '../../../domain/stars/kinds-cycle.ts';
import { criteriaOf } from '../../../domain/stars/standard.ts';
import type { Words } from '../../../domain/words.ts';
import { all, sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { type Cycle, standardFor } from './common.ts';

export interface Candidate {
  readonly id: string;
  readonly unitId: number;
  readonly unitPath: string;
  readonly unitName: string;
  readonly parentId: number | null;
  readonly parentName: string;
  readonly scheme: 'rural' | 'urban';
  readonly state: CandidacyState;
  readonly data: CandidacyData;
  readonly version: number;
  readonly openedAt: Date;
}

/** Every candidacy of a cycle that the request may see, in the order of the tree. `of`: of that unit and those directly below. */
export function listCandidates(
  rq: Rq,
  cycleId: string,
  s: { states?: readonly CandidacyState[]; underPath?: string; unitId?: number; of?: number } = {},
): Promise<Candidate[]> {
  return rq.db.many<Candidate>(sql`
    SELECT c.id, c.unit_id AS "unitId", c.unit_path AS "unitPath", u.name AS "unitName", u.parent_id AS "parentId",
      coalesce(p.name, '') AS "parentName", u.scheme, c.state, c.data, c.version, c.opened_at AS "openedAt"
    FROM cases c JOIN units u ON u.id = c.unit_id LEFT JOIN units p ON p.id = u.parent_id
    WHERE ${all([
      visible(rq, 'c.unit_path'),
      sql`c.type = 'candidacy' AND c.parent_id = ${cycleId}`,
      s.states && sql`c.state = ANY (${[...s.states]}::text[])`,
      s.underPath !== undefined && under('c.unit_path', s.underPath),
      s.unitId !== undefined && sql`c.unit_id = ${s.unitId}`,
      s.of !== undefined && sql`(u.id = ${s.of} OR u.parent_id = ${s.of})`,
    ])} ORDER BY c.unit_path LIMIT 100000`);
}

export async function findCandidate(rq: Rq, cycleId: string, unitId: number): Promise<Candidate | undefined> {
  return (await listCandidates(rq, cycleId, { unitId }))[0];
}

/** How many criteria of each star a kind of judgement has decided, per candidacy and star. */
export async function countDecisions(
  rq: Rq,
  cycle: Cycle,
  kind: 'review' | 'verify',
): Promise<Map<string, { items: Set<string>; returned: Set<string> }>> {
  const rows = await rq.db.many<{ caseId: string; item: string; decision: string; answeredAgain: boolean }>(sql`
    SELECT DISTINCT ON (j.case_id, j.item) j.case_id AS "caseId", j.item, j.data ->> 'decision' AS decision,
      EXISTS (SELECT 1 FROM judgements n WHERE n.case_id = j.case_id AND n.item = j.item AND n.kind = 'self'
        AND n.superseded_at IS NULL AND n.at > j.at) AS "answeredAgain"
    FROM judgements j JOIN cases c ON c.id = j.case_id
    WHERE ${visible(rq, 'j.unit_path')} AND j.kind = ${kind} AND j.superseded_at IS NULL AND c.type = 'candidacy'
      AND c.parent_id = ${cycle.id}
    ORDER BY j.case_id, j.item, j.at DESC`);
  const found = new Map<string, { items: Set<string>; returned: Set<string> }>();
  for (const row of rows) {
    const entry = found.get(row.caseId) ?? { items: new Set<string>(), returned: new Set<string>() };
    found.set(row.caseId, entry);
    // An answer given after the decision has to be looked at again.
    if (row.answeredAgain) continue;
    entry.items.add(row.item);
    if (row.decision === 'return') entry.returned.add(row.item);
  }
  return found;
}

/** A criterion of a standard, with its star and that star's name. */
export interface CriterionOf {
  readonly star: string;
  readonly name: Words;
  readonly id: string;
}

/** Criterion ids by star, for each scheme of a cycle. */
export async function criteriaByScheme(rq: Rq, cycle: Cycle): Promise<Map<string, CriterionOf[]>> {
  const found = new Map<string, CriterionOf[]>();
  for (const scheme of ['rural', 'urban'] as const) {
    const standard = await standardFor(rq, cycle, scheme);
    if (standard)
      found.set(
        scheme,
        criteriaOf(standard).map(({ star, criterion }) => ({
          star: star.id,
          name: { zh: star.name.zh, en: star.name.en ?? star.name.zh },
          id: criterion.id,
        })),
      );
  }
  return found;
}

/** Units whose data of a year are confirmed and locked. */
export async function confirmedUnits(rq: Rq, year: string): Promise<Set<number>> {
  const rows = await rq.db.many<{ unitId: number }>(sql`
    SELECT unit_id AS "unitId" FROM confirmations WHERE ${visible(rq)} AND period = ${year} AND unlocked_at IS NULL`);
  return new Set(rows.map((row) => row.unitId));
}

/** Candidacies on which the joint review has concluded, for or against, each with its reason. */
export async function jointReasons(rq: Rq, cycleId: string): Promise<Map<string, string>> {
  const rows = await rq.db.many<{ caseId: string; reason: string }>(sql`
    SELECT DISTINCT ON (j.case_id) j.case_id AS "caseId", coalesce(j.reason, '') AS reason
    FROM judgements j JOIN cases c ON c.id = j.case_id
    WHERE j.kind = 'joint' AND j.superseded_at IS NULL AND c.parent_id = ${cycleId} ORDER BY j.case_id, j.at DESC`);
  return new Map(rows.map((row) => [row.caseId, row.reason]));
}
