import type { DemoUnit } from './county.ts';
import { chance } from './random.ts';

/**
 * How good an invented branch is at each star, from 0 to 1. One talent of its own, the ease of the star, a little of the
 * township, and chance. Industry is the hard star and civility the easy one, as everywhere.
 */
export type Traits = Readonly<Record<string, number>>;

const ease: Record<string, number> = {
  branch: -0.05,
  industry: -0.16,
  ecology: 0.05,
  safety: 0.07,
  civility: 0.15,
  sharing: 0.05,
  harmony: 0.1,
  business: -0.02,
};

export function traitsOf(unit: DemoUnit, year: number, seed = 7): Traits {
  const own = chance(seed).for(unit.key);
  // Three draws make a hump: most are in the middle, few at the ends.
  const talent = (own.next() + own.next() + own.next()) / 3;
  const township =
    (chance(seed)
      .for(unit.parent ?? '')
      .next() -
      0.5) *
    0.12;
  const traits: Record<string, number> = {};
  for (const star of Object.keys(ease)) {
    const noise = (chance(seed).for(`${unit.key}/${star}/${year}`).next() - 0.5) * 0.3;
    // Most get a little better from one year to the next.
    const growth = (year - 2025) * 0.025;
    const value = 0.58 + (talent - 0.46) * 0.62 + township + (ease[star] ?? 0) + growth + noise;
    traits[star] = Math.min(1, Math.max(0.02, value));
  }
  return traits;
}
