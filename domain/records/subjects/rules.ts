import { type Reason, reasons } from '../../words.ts';
import { findPersonalData } from '../publications/personal.ts';
import { type UnitType, unitTypes } from '../units/index.ts';
import type { SubjectKind } from './kind.ts';

export const subjectReason = reasons({
  'subject-kind-unit': { zh: '“{kind}”不登记在{type}。', en: '“{kindEn}” is not registered in a {typeEn}.' },
  'subject-unit-ended': { zh: '“{name}”已撤销。', en: '“{name}” has ended.' },
  'subject-needs-name': { zh: '请填写名称。', en: 'Give its name.' },
  'subject-name-follows': {
    zh: '“{kind}”的名称就是{what}，不能另行填写。',
    en: 'The name of “{kindEn}” is its {whatEn}; nothing else may stand there.',
  },
  'subject-needs-place': { zh: '请填写{place}。', en: 'Give the {placeEn}.' },
  'subject-no-place': { zh: '“{kind}”不登记地址。', en: '“{kindEn}” has no place.' },
  'subject-needs-code': { zh: '请填写{code}。', en: 'Give the {codeEn}.' },
  'subject-no-code': { zh: '“{kind}”没有编号。', en: '“{kindEn}” has no number.' },
  'subject-code-taken': { zh: '{code}“{value}”已被登记。', en: 'The {codeEn} “{value}” is registered already.' },
  'subject-private-number': {
    zh: '此处不得填写身份证号、银行卡号或手机号码。',
    en: 'Identity, bank and mobile numbers do not belong here.',
  },
  'subject-parent': { zh: '“{kind}”不能归属于“{parent}”。', en: '“{kindEn}” cannot belong to “{parent}”.' },
  'subject-parent-ended': { zh: '所属对象“{parent}”已注销。', en: '“{parent}”, to which it belongs, has ended.' },
  'subject-parent-circle': { zh: '归属关系成环。', en: 'It would belong to itself.' },
  'subject-not-led': { zh: '“{kind}”没有领办单位。', en: '“{kindEn}” is not led by a unit.' },
  'subject-no-state': { zh: '“{kind}”没有这一状态。', en: '“{kindEn}” has no such state.' },
  'subject-same-state': { zh: '已经是“{state}”。', en: 'It is “{stateEn}” already.' },
  'subject-end-instead': { zh: '“{state}”须通过注销办理。', en: '“{stateEn}” is reached by ending the entry.' },
  'subject-ended': { zh: '已于 {day} 注销，不能再变更。', en: 'It ended on {day} and is not changed any more.' },
  'subject-dates': { zh: '结束日期不能早于开始日期。', en: 'It cannot end before it began.' },
  'subject-ahead': { zh: '日期不能晚于今天。', en: 'The day cannot lie ahead.' },
  'subject-has-parts': { zh: '还有 {count} 个归属对象未注销。', en: '{count} entries still belong to it.' },
  'subject-changed-meanwhile': {
    zh: '该登记刚刚被他人更新，请刷新后再办理。',
    en: 'Somebody else has just changed this entry; refresh and look again.',
  },
  'subject-tagged': { zh: '不得给住户或个人加标签。', en: 'Households and persons are not tagged.' },
  'consent-field': { zh: '“{kind}”没有个人信息字段“{field}”。', en: '“{kindEn}” has no personal field “{field}”.' },
  'consent-dates': {
    zh: '到期日期须在给予日期之后，最长三年。',
    en: 'It expires after it was given, at most three years on.',
  },
  'consent-over': { zh: '该同意已到期。', en: 'That consent has expired already.' },
  'consent-withdrawn': { zh: '该同意已撤回。', en: 'That consent was withdrawn.' },
  'consent-not-live': {
    zh: '没有有效的知情同意，不能填写或查看“{field}”。',
    en: 'There is no live consent for “{field}”.',
  },
  'consent-other': { zh: '该同意属于另一登记对象。', en: 'That consent was given for another subject.' },
  'consent-witnesses': {
    zh: '当面见证的，请注明见证人登记的文书。',
    en: 'Name the paper on which the witnesses signed.',
  },
  'consent-person': {
    zh: '只有住户（个人）的同意可以关联账号本人。',
    en: 'Only the consent of a household or a person is joined to somebody with an account.',
  },
  'consent-kept-none': { zh: '没有保存这些信息。', en: 'None of these fields is kept.' },
});

const names = (kind: SubjectKind) => ({ kind: kind.words.zh, kindEn: kind.words.en });

/** Where the name of a kind comes from: its place, its number (so that no person's name stands in a list), or what is typed. */
export function nameIs(kind: SubjectKind): 'place' | 'code' | null {
  if (kind.nameIsPlace) return 'place';
  return kind.code && kind.personal && Object.hasOwn(kind.personal, 'name') ? 'code' : null;
}

export interface Described {
  readonly name?: string | null | undefined;
  readonly code?: string | null | undefined;
  readonly place?: string | null | undefined;
  readonly star?: string | null | undefined;
  readonly tags: readonly string[];
}

/** What an entry says of itself fits its kind, and holds no private number. */
export function canDescribe(kind: SubjectKind, d: Described): Reason | null {
  const { place, code } = kind;
  if (place?.required && !d.place)
    return subjectReason('subject-needs-place', { place: place.words.zh, placeEn: place.words.en });
  if (!place && d.place) return subjectReason('subject-no-place', names(kind));
  if (!code && d.code) return subjectReason('subject-no-code', names(kind));
  const from = nameIs(kind);
  if (from === 'code' && !d.code) return subjectReason('subject-needs-code', { code: code!.zh, codeEn: code!.en });
  if (from === null && !d.name) return subjectReason('subject-needs-name');
  const given = from === 'place' ? d.place : d.code;
  if (from !== null && d.name && d.name !== given) {
    const what = from === 'place' ? place!.words : code!;
    return subjectReason('subject-name-follows', { ...names(kind), what: what.zh, whatEn: what.en });
  }
  // An 18-digit credit code may look like an identity number; only kinds of persons have numbers of their own.
  const looked = from === 'code' ? [d.name, d.place, d.code] : [d.name, d.place];
  if (findPersonalData(looked.filter(Boolean)).length > 0) return subjectReason('subject-private-number');
  return standsForPeople(kind) && d.tags.length > 0 ? subjectReason('subject-tagged') : null;
}

/** Entries of such a kind are a household or a person, not a body with a contact person. */
export function standsForPeople(kind: SubjectKind): boolean {
  return kind.personal !== undefined && (kind.nameIsPlace === true || nameIs(kind) === 'code');
}

export function canStandIn(
  kind: SubjectKind,
  unit: { readonly type: UnitType; readonly name: string; readonly validTo: string | null },
): Reason | null {
  if (unit.validTo !== null) return subjectReason('subject-unit-ended', { name: unit.name });
  if (kind.on.includes(unit.type)) return null;
  const type = unitTypes[unit.type].words;
  return subjectReason('subject-kind-unit', { ...names(kind), type: type.zh, typeEn: type.en });
}

export function canBelongTo(
  kind: SubjectKind,
  parent: { readonly kind: string; readonly name: string; readonly toDay: string | null } | null,
): Reason | null {
  if (!parent) return null;
  if (!kind.parents?.includes(parent.kind))
    return subjectReason('subject-parent', { ...names(kind), parent: parent.name });
  return parent.toDay === null ? null : subjectReason('subject-parent-ended', { parent: parent.name });
}

export function canBeLed(kind: SubjectKind, led: boolean): Reason | null {
  return led && !kind.led ? subjectReason('subject-not-led', names(kind)) : null;
}

export interface Standing {
  readonly state: string;
  readonly fromDay: string;
  readonly toDay: string | null;
}

export function canChange(s: Standing): Reason | null {
  return s.toDay === null ? null : subjectReason('subject-ended', { day: s.toDay });
}

/** Whether an entry may stand in a state without having ended. */
export function canStart(kind: SubjectKind, state: string): Reason | null {
  if (!Object.hasOwn(kind.states, state)) return subjectReason('subject-no-state', names(kind));
  const { words, ended } = kind.states[state]!;
  return ended ? subjectReason('subject-end-instead', { state: words.zh, stateEn: words.en }) : null;
}

export function canTurn(kind: SubjectKind, s: Standing, state: string): Reason | null {
  const changeable = canChange(s) ?? canStart(kind, state);
  if (changeable) return changeable;
  const words = kind.states[state]!.words;
  return s.state === state ? subjectReason('subject-same-state', { state: words.zh, stateEn: words.en }) : null;
}

/** The state in which an entry ends: the one that is asked for, or the only one there is. */
export function endState(kind: SubjectKind, asked: string | undefined): string | null {
  const ends = Object.keys(kind.states).filter((s) => kind.states[s]!.ended);
  if (asked !== undefined) return ends.includes(asked) ? asked : null;
  return ends[0] ?? null;
}

export function canEnd(s: Standing, onDay: string | null, today: string, parts: number): Reason | null {
  const changeable = canChange(s);
  if (changeable) return changeable;
  if (onDay !== null && onDay < s.fromDay) return subjectReason('subject-dates');
  if (onDay !== null && onDay > today) return subjectReason('subject-ahead');
  return parts > 0 ? subjectReason('subject-has-parts', { count: parts }) : null;
}

/** The longest that a consent lasts before it is asked for again. */
export const consentYears = 3;

export function canConsent(
  kind: SubjectKind,
  c: {
    readonly fields: readonly string[];
    readonly givenOn: string;
    readonly expiresOn: string;
    readonly channel: string;
    readonly document?: string | undefined;
    readonly personId?: string | undefined;
  },
  today: string,
): Reason | null {
  const unknown = c.fields.find((f) => !Object.hasOwn(kind.personal ?? {}, f));
  if (unknown !== undefined) return subjectReason('consent-field', { ...names(kind), field: unknown });
  if (c.givenOn > today) return subjectReason('subject-ahead');
  const latest = `${Number(c.givenOn.slice(0, 4)) + consentYears}${c.givenOn.slice(4)}`;
  if (c.expiresOn <= c.givenOn || c.expiresOn > latest) return subjectReason('consent-dates');
  if (c.expiresOn < today) return subjectReason('consent-over');
  if (c.personId !== undefined && !standsForPeople(kind)) return subjectReason('consent-person');
  return c.channel === 'witnessed' && !c.document ? subjectReason('consent-witnesses') : null;
}

export interface ConsentFacts {
  readonly fields: readonly string[];
  readonly givenOn: string;
  readonly expiresOn: string;
  readonly withdrawnAt: unknown;
  readonly erasedAt: unknown;
}

/** Its last day counts; from the day after it nothing is written or read under it, whether or not it was erased already. */
export function isLive(c: ConsentFacts, today: string): boolean {
  return c.withdrawnAt === null && c.erasedAt === null && c.givenOn <= today && today <= c.expiresOn;
}

export function canKeep(kind: SubjectKind, c: ConsentFacts, wanted: readonly string[], today: string): Reason | null {
  const unknown = wanted.find((f) => !Object.hasOwn(kind.personal ?? {}, f));
  if (unknown !== undefined) return subjectReason('consent-field', { ...names(kind), field: unknown });
  const bare = isLive(c, today) ? wanted.find((f) => !c.fields.includes(f)) : wanted[0];
  return bare === undefined ? null : subjectReason('consent-not-live', { field: kind.personal![bare]!.zh });
}
