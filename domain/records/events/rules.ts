import { type Reason, reasons } from '../../words.ts';
import { type UnitType, unitTypes } from '../units/index.ts';
import type { EventKind } from './kind.ts';

export const eventReason = reasons({
  'event-kind-unit': { zh: '{type}不举办“{kind}”。', en: '“{kindEn}” is not held by a {typeEn}.' },
  'event-unit-ended': { zh: '“{name}”已撤销。', en: '“{name}” has ended.' },
  'event-no-series': { zh: '“{kind}”不按周期举办。', en: '“{kindEn}” does not run as a series.' },
  'event-series-other': { zh: '该系列属于另一单位或另一类活动。', en: 'That series is of another unit or kind.' },
  'event-series-ended': { zh: '该系列已于 {day} 结束。', en: 'The series ended on {day}.' },
  'event-series-dates': { zh: '结束日期不能早于开始日期。', en: 'It cannot end before it begins.' },
  'event-parent': { zh: '“{kind}”不能属于该活动。', en: '“{kindEn}” is no part of that event.' },
  'event-parent-cancelled': { zh: '所属活动已取消。', en: 'The event it belongs to was cancelled.' },
  'event-times': { zh: '结束时间不能早于开始时间。', en: 'It cannot end before it begins.' },
  'event-not-planned': {
    zh: '该活动已{stateZh}，不能再改；已召开的只能更正。',
    en: 'It is {stateEn} already; what was held is corrected, not changed.',
  },
  'event-not-held': { zh: '只有已召开的活动可以更正。', en: 'Only what was held is corrected.' },
  'event-changed-meanwhile': {
    zh: '该活动刚刚被他人更新，请刷新后再办理。',
    en: 'Somebody else has just changed this event; refresh and look again.',
  },
  'event-ahead': { zh: '召开日期不能晚于今天。', en: 'Held is not planned: the day cannot lie ahead.' },
  'event-needs-minutes': { zh: '请填写会议记录。', en: 'Give the minutes.' },
  'event-standing-open': {
    zh: '常设议题“{item}”须有记录；没有研究的，请说明原因。',
    en: 'The standing item “{itemEn}” needs its minute, or the reason why it was skipped.',
  },
  'event-standing-stays': {
    zh: '常设议题“{item}”不能从议程中删除。',
    en: 'The standing item “{itemEn}” stays on the agenda.',
  },
  'event-no-item': { zh: '议程中没有这一项。', en: 'There is no such item on the agenda.' },
  'event-skip-decision': { zh: '未研究的议题不能有决定。', en: 'An item that was skipped has no decision.' },
  'event-no-role': { zh: '“{kind}”没有“{role}”这一角色。', en: '“{kindEn}” has no part “{role}”.' },
  'event-on-roster': { zh: '“{name}”已在名单中。', en: '“{name}” is on the roster already.' },
  'event-not-on-roster': { zh: '名单中没有此人（单位）。', en: 'Nobody of that id is on the roster.' },
  'event-not-begun': {
    zh: '活动日期未到，不能登记到会。',
    en: 'Attendance is recorded on the day or after it.',
  },
  'event-no-others': {
    zh: '“{kind}”不统计未列名的参加人数。',
    en: '“{kindEn}” does not count people who are not named.',
  },
});

export const eventStates = ['planned', 'held', 'cancelled'] as const;
export type EventState = (typeof eventStates)[number];

export const eventStateWords = {
  planned: { zh: '计划', en: 'planned' },
  held: { zh: '召开', en: 'held' },
  cancelled: { zh: '取消', en: 'cancelled' },
} as const;

const names = (kind: EventKind) => ({ kind: kind.words.zh, kindEn: kind.words.en });

export function canHost(
  kind: EventKind,
  unit: { readonly type: UnitType; readonly name: string; readonly validTo: string | null },
): Reason | null {
  if (unit.validTo !== null) return eventReason('event-unit-ended', { name: unit.name });
  if (kind.on.includes(unit.type)) return null;
  const type = unitTypes[unit.type].words;
  return eventReason('event-kind-unit', { ...names(kind), type: type.zh, typeEn: type.en });
}

export function canBelong(
  kind: EventKind,
  unitPath: string,
  parent: { readonly kind: string; readonly unitPath: string; readonly state: EventState } | null,
): Reason | null {
  if (!parent) return null;
  if (!kind.parents?.includes(parent.kind) || !unitPath.startsWith(parent.unitPath))
    return eventReason('event-parent', names(kind));
  return parent.state === 'cancelled' ? eventReason('event-parent-cancelled') : null;
}

export function canChangePlan(e: { readonly state: EventState }): Reason | null {
  if (e.state === 'planned') return null;
  const words = eventStateWords[e.state];
  return eventReason('event-not-planned', { stateZh: words.zh, stateEn: words.en });
}

interface ItemFacts {
  readonly title: string;
  readonly standing: string | null;
  readonly state: 'open' | 'minuted' | 'skipped';
}

/** Held: not ahead of today, with minutes where the kind is minuted, and every standing item minuted or explained. */
export function canHold(
  kind: EventKind,
  e: { readonly state: EventState; readonly onDay: string; readonly minutes: string | null; readonly others: number },
  items: readonly ItemFacts[],
  today: string,
): Reason | null {
  const planned = canChangePlan(e);
  return planned ?? canStandAsHeld(kind, e, items, today);
}

/** What must be true of a held event, when it is recorded and after each correction. */
export function canStandAsHeld(
  kind: EventKind,
  e: { readonly onDay: string; readonly minutes: string | null; readonly others: number },
  items: readonly ItemFacts[],
  today: string,
): Reason | null {
  if (e.onDay > today) return eventReason('event-ahead');
  if (kind.minuted && !e.minutes) return eventReason('event-needs-minutes');
  if (e.others > 0 && !kind.countsOthers) return eventReason('event-no-others', names(kind));
  const open = items.find((i) => i.standing !== null && i.state === 'open');
  if (!open) return null;
  const words = kind.standing?.find((s) => s.key === open.standing)?.words;
  return eventReason('event-standing-open', { item: words?.zh ?? open.title, itemEn: words?.en ?? open.title });
}

/** Standing items put themselves on the agenda and do not leave it; one that the kind got later is not asked of an older agenda. */
export function keepsStanding(
  kind: EventKind,
  there: readonly (string | null)[],
  kept: readonly (string | null)[],
): Reason | null {
  const gone = kind.standing?.find((s) => there.includes(s.key) && !kept.includes(s.key));
  return gone ? eventReason('event-standing-stays', { item: gone.words.zh, itemEn: gone.words.en }) : null;
}
