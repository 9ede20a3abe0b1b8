import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../../../domain/records/facts/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let organiser: Client;

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  const { county } = world.units;
  await world.person('organiser', county, [['organiser', county]]);
  organiser = await world.as('organiser');
});
afterAll(() => world.close());

const opened = (
  unitId: number,
  key: string,
  query: { period: string; limit?: number; offset?: number; part?: number },
) => organiser.ok(facts.records, { params: { id: unitId, key }, query });

describe('opening a number', () => {
  it.each([
    ['cycle-year', '2026'],
    ['collective-income-threshold/line', '30'],
    ['entrance-items', '5'],
  ])('says of %s that it is set and not counted', async (key, value) => {
    const of = { period: '2026' };
    const answer = await opened(world.units.county, key, of);
    expect(answer).toMatchObject({ value, small: false, parts: [], total: 0, items: [] });
    expect(answer.definition.zh).not.toBe('');
  });

  it('refuses a part that a counted number does not have', async () => {
    const params = { id: world.units.county, key: 'population' };
    expect((await organiser.call(facts.records, { params, query: { period: '2026', part: 1 } })).status).toBe(404);
  });
});
