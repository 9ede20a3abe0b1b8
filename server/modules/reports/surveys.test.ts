import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { facts } from '../../../domain/records/facts/index.ts';
import { inbox } from '../../../domain/records/inbox/index.ts';
import { attachTo } from '../../../tests/support/attached.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let clerk: Client;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('office', u.county, [['organiser', u.county]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('street', u.street, [['township-clerk', u.street]]);
  await world.person('community', u.community, [['branch-secretary', u.community]]);
  clerk = await world.as('clerk');
});
afterAll(() => world.close());

/** A survey that was carried out and closed with these means. */
async function survey(who: Client, unitId: number, wave: string, data: Record<string, unknown>) {
  const opened = await who.ok(cases.open, {
    body: { type: 'survey', title: `${wave} 年调查`, unitId, data: { wave, method: '按门牌号每十户抽一户，匿名问卷' } },
  });
  const params = { id: opened.id };
  await who.ok(cases.step, { params, body: { step: 'start', document: '调查方案' } });
  await attachTo(world, opened.id);
  const closed = await who.call(cases.step, { params, body: { step: 'close', data } });
  return { id: opened.id, ...closed };
}

async function shown(who: Client, id: number, keys: readonly string[], period: string) {
  const read = await who.ok(facts.values, { params: { id }, query: { keys: keys.join(','), period } });
  return Object.fromEntries(read.values.map((v) => [v.key, v.value === null ? null : Number(v.value)]));
}

describe('anonymous surveys', () => {
  it('M078 M312 M213 report happiness, gain and safety of each unit with the size of the sample and the trend, and no answer of a person', async () => {
    const { eastVillage, eastVillage2, east } = world.units;
    world.setNow('2025-09-20T09:00:00+08:00');
    await survey(clerk, eastVillage, '2025', { sample: 40, happiness: 70, gain: 60, safety: 80 });
    world.setNow('2026-09-20T09:00:00+08:00');
    await survey(clerk, eastVillage, '2026', { sample: 30, happiness: 80, gain: 66, safety: 90 });
    await survey(clerk, eastVillage2, '2026', { sample: 10, happiness: 60, gain: 50, safety: 70 });

    const senses = ['happiness-index', 'gain-index', 'safety-index', 'survey-answers'];
    const village = await shown(clerk, eastVillage, senses, '2026');
    expect(village).toEqual({ 'happiness-index': 80, 'gain-index': 66, 'safety-index': 90, 'survey-answers': 30 });
    // The township's number weighs each survey by its sample, and says how many answered.
    const township = await shown(clerk, east, senses, '2026');
    expect(township).toEqual({ 'happiness-index': 75, 'gain-index': 62, 'safety-index': 85, 'survey-answers': 40 });
    expect(await shown(clerk, eastVillage, senses, '2025')).toMatchObject({
      'happiness-index': 70,
      'survey-answers': 40,
    });
    const change = 'satisfaction-index-change/happiness';
    expect(await shown(clerk, eastVillage, [change], '2026')).toEqual({ [change]: 10 });

    const opened = await clerk.ok(facts.records, {
      params: { id: east, key: 'survey-answers' },
      query: { period: '2026' },
    });
    expect(opened.items.map((i) => Number(i.value)).toSorted((a, b) => a - b)).toEqual([10, 30]);
  });

  it('M078 take no answer of a person and nothing from fewer than ten', async () => {
    const { eastVillage2 } = world.units;
    const few = await survey(clerk, eastVillage2, '2026', { sample: 9, happiness: 90 });
    expect([few.status, (await clerk.ok(cases.get, { params: { id: few.id } })).state]).toEqual([400, 'running']);
    const named = await survey(clerk, eastVillage2, '2026', { sample: 20, answers: [{ house: '1', happiness: 3 }] });
    expect(named.status).toBe(400);
    // Nobody closes it without what was counted from the sheets.
    const bare = await clerk.ok(cases.open, {
      body: { type: 'survey', title: '空', unitId: eastVillage2, data: { wave: '2026', method: '随机' } },
    });
    const params = { id: bare.id };
    await clerk.ok(cases.step, { params, body: { step: 'start', document: '方案' } });
    expect((await clerk.call(cases.step, { params, body: { step: 'close', data: { sample: 20 } } })).code).toBe(
      'case-needs-evidence',
    );
  });

  it('M221 ask for recognition and satisfaction, and turn the lowest items into tasks of the community', async () => {
    const { community: unitId, street: streetId } = world.units;
    const [office, street, community] = [
      await world.as('office'),
      await world.as('street'),
      await world.as('community'),
    ];
    const lowest = ['楼道照明', '停车'];
    const { id } = await survey(street, unitId, '2026', { sample: 60, recognition: 82, satisfaction: 74.5, lowest });
    expect(await shown(office, unitId, ['recognition-index', 'satisfaction-index'], '2026')).toEqual({
      'recognition-index': 82,
      'satisfaction-index': 74.5,
    });
    const { items } = await street.ok(cases.list, { query: { parent: id, under: streetId } });
    expect(items.map((t) => [t.type, t.title, t.state]).toSorted()).toEqual([
      ['task', '改进：停车', 'assigned'],
      ['task', '改进：楼道照明', 'assigned'],
    ]);
    const todo = (await community.ok(inbox.list, { query: { tab: 'todo' } })).items.map((t) => t.title);
    for (const item of lowest) expect(todo).toContain(`改进：${item}`);
  });
});
