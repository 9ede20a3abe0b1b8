/**
 * What a branch owes its head in all: the agreed share of its profit, whole fen, rounded down. A loss owes nothing and is
 * made up for by later profits first. `sharePercent` has at most two digits after the point, as its form allows.
 */
export function contributionOf(profitFen: number, sharePercent: number): number {
  if (profitFen <= 0) return 0;
  return Number((BigInt(profitFen) * BigInt(Math.round(sharePercent * 100))) / 10_000n);
}
