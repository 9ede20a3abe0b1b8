import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isScoreBarred, isVetoBarred, parseStandard, scoreBarred } from './standard.ts';
import type { StandardIssue } from './standard.ts';

type Written = Record<string, unknown>;

function written(): Written {
  return {
    id: 'x',
    version: '1',
    title: { zh: '标准', en: 'Standard' },
    sample: false,
    source: { title: '文件', number: '1号', issued: '2026-01-01' },
    effective: { from: '2026-01-01', to: null },
    scheme: 'rural',
    grading: {
      mode: 'bands',
      bands: [
        { level: 5, min: 90 },
        { level: 1, min: 60 },
      ],
    },
    stars: [
      {
        id: 's',
        name: { zh: '星' },
        pass: 12.34,
        criteria: [
          {
            id: 'a',
            text: { zh: '甲' },
            points: '20.10',
            value: { figure: 'f' },
            rule: { type: 'linear', from: 0.6, to: 1 },
          },
          {
            id: 'b',
            text: { zh: '乙' },
            points: 0.01,
            value: { check: 'c', period: 'half-year' },
            rule: { type: 'levels', levels: { 优: 0.005 } },
          },
        ],
      },
    ],
    vetoes: [{ id: 'v', text: { zh: '否决' }, scope: 'all', basis: { title: '文件', number: '1号', article: '一' } }],
    tieBreakers: ['b'],
  };
}

/** The written standard with one place changed; `undefined` removes it. */
function changed(path: string, value: unknown): StandardIssue[] {
  const given = written();
  const steps = path.split('.');
  const last = steps.pop()!;
  let at = given as Record<string, unknown>;
  for (const step of steps) at = at[step] as Record<string, unknown>;
  if (value === undefined) delete at[last];
  else at[last] = value;
  const parsed = parseStandard(given);
  return parsed.ok ? [] : parsed.issues;
}

describe('a standard', () => {
  it('is read with points in whole hundredths and defaults filled in', () => {
    const parsed = parseStandard(written());
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    expect(parsed.warnings).toEqual([]);
    const [star] = parsed.standard.stars;
    expect(star).toMatchObject({ pass: 1234, requires: [], lead: '' });
    expect(star!.criteria[0]).toMatchObject({ points: 2010, effort: 1, optional: false, evidence: { ask: false } });
    expect(star!.criteria[0]!.value).toEqual({ kind: 'figure', key: 'f', period: 'year' });
    // A label's points may be finer than hundredths; they are rounded half up.
    expect(star!.criteria[1]).toMatchObject({
      points: 1,
      rule: { levels: { 优: 1 } },
      value: { kind: 'check', period: 'half-year' },
    });
  });

  it.each([
    ['source', null, 'source-missing'],
    ['source.number', undefined, 'missing'],
    ['effective.from', '2026-02-30', 'bad-date'],
    ['effective.to', '2025-12-31', 'effective-order'],
    ['grading.mode', 'points', 'choice'],
    ['grading.bands.1.min', 90, 'band-order'],
    ['grading.bands.0.min', 101, 'band-min-range'],
    ['grading.bands.0.level', 1, 'duplicate-id'],
    ['stars', [], 'empty'],
    ['stars.0.id', 'all', 'reserved-id'],
    ['stars.0.id', 'a b', 'bad-id'],
    ['stars.0.pass', -1, 'pass-negative'],
    ['stars.0.pass', '1.005', 'points-too-fine'],
    ['stars.0.pass', 1e300, 'size'],
    ['stars.0.requires', ['s'], 'requires-circle'],
    ['stars.0.criteria.1.id', 'a', 'duplicate-id'],
    ['stars.0.criteria.0.points', 0, 'points-not-positive'],
    ['stars.0.criteria.0.points', 1_000_000, 'points-too-large'],
    ['stars.0.criteria.0.points', Number.NaN, 'not-a-number'],
    ['stars.0.criteria.0.must', 20.11, 'must-range'],
    ['stars.0.criteria.0.effort', -1, 'effort-range'],
    ['stars.0.criteria.0.effort', 0.000_000_1, 'effort-range'],
    ['stars.0.criteria.0.value', { figure: 'f', fact: 'g' }, 'one-value-kind'],
    ['stars.0.criteria.0.value', {}, 'one-value-kind'],
    ['stars.0.criteria.0.rule.type', 'curve', 'choice'],
    ['stars.0.criteria.0.rule.to', undefined, 'missing'],
    ['stars.0.criteria.0.rule.steps', [], 'unknown-field'],
    [
      'stars.0.criteria.0.rule',
      {
        type: 'steps',
        steps: [
          { at: 1, points: 1 },
          { at: 1, points: 2 },
        ],
      },
      'not-rising',
    ],
    ['stars.0.criteria.0.rule', { type: 'levels', levels: {} }, 'no-levels'],
    ['stars.0.criteria.0.rule', { type: 'review', max: 0, combine: 'mean' }, 'max-not-positive'],
    ['stars.0.criteria.0.rule', { type: 'review', max: 10, combine: 'best' }, 'choice'],
    ['stars.0.criteria.0.rule', { type: 'rank', peers: 'province', steps: [{ at: 1, points: 1 }] }, 'choice'],
    ['stars.0.criteria.0.evidence', { ask: true }, 'evidence-reason'],
    ['stars.0.criteria.0.value', { figure: 'petitions-count' }, 'score-barred'],
    ['vetoes.0.basis', undefined, 'veto-basis'],
    ['vetoes.0.basis.article', '', 'veto-basis'],
    ['vetoes.0.scope', 'nowhere', 'scope-unknown'],
    ['vetoes.0.id', 'a', 'duplicate-id'],
    ['vetoes.0.text', { zh: '发生越级上访' }, 'score-barred'],
    ['tieBreakers', ['s'], 'tie-breaker-unknown'],
    ['colour', 'red', 'unknown-field'],
  ])('refuses %s = %j as %s, at that field', (path, value, code) => {
    const found = changed(path, value).filter((issue) => issue.code === code);
    // Two entries that contradict each other may be reported at either of them, so only the list they stand in is compared.
    const place = path.split('.').slice(0, 2).join('.');
    expect(found.map((issue) => issue.path.join('.').startsWith(place))).toContain(true);
    for (const { message } of found) {
      expect(message.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(message.en).toMatch(/[a-z]{2}/);
    }
  });

  it('warns when nobody can hold a star', () => {
    const parsed = parseStandard({ ...written(), stars: [{ ...(written().stars as Written[])[0], pass: 21 }] });
    expect(parsed.ok && parsed.warnings.map((issue) => issue.code)).toEqual(['pass-above-sum']);
  });

  it('refuses anything else without throwing', () => {
    const junk = fc.anything({ withBigInt: false, withNullPrototype: true });
    fc.assert(
      fc.property(junk, (given) => {
        expect(parseStandard(given).ok).toBe(false);
      }),
    );
    const places = [
      'id',
      'grading',
      'stars',
      'stars.0.criteria',
      'stars.0.criteria.0.rule',
      'stars.0.criteria.0.points',
      'vetoes',
      'tieBreakers',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...places), junk, (path, value) => {
        for (const issue of changed(path, value)) expect(issue.message.en).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('what may never be scored', () => {
  it('bars counts of what people raise, and lets what is unresolved or late be counted', () => {
    const raised = ['complaint-rate', 'hotline-calls', '12345-orders', 'disputes_total', '上访人次', 'zero-petition'];
    expect([...raised, ...scoreBarred.keys].filter((key) => !isScoreBarred(key))).toEqual([]);
    const answered = [
      'matters-overdue',
      'disputes-unresolved',
      'petitions-answered-late',
      'work-disputes-open',
      '投诉按期办结率',
    ];
    expect([...answered, 'related-works'].filter((key) => isScoreBarred(key))).toEqual([]);
    expect(isVetoBarred('collective-petition', '发生集体上访')).toBe(true);
    expect(isVetoBarred('retaliation', '打击报复举报人')).toBe(false);
  });
});
