import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dependentsOn } from '../../../domain/records/facts/depends.ts';
import { facts, figureKeys } from '../../../domain/records/facts/index.ts';
import { keptPeriods, keptTypes } from '../../../domain/records/facts/kept.ts';
import { units } from '../../../domain/records/units/index.ts';
import { anyRecord, everySource, type Place } from '../../../tests/support/any-records.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { createUnit } from '../units/index.ts';
import { figureValues, proveKept, readFigures } from './index.ts';
import { listMarks, workOf } from './marks.ts';

let world: World;
let organiser: Client;
/** The assignments of those who sign in: the changes below end any others, never the rights of who asks afterwards. */
let rights: readonly string[];
const now = '2026-11-20T09:00:00+08:00';

beforeAll(async () => {
  world = await createWorld({ now });
  const { county, east, eastVillage, westVillage } = world.units;
  await world.person('organiser', county, [['organiser', county]]);
  await world.person('clerk', east, [['township-clerk', east]]);
  await world.person('secretary', eastVillage, [['branch-secretary', eastVillage]]);
  await world.person('neighbour', westVillage, [['branch-secretary', westVillage]]);
  organiser = await world.as('organiser');
  rights = await world.asSystem(async (rq) =>
    (await rq.db.many<{ id: string }>(sql`SELECT id FROM assignments`)).map((a) => a.id),
  );
  await world.app.figures.runOnce();
}, 240_000);
afterAll(() => world.close());
beforeEach(() => world.setNow(now));

const prove = () => proveKept(world.database, { now: world.now() });

async function places(): Promise<Place[]> {
  return world.asSystem((rq) =>
    rq.db.many<Place>(sql`SELECT id AS "unitId", unit_path AS path FROM units WHERE valid_to IS NULL ORDER BY id`),
  );
}

const enter = (metric: string, unitId: number, value: string, period = '2026') =>
  organiser.ok(facts.enter, {
    body: {
      metric: metric as 'population',
      unitId,
      period,
      value,
      asOf: `${period.slice(0, 4)}-06-30`,
      source: '年报',
    },
  });

describe('kept figures', () => {
  it('are counted for every unit of the boards in every period that is kept, and equal what counting gives', async () => {
    const { compared, differences } = await prove();
    expect(differences).toEqual([]);
    const kept = (await world.asSystem((rq) =>
      rq.db.one<{ n: number }>(sql`SELECT count(*)::int AS n FROM units WHERE type = ANY (${[...keptTypes]}::text[])`),
    ))!.n;
    expect(compared).toBeGreaterThan(kept * figureKeys.length * 4);
  });

  it('stay equal after a record of each kind that any figure counts', async () => {
    const all = await places();
    for (const [i, source] of everySource.entries()) {
      const [at, other] = [all[i % all.length]!, all[(i + 3) % all.length]!];
      await world.asSystem((rq) => anyRecord(rq, source, { at, other, day: '2026-03-01', n: i }));
      await world.app.figures.recountChanged();
      if (i % 50 === 49) expect((await prove()).differences).toEqual([]);
    }
    expect((await prove()).differences).toEqual([]);
  }, 600_000);

  it('stay equal after any changes of any records, wherever they happen', async () => {
    const days = fc.constantFrom(
      '2024-05-05',
      '2025-03-03',
      '2025-12-31',
      '2026-01-10',
      '2026-10-02',
      '2026-11-19',
      '2026-12-24',
    );
    const change = fc.record({
      what: fc.constantFrom('record', 'record', 'record', 'record', 'fact', 'end', 'move', 'unit', 'type'),
      source: fc.nat(everySource.length - 1),
      at: fc.nat(99),
      other: fc.nat(99),
      day: days,
      n: fc.nat(50),
    });
    let step = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        for (const c of changes) {
          const all = await places();
          const [at, other] = [all[c.at % all.length]!, all[c.other % all.length]!];
          await world.asSystem(async (rq) => {
            if (c.what === 'record') await anyRecord(rq, everySource[c.source]!, { at, other, day: c.day, n: c.n });
            else if (c.what === 'fact')
              await rq.db.run(sql`
              INSERT INTO facts (id, metric, unit_id, unit_path, counted_path, period, value, as_of, source, entered_at)
              VALUES (${randomUUID()}, ${['population', 'households', 'collective-income', 'fraud-cases', 'income-per-capita'][c.n % 5]}, ${at.unitId},
                ${at.path}, ${at.path}, ${c.n % 3 === 0 ? c.day.slice(0, 4) : c.day.slice(0, 7)}, ${c.n * 7}, ${c.day}, '年报', ${rq.now})
              ON CONFLICT DO NOTHING`);
            else if (c.what === 'end') {
              await rq.db.run(sql`UPDATE subjects SET to_day = greatest(from_day, ${c.day}::date), lead_unit_id = NULL
                WHERE id IN (SELECT id FROM subjects ORDER BY id LIMIT ${1 + (c.n % 3)})`);
              await rq.db
                .run(sql`UPDATE agreements SET state = 'ended', ended_on = greatest(in_force_on, ${c.day}::date)
                WHERE id = (SELECT id FROM agreements WHERE state = 'in-force' ORDER BY id LIMIT 1)`);
              await rq.db.run(
                sql`UPDATE cases SET closed_at = ${rq.now}, state = 'closed' WHERE id = (SELECT id FROM cases ORDER BY id DESC LIMIT 1)`,
              );
              await rq.db.run(
                sql`UPDATE facts SET superseded_at = ${rq.now} WHERE id = (SELECT id FROM facts WHERE superseded_at IS NULL ORDER BY id LIMIT 1)`,
              );
              await rq.db.run(
                sql`UPDATE assignments SET to_day = from_day WHERE id = (SELECT id FROM assignments WHERE to_day IS NULL AND id <> ALL (${[...rights]}::uuid[]) ORDER BY id DESC LIMIT 1)`,
              );
            } else if (c.what === 'type')
              await rq.db.run(
                sql`UPDATE units SET attributes = attributes || '{"hollow": true}' WHERE id = ${at.unitId}`,
              );
          });
          if (c.what === 'unit')
            await world.asSystem((rq) =>
              createUnit(rq, {
                code: `n${++step}`,
                name: `新村${step}`,
                type: 'village',
                parentId: world.units.west,
                scheme: 'rural',
                day: '2026-02-01',
                document: '测试',
                attributes: {},
              }),
            );
          if (c.what === 'move')
            await organiser.call(units.move, {
              params: { id: world.units.eastVillage2 },
              body: {
                parentId: c.n % 2 === 0 ? world.units.west : world.units.east,
                day: '2026-11-20',
                document: '测试',
              },
            });
        }
        // Before anything is counted again, a reader is already told the truth.
        const [first, ...rest] = (await places()).map((p) => p.unitId);
        await world.asSystem(async (rq) => {
          const ids = [first!, ...rest.slice(0, 4)];
          const read = await readFigures(rq, figureKeys, ids, '2026');
          const counted = await figureValues(rq, figureKeys, ids, '2026');
          for (const id of ids)
            expect([id, Object.fromEntries(read.values.get(id)!)]).toEqual([id, Object.fromEntries(counted.get(id)!)]);
        });
        await world.app.figures.recountChanged();
        expect((await prove()).differences).toEqual([]);
      }),
      { numRuns: 6 },
    );
  }, 600_000);
});

describe('a change', () => {
  it('marks the figures that are made of it, for its unit and those above, and no others', async () => {
    await world.app.figures.runOnce();
    const { county, east, eastVillage } = world.units;
    await enter('population', eastVillage, '1234', '2023');
    await world.asSystem(async (rq) => {
      const marks = await listMarks(rq);
      const work = await workOf(rq, marks);
      expect(work).toHaveLength(1);
      expect([...work[0]!.unitIds].sort()).toEqual([county, east, eastVillage].sort());
      expect(new Set(work[0]!.keys)).toEqual(dependentsOn('facts', 'population'));
      expect(work[0]!.keys).toContain('population');
      expect(work[0]!.keys).not.toContain('households');
    });
    await world.app.figures.recountChanged();
    expect(await world.asSystem(listMarks)).toEqual([]);
  });

  it('is in the number at once, and in the kept one after the recount', async () => {
    await world.app.figures.runOnce();
    const { county, westVillage } = world.units;
    const read = async () => {
      const shown = await organiser.ok(facts.values, {
        params: { id: county },
        query: { keys: 'households', period: '2026' },
      });
      return shown.values[0]!;
    };
    const before = Number((await read()).value ?? 0);
    world.setNow('2026-11-20T10:00:00+08:00');
    await enter('households', westVillage, '77');
    expect(Number((await read()).value)).toBe(before + 77);
    world.setNow('2026-11-20T10:30:00+08:00');
    await world.app.figures.recountChanged();
    world.setNow('2026-11-20T11:00:00+08:00');
    expect(await read()).toMatchObject({
      value: String(before + 77),
      countedAt: '2026-11-20T02:30:00.000Z',
      waiting: false,
    });
  });

  it('of yesterday does not speak for today: a new day is counted anew', async () => {
    await world.app.figures.runOnce();
    world.setNow('2026-11-21T09:00:00+08:00');
    // Until then readers count for themselves.
    const { county } = world.units;
    const query = { keys: 'admin-villages', period: '2026' };
    const shown = await organiser.ok(facts.values, { params: { id: county }, query });
    expect(shown.values[0]!.countedAt).toBe('2026-11-21T01:00:00.000Z');
    await world.app.figures.runOnce();
    expect((await prove()).differences).toEqual([]);
    world.setNow('2026-12-01T09:00:00+08:00');
    await world.app.figures.runOnce();
    const periods = await world.asSystem((rq) =>
      rq.db.many<{ period: string }>(sql`SELECT DISTINCT period FROM figure_rounds ORDER BY period`),
    );
    expect(periods.map((p) => p.period)).toEqual(keptPeriods('2026-12-01').toSorted());
    world.setNow(now);
    await world.app.figures.runOnce();
  }, 240_000);
});

describe('who may read what is kept', () => {
  it('sees the figures of the own units and is told of no others', async () => {
    await world.app.figures.runOnce();
    const { county, east, eastVillage, westVillage } = world.units;
    const secretary = await world.as('secretary');
    const query = { keys: 'population,rank-branches-star-5', period: '2026' };
    expect((await secretary.call(facts.values, { params: { id: eastVillage }, query })).status).toBe(200);
    for (const id of [county, east, westVillage])
      expect((await secretary.call(facts.values, { params: { id }, query })).status).toBe(404);
    // Row-level security alone keeps it, too.
    const path = await world.asSystem((rq) =>
      rq.db.one<{ p: string }>(sql`SELECT unit_path AS p FROM units WHERE id = ${eastVillage}`),
    );
    for (const table of [sql`figure_values`, sql`figure_rounds`])
      expect(await world.database.read([path.p], (db) => db.many(sql`SELECT DISTINCT unit_id FROM ${table}`))).toEqual([
        { unit_id: eastVillage },
      ]);
  });
});

describe('the proof', () => {
  it('names what is wrong, puts it right, and finds nothing the second time', async () => {
    await world.app.figures.runOnce();
    await world.asSystem((rq) =>
      rq.db.run(
        sql`UPDATE figure_values SET value = value + 1 WHERE unit_id = ${world.units.county} AND key = 'admin-villages' AND period = '2026'`,
      ),
    );
    await world.asSystem((rq) =>
      rq.db.run(
        sql`DELETE FROM figure_values WHERE unit_id = ${world.units.east} AND key = 'admin-villages' AND period = '2025'`,
      ),
    );
    const { differences } = await prove();
    expect(differences.map((d) => [d.unitCode, d.key, d.period])).toEqual([
      ['c1', 'admin-villages', '2026'],
      ['t1', 'admin-villages', '2025'],
    ]);
    expect(differences[1]!.kept).toBeNull();
    expect((await prove()).differences).toEqual([]);
  });
});
