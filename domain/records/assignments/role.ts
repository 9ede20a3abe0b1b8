import type { Verb } from '../../grants.ts';
import type { Words } from '../../words.ts';
import type { UnitType } from '../units/types.ts';

/** The five tiers of responsibility (M128): who coordinates, leads, pushes, implements, and whose work it is. */
export type Tier = 'coordinate' | 'lead' | 'push' | 'implement' | 'subject' | 'support';

export interface Role {
  readonly words: Words;
  readonly tier: Tier;
  /** Types of unit (or, with `star`, of the unit where the star is worked on) to which this role can be assigned. */
  readonly on: readonly UnitType[];
  readonly holder: 'person' | 'unit';
  /** `one`: at most one at a time per unit (and star); the next one takes over by handover. */
  readonly cardinality: 'one' | 'many';
  /** Whether a star must be named, and the grants narrow to it. */
  readonly perStar: boolean;
  readonly verbs: readonly Verb[];
}
