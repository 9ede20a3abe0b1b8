import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { facts } from '../../../domain/records/facts/index.ts';
import { org } from '../../../domain/org/index.ts';
import { subjects } from '../../../domain/records/subjects/index.ts';
import { units } from '../../../domain/records/units/index.ts';
import { attachTo } from '../../../tests/support/attached.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

// How far services and responsibility reach: who is without them is named, and every number opens to units and records.

let world: World;
let office: Client;
let village: Client;
let community: Client;
let grid: number;
let estate: number;

beforeAll(async () => {
  world = await createWorld({ now: '2026-03-02T09:00:00+08:00' });
  const u = world.units;
  await world.person('office', u.county, [['organiser', u.county]]);
  await world.person('street', u.street, [['township-clerk', u.street]]);
  await world.person('village', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('community', u.community, [['branch-secretary', u.community]]);
  office = await world.as('office');
  village = await world.as('village');
  community = await world.as('community');
  const found = async (parentId: number, type: 'grid' | 'estate' | 'branch', name: string, code: string) =>
    (await office.ok(units.create, { body: { parentId, type, name, code, day: '2026-01-01', document: '批复' } })).id;
  grid = await found(u.eastVillage, 'grid', '第一网格', 'v1-g1');
  estate = await found(u.community, 'estate', '锦园小区', 'm1-e1');
  await found(u.eastVillage, 'branch', '青石村党支部', 'v1-b');
  await found(u.community, 'branch', '向阳社区党委', 'm1-b');
});
afterAll(() => world.close());

const read = async (who: Client, unitId: number, keys: string) => {
  const shown = await who.ok(facts.values, { params: { id: unitId }, query: { keys, period: '2026' } });
  return Object.fromEntries(shown.values.map((v) => [v.key, v.value === null ? null : Number(v.value)]));
};
const named = async (unitId: number, key: string) => {
  const { items } = await office.ok(facts.records, { params: { id: unitId, key }, query: { period: '2026' } });
  return items.map((i) => i.unitName).toSorted();
};
const register = (who: Client, kind: string, unitId: number, data: object, more: object = {}) =>
  who.ok(subjects.create, { body: { kind, unitId, name: kind, fromDay: '2026-01-01', data: data as never, ...more } });
const raise = (who: Client, unitId: number, title: string) =>
  who.ok(cases.open, {
    body: { type: 'matter', title, unitId, data: { description: title, channel: 'grid', size: 'small' } },
  });
async function take(who: Client, id: string, step: string, more: object = {}) {
  await who.ok(cases.step, { params: { id }, body: { step, reason: '已核实', ...more } });
}

describe('the last mile', () => {
  it('M389 reports every unit where a service, a branch or the responsible person is missing', async () => {
    const { county, eastVillage, eastVillage2, westVillage } = world.units;
    const centre = { hours: '每日 8:00—18:00' };
    await register(village, 'service-centre', eastVillage, centre, { state: 'in-use' });
    await register(office, 'service-centre', eastVillage2, centre, { state: 'planned' });
    const keys = ['places-without-service-centre', 'places-without-branch', 'places-without-secretary'];
    expect(await read(office, county, keys.join(','))).toEqual({
      'places-without-service-centre': 3,
      'places-without-branch': 2,
      'places-without-secretary': 2,
    });
    expect(await named(county, keys[0]!)).toEqual(['柳沟村', '䩐勒桥村', '向阳社区'].toSorted());
    expect(await named(county, keys[1]!)).toEqual(['柳沟村', '䩐勒桥村'].toSorted());
    expect(await named(county, keys[2]!)).toEqual(['柳沟村', '䩐勒桥村'].toSorted());
    // The list of gaps names the same places, one by one, for whoever has to fill them.
    const gaps = await office.ok(org.gaps, { params: { unitId: county }, query: { limit: 200 } });
    expect(gaps.total).toBeGreaterThan(0);
    await world.person('west', westVillage, [['branch-secretary', westVillage]]);
    expect(await named(county, keys[2]!)).toEqual(['柳沟村']);
  });

  it('M423 reports grids and estates without a named contact, and those with unanswered matters', async () => {
    const { county, community: communityId } = world.units;
    // Where no such duty was ever recorded nothing could answer: missing is not zero.
    expect(await read(office, county, 'grids-without-contact')).toEqual({ 'grids-without-contact': null });
    await world.person('staff', world.units.eastVillage, [['grid-staff-fulltime', grid]]);
    expect(await named(county, 'grids-without-contact')).toEqual(['锦园小区']);

    const worker = await world.as('staff');
    const { id } = await raise(worker, grid, '路灯不亮');
    await raise(community, estate, '楼道堆物');
    await raise(community, communityId, '社区的事');
    const key = 'grids-with-unanswered-matters';
    expect(await named(county, key)).toEqual(['第一网格', '锦园小区'].toSorted());
    await take(village, id, 'accept');
    await take(village, id, 'escalate');
    await take(village, id, 'answer');
    // Answered, it waits for the word of whoever raised it and for nobody of the grid.
    expect(await named(county, key)).toEqual(['锦园小区']);
    expect(await read(community, communityId, key)).toEqual({ [key]: 1 });
  });
});

describe('what is offered to residents', () => {
  it('M348 reports the three assurances: jobs offered, difficulties handled in time and services available', async () => {
    const { eastVillage, east } = world.units;
    await register(village, 'job-opening', eastVillage, { employer: '加工车间', places: 12, type: 'local' });
    await register(village, 'job-opening', eastVillage, { employer: '超市', places: 3, type: 'regular' });
    for (const provider of ['卫生院', '农机合作社'])
      await register(village, 'service-resource', eastVillage, { type: 'skill', provider });
    const worker = await world.as('staff');
    // One is solved before the day it is due, one after it.
    for (const [title, on] of [
      ['排水沟堵塞', '2026-03-03'],
      ['树枝挡路', '2026-04-20'],
    ] as const) {
      world.setNow('2026-03-02T10:00:00+08:00');
      const { id } = await raise(worker, grid, title);
      for (const step of ['accept', 'escalate', 'answer']) await take(village, id, step);
      world.setNow(`${on}T10:00:00+08:00`);
      const again = await world.as('staff');
      await take(again, id, 'confirm');
      await take(await world.as('village'), id, 'close');
    }
    const keys = 'jobs-offered,matters-on-time-share,services-available';
    const clerk = await world.as('office');
    const shown = await read(clerk, east, keys);
    expect(shown['jobs-offered']).toBe(15);
    expect(shown['services-available']).toBe(2);
    // The matter of the test before is due as well, and not closed.
    expect(shown['matters-on-time-share']).toBeCloseTo(100 / 3, 4);
  });

  it('M219 tracks coverage, response time and satisfaction of each community for its street', async () => {
    const { street: streetId, community: communityId } = world.units;
    world.setNow('2026-05-04T09:00:00+08:00');
    const [secretary, clerk] = [await world.as('community'), await world.as('street')];
    await register(secretary, 'service-centre', communityId, { hours: '每日' }, { state: 'in-use' });
    const online = { materials: ['户口簿'], steps: ['申请', '核实', '办结'], limitWorkdays: 5, handler: '便民窗口' };
    const business = await register(clerk, 'platform-business', streetId, online);
    const asked = await secretary.ok(cases.open, {
      body: { type: 'service-request', title: '高龄津贴', unitId: communityId, data: { businessId: business.id } },
    });
    await take(secretary, asked.id, 'accept');
    await take(secretary, asked.id, 'handle', { ownerUnitId: communityId });
    world.setNow('2026-05-04T15:00:00+08:00');
    await take(secretary, asked.id, 'finish');
    const survey = await secretary.ok(cases.open, {
      body: { type: 'survey', title: '调查', unitId: communityId, data: { wave: '2026', method: '随机抽样' } },
    });
    await take(secretary, survey.id, 'start', { document: '方案' });
    await attachTo(world, survey.id);
    await take(clerk, survey.id, 'close', { data: { sample: 50, satisfaction: 88 } });
    const focus = 'service-centre-coverage,business-handling-time,satisfaction-index';
    const shown = await clerk.ok(facts.values, {
      params: { id: streetId },
      query: { keys: focus, period: '2026', children: true },
    });
    expect(shown.children.map((c) => c.name)).toEqual(['向阳社区']);
    expect(shown.children[0]!.values.map((v) => v.value && Number(v.value))).toEqual([100, 6, 88]);
  });
});
