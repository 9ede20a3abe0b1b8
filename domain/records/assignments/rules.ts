import type { Reason } from '../../words.ts';
import type { UnitType } from '../units/types.ts';
import type { AssignmentData } from './contract.ts';
import { assignmentReason } from './reasons.ts';
import { role, type RoleName } from './roles.ts';

/** Voluntary duties: the holder agrees first, and may give them back at any time. */
export const voluntary: readonly RoleName[] = ['household-contact', 'building-head', 'greening-group-member'];
/** Of those, the ones that are refused without a recorded consent. */
export const consented: readonly RoleName[] = ['household-contact', 'building-head'];

/**
 * Duties that only somebody in a leading post may hold (M015, M025): the post, and whether it is held on the same unit or
 * on one above. The secretary is a member of the leadership team by office.
 */
export const needsPost: Readonly<Partial<Record<RoleName, { posts: readonly RoleName[]; where: 'here' | 'above' }>>> = {
  'task-force-leader': { posts: ['leadership-member', 'overall-owner'], where: 'here' },
  'star-leader': { posts: ['leadership-member', 'overall-owner'], where: 'here' },
  'village-leader': { posts: ['leadership-member', 'overall-owner'], where: 'above' },
  'county-leader': { posts: ['leadership-member', 'overall-owner'], where: 'above' },
};

export interface Span {
  readonly from: string;
  /** The first day on which it is no longer held; null while nobody has set an end. */
  readonly to: string | null;
}

/** Days are half open: who ends on a day and who starts on it leave no hole and do not overlap. */
export function overlaps(a: Span, b: Span): boolean {
  if (a.to === a.from || b.to === b.from) return false;
  return (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to);
}

export function covers(span: Span, day: string): boolean {
  return span.from <= day && (span.to === null || day < span.to);
}

export interface Edge extends Span {
  readonly role: RoleName;
  readonly path: string;
  readonly star: string | null;
}

export interface NewEdge extends Span {
  readonly role: RoleName;
  readonly star: string | null;
  readonly objectId: string | null;
  readonly data: AssignmentData;
}

export interface HolderFacts {
  readonly kind: 'person' | 'unit';
  readonly id: string;
  readonly name: string;
  /** Day a person leaves or a unit ended. */
  readonly until: string | null;
  readonly partyMember: boolean;
  /** What a person holds on the unit in question and those above it, now and later. */
  readonly posts: readonly Edge[];
}

export interface Occupant extends Span {
  readonly holderId: string;
  readonly holder: string;
  readonly objectId: string | null;
}

export interface Place {
  readonly name: string;
  readonly type: UnitType;
  readonly path: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Everything that an assignment has to satisfy, the right to give it aside. */
export function canAssign(
  place: Place,
  edge: NewEdge,
  holder: HolderFacts,
  occupants: readonly Occupant[],
): Reason | null {
  return (
    fitsPlace(place, edge) ??
    fitsData(edge) ??
    fitsHolder(edge, holder) ??
    fitsPost(place, edge, holder) ??
    isFree(place, edge, holder, occupants)
  );
}

function fitsPlace(place: Place, edge: NewEdge): Reason | null {
  const { on, perStar, words } = role(edge.role);
  if (!on.includes(place.type)) return assignmentReason('assignment-unit-type', { ...words, unit: place.name });
  if (place.validTo !== null) return assignmentReason('assignment-unit-ended', { unit: place.name });
  if (edge.from < place.validFrom)
    return assignmentReason('assignment-before-unit', { unit: place.name, day: place.validFrom });
  if (edge.to !== null && edge.to <= edge.from) return assignmentReason('assignment-days');
  if (perStar && edge.star === null) return assignmentReason('assignment-star-needed', { ...words });
  if (!perStar && edge.star !== null) return assignmentReason('assignment-star-unused', { ...words });
  return null;
}

/** Fields that only some duties record. */
const fieldOf: Readonly<Partial<Record<keyof AssignmentData, readonly RoleName[]>>> = {
  line: ['star-leader'],
  plot: ['greening-group-member'],
  informedOn: ['household-contact'],
};

/** A mobile number, an identity number or a bank card, with or without separators. */
const privateNumber = /1[3-9]\d{9}|\d{15,19}|\d{17}[\dXx]/;

function fitsData(edge: NewEdge): Reason | null {
  const { words } = role(edge.role);
  const { data } = edge;
  for (const [field, holders] of Object.entries(fieldOf))
    if (data[field as keyof AssignmentData] !== undefined && !holders.includes(edge.role))
      return assignmentReason('assignment-field-unused', { ...words, field });
  if (edge.objectId !== null && edge.role !== 'household-contact' && edge.role !== 'criterion-department')
    return assignmentReason('assignment-field-unused', { ...words, field: 'object' });
  if (edge.role === 'star-leader' && !data.line) return assignmentReason('assignment-line-needed');
  if (edge.role === 'criterion-department' && edge.objectId === null)
    return assignmentReason('assignment-criterion-needed');
  if (data.contactWay !== undefined && privateNumber.test(data.contactWay.replace(/[\s()-]/g, '')))
    return assignmentReason('assignment-contact-private');
  if (consented.includes(edge.role) && !data.consent)
    return assignmentReason('assignment-consent-needed', { ...words });
  if (data.consent && data.consent.on > edge.from) return assignmentReason('assignment-consent-late');
  if (edge.role === 'household-contact' && edge.objectId !== null && !(data.informedOn && data.informedOn <= edge.from))
    return assignmentReason('assignment-informed-needed');
  return null;
}

function fitsHolder(edge: NewEdge, holder: HolderFacts): Reason | null {
  const { holder: wanted, words } = role(edge.role);
  if (wanted !== holder.kind)
    return assignmentReason(wanted === 'person' ? 'assignment-holder-person' : 'assignment-holder-unit', { ...words });
  if (holder.until !== null && (edge.to === null || holder.until < edge.to))
    return assignmentReason('assignment-holder-left', { name: holder.name, day: holder.until });
  if (edge.role === 'household-contact' && !holder.partyMember)
    return assignmentReason('assignment-party-member', { ...words });
  return null;
}

/** Whether a post that the duty rests on is held on its first day. */
export function hasPost(duty: RoleName, path: string, day: string, posts: readonly Edge[]): boolean {
  const need = needsPost[duty];
  if (!need) return true;
  return posts.some(
    (p) =>
      need.posts.includes(p.role) &&
      covers(p, day) &&
      (need.where === 'here' ? p.path === path : path !== p.path && path.startsWith(p.path)),
  );
}

function fitsPost(place: Place, edge: NewEdge, holder: HolderFacts): Reason | null {
  if (hasPost(edge.role, place.path, edge.from, holder.posts)) return null;
  const post = role(needsPost[edge.role]!.posts[0]!).words;
  return assignmentReason('assignment-needs-post', {
    ...role(edge.role).words,
    postZh: post.zh,
    postEn: post.en,
    name: holder.name,
    day: edge.from,
  });
}

/** A household has one contact at a time, as a role of which there is one has one holder. */
export function isSingle(edge: Pick<NewEdge, 'role' | 'objectId'>): boolean {
  return role(edge.role).cardinality === 'one' || (edge.role === 'household-contact' && edge.objectId !== null);
}

function isFree(place: Place, edge: NewEdge, holder: HolderFacts, occupants: readonly Occupant[]): Reason | null {
  const { words } = role(edge.role);
  const rivals = occupants.filter((o) => o.objectId === edge.objectId && overlaps(o, edge));
  const same = rivals.find((o) => o.holderId === holder.id);
  if (same) return assignmentReason('assignment-already', { ...words, unit: place.name, holder: holder.name });
  const other = rivals[0];
  if (other && isSingle(edge))
    return assignmentReason('assignment-taken', {
      ...words,
      unit: place.name,
      holder: other.holder,
      from: other.from,
    });
  return null;
}

/** Ending: forwards only, and not twice. */
export function canEnd(span: Span, day: string): Reason | null {
  if (span.to !== null && span.to <= day) return assignmentReason('assignment-ended', { day: span.to });
  if (day < span.from) return assignmentReason('assignment-end-early', { from: span.from });
  return null;
}

export interface Duty extends Edge {
  readonly unit: string;
}

/** Duties that would lose the post they rest on, were `post` to end on a day; the first of them is named. */
export function leadsStill(name: string, post: Edge, day: string, others: readonly Duty[]): Reason | null {
  const remaining = others.map((o) => ({ ...o }));
  for (const duty of others) {
    if (needsPost[duty.role] === undefined || (duty.to !== null && duty.to <= day)) continue;
    const on = duty.from > day ? duty.from : day;
    const withPost = hasPost(duty.role, duty.path, on, [...remaining, post]);
    if (withPost && !hasPost(duty.role, duty.path, on, [...remaining, { ...post, to: day }]))
      return assignmentReason('assignment-leads-still', { ...role(duty.role).words, name, unit: duty.unit });
  }
  return null;
}
