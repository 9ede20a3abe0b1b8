import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../../../domain/records/facts/index.ts';
import { reports } from '../../../domain/reports/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

// Figures about persons: fewer than five are told to those who serve them and to nobody else.

let world: World;
const as: Record<string, Client> = {};

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  const { county, east, street, eastVillage, westVillage, community } = world.units;
  for (const [login, unit, role] of [
    ['organiser', county, 'organiser'],
    ['clerk', east, 'township-clerk'],
    ['street', street, 'township-clerk'],
    ['secretary', eastVillage, 'branch-secretary'],
    ['urban', community, 'branch-secretary'],
    ['west', westVillage, 'branch-secretary'],
  ] as const) {
    await world.person(login, unit, [[role, unit]]);
    as[login] = await world.as(login);
  }
  for (const [unit, n] of [
    [eastVillage, 3],
    [westVillage, 6],
    [community, 2],
  ] as const)
    for (let i = 0; i < n; i++)
      await world.asSystem((rq) =>
        rq.db
          .run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at, closed_at, data)
          SELECT ${randomUUID()}, 'placement', 'confirmed', '上岗', id, unit_path, ${rq.now}, ${rq.now}, ${rq.now}, '{}' FROM units
          WHERE id = ${unit}`),
      );
});
afterAll(() => world.close());

const read = (login: string, id: number) =>
  as[login]!.ok(facts.values, { params: { id }, query: { keys: 'jobs-placed', period: '2026', children: true } });
const told = async (login: string, id: number) => (await read(login, id)).values[0]!;
const opened = (login: string, id: number) =>
  as[login]!.ok(facts.records, { params: { id, key: 'jobs-placed' }, query: { period: '2026' } });

describe('fewer than five persons', () => {
  it('are told to the unit that serves them, with every record', async () => {
    const { eastVillage } = world.units;
    expect(await told('secretary', eastVillage)).toMatchObject({ value: '3', small: false, records: 3 });
    expect(await opened('secretary', eastVillage)).toMatchObject({ value: '3', small: false, total: 3 });
  });

  it('are less than five to everybody above, in a number, beside others and when it is opened', async () => {
    const { county, east, eastVillage, westVillage, community, street } = world.units;
    for (const [login, unit] of [
      ['clerk', eastVillage],
      ['clerk', east],
      ['organiser', eastVillage],
      ['organiser', east],
      ['street', street],
      ['street', community],
    ] as const) {
      const blank = { value: null, small: true, records: 0, asOf: null, asOfFirst: null, source: null };
      expect(await told(login, unit)).toMatchObject(blank);
      const { items, parts, ...rest } = await opened(login, unit);
      expect(rest).toMatchObject({ value: null, small: true, total: 0 });
      expect([items, parts.map((p) => [p.value, p.records])]).toEqual([[], [[null, 0]]]);
    }
    const { children } = await read('organiser', county);
    const of = new Map(children.map((c) => [c.unitId, c.values[0]!]));
    expect([of.get(east)!.small, of.get(street)!.small]).toEqual([true, true]);
    // Five and more are told to everybody who may read of the unit.
    expect(await told('organiser', county)).toMatchObject({ value: '11', small: false });
    expect(await told('organiser', westVillage)).toMatchObject({ value: '6', small: false });
    expect(await told('west', westVillage)).toMatchObject({ value: '6', small: false });
  });

  it('say nothing at all to a neighbour', async () => {
    const query = { keys: 'jobs-placed', period: '2026' };
    const params = { id: world.units.eastVillage };
    expect((await as['west']!.call(facts.values, { params, query })).status).toBe(404);
  });

  it('stay hidden in a report, whoever fills it: it is written for others', async () => {
    const { street } = world.units;
    const filled = await as['street']!.ok(reports.fill, {
      params: { id: street, template: 'street' },
      query: { period: '2026' },
    });
    const figure = filled.figures.find((f) => f.key === 'jobs-placed')!;
    expect(figure).toMatchObject({ value: null, display: '<5', records: 0, missing: null, holders: [] });
  });

  it('leave numbers that are not about persons as they are', async () => {
    const { east } = world.units;
    const query = { keys: 'admin-villages', period: '2026' };
    const shown = await as['clerk']!.ok(facts.values, { params: { id: east }, query });
    expect(shown.values[0]).toMatchObject({ value: '2', small: false });
  });
});
