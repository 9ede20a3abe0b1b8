import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareRequests,
  criterionNames,
  decidingCriterion,
  placeBy,
  type PriorityCriterion,
  priorityCriteria,
  rankRequests,
  type RequestFacts,
} from './priority.ts';
import { canSpend, type FundSum, leftOf, shareSpent, valueGiven } from './rules.ts';

const few = fc.option(fc.integer({ min: 0, max: 3 }), { nil: null });
const facts: fc.Arbitrary<RequestFacts> = fc.record({
  creating: fc.boolean(),
  target: few,
  belt: fc.boolean(),
  key: fc.boolean(),
  purpose: fc.constantFrom('venue', 'environment', 'culture'),
  own: few,
  households: few,
  amountFen: fc.integer({ min: 1, max: 3 }),
  asked: fc.constantFrom('2026-01-01', '2026-02-01'),
});
const rule: fc.Arbitrary<PriorityCriterion[]> = fc
  .uniqueArray(fc.constantFrom(...criterionNames), { minLength: 1 })
  .map((names) =>
    names.map((by) => (by === 'purpose' ? { by, order: ['environment' as const, 'venue' as const] } : { by })),
  );

describe('the order of requests', () => {
  it('is an order: of any three, and whatever order they come in', () => {
    fc.assert(
      fc.property(rule, facts, facts, facts, (r, a, b, c) => {
        expect(priorityCriteria.safeParse(r).success).toBe(true);
        expect(Math.sign(compareRequests(r, a, b))).toBe(-Math.sign(compareRequests(r, b, a)) + 0);
        if (compareRequests(r, a, b) <= 0 && compareRequests(r, b, c) <= 0)
          expect(compareRequests(r, a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('gives one rank to what is tied and skips the next, and each reason is the first difference', () => {
    fc.assert(
      fc.property(rule, fc.array(facts, { maxLength: 12 }), (r, all) => {
        const ranked = rankRequests(
          r,
          all.map((f) => ({ facts: f })),
        );
        ranked.forEach((row, i) => {
          const better = all.filter((f) => compareRequests(r, f, row.item.facts) < 0).length;
          const alike = all.filter((f) => compareRequests(r, f, row.item.facts) === 0).length;
          expect([row.rank, row.tied]).toEqual([better + 1, alike > 1]);
          const next = ranked[i + 1];
          if (!next) return;
          const at = decidingCriterion(r, row.item.facts, next.item.facts);
          expect(at === null).toBe(next.rank === row.rank);
          if (at === null) return;
          expect(placeBy(r[at]!, row.item.facts)).toBeLessThan(placeBy(r[at]!, next.item.facts));
          for (const c of r.slice(0, at)) expect(placeBy(c, row.item.facts)).toBe(placeBy(c, next.item.facts));
        });
      }),
    );
  });
});

describe('a fund', () => {
  const names = { source: { zh: '县级', en: 'County' }, purpose: { zh: '文化', en: 'Culture' } };
  const amount = fc.integer({ min: 1, max: 40 });
  const act = fc.record({ purpose: fc.constantFrom(null, 'culture', 'venue'), amount, received: fc.boolean() });

  it('never gives what is bound to another purpose, and never more than it holds', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
        let sums: FundSum[] = [];
        for (const a of acts) {
          const purpose = a.received ? a.purpose : (a.purpose ?? 'venue');
          const more = { received: a.received ? a.amount : 0, spent: a.received ? 0 : a.amount };
          const old = sums.find((s) => s.purpose === purpose) ?? { source: 'county', purpose, received: 0, spent: 0 };
          const after = [
            ...sums.filter((s) => s.purpose !== purpose),
            { ...old, received: old.received + more.received, spent: old.spent + more.spent },
          ];
          if (a.received || canSpend(after, 'county', purpose, names, a.amount) === null) sums = after;
        }
        const free = sums.find((s) => s.purpose === null)?.received ?? 0;
        const beyond = sums
          .filter((s) => s.purpose !== null)
          .reduce((n, s) => n + Math.max(0, s.spent - s.received), 0);
        expect(beyond).toBeLessThanOrEqual(free);
        expect(leftOf(sums, 'county', null).total).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('values labour exactly at the agreed rate, and tells no share where there is no budget', () => {
    expect(valueGiven({ labourDays: 0.33, machineHours: 0 }, { labourDayFen: 150_01, machineHourFen: 0 }).labour).toBe(
      4950,
    );
    expect(shareSpent(0, 5)).toBeNull();
    expect(shareSpent(300, 100)).toBe(3333);
    expect(shareSpent(100, null)).toBeNull();
  });
});
