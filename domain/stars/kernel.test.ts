import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standards, valuesOf } from '../../tests/support/arbitrary-standards.ts';
import type { PlacedValues } from '../../tests/support/arbitrary-standards.ts';
import { compile } from './kernel.ts';
import { pointsOfColumn } from './kernel-rules.ts';
import { pointsOf, readValue } from './rules-of-points.ts';
import { scoreAll } from './score-all.ts';
import { parseStandard } from './standard.ts';
import type { Rule, Standard } from './standard.ts';
import { buildTable, tableOf } from './table.ts';
import type { Column } from './table.ts';

const cases = standards().chain((standard) =>
  fc.record({
    standard: fc.constant(standard),
    units: fc
      .array(valuesOf(standard), { minLength: 1, maxLength: 12 })
      .map((units) => units.map((unit, index) => ({ ...unit, unit: `u${index}` }))),
    within: fc.constantFrom('all' as const, 'county' as const, 'township' as const),
  }),
);

/** Every row on which the two disagree, with both answers. */
function differences(standard: Standard, units: PlacedValues[], within: 'all' | 'county' | 'township'): unknown[] {
  const reference = scoreAll(standard, units, within);
  const found = compile(standard).run(tableOf(standard, units), { keepPoints: true, rankWithin: within });
  return reference.flatMap(({ result, rank }, row) => {
    const criteria = result.stars.flatMap((star) => star.criteria);
    const expected = {
      numbers: [result.level, result.total, result.missing, rank],
      points: criteria.map((one) => (one.missing ? -1 : one.points)),
      stars: result.stars.map((star) => [star.points, star.held ? 1 : 0]),
    };
    const actual = {
      numbers: [found.level[row], found.total[row], found.missing[row], found.rank[row]],
      points: found.points!.map((points) => points[row]),
      stars: found.stars.map((star) => [star.points[row], star.held[row]]),
    };
    return JSON.stringify(expected) === JSON.stringify(actual) ? [] : [{ row, expected, actual }];
  });
}

describe('the kernel and the reference', () => {
  it('agree bit for bit on random standards and values', () => {
    fc.assert(
      fc.property(cases, ({ standard, units, within }) => {
        expect(differences(standard, units, within)).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  it('agree across block boundaries', () => {
    const [sample] = fc.sample(cases, { numRuns: 1, seed: 7 });
    const units = Array.from({ length: 5_000 }, (_, index) => {
      const unit = sample!.units[(index * 7) % sample!.units.length]!;
      return { ...unit, unit: `u${index}` };
    });
    expect(differences(sample!.standard, units, 'township')).toEqual([]);
  });

  // Half hundredths and range ends are where doubles go wrong, so each rule is also tried on dense grids of them.
  const linears = [
    { from: 0, to: 1, places: 4 },
    { from: 0.6, to: 1, places: 5 },
    { from: 1, to: 0.3, places: 4 },
    { from: 0.1, to: 0.7, places: 5 },
    { from: -3.3, to: 9.9, places: 3 },
    { from: 1_000_000.5, to: 1_000_001.5, places: 4 },
    { from: 123_456_789.01, to: 123_456_789.02, places: 5 },
    { from: 0.000_000_1, to: 0.000_000_3, places: 11 },
  ];
  it.each(linears)('agree on a dense grid from $from to $to', ({ from, to, places }) => {
    const rule: Rule = { type: 'linear', from, to };
    const full = 737;
    const low = Math.min(from, to);
    const width = Math.abs(to - from);
    const texts = Array.from({ length: 20_001 }, (_, at) =>
      (low - 0.1 * width + (1.2 * width * at) / 20_000).toFixed(places),
    );
    const column: Column = { kind: 'number', values: Float64Array.from(texts, Number), long: new Map() };
    const out = new Int32Array(texts.length);
    pointsOfColumn(rule, full, column, { of: new Int32Array(texts.length), count: 1 })(0, texts.length, out);
    const wrong = texts.filter((text, row) => {
      const reading = readValue(rule, [text]);
      return !reading.ok || out[row] !== pointsOf(rule, full, reading.measured);
    });
    expect(wrong).toEqual([]);
  });

  it('agree on panels of every size', () => {
    const scores = fc.oneof(
      fc.integer({ min: -2, max: 110 }).map((n) => n / 10),
      fc.integer({ min: 0, max: 10_000 }).map((n) => n / 1000),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(scores, { maxLength: 12 }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('mean' as const, 'trimmed' as const, 'median' as const),
        fc.constantFrom(10, 0.3, 7),
        fc.integer({ min: 1, max: 9999 }),
        (panels, combine, max, full) => {
          const rule: Rule = { type: 'review', max, combine };
          const starts = Uint32Array.from([0, ...panels.map((_, at) => panels.slice(0, at + 1).flat().length)]);
          const column: Column = { kind: 'review', scores: Float64Array.from(panels.flat()), starts, long: new Map() };
          const out = new Int32Array(panels.length);
          pointsOfColumn(rule, full, column, { of: new Int32Array(panels.length), count: 1 })(0, panels.length, out);
          panels.forEach((panel, row) => {
            const reading = readValue(rule, panel);
            expect(out[row]).toBe(reading.ok ? pointsOf(rule, full, reading.measured) : -1);
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a table', () => {
  it('refuses what cannot be read, and a second value where one is needed', () => {
    const parsed = parseStandard({
      id: 't',
      version: '1',
      title: { zh: '表' },
      sample: true,
      effective: { from: '2026-01-01' },
      scheme: 'rural',
      grading: { mode: 'stars' },
      stars: [
        {
          id: 's',
          name: { zh: '星' },
          pass: 1,
          criteria: [
            { type: 'linear', from: 0, to: 1 },
            { type: 'yes' },
            { type: 'levels', levels: { A: 1, 1: 1 } },
            { type: 'review', max: 10, combine: 'mean' },
          ].map((rule, index) => ({
            id: `c${index}`,
            text: { zh: '条' },
            points: 1,
            value: { fact: `f${index}` },
            rule,
          })),
        },
      ],
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    const table = buildTable(parsed.standard, 1);
    expect(table.add(0, 0, 'abc')).toEqual({ code: 'not-a-number', found: 'abc' });
    expect(table.add(0, 0, '-')).toEqual({ code: 'not-a-number', found: '-' });
    expect(table.add(5, 0, '0.30000000000000000000001')).toBeNull();
    expect(table.add(5, 0, '1')).toEqual({ code: 'several-values', found: '1' });
    expect(table.add(0, 1, '0.5')).toEqual({ code: 'not-yes-no', found: '0.5' });
    expect(table.add(0, 1, '0')).toBeNull();
    expect(table.add(0, 1, '0')).toEqual({ code: 'several-values', found: '0' });
    expect(table.add(3, 2, 'C')).toEqual({ code: 'unknown-label', found: 'C' });
    expect(table.add(3, 2, ' A ')).toBeNull();
    expect(table.add(3, 3, '9')).toBeNull();
    expect(table.add(3, 3, '8.5')).toBeNull();
    expect(table.valuesOf(3)).toEqual({ c2: 'A', c3: ['9', '8.5'] });
    expect(table.valuesOf(5)).toEqual({ c0: '0.30000000000000000000001' });
  });
});
