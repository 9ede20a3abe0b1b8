import { z } from 'zod';
import { say } from '../fields.ts';
import { listed, type Words } from '../words.ts';
import { fundPurposes } from './kinds-books.ts';

/**
 * The rule by which requests for money are put in order: criteria one after the other, the first in which two requests
 * differ decides, and what no criterion tells apart is a tie. So the reason why one stands before another is always one
 * line, and never a sum of points that nobody can follow.
 */
export const criterionNames = [
  'creating',
  'target',
  'belt',
  'key',
  'purpose',
  'own',
  'households',
  'amount',
  'asked',
] as const;
export type CriterionName = (typeof criterionNames)[number];

export const criterionWords: Readonly<Record<CriterionName, Words>> = {
  creating: say('本年度创建单位优先', 'In this year’s creation first'),
  target: say('创建目标星级高者优先', 'Higher target level first'),
  belt: say('示范带内优先', 'Inside the belt first'),
  key: say('重点工程优先', 'Key works first'),
  purpose: say('按资金用途次序', 'By purpose, in this order'),
  own: say('自筹和投工占预算比例高者优先', 'Higher share raised and worked by the village first'),
  households: say('受益户数多者优先', 'More households first'),
  amount: say('申请金额少者优先', 'Smaller amount first'),
  asked: say('申请日期早者优先', 'Earlier request first'),
};

const purposeName = z.enum(Object.keys(fundPurposes) as [keyof typeof fundPurposes, ...(keyof typeof fundPurposes)[]]);

export const priorityCriterion = z
  .strictObject({
    by: z.enum(criterionNames),
    order: z.array(purposeName).min(1).max(9).optional().describe('Of purposes, the first stands first'),
    from: z.int().min(1).max(5).optional().describe('Of target levels: those below it are all alike'),
  })
  .refine((c) => (c.by === 'purpose') === (c.order !== undefined), { path: ['order'], message: 'purposes in order' })
  .refine((c) => c.from === undefined || c.by === 'target', { path: ['from'], message: 'only of target levels' });
export type PriorityCriterion = z.infer<typeof priorityCriterion>;

export const priorityCriteria = z
  .array(priorityCriterion)
  .min(1)
  .max(9)
  .refine((list) => new Set(list.map((c) => c.by)).size === list.length, { message: 'each criterion once' });

/** What a rule looks at in a request; null is not known and stands behind all that is. */
export interface RequestFacts {
  readonly creating: boolean;
  readonly target: number | null;
  readonly belt: boolean;
  readonly key: boolean;
  readonly purpose: string;
  /** In hundredths of a percent of the project's budget. */
  readonly own: number | null;
  readonly households: number | null;
  readonly amountFen: number;
  /** Day of the request, `2026-03-02`. */
  readonly asked: string;
}

const last = Number.MAX_SAFE_INTEGER;
const most = (n: number | null) => (n === null ? last : -n);

/** Where a request stands by one criterion; smaller stands first. */
export function placeBy(c: PriorityCriterion, r: RequestFacts): number {
  switch (c.by) {
    case 'creating':
    case 'belt':
    case 'key':
      return r[c.by] ? 0 : 1;
    case 'target':
      return r.target !== null && r.target < (c.from ?? 1) ? last : most(r.target);
    case 'purpose': {
      const at = (c.order as readonly string[]).indexOf(r.purpose);
      return at === -1 ? c.order!.length : at;
    }
    case 'own':
    case 'households':
      return most(r[c.by]);
    case 'amount':
      return r.amountFen;
    case 'asked':
      return Number(r.asked.replaceAll('-', ''));
  }
}

/** The first criterion in which two requests differ, or null: they are tied. */
export function decidingCriterion(rule: readonly PriorityCriterion[], a: RequestFacts, b: RequestFacts): number | null {
  const at = rule.findIndex((c) => placeBy(c, a) !== placeBy(c, b));
  return at === -1 ? null : at;
}

export function compareRequests(rule: readonly PriorityCriterion[], a: RequestFacts, b: RequestFacts): number {
  const at = decidingCriterion(rule, a, b);
  return at === null ? 0 : placeBy(rule[at]!, a) - placeBy(rule[at]!, b);
}

export interface Ranked<T> {
  readonly item: T;
  /** 1, 2, 2, 4: what is tied has one rank, and the next is skipped. */
  readonly rank: number;
  readonly tied: boolean;
}

/** Requests in the order of the rule. Within a tie the order of the input stays, and means nothing. */
export function rankRequests<T extends { readonly facts: RequestFacts }>(
  rule: readonly PriorityCriterion[],
  items: readonly T[],
): Ranked<T>[] {
  const sorted = items.toSorted((a, b) => compareRequests(rule, a.facts, b.facts));
  const same = (i: number, j: number) =>
    sorted[i] !== undefined && sorted[j] !== undefined && compareRequests(rule, sorted[i].facts, sorted[j].facts) === 0;
  let rank = 0;
  return sorted.map((item, i) => {
    if (!same(i - 1, i)) rank = i + 1;
    return { item, rank, tied: same(i - 1, i) || same(i, i + 1) };
  });
}

const yesNo = (yes: boolean) => (yes ? say('是', 'yes') : say('否', 'no'));
const unknown = say('未知', 'not known');
const numbered = (n: number | null, zh: string, en: string) => (n === null ? unknown : say(`${n}${zh}`, `${n}${en}`));

/** What a request has for a criterion, in words. */
export function valueWords(by: CriterionName, r: RequestFacts): Words {
  switch (by) {
    case 'creating':
    case 'belt':
    case 'key':
      return yesNo(r[by]);
    case 'target':
      return numbered(r.target, '星', ' stars');
    case 'purpose':
      return (fundPurposes as Readonly<Record<string, Words>>)[r.purpose] ?? say(r.purpose, r.purpose);
    case 'own':
      return r.own === null ? unknown : say(`${(r.own / 100).toFixed(1)}%`, `${(r.own / 100).toFixed(1)}%`);
    case 'households':
      return numbered(r.households, '户', ' households');
    case 'amount': {
      const yuan = (r.amountFen / 100).toFixed(2).replace(/\.00$/, '');
      return say(`${yuan}元`, `CNY ${yuan}`);
    }
    case 'asked':
      return say(r.asked, r.asked);
  }
}

/** One line of a rule in words. */
export function criterionText(c: PriorityCriterion): Words {
  const words = criterionWords[c.by];
  if (c.order) {
    const names = listed(c.order.map((p) => fundPurposes[p]));
    return say(`${words.zh}：${names.zh}，其余同等`, `${words.en}: ${names.en}, all others alike`);
  }
  if (c.from) return say(`${words.zh}（${c.from}星以下同等）`, `${words.en} (below ${c.from} stars alike)`);
  return words;
}

/** Why one request stands before another, in one line; of two that are tied, that they are. */
export function orderReason(rule: readonly PriorityCriterion[], a: RequestFacts, b: RequestFacts): Words {
  const at = decidingCriterion(rule, a, b);
  if (at === null) return say('各项条件均相同，并列', 'Alike in every criterion: a tie');
  const c = rule[at]!;
  const [mine, theirs] = [valueWords(c.by, a), valueWords(c.by, b)];
  const before = at === 0 ? say('', '') : say(`前${at}项相同；`, `Alike in the first ${at}; `);
  return say(
    `${before.zh}第${at + 1}项“${criterionWords[c.by].zh}”：${mine.zh}，对方${theirs.zh}`,
    `${before.en}${at + 1}. ${criterionWords[c.by].en}: ${mine.en}, the other ${theirs.en}`,
  );
}
