import type { z } from 'zod';
import type { Verb } from '../../grants.ts';
import type { RoleName } from '../assignments/roles.ts';
import type { Words } from '../../words.ts';
import type { FieldWords } from '../subjects/kind.ts';
import type { UnitType } from '../units/types.ts';

/** An item that stands on every agenda of the kind by itself. */
export interface StandingItem {
  readonly key: string;
  readonly words: Words;
  /** Filled from records when the event is planned: open problems, overdue tasks … of the unit. */
  readonly prefill?: 'open-problems' | 'overdue-cases' | 'open-matters' | 'new-problems' | 'open-decisions';
}

/** One kind of event, declared as data. */
export interface EventKind {
  readonly kind: string;
  readonly words: Words;
  /** Types of unit that can host it. */
  readonly on: readonly UnitType[];
  /** What somebody must hold on the host to plan it and to record it. */
  readonly verb: Verb;
  /** Words of the parts people and units can have in it; `attendee` always exists. */
  readonly roles?: Readonly<Record<string, Words>>;
  readonly standing?: readonly StandingItem[];
  /** No file is kept of it. */
  readonly noFiles?: true;
  /** Whoever holds one of these on the host is expected by itself. */
  readonly expects?: readonly RoleName[];
  /** Held only with minutes. */
  readonly minuted?: true;
  /** How often it is due when it runs as a series. */
  readonly series?: { readonly every: 'week' | 'month' | 'quarter' | 'year'; readonly times: number };
  /** Kinds of event of which this one is a part (a visit of a round, a batch of a programme). */
  readonly parents?: readonly string[];
  readonly data?: z.ZodObject;
  readonly fields?: Readonly<Record<string, FieldWords>>;
  /** Fields of a roster line: hours, certificate, takeaway. */
  readonly rosterData?: z.ZodObject;
  readonly rosterFields?: Readonly<Record<string, FieldWords>>;
  /** Residents take part: numbers of heads only, never names. */
  readonly countsOthers?: true;
  /** Units below may read it (an observation round, a training plan). */
  readonly openBelow?: true;
}
