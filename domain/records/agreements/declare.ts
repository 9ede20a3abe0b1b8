import type { z } from 'zod';
import type { Field, Form } from '../../fields.ts';
import type { Words } from '../../words.ts';
import type { UnitType } from '../units/types.ts';
import type { AgreementKind, PartyRole, TermPosting } from './kind.ts';

type Counts = { readonly min?: number; readonly max?: number };

/** One subject, of one of these kinds. */
export function subjects(words: Words, subjectKinds: readonly string[], { min = 1, max }: Counts = {}): PartyRole {
  return { words, party: ['subject'], subjectKinds, min, ...(max === undefined ? {} : { max }) };
}

export function units(words: Words, unitTypes: readonly UnitType[], { min = 1, max = 1 }: Counts = {}): PartyRole {
  return { words, party: ['unit'], unitTypes, min, max };
}

/** A registered subject or one from outside the registry, by its name. */
export function anyParty(words: Words, subjectKinds: readonly string[], { min = 1, max = 1 }: Counts = {}): PartyRole {
  return { words, party: ['subject', 'outside'], subjectKinds, min, max };
}

type Fields = Readonly<Record<string, Field>>;
type Terms<F extends Fields> = z.output<Form<F>['data']>;
interface More<F extends Fields> {
  readonly warnDays?: number;
  readonly coolingOffDays?: number;
  readonly postings?: (terms: Terms<F>, from: string, to: string | null) => readonly TermPosting[];
}

/** An agreement whose instalments are computed from terms that fit their own schema; other terms make nothing due. */
export function agreement<const F extends Fields>(
  kind: string,
  words: Words,
  on: readonly UnitType[],
  roles: Readonly<Record<string, PartyRole>>,
  f: Form<F>,
  { postings, ...more }: More<F> = {},
): AgreementKind {
  const base = { kind, words, on, roles, terms: f.data, fields: f.fields, warnDays: 30, ...more };
  if (!postings) return base;
  return {
    ...base,
    postings: (terms, from, to) => {
      const read = f.data.safeParse(terms);
      return read.success ? postings(read.data as Terms<F>, from, to) : [];
    },
  };
}

/** An agreement without an end is looked at for so many years at a time. */
const horizonYears = 30;

/** The day of each year on which something falls due, from the first on or after `from` to the last before the end. */
export function yearlyDays(from: string, to: string | null, monthDay: string): readonly string[] {
  const first = Number(from.slice(0, 4));
  const last = to === null ? first + horizonYears - 1 : Number(to.slice(0, 4));
  const days: string[] = [];
  for (let year = first; year <= Math.min(last, first + 99); year++) {
    const day = `${year}-${monthDay}`;
    if (day >= from && (to === null || day <= to)) days.push(day);
  }
  return days;
}

/** Fen for an area at a price by the mu: areas have two digits after the point, so the product is whole before it is divided. */
export function fenForArea(areaMu: number, fenPerMu: number): number {
  return Math.round((Math.round(areaMu * 100) * fenPerMu) / 100);
}
