import { type Reason, reasons } from '../words.ts';

// A vote of residents: options that stand before anybody votes, numbers that add up, a quorum, and more than half of those
// who took part. Never who voted how.

export const voteReason = reasons({
  'vote-two-options': {
    zh: '至少要有两个不同的选项，才能开始表决。',
    en: 'At least two different options are put to a vote.',
  },
  'vote-fixed': {
    zh: '表决开始后，事项、选项、人数和票数不能再改。',
    en: 'Once a vote has begun, its question, options and numbers stay as they are.',
  },
  'vote-each-option': {
    zh: '共有 {options} 个选项，请逐项填写得票。',
    en: 'There are {options} options: give the votes of each.',
  },
  'vote-too-many': {
    zh: '参加表决 {cast} 人，多于有表决权的 {eligible} 人。',
    en: '{cast} people voted, and only {eligible} may.',
  },
  'vote-sum': {
    zh: '各选项得票合计 {sum}，多于参加表决的 {cast} 人。',
    en: 'The options add up to {sum} votes, and {cast} people voted.',
  },
  'vote-no-quorum': {
    zh: '参加表决 {cast} 人，未达到法定人数 {needed} 人。',
    en: '{cast} people voted; the quorum is {needed}.',
  },
  'vote-no-majority': {
    zh: '没有选项得到参加表决人数的过半数（得票最多 {most}，需 {needed}），请再次表决。',
    en: 'No option has more than half of the votes ({most} at most, {needed} needed): vote again.',
  },
  'vote-project': {
    zh: '对应项目已有群众选定的方案或已结束，不能再次表决。',
    en: 'The project has an option chosen by residents already, or is finished: it is not voted on again.',
  },
});

export interface Vote {
  readonly options: readonly string[];
  readonly eligible: number;
  /** Of those who may vote, in percent; without one more than half. */
  readonly quorumPercent: number | null;
  readonly cast: number;
  /** One number an option. */
  readonly votes: readonly number[];
}

/** The fewest who have to take part. */
export const quorumOf = (v: Pick<Vote, 'eligible' | 'quorumPercent'>): number =>
  v.quorumPercent === null ? Math.floor(v.eligible / 2) + 1 : Math.ceil((v.eligible * v.quorumPercent) / 100);

export function canOpenVote(v: Pick<Vote, 'options'>): Reason | null {
  return new Set(v.options.map((o) => o.trim())).size === v.options.length && v.options.length >= 2
    ? null
    : voteReason('vote-two-options');
}

/** Whether the numbers can be true. */
export function canCount(v: Vote): Reason | null {
  const sum = v.votes.reduce((n, one) => n + one, 0);
  if (v.votes.length !== v.options.length) return voteReason('vote-each-option', { options: v.options.length });
  if (v.cast > v.eligible) return voteReason('vote-too-many', { cast: v.cast, eligible: v.eligible });
  return sum > v.cast ? voteReason('vote-sum', { sum, cast: v.cast }) : null;
}

/** The option that more than half of those who took part chose, in a vote that reached its quorum. */
export function chosenOf(v: Vote): string | null {
  const at = v.votes.findIndex((n) => n * 2 > v.cast);
  return at === -1 || v.cast < quorumOf(v) ? null : (v.options[at] ?? null);
}

export function canLock(v: Vote): Reason | null {
  const needed = quorumOf(v);
  if (v.cast < needed) return voteReason('vote-no-quorum', { cast: v.cast, needed });
  if (chosenOf(v) !== null) return null;
  return voteReason('vote-no-majority', { most: Math.max(0, ...v.votes), needed: Math.floor(v.cast / 2) + 1 });
}

const before = ['question', 'options', 'eligible', 'quorumPercent', 'projectId'] as const;
const counted = ['cast', 'votes', 'result'] as const;
type Data = Readonly<Record<string, unknown>>;

/** What stays as it is from which step on: what is asked from the beginning, the numbers from their count. */
export function keepsVote(was: Data, is: Data, step: string): Reason | null {
  const same = (names: readonly string[]) => names.every((n) => JSON.stringify(was[n]) === JSON.stringify(is[n]));
  const asked = step === 'start' || same(before);
  return asked && (step === 'count' || same(counted)) ? null : voteReason('vote-fixed');
}

/** The vote as a case of its kind keeps it. */
export function voteOf(data: Data): Vote {
  const numbers = (v: unknown) => (Array.isArray(v) ? v.filter((n) => typeof n === 'number') : []);
  return {
    options: Array.isArray(data['options']) ? data['options'].map(String) : [],
    eligible: Number(data['eligible'] ?? 0),
    quorumPercent: typeof data['quorumPercent'] === 'number' ? data['quorumPercent'] : null,
    cast: Number(data['cast'] ?? 0),
    votes: numbers(data['votes']),
  };
}
