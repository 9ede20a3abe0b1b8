import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addDecimals,
  type Either,
  eithersIn,
  type Expr,
  figureKeys,
  figures,
  leavesOf,
  metric,
  type RecordsLeaf,
} from '../../../domain/records/facts/index.ts';
import { anyRecord, type Place } from '../../../tests/support/any-records.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { figureValues, proveKept } from './index.ts';
import { exprValues } from './values.ts';
import { spanOf } from './leaves.ts';
import { showRecords } from './rollups.ts';

// Counties in which some villages keep records of their work and others still type a number.

let world: World;
let places: Place[];

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  places = await world.asSystem((rq) =>
    rq.db.many<Place>(
      sql`SELECT id AS "unitId", unit_path AS path FROM units WHERE type IN ('village', 'community') ORDER BY id`,
    ),
  );
});
afterAll(() => world.close());

const recordsIn = (expr: Expr): RecordsLeaf[] =>
  leavesOf(expr).flatMap((leaf) => (leaf.of === 'records' ? [leaf] : []));
/** A share that is not told where too few are asked is of no village there and still of all of them together. */
const tellsAll = ({ counted, typed }: Either) =>
  ![counted, typed].some((expr) => expr.of === 'ratio' && expr.bottomAtLeast !== undefined);
/** Figures that are told by records or by a typed number, and are nothing else. */
const mixable = figureKeys.flatMap((key) => {
  const { expr } = figures[key]!;
  const [either] = eithersIn(expr);
  const countsAll = either && leavesOf(either.counted).every((leaf) => leaf.of === 'records');
  return expr.of === 'first' && either && countsAll && tellsAll(either) ? [{ key, either }] : [];
});

async function type(rq: Rq, { metrics }: Either, at: Place, n: number): Promise<void> {
  for (const [i, key] of metrics.entries())
    await rq.db
      .run(sql`INSERT INTO facts (id, metric, unit_id, unit_path, counted_path, period, value, as_of, source, entered_at)
      VALUES (gen_random_uuid(), ${key}, ${at.unitId}, ${at.path}, ${at.path}, '2026', ${n + i}, '2026-06-30', '报表', now())`);
}

async function keep(rq: Rq, { counted }: Either, at: Place, n: number): Promise<void> {
  for (const leaf of recordsIn(counted)) await anyRecord(rq, leaf.source, { at, other: at, day: '2026-06-30', n });
}

/** What a figure says of each unit, as a sum or as what is above and below the line. */
async function sides(rq: Rq, { counted, typed }: Either, ids: readonly number[]) {
  const of = exprValues(rq);
  const span = spanOf(rq, '2026');
  const shares = counted.of === 'ratio' && typed.of === 'ratio';
  const pairs = shares
    ? [
        [counted.top, typed.top],
        [counted.bottom, typed.bottom],
      ]
    : [[counted, typed]];
  const counts = await of(counted, ids, span);
  const sums: string[] = [];
  for (const [c, t] of pairs) {
    const [here, there] = [await of(c!, ids, span), await of(t!, ids, span)];
    const each = ids.map((id) => ((counts.get(id)?.records ?? 0) > 0 ? here.get(id) : there.get(id))?.value ?? '0');
    sums.push(each.reduce(addDecimals, '0'));
  }
  return { shares, sums };
}

describe('a county in which some villages keep records and others type', () => {
  it('knows such figures', () => {
    expect(mixable.map((m) => m.key)).toEqual(
      expect.arrayContaining([
        'matters-overdue',
        'station-events',
        'four-deliberations-share',
        'needs-met-on-time-share',
      ]),
    );
    expect(mixable.every(({ either }) => either.metrics.every((m) => metric(m).rollup === 'sum'))).toBe(true);
  });

  it('is the sum of both: each village by what it has, none of them twice, shares as tops over bottoms', async () => {
    let mixed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          keeps: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
          types: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
          n: fc.integer({ min: 1, max: 40 }),
        }),
        async ({ keeps, types, n }) => {
          await world.database.owner((db) => db.run(sql`DELETE FROM facts`));
          for (const { key, either } of mixable)
            await world.asSystem(async (rq) => {
              for (const [i, at] of places.entries()) {
                if (keeps[i % 8]) await keep(rq, either, at, n + i);
                if (types[i % 8]) await type(rq, either, at, n + i);
              }
              const ids = places.map((p) => p.unitId);
              const { shares, sums } = await sides(rq, either, ids);
              const found = await figureValues(rq, [key], [world.units.county], '2026');
              const value = found.get(world.units.county)!.get(key);
              const wanted = shares
                ? (Number(sums[0]) / Number(sums[1])) *
                  (either.counted.of === 'ratio' ? (either.counted.times ?? 1) : 1)
                : Number(sums[0]);
              if (!Number.isNaN(wanted))
                expect([key, Number(value?.value ?? 0).toFixed(4)]).toEqual([key, wanted.toFixed(4)]);
              if (Number.isNaN(wanted) || !value) return;
              const { parts } = await showRecords(rq, world.units.county, key, {
                period: '2026',
                part: 0,
                limit: 1,
                offset: 0,
              });
              if (parts.every((p) => p.records > 0)) mixed++;
              if (either.typed.of !== 'fact' || parts.length !== 2) return;
              expect([key, parts.map((p) => p.value ?? '0').reduce(addDecimals, '0')]).toEqual([key, value.value]);
            });
        },
      ),
      { numRuns: 4, endOnFailure: true },
    );
    expect(mixed).toBeGreaterThan(10);
  });

  it('keeps what counting gives', async () => {
    await world.app.figures.runOnce();
    const proof = await proveKept(world.database, { now: new Date('2026-11-20T09:00:00+08:00') });
    expect(proof.differences).toEqual([]);
    expect(proof.compared).toBeGreaterThan(1_000);
  });
});
