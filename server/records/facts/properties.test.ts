import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDecimals, compareDecimals, facts, figures } from '../../../domain/records/facts/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { createUnit } from '../units/index.ts';
import { figureValues } from './index.ts';

let world: World;
let organiser: Client;
const villages: number[] = [];
let year = 1950;

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  await world.person('organiser', world.units.county, [['organiser', world.units.county]]);
  organiser = await world.as('organiser');
  await world.asSystem(async (rq) => {
    await rq.db.run(sql`UPDATE unit_versions SET valid_from = '1900-01-01'`);
    for (const town of [world.units.east, world.units.west, world.units.street])
      for (let i = 0; i < 4; i++) {
        const unit = await createUnit(rq, {
          code: `p${town}-${i}`,
          name: `样村${i}`,
          type: 'village',
          parentId: town,
          scheme: 'rural',
          day: '1900-01-01',
          document: '测试',
        }).catch(() => null);
        if (unit) villages.push(unit.id);
      }
    villages.push(world.units.eastVillage, world.units.westVillage, world.units.community);
  });
});
afterAll(() => world.close());

const amount = fc.tuple(fc.nat(1_000_000), fc.nat(99)).map(([a, b]) => `${a}.${String(b).padStart(2, '0')}`);
const count = fc.nat(100_000).map(String);

const enter = (metric: string, unitId: number, period: string, value: string, asOf: string) =>
  organiser.call(facts.enter, {
    body: { metric: metric as 'population', unitId, period, value, asOf, source: '随机' },
  });

describe('any numbers anywhere', () => {
  it('a parent is the sum of its children and opens to records that add up to it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(villages.length - 1), amount, count, count, fc.boolean()), {
          minLength: 1,
          maxLength: 8,
        }),
        async (rows) => {
          const period = String(++year);
          for (const [v, income, top, bottom, monthly] of rows) {
            const unitId = villages[v]!;
            if (monthly)
              for (const quarter of ['Q1', 'Q2', 'Q3', 'Q4'])
                await enter('collective-income', unitId, `${period}${quarter}`, income, `${period}-12-31`);
            else await enter('collective-income', unitId, period, income, `${period}-12-31`);
            await enter('households-linked', unitId, period, top, `${period}-12-31`);
            await enter('households', unitId, period, bottom, `${period}-12-31`);
          }
          const keys = 'collective-income,households,households-linked,households-linked-share,admin-villages';
          for (const id of [world.units.county, world.units.east, world.units.west, world.units.street]) {
            const query = { keys, period, children: true };
            const shown = await organiser.ok(facts.values, { params: { id }, query });
            for (const v of shown.values) {
              if (v.key.endsWith('share')) continue;
              const parts = shown.children.flatMap((c) => c.values.filter((x) => x.key === v.key && x.value !== null));
              const sum = parts.map((p) => p.value!).reduce(addDecimals, '0');
              expect([v.key, v.value ?? '0']).toEqual([v.key, sum]);
              const opened = await organiser.ok(facts.records, {
                params: { id, key: v.key },
                query: { period, limit: 200 },
              });
              expect(opened.items.map((i) => i.value).reduce(addDecimals, '0')).toBe(v.value ?? '0');
              expect(opened.total).toBe(v.records);
              expect(opened.items).toHaveLength(v.records);
            }
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('many units at once get what each of them gets alone', async () => {
    await world.asSystem(async (rq) => {
      const all = await rq.db.many<{ id: number }>(sql`SELECT id FROM units`);
      const ids = all.map((u) => u.id);
      const keys = Object.keys(figures);
      // Padding makes the list long enough for the other way of counting.
      const padded = [...ids, ...Array.from({ length: 300 }, (_, i) => 1_000_000 + i)];
      const together = await figureValues(rq, keys, padded, String(year));
      const few = await figureValues(rq, keys, ids, String(year));
      for (const id of ids) expect([...together.get(id)!]).toEqual([...few.get(id)!]);
    });
  });

  it('corrections never change history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(count, { minLength: 2, maxLength: 6 }), async (values) => {
        const period = String(++year);
        const asOf = `${period}-06-30`;
        const first = await enter('population', villages[0]!, period, values[0]!, asOf);
        let current = first.body;
        const said = [current.value];
        for (const value of values.slice(1)) {
          const answer = await organiser.call(facts.correct, {
            params: { id: current.id },
            body: { value, asOf, source: '随机', reason: `第 ${said.length} 次` },
          });
          expect(answer.status).toBe(compareDecimals(value, current.value) === 0 ? 409 : 200);
          if (answer.status !== 200) continue;
          current = answer.body;
          said.push(current.value);
          const { history } = await organiser.ok(facts.get, { params: { id: first.body.id } });
          expect(history.map((f) => f.value).reverse()).toEqual(said);
          expect(history.filter((f) => f.supersededAt === null)).toHaveLength(1);
        }
      }),
      { numRuns: 10 },
    );
  });
});
