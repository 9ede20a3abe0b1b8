import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addDecimals,
  type Expr,
  facts,
  figureKeys,
  figures,
  isMetric,
  partsOf,
} from '../../../domain/records/facts/index.ts';
import { anyRecord, everySource, type Place } from '../../../tests/support/any-records.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { createUnit } from '../units/index.ts';
import { figureValues } from './index.ts';
import { showRecords } from './rollups.ts';

// Any tree, any records: what figures promise whatever a county looks like.

let world: World;
let organiser: Client;
let clerk: Client;
let drawn = 0;

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  const { county, east } = world.units;
  await world.person('organiser', county, [['organiser', county]]);
  await world.person('clerk', east, [['township-clerk', east]]);
  organiser = await world.as('organiser');
  clerk = await world.as('clerk');
});
afterAll(() => world.close());

const isWithin = (expr: Expr): readonly Expr[] =>
  expr.of === 'units-where' ? [expr.part, ...(expr.among ? [expr.among] : [])] : partsOf(expr);
/** Every part adds up record by record: no median, no largest, no first or last, nothing told apart. */
const isSum = (expr: Expr): boolean => {
  if (expr.of === 'units-where') return expr.take !== 'max';
  if (expr.of !== 'records') return partsOf(expr).every(isSum);
  const { source, take, once } = expr;
  return (
    (take === 'count' || take === 'sum') &&
    !once &&
    !('own' in source && source.own) &&
    !('example' in source && source.example) &&
    !('key' in source && source.key && take !== 'count')
  );
};
const contains = (expr: Expr, of: string): boolean => expr.of === of || isWithin(expr).some((e) => contains(e, of));
/** Figures of which each part is a sum over the tree, whatever is then divided or taken away. */
const summed = figureKeys.filter((key) => {
  const { expr } = figures[key]!;
  return isSum(expr) && !contains(expr, 'rank') && !contains(expr, 'units-at-least');
});

interface Drawn {
  readonly towns: readonly { readonly street: boolean; readonly places: number }[];
  readonly records: readonly { source: number; at: number; other: number; day: string; n: number }[];
}
const anyCounty: fc.Arbitrary<Drawn> = fc.record({
  towns: fc.array(fc.record({ street: fc.boolean(), places: fc.nat(2) }), { minLength: 1, maxLength: 3 }),
  records: fc.array(
    fc.record({
      source: fc.nat(everySource.length - 1),
      at: fc.nat(99),
      other: fc.nat(99),
      day: fc.constantFrom('2025-03-03', '2026-01-10', '2026-06-30', '2026-10-02', '2026-11-19'),
      n: fc.nat(50),
    }),
    { minLength: 20, maxLength: 60 },
  ),
});

/** Grows the county by some units and lays records over all of it. */
async function lay({ towns, records }: Drawn): Promise<Place[]> {
  return world.asSystem(async (rq) => {
    const base = { day: '2020-01-01', document: '测试', attributes: {} };
    for (const town of towns) {
      const code = `d${++drawn}`;
      const type = town.street ? ('street' as const) : ('township' as const);
      const parentId = world.units.county;
      const { id } = await createUnit(rq, { ...base, parentId, code, type, name: `镇${code}`, scheme: null });
      for (let i = 0; i < town.places; i++)
        await createUnit(rq, {
          ...base,
          parentId: id,
          code: `${code}-${i}`,
          name: `村${code}${i}`,
          ...(town.street
            ? ({ type: 'community', scheme: 'urban' } as const)
            : ({ type: 'village', scheme: 'rural' } as const)),
        });
    }
    const places = await rq.db.many<Place>(
      sql`SELECT id AS "unitId", unit_path AS path FROM units WHERE valid_to IS NULL ORDER BY id`,
    );
    for (const r of records) {
      const [at, other] = [places[r.at % places.length]!, places[r.other % places.length]!];
      await anyRecord(rq, everySource[r.source]!, { at, other, day: r.day, n: r.n });
    }
    return places;
  });
}

const shown = (rq: Rq, unitId: number, key: string, part: number) =>
  showRecords(rq, unitId, key, { period: '2026', part, limit: 2_000, offset: 0 });

const add = (values: readonly (string | null)[]) => values.map((v) => v ?? '0').reduce(addDecimals, '0');

describe('any county', () => {
  it('opens every figure to records that add up to it, and is the sum of its parts and of what stands at itself', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(anyCounty, async (county) => {
        const places = await lay(county);
        const top = world.units.county;
        const path = places.find((p) => p.unitId === top)!.path;
        const children = places.filter((p) => p.path.split('.').length === path.split('.').length + 1);
        await world.asSystem(async (rq) => {
          for (const key of summed) {
            const first = await shown(rq, top, key, 0).catch(() => null);
            for (const [part, { value, records }] of (first?.parts ?? []).entries()) {
              const { items, total } = part === 0 ? first! : await shown(rq, top, key, part);
              expect([key, part, items.length, total]).toEqual([key, part, records, records]);
              expect([key, part, Number(add(items.map((i) => i.value)))]).toEqual([key, part, Number(value ?? 0)]);
              if (records === 0) continue;
              const below = await Promise.all(children.map((c) => shown(rq, c.unitId, key, part)));
              const own = items.filter((i) => i.unitId === top).map((i) => i.value);
              const sum = add([...below.map((b) => b.parts[part]!.value), ...own]);
              expect([key, part, Number(sum)]).toEqual([key, part, Number(value)]);
              compared++;
            }
          }
        });
      }),
      { numRuns: 2 },
    );
    expect(compared).toBeGreaterThan(40);
  });

  it('divides sums by sums at every level, and never takes the mean of ratios', async () => {
    await fc.assert(
      fc.asyncProperty(anyCounty, async (county) => {
        const places = await lay(county);
        await world.asSystem(async (rq) => {
          const ids = places.map((p) => p.unitId);
          const values = await figureValues(rq, figureKeys, ids, '2026');
          for (const key of summed) {
            const { expr } = figures[key]!;
            if (expr.of !== 'ratio' || expr.bottomAtLeast || partsOf(expr).some((p) => partsOf(p).length > 0)) continue;
            for (const id of ids) {
              const value = values.get(id)!.get(key)?.value;
              if (value === undefined) continue;
              const { parts } = await shown(rq, id, key, 0);
              const quotient = (Number(parts[0]!.value ?? 0) / Number(parts[1]!.value)) * (expr.times ?? 1);
              expect([key, id, Number(value).toFixed(4)]).toEqual([key, id, quotient.toFixed(4)]);
            }
          }
        });
      }),
      { numRuns: 2 },
    );
  });

  it('tells a reader of one township of nothing that stands elsewhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyCounty,
        fc.array(fc.nat(figureKeys.length - 1), { minLength: 12, maxLength: 12 }),
        async (county, drawnKeys) => {
          const places = await lay(county);
          const { east } = world.units;
          const path = places.find((p) => p.unitId === east)!.path;
          const inside = new Set(places.filter((p) => p.path.startsWith(path)).map((p) => p.unitId));
          const keys = [...new Set(drawnKeys)].map((i) => figureKeys[i]!);
          const query = { keys: keys.join(','), period: '2026', children: true };
          for (const { unitId } of places.filter((p) => !inside.has(p.unitId)).slice(0, 4)) {
            expect((await clerk.call(facts.values, { params: { id: unitId }, query })).status).toBe(404);
            const params = { id: unitId, key: keys[0]! };
            expect((await clerk.call(facts.records, { params, query: { period: '2026' } })).status).toBe(404);
          }
          const own = await clerk.ok(facts.values, { params: { id: east }, query });
          expect(own.children.every((c) => inside.has(c.unitId))).toBe(true);
          for (const key of keys) {
            const opened = await clerk.ok(facts.records, {
              params: { id: east, key },
              query: { period: '2026', limit: 200 },
            });
            expect(opened.items.filter((i) => !inside.has(i.unitId)).map((i) => [key, i.unitName])).toEqual([]);
          }
        },
      ),
      { numRuns: 3 },
    );
  });

  it('takes no derived number by hand, from nobody', async () => {
    const derived = figureKeys.filter((key) => !isMetric(key));
    expect(derived.length).toBeGreaterThan(200);
    const before = await world.asSystem((rq) => rq.db.one<{ n: number }>(sql`SELECT count(*)::int AS n FROM facts`));
    for (const key of derived) {
      const answer = await organiser.call(facts.enter, {
        body: {
          metric: key as 'population',
          unitId: world.units.eastVillage,
          period: '2026',
          value: '1',
          asOf: '2026-06-30',
          source: '手工',
        },
      });
      expect([key, [400, 409].includes(answer.status)]).toEqual([key, true]);
    }
    const after = await world.asSystem((rq) => rq.db.one<{ n: number }>(sql`SELECT count(*)::int AS n FROM facts`));
    expect(after).toEqual(before);
  });
});
