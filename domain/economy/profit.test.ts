import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributionOf } from './profit.ts';

describe('the contribution of a branch', () => {
  it('is the agreed share in whole fen, never more than the share and never of a loss', () => {
    expect(contributionOf(1_000_000, 20)).toBe(200_000);
    expect(contributionOf(999, 33.33)).toBe(332);
    expect(contributionOf(-5, 50)).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 10_000 }), (profit, share) => {
        const exact = (BigInt(profit) * BigInt(share)) / 10_000n;
        expect(contributionOf(profit, share / 100)).toBe(Number(exact));
      }),
    );
  });
});
