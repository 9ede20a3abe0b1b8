import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignments } from '../../../domain/records/assignments/index.ts';
import { designations } from '../../../domain/records/designations/index.ts';
import { facts } from '../../../domain/records/facts/index.ts';
import { subjects } from '../../../domain/records/subjects/contract.ts';
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

  it('goes through more records than fit on a page, and says how many there are', async () => {
    const { westVillage } = world.units;
    for (let m = 1; m <= 9; m++)
      await organiser.ok(facts.enter, {
        body: {
          metric: 'station-events',
          unitId: westVillage,
          period: `2026-0${m}`,
          value: String(m),
          asOf: `2026-0${m}-28`,
          source: '村级台账',
        },
      });
    const pages = [];
    for (const offset of [0, 4, 8]) {
      const page = await opened(westVillage, 'station-events', { period: 'to-date:2026', limit: 4, offset });
      expect(page).toMatchObject({ value: '45', total: 9 });
      expect(page.parts[page.part]).toMatchObject({ period: '2026', value: '45', records: 9 });
      pages.push(page.items.map((i) => i.value).join());
    }
    expect(pages).toEqual(['1,2,3,4', '5,6,7,8', '9']);
  });

  it('names the page of a record to whoever may open it', async () => {
    const { county, eastVillage } = world.units;
    const { id } = await organiser.ok(subjects.create, {
      body: {
        kind: 'service-centre',
        unitId: eastVillage,
        name: '便民服务中心',
        fromDay: '2026-01-01',
        state: 'in-use',
        data: { hours: '每日 8:00—18:00' },
      },
    });
    const centres = await opened(county, 'service-centre-levels', { period: '2026' });
    expect(centres.items).toMatchObject([{ kind: 'subject', id, page: id }]);
    const villages = await opened(county, 'admin-villages', { period: '2026' });
    expect(villages.items.map((i) => i.page)).toEqual(villages.items.map((i) => i.id));
    const typed = await opened(world.units.westVillage, 'station-events', { period: 'to-date:2026' });
    expect(typed.items.map((i) => i.page)).toEqual(typed.items.map((i) => i.id));
  });

  it('tells what has no page of its own by its record: a typed number, a duty, a designation', async () => {
    const { county, eastVillage, westVillage } = world.units;
    await world.person('east', eastVillage, [['branch-secretary', eastVillage]]);
    const typed = await opened(westVillage, 'station-events', { period: 'to-date:2026' });
    expect(await organiser.ok(facts.get, { params: { id: typed.items[0]!.page! } })).toMatchObject({
      metric: 'station-events',
      unitId: westVillage,
      enteredBy: expect.any(String),
    });
    const duties = await opened(eastVillage, 'branch-secretaries', { period: '2026' });
    expect(duties.items).toMatchObject([{ kind: 'assignment', label: 'branch-secretary' }]);
    const duty = await organiser.ok(assignments.get, { params: { id: duties.items[0]!.page! } });
    expect(duty).toMatchObject({ role: 'branch-secretary', unitId: eastVillage });
    const granted = await organiser.ok(designations.grant, {
      body: {
        kind: 'characteristic-village',
        unitId: eastVillage,
        grantedByUnitId: county,
        grantor: '县委',
        grantedOn: '2026-01-05',
        basis: '县委〔2026〕1号',
        data: { theme: '山楂' },
      },
    });
    const held = await opened(county, 'characteristic-villages', { period: '2026' });
    expect(held.items).toMatchObject([{ kind: 'designation', page: granted.id }]);
  });

  it('calls a duty and a typed number by their words, and what has a title by that', async () => {
    const { east, westVillage } = world.units;
    await world.person('secretary', westVillage, [['branch-secretary', westVillage]]);
    const duties = await opened(westVillage, 'branch-secretaries', { period: '2026' });
    expect(duties.items.map((i) => i.words?.zh)).toEqual(['村（社区）党支部书记']);
    const typed = await opened(westVillage, 'station-events', { period: 'to-date:2026', limit: 1 });
    expect(typed.items[0]!.words).toEqual({ zh: '2026年1月', en: 'January 2026' });
    const villages = await opened(east, 'admin-villages', { period: '2026' });
    expect(new Set(villages.items.map((i) => i.words))).toEqual(new Set([null]));
  });

  it('refuses a part that a counted number does not have', async () => {
    const params = { id: world.units.county, key: 'population' };
    expect((await organiser.call(facts.records, { params, query: { period: '2026', part: 1 } })).status).toBe(404);
  });
});
