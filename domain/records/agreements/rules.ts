import { listed, type Reason, reasons } from '../../words.ts';
import { findPersonalData } from '../publications/personal.ts';
import { type UnitType, unitTypes } from '../units/index.ts';
import type { AgreementKind, TermPosting } from './kind.ts';

export const agreementReason = reasons({
  'agreement-kind-unit': { zh: '{type}不订立“{kind}”。', en: '“{kindEn}” is not made at a {typeEn}.' },
  'agreement-unit-ended': { zh: '“{name}”已撤销。', en: '“{name}” has ended.' },
  'agreement-dates': { zh: '结束日期不能早于开始日期。', en: 'It cannot end before it begins.' },
  'agreement-no-role': { zh: '“{kind}”没有“{role}”这一当事方。', en: '“{kindEn}” has no party “{role}”.' },
  'agreement-party': { zh: '“{name}”不能作为{role}。', en: '“{name}” cannot be the {roleEn}.' },
  'agreement-party-ended': { zh: '“{name}”已撤销（注销）。', en: '“{name}” has ended.' },
  'agreement-party-twice': { zh: '“{name}”重复列为当事方。', en: '“{name}” is a party twice.' },
  'agreement-too-few': { zh: '{role}至少 {min} 个。', en: 'At least {min} {roleEn}.' },
  'agreement-too-many': { zh: '{role}最多 {max} 个。', en: 'At most {max} {roleEn}.' },
  'agreement-two-sides': { zh: '协议至少有两方。', en: 'An agreement has at least two parties.' },
  'agreement-private-number': {
    zh: '此处不得填写身份证号、银行卡号或手机号码。',
    en: 'Identity, bank and mobile numbers do not belong here.',
  },
  'agreement-not-draft': {
    zh: '协议已{state}，条款不能修改。',
    en: 'It is {stateEn}; its terms do not change any more.',
  },
  'agreement-not-signing': { zh: '协议不在签署中。', en: 'It is not out for signing.' },
  'agreement-not-in-force': { zh: '协议未生效或已终止。', en: 'It is not in force.' },
  'agreement-over': { zh: '协议已{state}。', en: 'It is {stateEn}.' },
  'agreement-signed': { zh: '“{name}”已签署。', en: '“{name}” has signed already.' },
  'agreement-not-signed': { zh: '“{name}”尚未签署。', en: '“{name}” has not signed.' },
  'agreement-ahead': { zh: '日期不能晚于今天。', en: 'The day cannot lie ahead.' },
  'agreement-unsigned': { zh: '还有 {count} 方未签署：{names}。', en: '{count} parties have not signed: {names}.' },
  'agreement-before-signature': {
    zh: '生效日期不能早于最后签署日期 {day}。',
    en: 'It is not in force before the last signature on {day}.',
  },
  'agreement-cooling-off': {
    zh: '赠与须经 {days} 日冷静期，{day} 起方可生效。',
    en: 'A gift is thought over for {days} days; it can be in force from {day}.',
  },
  'agreement-not-begun': {
    zh: '协议自 {day} 起履行，届时方可生效。',
    en: 'It begins on {day} and is in force from then.',
  },
  'agreement-expired': { zh: '协议期限已于 {day} 届满。', en: 'Its term was over on {day}.' },
  'agreement-end-before': { zh: '终止日期不能早于生效日期。', en: 'It cannot end before it was in force.' },
  'agreement-renewed': { zh: '已经起草了续签协议。', en: 'Its renewal is drafted already.' },
  'agreement-no-book': { zh: '没有可记账的“{book}”账簿。', en: 'There is no open book “{bookEn}” to post in.' },
  'agreement-which-book': { zh: '有多本“{book}”账簿，请指定。', en: 'Several books “{bookEn}” fit; name one.' },
  'agreement-other-book': { zh: '指定的账簿与协议不符。', en: 'That book does not fit the agreement.' },
  'agreement-binds': {
    zh: '仍是生效（签署中）协议“{title}”的当事方。',
    en: 'It is a party to the agreement “{title}”, which is in force or being signed.',
  },
  'agreement-posts-none': { zh: '“{kind}”的条款不产生账目。', en: 'The terms of “{kindEn}” make nothing due.' },
  'agreement-changed-meanwhile': {
    zh: '该协议刚刚被他人更新，请刷新后再办理。',
    en: 'Somebody else has just changed this agreement; refresh and look again.',
  },
});

export const agreementStates = ['draft', 'signing', 'in-force', 'ended', 'dropped'] as const;
export type AgreementState = (typeof agreementStates)[number];

/** As lists and pages name the state. */
export const agreementStateNames = {
  draft: { zh: '起草中', en: 'Draft' },
  signing: { zh: '签署中', en: 'Being signed' },
  'in-force': { zh: '已生效', en: 'In force' },
  ended: { zh: '已终止', en: 'Ended' },
  dropped: { zh: '已作废', en: 'Dropped' },
} as const;

/** As a sentence of a refusal says it. */
export const agreementStateWords = {
  draft: { zh: '起草', en: 'a draft' },
  signing: { zh: '提交签署', en: 'being signed' },
  'in-force': { zh: '生效', en: 'in force' },
  ended: { zh: '终止', en: 'ended' },
  dropped: { zh: '作废', en: 'dropped' },
} as const;

const names = (kind: AgreementKind) => ({ kind: kind.words.zh, kindEn: kind.words.en });
const stateOf = (state: AgreementState) => ({
  state: agreementStateWords[state].zh,
  stateEn: agreementStateWords[state].en,
});

export function canDraft(
  kind: AgreementKind,
  unit: { readonly type: UnitType; readonly name: string; readonly validTo: string | null },
): Reason | null {
  if (unit.validTo !== null) return agreementReason('agreement-unit-ended', { name: unit.name });
  if (kind.on.includes(unit.type)) return null;
  const type = unitTypes[unit.type].words;
  return agreementReason('agreement-kind-unit', { ...names(kind), type: type.zh, typeEn: type.en });
}

export function canRun(fromDay: string, toDay: string | null): Reason | null {
  return toDay !== null && toDay < fromDay ? agreementReason('agreement-dates') : null;
}

export interface PartyFacts {
  readonly role: string;
  readonly name: string;
  readonly unitId: number | null;
  readonly subjectId: string | null;
  /** Kind of the subject, type of the unit. */
  readonly subjectKind: string | null;
  readonly unitType: UnitType | null;
  readonly ended: boolean;
}

function partyReason(kind: AgreementKind, p: PartyFacts): Reason | null {
  const role = Object.hasOwn(kind.roles, p.role) ? kind.roles[p.role]! : undefined;
  if (!role) return agreementReason('agreement-no-role', { ...names(kind), role: p.role });
  if (p.ended) return agreementReason('agreement-party-ended', { name: p.name });
  const fits =
    p.subjectId !== null
      ? role.party.includes('subject') && (role.subjectKinds?.includes(p.subjectKind!) ?? true)
      : p.unitId !== null
        ? role.party.includes('unit') && (role.unitTypes?.includes(p.unitType!) ?? true)
        : role.party.includes('outside');
  if (!fits) return agreementReason('agreement-party', { name: p.name, role: role.words.zh, roleEn: role.words.en });
  return p.unitId === null && p.subjectId === null && findPersonalData(p.name).length > 0
    ? agreementReason('agreement-private-number')
    : null;
}

/** Whoever is named fits a role. How many a role needs is asked when it goes out for signing: a draft may be incomplete. */
export function canName(kind: AgreementKind, parties: readonly PartyFacts[]): Reason | null {
  const seen = new Set<string>();
  for (const p of parties) {
    const reason = partyReason(kind, p);
    if (reason) return reason;
    const key = `${p.unitId ?? ''} ${p.subjectId ?? ''} ${p.unitId === null && p.subjectId === null ? p.name : ''}`;
    if (seen.has(key)) return agreementReason('agreement-party-twice', { name: p.name });
    seen.add(key);
  }
  for (const [role, { words, max }] of Object.entries(kind.roles)) {
    const count = parties.filter((p) => p.role === role).length;
    if (max !== undefined && count > max)
      return agreementReason('agreement-too-many', { role: words.zh, roleEn: words.en, max });
  }
  return null;
}

export function canOpenSigning(
  kind: AgreementKind,
  a: { readonly state: AgreementState },
  parties: readonly PartyFacts[],
): Reason | null {
  const draft = canEdit(a);
  if (draft) return draft;
  for (const [role, { words, min }] of Object.entries(kind.roles)) {
    const count = parties.filter((p) => p.role === role).length;
    if (count < min) return agreementReason('agreement-too-few', { role: words.zh, roleEn: words.en, min });
  }
  return parties.length < 2 ? agreementReason('agreement-two-sides') : canName(kind, parties);
}

export function canEdit(a: { readonly state: AgreementState }): Reason | null {
  return a.state === 'draft' ? null : agreementReason('agreement-not-draft', stateOf(a.state));
}

export function canRevise(a: { readonly state: AgreementState }): Reason | null {
  return a.state === 'signing' ? null : agreementReason('agreement-not-signing');
}

interface Signature {
  readonly name: string;
  readonly signedOn: string | null;
}

export function canSign(
  a: { readonly state: AgreementState },
  p: Signature,
  signedOn: string,
  today: string,
): Reason | null {
  if (a.state !== 'signing') return agreementReason('agreement-not-signing');
  if (p.signedOn !== null) return agreementReason('agreement-signed', { name: p.name });
  return signedOn > today ? agreementReason('agreement-ahead') : null;
}

/** Until it is in force whoever signed may take it back, without a word of reason. */
export function canTakeBack(a: { readonly state: AgreementState }, p: Signature): Reason | null {
  if (a.state !== 'signing') return agreementReason('agreement-not-signing');
  return p.signedOn === null ? agreementReason('agreement-not-signed', { name: p.name }) : null;
}

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export interface Term {
  readonly state: AgreementState;
  readonly fromDay: string;
  readonly toDay: string | null;
}

/** In force: everybody has signed, a gift was thought over, its days have begun and are not over. */
export function canForce(
  kind: AgreementKind,
  a: Term,
  parties: readonly Signature[],
  onDay: string,
  today: string,
): Reason | null {
  if (a.state !== 'signing') return agreementReason('agreement-not-signing');
  const open = parties.filter((p) => p.signedOn === null);
  if (open.length > 0) {
    const names = listed(open.slice(0, 5).map((p) => p.name));
    return agreementReason('agreement-unsigned', { count: open.length, names });
  }
  const last = parties.reduce((latest, p) => (p.signedOn! > latest ? p.signedOn! : latest), '');
  const days = kind.coolingOffDays ?? 0;
  const cooled = dayAfter(last, days);
  if (days > 0 && onDay < cooled) return agreementReason('agreement-cooling-off', { days, day: cooled });
  if (onDay < last) return agreementReason('agreement-before-signature', { day: last });
  if (onDay > today) return agreementReason('agreement-ahead');
  if (onDay < a.fromDay) return agreementReason('agreement-not-begun', { day: a.fromDay });
  return a.toDay !== null && a.toDay < onDay ? agreementReason('agreement-expired', { day: a.toDay }) : null;
}

export function canEnd(
  a: { readonly state: AgreementState; readonly inForceOn: string | null },
  onDay: string,
  today: string,
): Reason | null {
  if (a.state !== 'in-force') return agreementReason('agreement-not-in-force');
  if (onDay > today) return agreementReason('agreement-ahead');
  return onDay < a.inForceOn! ? agreementReason('agreement-end-before') : null;
}

export function canDrop(a: { readonly state: AgreementState }): Reason | null {
  return a.state === 'draft' || a.state === 'signing' ? null : agreementReason('agreement-over', stateOf(a.state));
}

export function canRenew(a: { readonly state: AgreementState }, renewedBy: string | null): Reason | null {
  if (a.state !== 'in-force' && a.state !== 'ended') return agreementReason('agreement-not-in-force');
  return renewedBy === null ? null : agreementReason('agreement-renewed');
}

/** What the terms make due through a day. What ends early makes nothing due after that day. */
export function dueThrough(
  kind: AgreementKind,
  a: Term & { readonly terms: Readonly<Record<string, unknown>>; readonly endedOn: string | null },
  through: string,
): readonly TermPosting[] {
  if (!kind.postings || (a.state !== 'in-force' && a.state !== 'ended')) return [];
  const last = a.endedOn !== null && a.endedOn < through ? a.endedOn : through;
  return kind.postings(a.terms, a.fromDay, a.toDay).filter((p) => p.day <= last && p.amount !== 0);
}
