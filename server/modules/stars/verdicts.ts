import { criteriaOf } from '../../../domain/stars/standard.ts';
import type { Rq } from '../../platform/rq.ts';
import type { Branch, Measured } from './common.ts';
import type { Answer } from './judging.ts';
import { deskOf, tellBranch } from './telling.ts';
import { type AnswersOf, decisionIn, gatherAnswers } from './values.ts';

// What a branch is told while it is judged: each return at once, because it can put it right, and each verdict when it is whole.

type Kind = 'review' | 'verify';

/** Tells of criteria that are returned, or returned for another reason than before. `before`: what stood before them. */
export async function tellReturns(
  rq: Rq,
  of: Measured,
  kind: Kind,
  before: AnswersOf | undefined,
  decisions: readonly Answer[],
): Promise<void> {
  const returns = decisions.filter((d) => d.decision === 'return');
  if (returns.length === 0) return;
  const { branch, standard } = of;
  for (const { item, reason } of returns) {
    const same = before?.get(item)?.[kind];
    if (same?.decision === 'return' && same.reason === reason) continue;
    const { text } = criteriaOf(standard).find((c) => c.criterion.id === item)!.criterion;
    await tellBranch(
      rq,
      branch.id,
      'star-returned',
      { kind: 'self', id: String(branch.id) },
      {
        unit: branch.name,
        by: rq.actor.name,
        itemZh: text.zh,
        itemEn: text.en ?? text.zh,
        reason: reason ?? '',
      },
    );
  }
}

/** How far a kind of judgement has come with one star, or with all of them. */
export interface Progress {
  readonly open: number;
  readonly returned: number;
  readonly of: number;
}

export async function progressOf(rq: Rq, of: Measured, kind: Kind, star?: string): Promise<Progress> {
  const answers = (await gatherAnswers(rq, of.cycle, [of.branch.id])).get(of.branch.id);
  const decided = criteriaOf(of.standard)
    .filter((c) => star === undefined || c.star.id === star)
    .map((c) => decisionIn(answers, c.criterion.id, kind));
  return {
    open: decided.filter((d) => d === undefined).length,
    returned: decided.filter((d) => d === 'return').length,
    of: decided.length,
  };
}

/** Tells of a star that is verified as a whole; again only when the verdict has changed since. */
export async function tellVerified(rq: Rq, of: Measured, star: string, before: Progress): Promise<void> {
  const now = await progressOf(rq, of, 'verify', star);
  if (now.open > 0 || (before.open === 0 && before.returned === now.returned)) return;
  const { name } = of.standard.stars.find((s) => s.id === star)!;
  const said = { unit: of.branch.name, starZh: name.zh, starEn: name.en ?? name.zh, of: now.of };
  const about = deskOf(of.branch.id, 'verification', star);
  if (now.returned === 0) await tellBranch(rq, of.branch.id, 'star-verified', about, said);
  else await tellBranch(rq, of.branch.id, 'star-verified-returned', about, { ...said, returned: now.returned });
}

export async function tellReviewed(rq: Rq, of: Measured): Promise<void> {
  const now = await progressOf(rq, of, 'review');
  const said = { unit: of.branch.name, of: now.of };
  const about = deskOf(of.branch.id, 'township-review');
  if (now.returned === 0) await tellBranch(rq, of.branch.id, 'star-reviewed', about, said);
  else await tellBranch(rq, of.branch.id, 'star-reviewed-returned', about, { ...said, returned: now.returned });
}

/** Tells of the conclusion of the joint review and its reason. */
export async function tellConcluded(
  rq: Rq,
  branch: Branch,
  now: { recommend: boolean; reason: string },
): Promise<void> {
  const kind = now.recommend ? 'star-recommended' : 'star-not-recommended';
  const about = deskOf(branch.id, 'joint-review');
  await tellBranch(rq, branch.id, kind, about, { unit: branch.name, reason: now.reason });
}
