import type { z } from 'zod';
import type { Words } from '../../words.ts';
import type { FieldWords } from '../subjects/kind.ts';
import type { UnitType } from '../units/types.ts';

/** What can stand on one side of an agreement. */
export interface PartyRole {
  readonly words: Words;
  readonly party: readonly ('unit' | 'subject' | 'outside')[];
  /** Kinds of subject and types of unit that can hold the role; left out, any. */
  readonly subjectKinds?: readonly string[];
  readonly unitTypes?: readonly UnitType[];
  readonly min: number;
  readonly max?: number;
}

/** A posting that follows from the terms on a day: amounts in the book's smallest unit. Accounts are codes of the book. */
export interface TermPosting {
  readonly book: string;
  readonly day: string;
  /** Names the instalment, so that it is posted once. */
  readonly key: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: number;
  readonly text: Words;
  readonly purpose?: string;
}

/** One kind of agreement, declared as data. */
export interface AgreementKind {
  readonly kind: string;
  readonly words: Words;
  readonly on: readonly UnitType[];
  readonly roles: Readonly<Record<string, PartyRole>>;
  readonly terms: z.ZodObject;
  readonly fields: Readonly<Record<string, FieldWords>>;
  /** The instalments that the terms make due in a year; nothing is posted that is not written in the terms. */
  readonly postings?: (
    terms: Readonly<Record<string, unknown>>,
    from: string,
    to: string | null,
  ) => readonly TermPosting[];
  /** Warn this many days before it ends. */
  readonly warnDays?: number;
  /** Days in which a giver may take back a consent before it is in force (M339, M340). */
  readonly coolingOffDays?: number;
}
