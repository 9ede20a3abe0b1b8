import { describe, expect, it } from 'vitest';
import { endedMonth } from './rescoring.ts';

describe('the month that a snapshot is kept under', () => {
  const at = (moment: string) => endedMonth(new Date(`${moment}+08:00`));

  it('is the one that ended last, in its days in China', () => {
    expect(at('2026-11-01T00:05:00')).toBe('2026-10');
    expect(at('2026-01-03T02:10:00')).toBe('2025-12');
    expect(at('2026-03-05T23:59:00')).toBe('2026-02');
  });

  it('is none once the new month has run for days: nobody knows any more how the old one ended', () => {
    expect(at('2026-03-06T02:10:00')).toBeNull();
    expect(at('2026-10-31T23:59:00')).toBeNull();
  });
});
