import type { Form } from '../../fields.ts';
import type { Words } from '../../words.ts';
import type { UnitType } from '../units/types.ts';

/** A case whose decision can end a designation: the type, and the states in which it has been decided. */
export interface Ending {
  readonly caseType: string;
  readonly states: readonly string[];
}

export interface DesignationKind {
  readonly words: Words;
  /** Types of unit that can hold it. */
  readonly holders: readonly UnitType[];
  /** Types of unit of ours that may grant it; `outside` are bodies above this instance, whose grants are registered. */
  readonly grantors: readonly (UnitType | 'outside')[];
  /** Letters before the running number; kinds that carry no number have none. */
  readonly prefix: string | null;
  /** Several at once for one unit (honours), or one (per star, where it names one). */
  readonly several: boolean;
  readonly perStar: boolean;
  readonly endings: readonly Ending[];
  /** Kinds of subject that can hold it instead of a unit. */
  readonly subjectKinds?: readonly string[];
  /** Granted or registered on the general page; the others only by the work that they crown. */
  readonly direct?: true;
  /** Its own fields, with their words. */
  readonly form?: Form;
}
