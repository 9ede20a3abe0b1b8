import { nextDay } from '../records/calendar/index.ts';
import { type Reason, reasons, type Words } from '../words.ts';
import { decisionReason } from './decision-rules.ts';
import type { CycleState } from './contract-shared.ts';
import type { Result, StarResult } from './result.ts';

export const afterReason = reasons({
  'hearing-future': {
    zh: '陈述日期不能晚于今天；约定陈述日过后方可记录未到场。',
    en: 'A hearing cannot lie in the future, and nobody is absent before its day has passed.',
  },
  'hearing-before-notice': {
    zh: '陈述日期不能早于告知支部之日（{day}）。',
    en: 'The branch is heard after it was told, on {day} or later.',
  },
  'hearing-term': {
    zh: '支部自告知之日起有 {days} 个工作日准备陈述：约定陈述日不得早于 {day}。',
    en: 'A branch has {days} workdays from its notice to prepare: it is invited for {day} or later.',
  },
  'downgrade-candidacy': { zh: '该申报已经办结，不能再清退。', en: 'That candidacy has ended already.' },
  'downgrade-other-unit': { zh: '该申报不属于这个单位。', en: 'That candidacy belongs to another unit.' },
  'duty-all-assigned': {
    zh: '“{name}”本级职责已全部列为任务。',
    en: 'Every duty of the level of “{name}” is a task already.',
  },
  'duty-mentee-lower': {
    zh: '结对帮带的对象须低于本支部星级：“{name}”现为 {level} 星。',
    en: 'A branch mentors one of a lower level: “{name}” holds {level} stars.',
  },
  'duty-mentee-taken': { zh: '“{name}”已经在帮带之中。', en: '“{name}” is being mentored already.' },
  'duty-no-mentoring': {
    zh: '“{name}”现为 {level} 星，没有结对帮带的职责。',
    en: '“{name}” holds {level} stars; mentoring is not its duty.',
  },
  'duty-helper': {
    zh: '提升方案须写明帮扶人或帮扶单位（该支部没有包村干部可以默认）。',
    en: 'An upgrade plan names its helper; the branch has no contact cadre to stand in.',
  },
  'duty-review-day': {
    zh: '复核日期须在今天之后、完成期限之前。',
    en: 'Review days lie after today and not after the due day.',
  },
  'due-past': { zh: '期限不能早于今天。', en: 'It cannot be due before today.' },
  'basics-unknown': { zh: '清单中没有“{item}”这一项。', en: 'The checklist has no item “{item}”.' },
  'class-unknown': { zh: '没有“{class}”这一类。', en: 'There is no class “{class}”.' },
  'class-empty': {
    zh: '该类没有支部，或者都已收到本类指导。',
    en: 'The class has no branch that has not had its guidance yet.',
  },
  'class-many': {
    zh: '一次最多下发 {most} 个支部，请按乡镇分别下发。',
    en: 'At most {most} branches at once; deliver by township.',
  },
  'bands-few': {
    zh: '只有 {count} 个支部有结果；不足五个不分档。',
    en: 'Only {count} branches have a result; fewer than five are not split.',
  },
});

/** Workdays that a remedy task has, and that the branch has to be heard. Samples; a county sets its own by document. */
export const remedyWorkdays = 20;
export const hearingWorkdays = 5;

/** Stages in which the stars have been named: what is missing today would be missing then, too. */
const namedStages: readonly CycleState[] = ['named', 'watching'];
const watchedStages: readonly CycleState[] = [
  'creating',
  'self-assessment',
  'township-review',
  'verification',
  'joint-review',
  'proposed',
  'publicity',
  ...namedStages,
];

export function isWatched(state: CycleState): boolean {
  return watchedStages.includes(state);
}

const lacksValues = (star: StarResult) => star.criteria.some((c) => c.missing && !c.removed);

/**
 * Whether a star that is named would be lost if it were assessed today. While a new year is still being filled in, a value
 * that has not arrived yet is no reason to warn: missing is not zero.
 */
export function wouldBeLost(result: Result, starId: string, state: CycleState): boolean {
  const star = result.stars.find((one) => one.id === starId);
  if (!star || star.held || !isWatched(state)) return false;
  if (namedStages.includes(state) || star.vetoed) return true;
  if (!star.passed) return !lacksValues(star);
  const required = star.reasons.flatMap((r) => (r.code === 'requires' ? [r.star] : []));
  return required.some((id) => {
    const other = result.stars.find((one) => one.id === id);
    return other !== undefined && !other.held && !lacksValues(other);
  });
}

// Downgrades -----------------------------------------------------------------------------------------------------------

export const downgradeSteps = ['hear', 'absent', 'decide', 'appeal', 'answer', 'effect'] as const;
export type DowngradeStep = (typeof downgradeSteps)[number];

export const downgradeStepWords: Readonly<Record<DowngradeStep, Words>> = {
  hear: { zh: '听取支部陈述', en: 'Hear the branch' },
  absent: { zh: '记录未到场陈述', en: 'Record that the branch did not come' },
  decide: { zh: '作出决定', en: 'Decide' },
  appeal: { zh: '申诉', en: 'Appeal' },
  answer: { zh: '答复申诉', en: 'Answer the appeal' },
  effect: { zh: '执行', en: 'Take effect' },
};

export interface DowngradeFacts {
  readonly state: string;
  readonly stateName: string;
  readonly today: string;
  readonly heard: boolean;
  readonly effectiveOn: string | null;
  readonly appealUntil: string | null;
  readonly appeal: 'none' | 'waiting' | 'answered';
  /** The reader proposed it, or decided it. */
  readonly isProposer: boolean;
  readonly isDecider: boolean;
}

const wrongState = (f: DowngradeFacts) => decisionReason('wrong-state', { state: f.stateName });

function effectReason(f: DowngradeFacts): Reason | null {
  if (f.state !== 'decided' || f.effectiveOn === null || f.appealUntil === null) return wrongState(f);
  if (f.appeal === 'waiting') return decisionReason('appeal-unanswered');
  const afterAppeal = nextDay(f.appealUntil);
  const day = f.effectiveOn > afterAppeal ? f.effectiveOn : afterAppeal;
  return f.today < day ? decisionReason('downgrade-not-yet', { day }) : null;
}

/** Why a step of a downgrade is not open now: never without a hearing, never by one person alone, never before the appeal. */
export function downgradeReason(step: DowngradeStep, f: DowngradeFacts): Reason | null {
  switch (step) {
    case 'hear':
    case 'absent':
      return f.state === 'proposed' ? null : wrongState(f);
    case 'decide':
      if (f.state === 'proposed' && !f.heard) return decisionReason('downgrade-hearing');
      if (f.state !== 'heard') return wrongState(f);
      return f.isProposer ? decisionReason('downgrade-same-person') : null;
    case 'appeal':
      if (f.state !== 'decided' || f.appealUntil === null) return wrongState(f);
      if (f.appeal !== 'none') return decisionReason('appeal-once');
      return f.today > f.appealUntil ? decisionReason('appeal-late', { day: f.appealUntil }) : null;
    case 'answer':
      if (f.state !== 'decided' || f.appeal !== 'waiting') return decisionReason('appeal-none');
      if (f.isProposer) return decisionReason('downgrade-same-person');
      return f.isDecider ? decisionReason('appeal-same-person') : null;
    case 'effect':
      return effectReason(f);
  }
}

/** A downgrade names its effective day, and the time for appeal runs out before it. */
export function effectiveDayReason(effectiveOn: string | undefined, appealUntil: string): Reason | null {
  if (effectiveOn === undefined) return decisionReason('downgrade-day');
  return effectiveOn < appealUntil
    ? decisionReason('downgrade-effective', { day: effectiveOn, until: appealUntil })
    : null;
}

export function hearingReason(on: string, noticeOn: string, today: string): Reason | null {
  if (on > today) return afterReason('hearing-future');
  return on < noticeOn ? afterReason('hearing-before-notice', { day: noticeOn }) : null;
}

/**
 * A branch that was invited in writing, with time to prepare, and did not come has had its hearing: nobody can hold up a decision
 * for ever by keeping silent. `from` is the first day for which it could be invited.
 */
export function absenceReason(on: string, from: string, today: string): Reason | null {
  if (on >= today) return afterReason('hearing-future');
  return on < from ? afterReason('hearing-term', { days: hearingWorkdays, day: from }) : null;
}

/** The level on the new certificate: the stars that remain, or one band less where the level is not a count of stars. */
export function levelAfterLosing(certificate: number, starsBefore: number): number {
  return certificate === starsBefore ? starsBefore - 1 : Math.max(0, certificate - 1);
}

// Bands ----------------------------------------------------------------------------------------------------------------

export type Band = 'top' | 'middle' | 'bottom';

export interface Ranked {
  readonly level: number;
  readonly total: number;
}

const better = (a: Ranked, b: Ranked) => b.level - a.level || b.total - a.total;

/**
 * Splits measured units by level, then total. Units with the same result are never parted: at the upper cut all of them
 * go up, at the lower cut all of them stay in the middle. The answer keeps the order of the input.
 */
export function bandsOf(units: readonly Ranked[], top: number, bottom: number): Band[] {
  const sorted = [...units].sort(better);
  const size = sorted.length;
  const lastTop = sorted[Math.floor((size * top) / 100) - 1];
  const firstBottom = size - Math.floor((size * bottom) / 100);
  const lastMiddle = firstBottom >= size ? undefined : sorted[firstBottom - 1];
  return units.map((unit) => {
    if (lastTop && better(unit, lastTop) <= 0) return 'top';
    if (firstBottom >= size) return 'middle';
    return lastMiddle === undefined || better(unit, lastMiddle) > 0 ? 'bottom' : 'middle';
  });
}

export const bandWords: Readonly<Record<Band, Words>> = {
  top: { zh: '先进', en: 'Top' },
  middle: { zh: '中间', en: 'Middle' },
  bottom: { zh: '后进', en: 'Bottom' },
};

export const bandOrder: Words = {
  zh: '农村、城市分别排定：先比星级，再比总分；结果相同的不分开。档内按单位顺序，不作排名。',
  en: 'Rural and urban apart: level first, then points; equal results stay together. Within a band the order is that of the tree, not a rank.',
};

export const leastForBands = 5;
