import type { Criterion } from './standard.ts';

// Which answer counts for a checked criterion. Verification by a task force outweighs the township's review, which
// outweighs the branch's own answer. What was returned does not count until the branch has answered again.

export interface Answer {
  readonly value: string | null;
  readonly decision: 'answer' | 'accept' | 'return';
  readonly reason: string | null;
  readonly by: string;
  /** ISO text, so that the later of two answers is the greater text. */
  readonly at: string;
  readonly id: string;
}

export interface Answers {
  readonly self?: Answer | undefined;
  readonly review?: Answer | undefined;
  readonly verify?: Answer | undefined;
}

export interface Counted {
  readonly value: string | null;
  readonly from: 'self' | 'review' | 'verify' | null;
  readonly id: string | null;
  readonly at: string | null;
  readonly returned: Answer | null;
}

const none: Counted = { value: null, from: null, id: null, at: null, returned: null };

/** The answer that counts, and the return that is still open, if any. */
export function countedAnswer({ self, review, verify }: Answers): Counted {
  const own: Counted = self ? { value: self.value, from: 'self', id: self.id, at: self.at, returned: null } : none;
  const checks = [
    ['verify', verify],
    ['review', review],
  ] as const;
  for (const [kind, one] of checks) {
    if (!one) continue;
    const answeredAgain = self !== undefined && self.at > one.at;
    if (one.decision === 'return') return answeredAgain ? own : { ...none, returned: one };
    if (answeredAgain) continue;
    return { value: one.value ?? self?.value ?? null, from: kind, id: one.id, at: one.at, returned: null };
  }
  return own;
}

/** Whether a text is a value the criterion's rule can read. */
export function isValueOf(criterion: Criterion, value: string): boolean {
  const { rule } = criterion;
  if (rule.type === 'yes') return value === '1' || value === '0';
  if (rule.type === 'levels') return Object.hasOwn(rule.levels, value);
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(value);
}

/** What the points of a criterion suggest for a diagnosis; people say what it is. */
export function suggestionOf(points: number, full: number, must: number | null): 'met' | 'partly' | 'not-met' {
  if (points >= full && full > 0) return 'met';
  if (points === 0 || (must !== null && points < must)) return 'not-met';
  return 'partly';
}

/** The period that a criterion's period word names in the year of a cycle. */
export function periodOf(word: string, year: number): string {
  if (word === 'year' || word === 'to-date') return String(year);
  if (word === 'previous-year' || word === 'last-year') return String(year - 1);
  return word;
}

/** Minutes that a field of a form costs, for the burden shown before it is sent: a number has to be looked up. */
export const minutesPerField = { number: 3, check: 1 } as const;
