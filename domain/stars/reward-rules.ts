import { type Reason, reasons } from '../words.ts';

export const rewardReason = reasons({
  'reward-not-named': {
    zh: '命名之前不能形成奖惩建议。',
    en: 'Rewards follow from the named result; it is not there yet.',
  },
  'reward-rule-withdrawn': { zh: '该规则已撤回。', en: 'This rule has been withdrawn.' },
  'reward-rule-elsewhere': {
    zh: '该规则不适用于本周期所在的县。',
    en: 'This rule is not one of the county of this cycle.',
  },
  'reward-done': { zh: '本周期已按此规则形成建议。', en: 'This rule has been applied to this cycle already.' },
  'reward-nobody': { zh: '没有单位符合该规则。', en: 'No unit falls under this rule.' },
  'reward-reply-own': { zh: '只有当事单位可以陈述意见。', en: 'Only the unit concerned replies.' },
  'reward-reply-time': {
    zh: '当事单位的陈述期至 {day}，此前不能决定整改措施。',
    en: 'The unit may reply until {day}; a corrective measure is decided after that.',
  },
  'reward-own': { zh: '不能决定涉及本人所在单位的事项。', en: 'Nobody decides about their own unit.' },
  'target-not-candidate': { zh: '“{name}”没有申报创建目标。', en: '“{name}” has declared no target.' },
  'target-objections': {
    zh: '还有 {count} 件异议未答复，不能签字确认。',
    en: '{count} objections are unanswered; it cannot be signed off.',
  },
  'target-not-final': {
    zh: '结果尚未命名，不能签字确认。',
    en: 'The result is not named yet; it cannot be signed off.',
  },
});

/** Workdays in which a unit can reply before a corrective measure is decided. */
export const replyWorkdays = 5;

export interface Rule {
  readonly beneficiary: 'branch' | 'township';
  readonly scheme: string | null;
  readonly levels: readonly { readonly level: number; readonly amountFen: number; readonly benefit: string }[];
  readonly minShareHeld: number | null;
  readonly top: number | null;
  readonly capFen: number | null;
}

export interface BranchResult {
  readonly unitId: number;
  readonly name: string;
  readonly scheme: string;
  readonly level: number;
}

export interface TownshipResult {
  readonly unitId: number;
  readonly name: string;
  readonly branches: number;
  /** Branches with three stars or more. */
  readonly three: number;
}

export interface Proposed {
  readonly unitId: number;
  readonly level: number | null;
  readonly amountFen: number;
  readonly capped: boolean;
  readonly benefit: string;
  readonly why: string;
}

/**
 * Lowers amounts so that all together stay below the cap. It is taken from the last ones: the order of the rule decides, so
 * that anyone can compute it again.
 */
function underCap(proposed: Proposed[], capFen: number | null): Proposed[] {
  if (capFen === null) return proposed;
  let left = capFen;
  return proposed.map((p) => {
    const amountFen = Math.min(p.amountFen, left);
    left -= amountFen;
    return { ...p, amountFen, capped: amountFen < p.amountFen };
  });
}

/** Branches get what the rule names for their level; higher levels first, then the order of the tree. */
export function proposeForBranches(rule: Rule, results: readonly BranchResult[]): Proposed[] {
  const byLevel = new Map(rule.levels.map((entry) => [entry.level, entry]));
  const found = results
    .filter((r) => (rule.scheme === null || r.scheme === rule.scheme) && byLevel.has(r.level))
    .toSorted((a, b) => b.level - a.level);
  return underCap(
    found.map((r) => {
      const { amountFen, benefit } = byLevel.get(r.level)!;
      return {
        unitId: r.unitId,
        level: r.level,
        amountFen,
        capped: false,
        benefit,
        why: `${r.name}：命名结果 ${r.level} 星`,
      };
    }),
    rule.capFen,
  );
}

/** Townships by the share of branches with three stars or more; the n-th place gets the rule's n-th amount. */
export function proposeForTownships(rule: Rule, results: readonly TownshipResult[]): Proposed[] {
  const share = (r: TownshipResult) => (r.branches === 0 ? 0 : r.three / r.branches);
  const places = rule.levels.toSorted((a, b) => a.level - b.level);
  const found = results
    .filter((r) => r.branches > 0 && share(r) >= (rule.minShareHeld ?? 0))
    .toSorted((a, b) => b.three * a.branches - a.three * b.branches)
    .slice(0, rule.top ?? results.length);
  return underCap(
    found.map((r, i) => {
      const entry = places[Math.min(i, places.length - 1)];
      const percent = Math.round(share(r) * 1000) / 10;
      return {
        unitId: r.unitId,
        level: null,
        amountFen: entry?.amountFen ?? 0,
        capped: false,
        benefit: entry?.benefit ?? '',
        why: `${r.name}：三星以上 ${r.three}/${r.branches}（${percent}%）`,
      };
    }),
    rule.capFen,
  );
}

export function canDecideReward(r: {
  readonly kind: 'reward' | 'corrective';
  readonly state: string;
  readonly replyUntil: string;
  readonly today: string;
  readonly ownUnit: boolean;
}): Reason | null {
  if (r.ownUnit) return rewardReason('reward-own');
  if (r.kind === 'corrective' && r.state === 'proposed' && r.today <= r.replyUntil)
    return rewardReason('reward-reply-time', { day: r.replyUntil });
  return null;
}
