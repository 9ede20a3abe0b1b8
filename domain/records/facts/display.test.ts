import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayOf, figures, percentOf } from './index.ts';

describe('numbers as people read them', () => {
  const share = figures['party-meetings-held-share']!;

  it('writes a share of one in percent, in both languages', () => {
    expect(displayOf(share, '0.818182')).toBe('81.82%');
    expect(displayOf(share, '1', 'plain', 'en')).toBe('100%');
    expect(displayOf(share, '0')).toBe('0%');
  });

  it('never lets a share look further along than half of a hundredth of a percent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (millionths) => {
        const shown = Number(percentOf(String(millionths / 1_000_000)).slice(0, -1));
        expect(Math.abs(shown - millionths / 10_000)).toBeLessThanOrEqual(0.005 + 1e-9);
      }),
    );
  });

  it('leaves percentages of a hundred as they are', () => {
    expect(displayOf(figures['matters-on-time-share']!, '96.5')).toBe('96.5%');
  });
});
