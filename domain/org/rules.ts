import { type Grant, holds } from '../grants.ts';
import { type Reason, reasons } from '../words.ts';

export const orgReason = reasons({
  'org-not-in-advance': {
    zh: '只登记已经发生的走访和调研，日期 {day} 还没有到。',
    en: 'Only what has happened is recorded; {day} lies ahead.',
  },
  'org-force-exists': {
    zh: '“{unit}”的这颗星已有专班“{name}”，一颗星只设一个专班。',
    en: '“{unit}” has a task force for this star, “{name}”; a star has one.',
  },
  'org-group-exists': { zh: '“{unit}”已有“{name}”。', en: '“{unit}” has “{name}” already.' },
  'org-group-place': { zh: '“{unit}”不能设这类小组。', en: 'A group of this kind cannot be set up at “{unit}”.' },
  'org-term': { zh: '任期结束须晚于开始。', en: 'The term has to end after it begins.' },
  'org-no-secretary': {
    zh: '只有现任书记可以为“{unit}”承诺书记工程。',
    en: 'Only its present secretary can pledge a project for “{unit}”.',
  },
  'org-project-exists': { zh: '{year} 年的书记工程已经承诺。', en: 'The project of {year} has been pledged already.' },
  'org-goals-differ': {
    zh: '请逐条说明承诺的每个目标。',
    en: 'Say of every goal that was pledged whether it was kept.',
  },
  'org-kept-why': { zh: '没有兑现的目标须说明原因。', en: 'Say why a goal was not kept.' },
  'org-only-above': {
    zh: '书记履责由上一级评议，同级和本人不能评议。',
    en: 'A secretary is heard by the level above, never by the own level.',
  },
  'org-sheet-period': {
    zh: '起止日期不对，或超过一年，或还没有到。',
    en: 'The period is reversed, longer than a year, or lies ahead.',
  },
  'org-tasks-open': { zh: '还有 {count} 项任务没有办结。', en: '{count} of its tasks are not closed yet.' },
  'org-month-ahead': { zh: '{month} 还没有到。', en: '{month} has not begun yet.' },
});

/** Somebody who holds the verb on a unit strictly above, so that nobody reviews the own level (M009). */
export function reviewsFromAbove(grants: readonly Grant[], path: string): Reason | null {
  const above = grants.filter((g) => g.path !== path);
  return holds(above, 'stars.plan', path) ? null : orgReason('org-only-above');
}

export function canHoldOn(day: string, today: string): Reason | null {
  return day > today ? orgReason('org-not-in-advance', { day }) : null;
}

const dayMs = 86_400_000;

/** A sheet covers up to one year that has begun. */
export function canCompile(from: string, to: string, today: string): Reason | null {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs;
  return days < 0 || days > 366 || from > today ? orgReason('org-sheet-period') : null;
}

/** A statement answers every pledged goal, and says why where one was not kept (M110). */
export function canState(
  goals: readonly string[],
  kept: readonly { readonly goal: string; readonly kept: boolean; readonly why?: string | undefined }[],
): Reason | null {
  const same = kept.length === goals.length && goals.every((g) => kept.some((k) => k.goal === g));
  if (!same) return orgReason('org-goals-differ');
  return kept.some((k) => !k.kept && !k.why) ? orgReason('org-kept-why') : null;
}

/** Kinds of groups and where they are set up. */
export const groupKinds = {
  'leading-group': { unitType: 'leading-group', on: ['city', 'county', 'township', 'street'], single: true },
  greening: { unitType: 'team', on: ['estate'], single: true },
} as const;
export type GroupKind = keyof typeof groupKinds;

export function canFound(kind: GroupKind, place: { readonly name: string; readonly type: string }): Reason | null {
  const on: readonly string[] = groupKinds[kind].on;
  return on.includes(place.type) ? null : orgReason('org-group-place', { unit: place.name });
}
