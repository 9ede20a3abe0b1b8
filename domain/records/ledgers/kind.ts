import type { Words } from '../../words.ts';
import type { UnitType } from '../units/types.ts';

/** Books count whole numbers of the smallest unit: fen, hundredths of a point, minutes, shares. */
export const measures = ['fen', 'points', 'minutes', 'shares'] as const;
export type Measure = (typeof measures)[number];

export type AccountClass = 'asset' | 'liability' | 'equity' | 'income' | 'expense';

export interface ChartAccount {
  readonly words: Words;
  readonly class: AccountClass;
  /** Opened below this one for each subject of these kinds (a household's points: `points:household`). */
  readonly perSubject?: readonly string[];
  /** Opened below this one for each person with a duty (a member's points). */
  readonly perPerson?: true;
  /** What a line on it must name, so that a figure can count by it. */
  readonly needs?: readonly ('purpose' | 'fundSource')[];
}

/** One kind of book, declared as data, with the chart of accounts it opens with. */
export interface BookKind {
  readonly kind: string;
  readonly words: Words;
  readonly measure: Measure;
  readonly on: readonly UnitType[];
  /** Account code → what it is. Codes are lower-case words joined by colons: `income:land-rent`. */
  readonly accounts: Readonly<Record<string, ChartAccount>>;
  /** What money is for and where it comes from; lines name one of each where the kind declares them. */
  readonly purposes?: Readonly<Record<string, Words>>;
  readonly fundSources?: Readonly<Record<string, Words>>;
  /** Kinds of book into which this one consolidates. */
  readonly heads?: readonly string[];
  /** A book of this kind belongs to a subject of these kinds, or to a case of these types. */
  readonly ofSubject?: readonly string[];
  readonly ofCase?: readonly string[];
  /** Accounts whose balance may not fall below zero (in their natural direction): nobody spends what is not there. */
  readonly covered?: readonly string[];
  /** What single people and households have in it is shown to those who keep the book; readers see totals only. */
  readonly private?: true;
}
