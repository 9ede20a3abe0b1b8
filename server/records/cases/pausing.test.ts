import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases, lightOf, lightRule, lightRuleWords } from '../../../domain/records/cases/index.ts';
import { inbox } from '../../../domain/records/inbox/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let clerk: Client;
let secretary: Client;
let secretaryId: string;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  secretaryId = await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  clerk = await world.as('clerk');
  secretary = await world.as('secretary');
});
afterAll(() => world.close());

const step = (client: Client, id: string, name: string, body: object = {}) =>
  client.call(cases.step, { params: { id }, body: { step: name, ...body } });

describe('a case that stands still', () => {
  it('is not late while it is paused, and is due later by the workdays that it stood still', async () => {
    world.setNow('2026-03-02T09:00:00+08:00');
    const { id } = await clerk.ok(cases.open, {
      body: {
        type: 'task',
        title: '硬化产业路',
        unitId: world.units.eastVillage,
        ownerPersonId: secretaryId,
        dueOn: '2026-03-06',
        data: { condition: '通车' },
      },
    });
    await step(secretary, id, 'accept');
    await step(secretary, id, 'start');
    expect((await step(clerk, id, 'pause')).code).toBe('case-needs-reason');
    expect((await step(secretary, id, 'pause', { reason: '下雨' })).status).toBe(403);
    const paused = await step(clerk, id, 'pause', { reason: '连续降雨，无法施工' });
    expect(paused.body).toMatchObject({ state: 'paused', dueOn: null, light: { colour: 'none' } });
    expect(paused.body.light.words.zh).toBe('已暂停，不计时');
    expect(
      (await clerk.call(cases.supervise, { params: { id }, body: { reason: '快', dueOn: '2026-03-03' } })).code,
    ).toBe('case-paused');
    world.setNow('2026-03-13T09:00:00+08:00');
    expect((await clerk.ok(inbox.counts)).overdue).toBe(0);
    expect((await secretary.ok(inbox.counts)).overdue).toBe(0);
    const resumed = await step(clerk, id, 'resume');
    // From the 2nd to the 13th it stood still for nine workdays; the 6th is as many workdays later the 19th.
    expect(resumed.body).toMatchObject({ state: 'doing', dueOn: '2026-03-19', workdaysLeft: 4 });
    const { items } = await clerk.ok(cases.timeline, { params: { id } });
    expect(items.map((e) => e.step)).toEqual(['open', 'accept', 'start', 'pause', 'resume']);
  });
});

describe('the rule of the lights', () => {
  it('says in words the numbers that it counts by, and every light has words beside its colour', () => {
    expect(lightRuleWords.yellow.zh).toContain(String(lightRule.soonWorkdays));
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), fc.boolean(), fc.boolean(), (left, sure, paused) => {
        const past = left < 0;
        const light = lightOf({ workdaysLeft: left, past, sure }, false, paused);
        const expected = paused ? 'none' : past ? 'red' : left <= lightRule.soonWorkdays ? 'yellow' : 'green';
        expect(light.colour).toBe(expected);
        expect(light.words.zh.length * light.words.en.length).toBeGreaterThan(0);
      }),
    );
  });
});
