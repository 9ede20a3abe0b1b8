import { type Reason, reasons } from '../../words.ts';
import { type UnitType, unitTypes } from '../units/index.ts';
import { findSubjectKind } from '../subjects/all.ts';
import { type DesignationKind, designationKind, type DesignationKindName } from './kinds.ts';

export const designationReason = reasons({
  'designation-holder': { zh: '“{kind}”不能授予{type}。', en: '“{kindEn}” cannot be given to a {typeEn}.' },
  'designation-grantor': { zh: '“{kind}”不能由{type}授予。', en: '“{kindEn}” cannot be granted by a {typeEn}.' },
  'designation-star': { zh: '授予“{kind}”须指明是哪颗星。', en: '“{kindEn}” needs the star it is for.' },
  'designation-held': { zh: '“{name}”已持有有效的“{kind}”。', en: '“{name}” holds a “{kindEn}” in force already.' },
  'designation-subject-ended': { zh: '“{name}”已注销。', en: '“{name}” has ended.' },
  'designation-registrar': {
    zh: '上级授予的“{kind}”由乡镇（街道）或县级登记。',
    en: 'A “{kindEn}” granted above is registered by the township or the county.',
  },
  'designation-elsewhere': {
    zh: '“{kind}”须在相应的业务页面授予。',
    en: 'A “{kindEn}” is granted on the page of the work it belongs to.',
  },
  'designation-other-case': { zh: '该事项不是关于这一称号的。', en: 'That case is about another designation.' },
  'designation-dates': { zh: '有效期止不能早于授予日期。', en: 'It cannot end before it is granted.' },
  'designation-ended': { zh: '该称号已于 {day} 撤销。', en: 'It was withdrawn on {day}.' },
  'designation-by-case': {
    zh: '称号只能凭已作出决定的事项撤销（须先听取意见）。',
    en: 'A designation is withdrawn only by a case that was decided after a hearing.',
  },
});

interface GrantFacts {
  readonly kind: DesignationKindName;
  readonly holderName: string;
  readonly holderType: UnitType;
  /** The kind of the subject that is to hold it; null when the unit itself does. */
  readonly subject?: { readonly kind: string; readonly ended: boolean } | null;
  /** Type of the unit that registers what a body above granted. */
  readonly registrarType?: UnitType;
  /** Null: a body above this instance. */
  readonly grantorType: UnitType | null;
  readonly star: string | null;
  readonly grantedOn: string;
  readonly validTo: string | null;
  readonly alreadyHeld: boolean;
}

/** Who writes down what a body above has granted: nobody certifies themselves. */
const registrars: readonly UnitType[] = ['city', 'county', 'township', 'street'];

function holderReason(kind: DesignationKind, g: GrantFacts): Reason | null {
  const names = { kind: kind.words.zh, kindEn: kind.words.en };
  if (!g.subject) {
    if (kind.holders.includes(g.holderType)) return null;
    const { zh, en } = unitTypes[g.holderType].words;
    return designationReason('designation-holder', { ...names, type: zh, typeEn: en });
  }
  if (g.subject.ended) return designationReason('designation-subject-ended', { name: g.holderName });
  if (kind.subjectKinds?.includes(g.subject.kind)) return null;
  const { zh, en } = findSubjectKind(g.subject.kind)?.words ?? { zh: g.subject.kind, en: g.subject.kind };
  return designationReason('designation-holder', { ...names, type: zh, typeEn: en });
}

/** Granted only to whom it can be given, and only by the right level. */
export function canGrant(g: GrantFacts): Reason | null {
  const kind = designationKind(g.kind);
  const names = { kind: kind.words.zh, kindEn: kind.words.en };
  const typed = (type: UnitType) => ({ ...names, type: unitTypes[type].words.zh, typeEn: unitTypes[type].words.en });
  const holder = holderReason(kind, g);
  if (holder) return holder;
  if (g.grantorType === null && kind.direct && !registrars.includes(g.registrarType ?? 'county'))
    return designationReason('designation-registrar', names);
  if (!kind.grantors.includes(g.grantorType ?? 'outside')) {
    return g.grantorType === null
      ? designationReason('designation-grantor', { ...names, type: '上级单位', typeEn: 'body above' })
      : designationReason('designation-grantor', typed(g.grantorType));
  }
  if (kind.perStar !== (g.star !== null)) return designationReason('designation-star', names);
  if (g.validTo !== null && g.validTo < g.grantedOn) return designationReason('designation-dates');
  if (g.alreadyHeld && !kind.several) return designationReason('designation-held', { ...names, name: g.holderName });
  return null;
}

export function canWithdraw(
  d: { readonly kind: DesignationKindName; readonly withdrawnOn: string | null },
  decided: { readonly type: string; readonly state: string },
): Reason | null {
  if (d.withdrawnOn !== null) return designationReason('designation-ended', { day: d.withdrawnOn });
  const { endings } = designationKind(d.kind);
  const ended = endings.some((e) => e.caseType === decided.type && e.states.includes(decided.state));
  return ended ? null : designationReason('designation-by-case');
}

export const designationStateWords = {
  'in-force': { zh: '有效', en: 'In force' },
  ahead: { zh: '未到生效日', en: 'Not yet begun' },
  expired: { zh: '已到期', en: 'Run out' },
  withdrawn: { zh: '已撤销', en: 'Withdrawn' },
} as const;
export type DesignationState = keyof typeof designationStateWords;

/** Where a status stands on a day; a status has no state of its own that could be forgotten. */
export function stateOn(d: Parameters<typeof inForce>[0], day: string): DesignationState {
  if (d.withdrawnOn !== null && d.withdrawnOn <= day) return 'withdrawn';
  if (d.grantedOn > day) return 'ahead';
  return inForce(d, day) ? 'in-force' : 'expired';
}

/** In force on a day: granted, not run out, not withdrawn. */
export function inForce(
  d: { readonly grantedOn: string; readonly validTo: string | null; readonly withdrawnOn: string | null },
  day: string,
): boolean {
  return (
    d.grantedOn <= day && (d.validTo === null || d.validTo >= day) && (d.withdrawnOn === null || d.withdrawnOn > day)
  );
}
