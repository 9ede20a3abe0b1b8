// The engine and the kernel against a second, independent reading of the page on scoring.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWritten, writtenStandards } from '../../tests/support/arbitrary-standards.ts';
import type { WrittenStandard } from '../../tests/support/arbitrary-standards.ts';
import { plainUnits } from '../../tests/support/arbitrary-units.ts';
import { cheapestPlainly, fraction, mostOf, scorePlainly } from '../../tests/support/plain-scoring.ts';
import type { PlainUnit } from '../../tests/support/plain-scoring.ts';
import { gap } from './gap.ts';
import { compile } from './kernel.ts';
import { scoreAll } from './score-all.ts';
import { tableOf } from './table.ts';

const cases = writtenStandards({ criteria: 5 }).chain((written) =>
  fc.record({
    written: fc.constant(written),
    units: plainUnits(readWritten(written)),
    within: fc.constantFrom('all' as const, 'county' as const, 'township' as const),
  }),
);

const row = (unit: string, level: number, total: number, rank: number, stars: [number, boolean][]) =>
  [unit, level, total, rank, ...stars.flat()].join(' ');

function plainRows(written: WrittenStandard, units: PlainUnit[], within: 'all' | 'county' | 'township'): string[] {
  return scorePlainly(written, units, within)
    .map(({ unit, level, total, rank, stars }) =>
      row(
        unit,
        level,
        Number(total),
        rank,
        stars.map((star) => [Number(star.points), star.held]),
      ),
    )
    .sort();
}

describe('the page read plainly', () => {
  it('gives what the engine gives: levels, totals, ranks, points and stars held', () => {
    fc.assert(
      fc.property(cases, ({ written, units, within }) => {
        const found = scoreAll(readWritten(written), units, within).map(({ result, rank }) =>
          row(
            result.unit,
            result.level,
            result.total,
            rank,
            result.stars.map((star) => [star.points, star.held]),
          ),
        );
        expect(found.sort()).toEqual(plainRows(written, units, within));
      }),
      { numRuns: 500 },
    );
  });

  it('gives what the bulk kernel gives', () => {
    fc.assert(
      fc.property(cases, ({ written, units, within }) => {
        const standard = readWritten(written);
        const bulk = compile(standard).run(tableOf(standard, units), { rankWithin: within });
        const found = units.map(({ unit }, at) =>
          row(
            unit,
            bulk.level[at]!,
            bulk.total[at]!,
            bulk.rank[at]!,
            bulk.stars.map((star) => [star.points[at]!, star.held[at] === 1]),
          ),
        );
        expect(found.sort()).toEqual(plainRows(written, units, within));
      }),
      { numRuns: 500 },
    );
  });

  it('agrees that the way up is the cheapest, and that following it gives the star', () => {
    fc.assert(
      fc.property(cases, ({ written, units }) => {
        const standard = readWritten(written);
        const [first] = units;
        const own = { ...first!, vetoes: [] };
        const { result } = scoreAll(standard, [own])[0]!;
        const [plain] = scorePlainly(written, [own]);
        written.stars.forEach((star, at) => {
          const found = gap(standard, result, star.id);
          const best = cheapestPlainly(star, plain!.stars[at]!.criteria);
          expect(found.reachable).toBe(best !== null);
          if (!best) return;
          const headroom = found.advice.reduce((sum, one) => {
            const raised = star.criteria.find((criterion) => criterion.id === one.criterion)!;
            return sum + Number(mostOf(raised)) - one.pointsNow;
          }, 0);
          expect([Math.round(found.effort * 100), found.advice.length, headroom]).toEqual([
            Number(best.effort),
            best.count,
            Number(best.headroom),
          ]);
          const advised = Object.fromEntries(found.advice.map((one) => [one.criterion, [one.valueNeeded]]));
          const followed = { ...own, values: { ...own.values, ...advised } };
          const after = scorePlainly(written, [followed])[0]!.stars[at]!;
          expect([after.passed, Number(after.points)]).toEqual([true, found.pointsAfter]);
          if (found.blockers.length === 0) expect(after.held).toBe(true);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('reads a number in every spelling as the same number', () => {
    for (const text of ['0.5', '.5', '+0.50', ' 5e-1', '005e-1', '0.05E+1'])
      expect(fraction(text).n * 10n).toBe(fraction(text).d * 5n);
  });
});
