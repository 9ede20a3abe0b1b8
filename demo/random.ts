/** A deterministic source of chance: the same seed gives the same county on every machine. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
  /** True with the given share. */
  often(share: number): boolean;
  /** A chance of its own for a part, so that adding to one part does not change another. */
  for(part: string): Chance;
}

/** mulberry32: small, fast and good enough for invented villages. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (from) => from[Math.floor(next() * from.length)]!,
    often: (share) => next() < share,
    for: (part) =>
      chance([...part].reduce((h, c) => Math.imul(h ^ c.codePointAt(0)!, 16_777_619) >>> 0, seed ^ 0x811c9dc5)),
  };
}
