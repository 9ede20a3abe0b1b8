import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignments } from '../../../domain/records/assignments/index.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { ledgers } from '../../../domain/tasks/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let office: Client;
let clerk: Client;
let leader: string;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('office', u.county, [['organiser', u.county]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  leader = await world.person('leader', u.east, [['leadership-member', u.east]]);
  office = await world.as('office');
  clerk = await world.as('clerk');
});
afterAll(() => world.close());

const give = (given: object) =>
  office.ok(assignments.assign, {
    body: { personId: leader, from: '2026-01-10', document: '分工通知', ...given } as never,
  });

describe('the list of responsibility', () => {
  it('M104 says who answers for which unit, star, village and task, from when until when, and follows from assignments alone', async () => {
    const { east, eastVillage } = world.units;
    const star = await give({ role: 'task-force-leader', unitId: east, star: 'ecology' });
    const village = await give({ role: 'village-leader', unitId: eastVillage, to: '2026-12-31' });
    const list = async (query: object) => {
      const { items } = await clerk.ok(assignments.list, { query: { under: east, person: leader, ...query } });
      return items.map((a) => [a.role, a.holder, a.unitName, a.star, a.from, a.to]).toSorted();
    };
    const member = ['leadership-member', 'leader', '东林镇', null, '2020-01-01', null];
    const force = ['task-force-leader', 'leader', '东林镇', 'ecology', '2026-01-10', null];
    const contracted = ['village-leader', 'leader', '青石村', null, '2026-01-10', '2026-12-31'];
    expect(await list({})).toEqual([member, force, contracted]);
    expect(await list({ star: 'ecology' })).toEqual([force]);
    expect(await list({ asOf: '2026-01-09' })).toEqual([member]);
    expect(await list({ unit: eastVillage })).toEqual([contracted]);

    // What each owns of the open work stands beside the posts that they hold.
    const task = await clerk.ok(cases.open, {
      body: {
        type: 'task',
        title: '清运垃圾',
        unitId: eastVillage,
        ownerPersonId: leader,
        data: { condition: '清完' },
      },
    });
    const owners = async () => (await clerk.ok(ledgers.owners, { query: { under: east } })).items;
    expect(await owners()).toMatchObject([{ personId: leader, name: 'leader', tasks: 1, problems: 0 }]);
    const posts = (await owners())[0]!.posts.map((p) => p.zh);
    expect(posts).toHaveLength(3);
    expect(posts.join()).toContain('青石村');

    // The list changes with the assignment: nobody keeps it by hand.
    world.setNow('2026-03-03T09:00:00+08:00');
    await office.ok(assignments.end, {
      params: { id: star.id },
      body: { day: '2026-03-02', reason: '调整分工' },
    });
    expect(await list({})).toEqual([member, contracted]);
    expect(await list({ history: true })).toContainEqual([...force.slice(0, 5), '2026-03-02']);
    expect((await owners())[0]!.posts).toHaveLength(2);
    expect((await clerk.ok(assignments.get, { params: { id: village.id } })).document).toBe('分工通知');
    expect(task.ownerName).toBe('leader');
  });
});
