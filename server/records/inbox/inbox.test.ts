import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { inbox, type InboxTab } from '../../../domain/records/inbox/index.ts';
import { attachTo } from '../../../tests/support/attached.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let organiser: Client;
let clerk: Client;
let secretary: Client;
let west: Client;
let secretaryId: string;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('west', u.west, [['township-clerk', u.west]]);
  secretaryId = await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  organiser = await world.as('organiser');
  clerk = await world.as('clerk');
  west = await world.as('west');
  secretary = await world.as('secretary');
});
afterAll(() => world.close());

const ids = async (client: Client, tab: InboxTab) =>
  (await client.ok(inbox.list, { query: { tab, limit: 200 } })).items.map((i) => i.id);

const step = (client: Client, id: string, name: string, body: object = {}) =>
  client.ok(cases.step, { params: { id }, body: { step: name, ...body } });

describe('the inbox', () => {
  it('follows a task from one desk to the next', async () => {
    const task = await clerk.ok(cases.open, {
      body: {
        type: 'task',
        title: '完善阵地',
        unitId: world.units.eastVillage,
        ownerPersonId: secretaryId,
        dueOn: '2026-03-04',
        data: { condition: '启用' },
      },
    });
    expect(await ids(secretary, 'todo')).toEqual([task.id]);
    expect(await ids(clerk, 'todo')).toEqual([]);
    expect(await ids(clerk, 'done')).toEqual([task.id]);
    await step(secretary, task.id, 'accept');
    await step(secretary, task.id, 'start');
    expect(await ids(secretary, 'todo')).toEqual([task.id]);
    await step(secretary, task.id, 'submit', { reason: '完成' });
    expect(await ids(secretary, 'todo')).toEqual([]);
    expect(await ids(secretary, 'done')).toEqual([task.id]);
    // The township's clerk is nearer to it than the county.
    expect(await ids(clerk, 'todo')).toEqual([task.id]);
    expect(await ids(organiser, 'todo')).toEqual([]);
    expect(await ids(west, 'todo')).toEqual([]);
    await organiser.ok(cases.supervise, { params: { id: task.id }, body: { reason: '尽快核验' } });
    expect(await ids(organiser, 'supervised')).toEqual([task.id]);
    expect(await ids(secretary, 'supervised')).toEqual([task.id]);
    expect(await ids(west, 'supervised')).toEqual([]);
    world.setNow('2026-03-09T09:00:00+08:00');
    for (const client of [secretary, clerk, organiser]) expect(await ids(client, 'overdue')).toEqual([task.id]);
    expect(await ids(west, 'overdue')).toEqual([]);
    expect(await clerk.ok(inbox.counts)).toMatchObject({ todo: 1, done: 1, supervised: 0, overdue: 1 });
    await attachTo(world, task.id);
    await step(clerk, task.id, 'verify');
    await step(clerk, task.id, 'close');
    for (const client of [secretary, clerk, organiser])
      for (const tab of ['todo', 'supervised', 'overdue'] as const) expect(await ids(client, tab)).toEqual([]);
    world.setNow('2026-03-02T09:00:00+08:00');
  });

  it('comes to whoever is above when nobody nearer can take the step', async () => {
    const u = world.units;
    const helperId = await world.person('helper', u.community, [['branch-secretary', u.community]]);
    const helper = await world.as('helper');
    const task = await organiser.ok(cases.open, {
      body: {
        type: 'task',
        title: '社区的事',
        unitId: u.community,
        ownerPersonId: helperId,
        data: { condition: '办好' },
      },
    });
    for (const name of ['accept', 'start']) await step(helper, task.id, name);
    await step(helper, task.id, 'submit', { reason: '完成' });
    // The secretary could verify tasks here, but not their own; the street has nobody yet.
    expect(await ids(helper, 'todo')).toEqual([]);
    expect(await ids(organiser, 'todo')).toEqual([task.id]);
    await world.person('street', u.street, [['township-clerk', u.street]]);
    expect(await ids(organiser, 'todo')).toEqual([]);
    expect(await ids(await world.as('street'), 'todo')).toEqual([task.id]);
  });

  it('leaves a step to the owner who may take it, and not to everybody else who could', async () => {
    const u = world.units;
    const handlerId = await world.person('handler', u.westVillage, [['branch-secretary', u.westVillage]]);
    await world.person('colleague', u.westVillage, [['village-cadre', u.westVillage]]);
    const [handler, colleague] = [await world.as('handler'), await world.as('colleague')];
    const opened = await colleague.ok(cases.open, {
      body: {
        type: 'matter',
        title: '水管漏水',
        unitId: u.westVillage,
        data: { description: '水管漏水', channel: 'grid', size: 'small' },
      },
    });
    await step(handler, opened.id, 'accept');
    await step(handler, opened.id, 'assign', { ownerPersonId: handlerId });
    expect(await ids(handler, 'todo')).toContain(opened.id);
    for (const client of [colleague, west, organiser]) expect(await ids(client, 'todo')).not.toContain(opened.id);
  });

  it('shows a unit’s cases to everyone of that unit, and does not ask owners to check their own work', async () => {
    const u = world.units;
    const problem = await organiser.ok(cases.open, {
      body: {
        type: 'problem',
        title: '台账不全',
        unitId: u.east,
        data: { description: '缺三会记录', source: 'visit' },
      },
    });
    expect(await ids(clerk, 'todo')).toEqual([problem.id]);
    await step(organiser, problem.id, 'assign', { ownerUnitId: u.east });
    expect(await ids(clerk, 'todo')).toEqual([problem.id]);
    expect(await ids(organiser, 'todo')).toEqual([]);
    const own = await organiser.ok(cases.open, {
      body: { type: 'task', title: '镇里的事', unitId: u.east, ownerUnitId: u.east, data: { condition: '好' } },
    });
    for (const name of ['accept', 'start']) await step(clerk, own.id, name);
    await step(clerk, own.id, 'submit', { reason: '完成' });
    expect(await ids(clerk, 'todo')).not.toContain(own.id);
    expect(await ids(organiser, 'todo')).toContain(own.id);
  });

  it('counts as late what waits for somebody and is past its day, the same as its row says', async () => {
    const u = world.units;
    await world.person('member', u.eastVillage2, [['branch-secretary', u.eastVillage2]]);
    const member = await world.as('member');
    const opened = await member.ok(cases.open, {
      body: {
        type: 'matter',
        title: '路灯不亮',
        unitId: u.eastVillage2,
        dueOn: '2026-03-04',
        data: { description: '路灯不亮', channel: 'grid', size: 'small' },
      },
    });
    const todo = async () =>
      (await member.ok(inbox.list, { query: { tab: 'todo', limit: 200 } })).items.find((i) => i.id === opened.id);
    expect(await todo()).toMatchObject({ ownerPersonId: null, ownerUnitId: null, below: null });
    expect((await member.ok(inbox.counts)).overdue).toBe(0);
    world.setNow('2026-03-09T09:00:00+08:00');
    expect((await todo())!.light.colour).toBe('red');
    expect(await ids(member, 'overdue')).toEqual([opened.id]);
    expect((await member.ok(inbox.counts)).overdue).toBe(1);
    world.setNow('2026-03-02T09:00:00+08:00');
  });

  it('sorts by the day it is due, pages, and is closed to strangers', async () => {
    for (const dueOn of ['2026-03-20', '2026-03-05', '2026-03-10'])
      await clerk.ok(cases.open, {
        body: {
          type: 'task',
          title: `期限${dueOn}`,
          unitId: world.units.eastVillage,
          ownerPersonId: secretaryId,
          dueOn,
          data: { condition: '按期' },
        },
      });
    const all = await secretary.ok(inbox.list, { query: { tab: 'todo' } });
    const days = all.items.map((i) => i.dueOn);
    expect(days).toEqual([...days].sort());
    const second = await secretary.ok(inbox.list, { query: { tab: 'todo', limit: 1, offset: 1 } });
    expect(second).toMatchObject({ total: 3, capped: false, items: [{ id: all.items[1]!.id }] });
    const visitor = await world.as();
    expect((await visitor.call(inbox.list)).status).toBe(401);
    expect((await visitor.call(inbox.counts)).status).toBe(401);
    expect((await secretary.raw({ method: 'GET', url: '/api/inbox?tab=all' })).status).toBe(400);
    await world.person('idle', world.units.west);
    expect(await (await world.as('idle')).ok(inbox.counts)).toEqual({
      todo: 0,
      done: 0,
      supervised: 0,
      overdue: 0,
      escalated: 0,
      unread: 0,
    });
  });
});
