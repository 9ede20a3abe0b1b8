import { criteriaOf, type Standard } from '../../../domain/stars/standard.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { shownValue } from './proofs.ts';
import type { KeptInputs } from './standings.ts';

export interface Change {
  readonly criterion: string;
  /** null: a number moved by itself, with the records it is counted from. */
  readonly at: Date | null;
  readonly by: string;
  readonly what: 'value' | 'self' | 'review' | 'verify';
  readonly before: string | null;
  readonly after: string | null;
}

interface Look {
  readonly item: string;
  readonly decision: string | null;
  readonly seen: string | null;
  readonly keptSeen: boolean;
}

/** Whose looks count: a task force that has not looked yet goes on from where the township left off. */
const lookers = { review: ['review'], verify: ['verify', 'review'] } as const;

const looks = (caseId: string, kind: 'review' | 'verify') => sql`
  SELECT DISTINCT ON (l.item) l.item, l.at, l.data ->> 'decision' AS decision, l.data ->> 'seen' AS seen,
    l.data ? 'seen' AS "keptSeen"
  FROM judgements l WHERE l.case_id = ${caseId} AND l.kind = ANY (${[...lookers[kind]]}::text[])
  ORDER BY l.item, (l.kind = ${kind}) DESC, l.at DESC`;

/**
 * What is different from what was there at the last look of this kind at the same criterion, or at the look of the stage before.
 * A criterion that nobody has looked at is undecided and not changed; an acceptance that leaves the value is no change.
 */
export async function changesSince(
  rq: Rq,
  of: { readonly caseId: string; readonly standard: Standard; readonly inputs: KeptInputs },
  kind: 'review' | 'verify',
): Promise<Change[]> {
  const answers = await rq.db.many<Change>(sql`
    SELECT j.item AS criterion, j.at, coalesce(p.name, '') AS by, j.kind AS what,
      (SELECT b.data ->> 'value' FROM judgements b WHERE b.case_id = j.case_id AND b.item = j.item AND b.kind = j.kind
        AND b.at < j.at ORDER BY b.at DESC LIMIT 1) AS before, j.data ->> 'value' AS after
    FROM judgements j JOIN (${looks(of.caseId, kind)}) l ON l.item = j.item LEFT JOIN people p ON p.id = j.person_id
    WHERE j.case_id = ${of.caseId} AND j.superseded_at IS NULL AND j.kind IN ('self', 'review', 'verify') AND j.kind <> ${kind}
      AND j.at > l.at AND (j.kind = 'self' OR j.data ->> 'decision' = 'return' OR j.data ->> 'value' IS NOT NULL)
    ORDER BY j.at DESC LIMIT 500`);
  const seen = new Map((await rq.db.many<Look>(looks(of.caseId, kind))).map((look) => [look.item, look]));
  const values = criteriaOf(of.standard).flatMap(({ criterion }): Change[] => {
    const look = seen.get(criterion.id);
    const now = shownValue(of.inputs.values[criterion.id]?.value);
    // Answers to checks are told above, with who gave them; what was returned counts for nothing until it is answered.
    if (criterion.value.kind === 'check' || !look?.keptSeen || now === look.seen) return [];
    if (look.decision === 'return' && now === null) return [];
    return [{ criterion: criterion.id, at: null, by: '', what: 'value', before: look.seen, after: now }];
  });
  return [...values, ...answers];
}
