import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  coarserThan,
  compareDecimals,
  decimalsOf,
  divideDecimals,
  endOf,
  finerThan,
  startOf,
  subtractDecimals,
  tidyDecimal,
} from './index.ts';

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 6 }))
  .map(([n, scale]) => {
    const digits = String(n < 0n ? -n : n).padStart(scale + 1, '0');
    const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    return tidyDecimal(`${n < 0n ? '-' : ''}${text}`)!;
  });

describe('exact decimals', () => {
  it('tidies what people write', () => {
    for (const [given, plain] of [
      ['007.50', '7.5'],
      ['-0.0', '0'],
      ['+3', '3'],
      ['0', '0'],
      ['1,000', null],
      ['1e3', null],
      ['.5', null],
      ['', null],
      ['１２', null],
    ] as const)
      expect([given, tidyDecimal(given)]).toEqual([given, plain]);
    expect(decimalsOf('1.2300')).toBe(2);
  });

  it('adds, subtracts and compares without loss', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(subtractDecimals(addDecimals(a, b), b)).toBe(a);
        expect(addDecimals(a, b)).toBe(addDecimals(b, a));
        expect(Math.sign(compareDecimals(a, b))).toBe(Math.sign(compareDecimals(subtractDecimals(a, b), '0')));
      }),
    );
    expect(addDecimals('0.1', '0.2')).toBe('0.3');
  });

  it('divides with half away from zero, and not by zero', () => {
    expect(divideDecimals('1', '3', 4)).toBe('0.3333');
    expect(divideDecimals('2', '3', 4)).toBe('0.6667');
    expect(divideDecimals('1', '8', 2)).toBe('0.13');
    expect(divideDecimals('-1', '8', 2)).toBe('-0.13');
    expect(divideDecimals('3', '20000', 2, 10_000)).toBe('1.5');
    expect(divideDecimals('1', '0', 2)).toBeNull();
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        fc.pre(compareDecimals(b, '0') !== 0);
        const q = divideDecimals(addDecimals(a, '0'), b, 3)!;
        expect(decimalsOf(q)).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe('periods', () => {
  it('knows first and last days, and what lies inside what', () => {
    expect([startOf('2026'), endOf('2026')]).toEqual(['2026-01-01', '2026-12-31']);
    expect([startOf('2024-02'), endOf('2024-02')]).toEqual(['2024-02-01', '2024-02-29']);
    expect([startOf('2026Q3'), endOf('2026Q3')]).toEqual(['2026-07-01', '2026-09-30']);
    expect(finerThan('2026Q3')).toEqual(['2026-07', '2026-08', '2026-09']);
    expect(finerThan('2026')).toHaveLength(16);
    expect(coarserThan('2026-11')).toEqual(['2026', '2026Q4']);
    for (const p of finerThan('2026')) expect(coarserThan(p)).toContain('2026');
  });
});
