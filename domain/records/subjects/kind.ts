import type { z } from 'zod';
import type { Words } from '../../words.ts';
import type { UnitType } from '../units/types.ts';

/** Where a registered thing stands in its life; `ended` closes the entry. */
export interface SubjectState {
  readonly words: Words;
  readonly ended?: true;
}

/** One kind of registry entry, declared as data. */
export interface SubjectKind {
  readonly kind: string;
  readonly words: Words;
  /** Types of unit in which it can stand. */
  readonly on: readonly UnitType[];
  readonly states: Readonly<Record<string, SubjectState>>;
  readonly initial: string;
  /** Its own fields, without anything personal; a strict object with `.describe()` words where a name needs them. */
  readonly data: z.ZodObject;
  /** Words of each field of `data`, in the order of the form. */
  readonly fields: Readonly<Record<string, FieldWords>>;
  /** Fields about a person: kept only under a live consent that names them. Kinds that need none have none. */
  readonly personal?: Readonly<Record<string, Words>>;
  /** What the official number is called, where there is one. */
  readonly code?: Words;
  /** What the place is called; 'required' kinds are nothing but a place (a household is its address). */
  readonly place?: { readonly words: Words; readonly required: boolean };
  /** Kinds to which an entry can belong (a branch cooperative to its head). */
  readonly parents?: readonly string[];
  /** It can be led by a unit: a branch-led cooperative. */
  readonly led?: true;
  /** The name is the address: nothing else may stand there. */
  readonly nameIsPlace?: true;
  /** No file is kept of it, because a picture is what it must not become. */
  readonly noFiles?: true;
  /** An administrator may add choices in this instance (五园, colours): sample configuration, no official list. */
  readonly sample?: true;
}

/** How a form asks for a field of a kind and how a list heads it. */
export interface FieldWords {
  readonly words: Words;
  readonly hint?: Words;
  /** Unit behind the number: 亩, 万元. */
  readonly unit?: Words;
  /** Words of the choices of an enumeration. */
  readonly choices?: Readonly<Record<string, Words>>;
  /** Stored as an integer of the smaller unit and shown divided by this: 100 for fen as yuan. */
  readonly scale?: number;
  /** Long text. */
  readonly long?: true;
  /** Shown as a column of the list. */
  readonly column?: true;
  /** The choices are the items of this catalogue, which an administrator edits. */
  readonly catalogue?: string;
  /** The id of another record: a kind of subject or agreement, a type of case, or a unit. */
  readonly ref?: {
    readonly record: 'subject' | 'case' | 'agreement' | 'event' | 'unit';
    readonly kinds?: readonly string[];
  };
}
