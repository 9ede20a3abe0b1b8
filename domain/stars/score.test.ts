import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standards, valuesOf } from '../../tests/support/arbitrary-standards.ts';
import { explain } from './explain.ts';
import { resultSchema } from './result.ts';
import { rankAll, scoreAll } from './score-all.ts';
import { score } from './score.ts';
import type { Peers, UnitValues, Value } from './score.ts';
import { parseStandard, standardSchema } from './standard.ts';
import type { Standard } from './standard.ts';

type Written = Record<string, unknown>;

function criterion(id: string, points: number, rule: Written, more: Written = {}): Written {
  return { id, text: { zh: id, en: id }, points, value: { fact: id }, rule, ...more };
}

function star(id: string, pass: number, criteria: Written[], more: Written = {}): Written {
  return { id, name: { zh: id, en: id }, pass, criteria, ...more };
}

function standard(stars: Written[], more: Written = {}): Standard {
  const parsed = parseStandard({
    id: 'hand',
    version: '1',
    title: { zh: '手工', en: 'By hand' },
    sample: true,
    effective: { from: '2026-01-01', to: null },
    scheme: 'rural',
    grading: { mode: 'stars' },
    stars,
    ...more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues, null, 1));
  return parsed.standard;
}

/** Points, in hundredths, of one criterion worth `points` under `rule`. */
function pointsFor(points: number, rule: Written, value: Value, peers?: Peers): number {
  const result = score(
    standard([star('s', 0, [criterion('c', points, rule)])]),
    { unit: 'u', values: { c: value } },
    peers,
  );
  return result.stars[0]!.criteria[0]!.points;
}

const basis = { title: '样例', number: '1', article: '1' };

describe('rules', () => {
  it.each([
    ['0.7', 500],
    [0.7, 500],
    ['0.6', 0],
    ['0.59', 0],
    ['-3', 0],
    ['1', 2000],
    ['1.2', 2000],
    ['0.8001', 1001], // 20 × 0.2001 ÷ 0.4 = 10.005: the half goes up
    ['0.80009', 1000], // 10.0045
    ['0.80009999999999999999999', 1000], // just below the half, beyond what a double can hold
    ['8.001e-1', 1001],
  ])('linear 0.6 → 1 of 20 points: %s', (value, points) => {
    expect(pointsFor(20, { type: 'linear', from: 0.6, to: 1 }, value)).toBe(points);
  });

  it('linear with from > to: lower is better', () => {
    const rule = { type: 'linear', from: 10, to: 0 };
    expect([11, 10, 7.5, 0, -1].map((value) => pointsFor(10, rule, value))).toEqual([0, 0, 250, 1000, 1000]);
  });

  it('linear decides halves that binary floating point gets wrong', () => {
    // 1.005 × 100 is 100.49999999999999 in doubles; the rule says 100.5, rounded up to 101.
    expect(pointsFor(100, { type: 'linear', from: 0, to: 100 }, '1.005')).toBe(101);
    expect(pointsFor(1, { type: 'linear', from: 0, to: 1 }, '0.285')).toBe(29);
    expect(pointsFor(3, { type: 'linear', from: 0.1, to: 0.3 }, '0.2')).toBe(150);
  });

  it('steps and steps-down include their boundary', () => {
    const steps = [
      { at: 0.1, points: 2 },
      { at: 0.3, points: 5 },
      { at: 1, points: 10 },
    ];
    expect(['0.09', '0.1', '0.3', '0.999', '1', '5'].map((v) => pointsFor(10, { type: 'steps', steps }, v))).toEqual([
      0, 200, 500, 500, 1000, 1000,
    ]);
    const down = [
      { at: 0, points: 10 },
      { at: 2, points: 5 },
    ];
    expect(['-1', '0', '0.01', '2', '2.01'].map((v) => pointsFor(10, { type: 'steps-down', steps: down }, v))).toEqual([
      1000, 1000, 500, 500, 0,
    ]);
    expect(pointsFor(10, { type: 'steps', steps }, '0.29999999999999999999')).toBe(200);
  });

  it('keeps every result in [0, P] and rounds it half up', () => {
    expect(pointsFor(5, { type: 'steps', steps: [{ at: 0, points: 9 }] }, 1)).toBe(500);
    expect(pointsFor(5, { type: 'steps', steps: [{ at: 0, points: -9 }] }, 1)).toBe(0);
    expect(pointsFor(5, { type: 'levels', levels: { A: 3.335 } }, 'A')).toBe(334);
    expect(pointsFor(10, { type: 'review', max: 10, combine: 'mean' }, [12, 11])).toBe(1000);
  });

  it('yes, levels and what they refuse', () => {
    expect([1, 0, '1', '0'].map((v) => pointsFor(7, { type: 'yes' }, v))).toEqual([700, 0, 700, 0]);
    for (const wrong of ['2', 'yes', '', '0.5']) {
      expect(() => pointsFor(7, { type: 'yes' }, wrong)).toThrow(`unit u, criterion c: `);
    }
    expect(pointsFor(10, { type: 'levels', levels: { A: 10, B: 6 } }, 'B')).toBe(600);
    expect(() => pointsFor(10, { type: 'levels', levels: { A: 10 } }, 'toString')).toThrow('"toString"');
  });

  it.each(['', ' ', 'abc', 'NaN', 'Infinity', '-Infinity', '1e999', '0x10', '1,5', '１２', '1 2', '--1', '1_000', '.'])(
    'a value that is no finite number stops the run and is named: %j',
    (text) => {
      const given: UnitValues = { unit: '东村', values: { c: text } };
      const one = standard([star('s', 0, [criterion('c', 10, { type: 'linear', from: 0, to: 1 })])]);
      expect(() => score(one, given)).toThrow(`unit 东村, criterion c: a finite number is needed, found "${text}"`);
    },
  );

  it('review combines a panel: mean, trimmed from five scores on, median', () => {
    const review = (combine: string) => ({ type: 'review', max: 10, combine });
    expect(pointsFor(10, review('mean'), [8, 8, 9])).toBe(833);
    expect(pointsFor(10, review('trimmed'), [1, 8, 9, 10])).toBe(700);
    expect(pointsFor(10, review('trimmed'), [0, 8, 8, 9, 10])).toBe(833);
    expect(pointsFor(10, review('trimmed'), [10, 10, 10, 10, 0])).toBe(1000);
    expect(pointsFor(10, review('median'), [1, 9, 8])).toBe(800);
    expect(pointsFor(10, review('median'), ['8', '9', '1', '10'])).toBe(850);
    expect(pointsFor(1, review('mean'), ['0.05', '0.05', '0.05'])).toBe(1);
  });

  it('rank: strictly worse ÷ (units − 1), alone = 100, lower reverses', () => {
    const rule = {
      type: 'rank',
      peers: 'all',
      steps: [
        { at: 0, points: 1 },
        { at: 50, points: 5 },
        { at: 100, points: 10 },
      ],
    };
    expect(pointsFor(10, rule, 3)).toBe(1000);
    expect(pointsFor(10, rule, 3, { c: [1, 5] })).toBe(500);
    expect(pointsFor(10, rule, 3, { c: [3, 3] })).toBe(100);
    expect(pointsFor(10, rule, 3, { c: [1, 2] })).toBe(1000);
    expect(pointsFor(10, { ...rule, lower: true }, 3, { c: [1, 2] })).toBe(100);
    // 2 of 3 others worse = 66.66… %, which is below 66.67 and above 66.66.
    const third = (at: number) => ({ type: 'rank', peers: 'all', steps: [{ at, points: 10 }] });
    expect(pointsFor(10, third(66.67), 3, { c: [1, 2, 4] })).toBe(0);
    expect(pointsFor(10, third(66.66), 3, { c: [1, 2, 4] })).toBe(1000);
  });
});

describe('stars', () => {
  const full = { type: 'linear', from: 0, to: 100 };

  it('a missing value scores 0 and is flagged, never a measured zero', () => {
    const one = standard([star('s', 50, [criterion('a', 100, full), criterion('b', 100, full)])]);
    const [missing, zero] = [{ a: 60 }, { a: 60, b: 0 }].map((values) => score(one, { unit: 'u', values }).stars[0]!);
    expect(missing!.criteria[1]).toMatchObject({ points: 0, missing: true, values: [] });
    expect(zero!.criteria[1]).toMatchObject({ points: 0, missing: false, values: ['0'] });
    expect(missing!.reasons).toContainEqual({ code: 'missing', criterion: 'b' });
  });

  it('an optional missing criterion leaves the sum with its must, and the rest is scaled', () => {
    const one = standard([
      star('s', 66.67, [
        criterion('a', 30, { type: 'linear', from: 0, to: 30 }),
        criterion('b', 70, full, { optional: true, must: 50 }),
      ]),
    ]);
    const removed = score(one, { unit: 'u', values: { a: 20 } }).stars[0]!;
    // 20 × 100 ÷ 30 = 66.666… → 66.67
    expect(removed).toMatchObject({ points: 6667, earned: 2000, counted: 3000, full: 10_000, held: true });
    const present = score(one, { unit: 'u', values: { a: 30, b: 0 } }).stars[0]!;
    expect(present).toMatchObject({ points: 3000, held: false });
    expect(present.reasons.map((reason) => reason.code)).toContain('must-missed');
    const nothing = standard([star('s', 1, [criterion('a', 30, full, { optional: true })])]);
    expect(score(nothing, { unit: 'u', values: {} }).stars[0]).toMatchObject({ points: 0, held: false });
  });

  it('a must below its line fails the star whatever its sum', () => {
    const one = standard([
      star('s', 10, [criterion('a', 90, full), criterion('b', 10, { type: 'linear', from: 0, to: 10 }, { must: 5 })]),
    ]);
    expect(score(one, { unit: 'u', values: { a: 100, b: 4.99 } }).stars[0]!.held).toBe(false);
    expect(score(one, { unit: 'u', values: { a: 100, b: 4.995 } }).stars[0]!.held).toBe(true);
    expect(score(one, { unit: 'u', values: { a: 100 } }).stars[0]!.held).toBe(false);
  });

  const two = (more: Written) =>
    standard(
      [star('a', 50, [criterion('a1', 100, full)], { requires: ['b'] }), star('b', 50, [criterion('b1', 100, full)])],
      more,
    );

  it('level counts held stars; requires holds back, in either direction', () => {
    expect(score(two({}), { unit: 'u', values: { a1: 100, b1: 100 } }).level).toBe(2);
    const blocked = score(two({}), { unit: 'u', values: { a1: 100, b1: 0 } });
    expect(blocked).toMatchObject({ level: 0, total: 10_000 });
    expect(blocked.stars[0]!.reasons).toContainEqual({ code: 'requires', star: 'b' });
  });

  it('prerequisite reading: no other star counts unless the branch star is held', () => {
    const others = ['x', 'y'].map((id) => star(id, 50, [criterion(`${id}1`, 100, full)], { requires: ['branch'] }));
    const strict = standard([...others, star('branch', 50, [criterion('b', 100, full)])]);
    expect(score(strict, { unit: 'u', values: { x1: 100, y1: 100, b: 49 } }).level).toBe(0);
    expect(score(strict, { unit: 'u', values: { x1: 100, y1: 0, b: 50 } }).level).toBe(2);
  });

  it('vetoes take one star or all; in bands only a veto on all gives level 0', () => {
    const vetoes = [
      { id: 'v', text: { zh: '否决' }, scope: 'b', basis },
      { id: 'w', text: { zh: '否决' }, scope: 'all', basis },
    ];
    const values = { a1: 100, b1: 100 };
    expect(score(two({ vetoes }), { unit: 'u', values, vetoes: ['v'] }).level).toBe(0);
    const bands = two({
      vetoes,
      grading: {
        mode: 'bands',
        bands: [
          { level: 5, min: 90 },
          { level: 1, min: 33.33 },
        ],
      },
    });
    expect(score(bands, { unit: 'u', values, vetoes: ['v'] })).toMatchObject({ level: 5, total: 20_000 });
    expect(score(bands, { unit: 'u', values, vetoes: ['w'] })).toMatchObject({ level: 0, total: 20_000 });
    expect(score(bands, { unit: 'u', values: { a1: 66.66, b1: 0 } }).level).toBe(1);
    expect(score(bands, { unit: 'u', values: { a1: 66.65, b1: 0 } }).level).toBe(0);
    expect(() => score(bands, { unit: 'u', values, vetoes: ['nobody'] })).toThrow('nobody');
  });

  it('refuses values of criteria that the standard does not know', () => {
    expect(() => score(two({}), { unit: 'u', values: { zzz: 1 } })).toThrow('unit u, criterion zzz');
  });
});

describe('ranks', () => {
  it('1, 2, 2, 4 by level, total, tie-breakers; within a peer group', () => {
    const one = standard(
      [
        star('s', 50, [
          criterion('a', 50, { type: 'linear', from: 0, to: 50 }),
          criterion('b', 50, { type: 'linear', from: 0, to: 50 }),
        ]),
      ],
      { tieBreakers: ['b'] },
    );
    const given = [
      ['p', 30, 30],
      ['q', 40, 20],
      ['r', 40, 20],
      ['t', 10, 10],
    ] as const;
    const units = given.map(([unit, a, b], index) => ({ unit, values: { a, b }, township: index < 2 ? 'x' : 'y' }));
    expect(scoreAll(one, units).map((scored) => scored.rank)).toEqual([1, 2, 2, 4]);
    expect(scoreAll(one, units, 'township').map((scored) => scored.rank)).toEqual([1, 2, 1, 2]);
    expect(() => scoreAll(one, [{ unit: 'p', values: {}, scheme: 'urban' }])).toThrow('urban');
  });

  it('the standing of scoreAll equals counting the others one by one', () => {
    const cases = standards({ stars: 2 }).chain((one) =>
      fc.record({ one: fc.constant(one), units: fc.array(valuesOf(one), { minLength: 1, maxLength: 8 }) }),
    );
    fc.assert(
      fc.property(cases, ({ one, units }) => {
        const all = scoreAll(one, units);
        units.forEach((unit, index) => {
          const peers: Record<string, (string | number)[]> = {};
          for (const { id, rule } of one.stars.flatMap((star) => star.criteria)) {
            if (rule.type !== 'rank') continue;
            peers[id] = units
              .filter(
                (other, at) =>
                  at !== index &&
                  (rule.peers === 'all' ||
                    (other.county === unit.county && (rule.peers === 'county' || other.township === unit.township))),
              )
              .flatMap((other) => (other.values[id] === undefined ? [] : [other.values[id] as string | number]));
          }
          expect(score(one, unit, peers)).toEqual(all[index]!.result);
        });
        expect(
          rankAll(
            one,
            all.map((scored) => scored.result),
          ),
        ).toEqual(all.map((scored) => scored.rank));
      }),
      { numRuns: 100 },
    );
  });
});

describe('results', () => {
  const cases = standards().chain((one) => fc.record({ one: fc.constant(one), given: valuesOf(one) }));

  it('are deterministic, survive JSON, and fit their schema', () => {
    fc.assert(
      fc.property(cases, ({ one, given }) => {
        const result = score(one, given);
        expect(
          score(JSON.parse(JSON.stringify(one)) as Standard, JSON.parse(JSON.stringify(given)) as UnitValues),
        ).toEqual(result);
        expect(resultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
        expect(standardSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
        for (const language of ['zh', 'en'] as const)
          expect(explain(one, result, language).join('\n')).not.toContain('undefined');
      }),
      { numRuns: 100 },
    );
  });

  it('a parsed standard is not read a second time', () => {
    const one = standard([star('s', 1, [criterion('a', 1, { type: 'yes' })])]);
    const again = parseStandard(one);
    expect(again.ok).toBe(false);
  });

  it('more of what is measured never costs points under linear and rising steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 150 }), fc.integer({ min: 0, max: 50 }), (value, more) => {
        const rule = { type: 'linear', from: 3, to: 97 };
        expect(pointsFor(17, rule, value + more)).toBeGreaterThanOrEqual(pointsFor(17, rule, value));
      }),
    );
  });
});
