import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standards, valuesOf } from '../../tests/support/arbitrary-standards.ts';
import { cheapestCover } from './cheapest.ts';
import { explainGap } from './explain.ts';
import { applyAdvice, gap } from './gap.ts';
import { leastValue, mostPoints } from './raise.ts';
import { pointsOf, readValue } from './rules-of-points.ts';
import { score } from './score.ts';
import type { UnitValues } from './score.ts';
import { parseStandard } from './standard.ts';
import type { Standard } from './standard.ts';

const cases = fc
  .record({ standard: standards({ criteria: 7, stars: 2 }) })
  .chain(({ standard }) => fc.record({ standard: fc.constant(standard), given: valuesOf(standard) }));

/** Every criterion set of a star, tried one by one with every chosen criterion at its most. */
function bruteForce(standard: Standard, given: UnitValues, starId: string) {
  const before = score(standard, given);
  const star = before.stars.find((one) => one.id === starId)!;
  if (star.passed) return { effort: 0, count: 0, headroom: 0 };
  let best: { effort: number; count: number; headroom: number } | null = null;
  for (let set = 0; set < 2 ** star.criteria.length; set += 1) {
    const chosen = star.criteria.filter((_, index) => (set >> index) & 1);
    if (chosen.some((one) => one.rule.type === 'rank')) continue;
    const values = { ...given.values };
    for (const one of chosen) {
      const most = mostPoints(one.rule, one.full)!;
      // A criterion that cannot rise is no raise; naming it would only add effort.
      if (!one.removed && most <= one.points) continue;
      values[one.id] = leastValue(one.rule, one.full, most)!.value;
    }
    const after = score(standard, { ...given, values }).stars.find((one) => one.id === starId)!;
    if (!after.passed) continue;
    const found = {
      effort: chosen.reduce((sum, one) => sum + Math.round(one.effort * 100), 0) / 100,
      count: chosen.length,
      headroom: chosen.reduce((sum, one) => sum + mostPoints(one.rule, one.full)! - one.points, 0),
    };
    const order = best ? found.effort - best.effort || found.count - best.count || best.headroom - found.headroom : -1;
    if (order < 0) best = found;
  }
  return best;
}

describe('gap', () => {
  it('gives the points of the star when its advice is followed, blockers apart', () => {
    fc.assert(
      fc.property(cases, ({ standard, given }) => {
        const result = score(standard, given);
        for (const star of standard.stars) {
          const found = gap(standard, result, star.id);
          if (!found.reachable) continue;
          const replay = score(standard, applyAdvice(given, found.advice)).stars.find((one) => one.id === star.id)!;
          expect(replay.passed).toBe(true);
          expect(replay.points).toBe(found.pointsAfter);
          if (found.blockers.length === 0) expect(replay.held).toBe(true);
          for (const one of found.advice) {
            const after = replay.criteria.find((criterion) => criterion.id === one.criterion)!;
            expect(after.points).toBe(one.pointsAfter);
            expect(one.gain).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is the cheapest of all sets: effort, then count, then headroom', () => {
    fc.assert(
      fc.property(cases, ({ standard, given }) => {
        const result = score(standard, given);
        for (const star of standard.stars) {
          const found = gap(standard, result, star.id);
          const best = bruteForce(standard, given, star.id);
          expect(found.reachable).toBe(best !== null);
          if (!best) continue;
          const headroom = found.advice.reduce((sum, one) => {
            const criterion = star.criteria.find((c) => c.id === one.criterion)!;
            return sum + mostPoints(criterion.rule, criterion.points)! - one.pointsNow;
          }, 0);
          expect({ effort: found.effort, count: found.advice.length, headroom }).toEqual(best);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('raises nothing further than needed: no advised value can be lowered by a hundredth', () => {
    fc.assert(
      fc.property(cases, ({ standard, given }) => {
        const result = score(standard, given);
        for (const star of standard.stars) {
          const found = gap(standard, result, star.id);
          for (const one of found.advice) {
            const criterion = star.criteria.find((c) => c.id === one.criterion)!;
            const before = result.stars.find((s) => s.id === star.id)!.criteria.find((c) => c.id === one.criterion)!;
            const lower = ['linear', 'review'].includes(criterion.rule.type)
              ? leastValue(criterion.rule, criterion.points, one.pointsAfter - 1)
              : null;
            if (!lower || lower.points < Math.max(before.points, 1)) continue;
            const advice = found.advice.map((a) => (a === one ? { ...a, valueNeeded: lower.value } : a));
            const replay = score(standard, applyAdvice(given, advice)).stars.find((s) => s.id === star.id)!;
            expect(replay.passed).toBe(false);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stays quick with thirty criteria whose efforts resist pruning', () => {
    const items = Array.from({ length: 30 }, (_, i) => ({
      weight: 1_000_003 + ((i * 7919) % 1009) * 997,
      effort: 1_000_003 + ((i * 7919) % 1009) * 997 + (i % 3),
      headroom: 100 + i,
    }));
    const need = items.reduce((sum, item) => sum + item.weight, 0) / 2;
    const started = performance.now();
    const cover = cheapestCover(items, Math.floor(need))!;
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(cover.reduce((sum, index) => sum + items[index]!.weight, 0)).toBeGreaterThanOrEqual(Math.floor(need));
  });
});

function small(criteria: object[], star: object = {}, more: object = {}): Standard {
  const parsed = parseStandard({
    id: 'small',
    version: '1',
    title: { zh: '小' },
    sample: true,
    effective: { from: '2026-01-01' },
    scheme: 'rural',
    grading: { mode: 'stars' },
    stars: [{ id: 's', name: { zh: '星', en: 'Star' }, pass: 50, criteria, ...star }],
    ...more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.standard;
}

const linear = (id: string, points: number, effort: number, more: object = {}) => ({
  id,
  text: { zh: id },
  points,
  effort,
  value: { fact: id },
  rule: { type: 'linear', from: 0, to: points },
  ...more,
});

describe('gap by hand', () => {
  it('takes the least effort, not the fewest criteria', () => {
    const standard = small([linear('a', 40, 5), linear('b', 20, 1), linear('c', 20, 1), linear('d', 20, 9)]);
    const result = score(standard, { unit: 'u', values: { a: 10, b: 0, c: 5, d: 0 } });
    const found = gap(standard, result, 's');
    // 15 of 50 are there. a alone adds 30, b and c together 35 for effort 2: still 50 = 15 + 20 + 15.
    expect(found.advice.map((one) => [one.criterion, one.valueNow, one.valueNeeded])).toEqual([
      ['b', '0', '20'],
      ['c', '5', '20'],
    ]);
    expect(found.effort).toBe(2);
    expect(explainGap(found, 'en').join('\n')).toContain('effort 2');
  });

  it('raises an unmet must even when the sum is there', () => {
    const standard = small([linear('a', 60, 1), linear('b', 40, 1, { must: 10 })]);
    const result = score(standard, { unit: 'u', values: { a: 60, b: 4 } });
    const found = gap(standard, result, 's');
    expect(found.advice).toMatchObject([{ criterion: 'b', valueNeeded: '10', pointsAfter: 1000 }]);
  });

  it('leaves rank criteria out, says so, and names vetoes and required stars as blockers', () => {
    const rank = { rule: { type: 'rank', peers: 'all', steps: [{ at: 100, points: 60 }] } };
    const standard = small(
      [linear('a', 50, 1), linear('r', 60, 1, rank)],
      { requires: ['t'] },
      {
        stars: [
          {
            id: 's',
            name: { zh: '星' },
            pass: 50,
            requires: ['t'],
            criteria: [linear('a', 50, 1), linear('r', 60, 1, rank)],
          },
          { id: 't', name: { zh: '前提' }, pass: 1, criteria: [linear('x', 1, 1)] },
        ],
        vetoes: [{ id: 'v', text: { zh: '否决' }, scope: 's', basis: { title: '样例', number: '1', article: '1' } }],
      },
    );
    const result = score(standard, { unit: 'u', values: { a: 0, r: 1 }, vetoes: ['v'] }, { r: [0, 2] });
    const found = gap(standard, result, 's');
    expect(found.leftOut.map((one) => one.criterion)).toEqual(['r']);
    expect(found.advice).toMatchObject([{ criterion: 'a', valueNeeded: '50' }]);
    expect(found.blockers.map((one) => [one.kind, one.id])).toEqual([
      ['veto', 'v'],
      ['requires', 't'],
    ]);
  });

  it('names the shortest decimal that gives exactly the points needed', () => {
    const rule = { type: 'linear', from: 0.6, to: 1 } as const;
    const value = leastValue(rule, 2000, 500)!;
    expect(value).toEqual({ value: '0.7', points: 500 });
    const reading = readValue(rule, [value.value]);
    expect(reading.ok && pointsOf(rule, 2000, reading.measured)).toBe(500);
  });

  it('brings an optional missing criterion back when that is the cheapest way', () => {
    const standard = small([linear('a', 50, 9), linear('b', 50, 1, { optional: true })], { pass: 60 });
    const result = score(standard, { unit: 'u', values: { a: 25 } });
    expect(result.stars[0]!.points).toBe(5000);
    const found = gap(standard, result, 's');
    // 25 + b must make 60 of 100 once b counts again; b = 35 gives exactly 60.
    expect(found.advice).toMatchObject([{ criterion: 'b', valueNow: null, valueNeeded: '35' }]);
  });
});
