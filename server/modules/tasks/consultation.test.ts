import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { events, eventSeries } from '../../../domain/records/events/index.ts';
import { ledgers } from '../../../domain/tasks/index.ts';
import { attachTo } from '../../../tests/support/attached.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let clerk: Client;
let secretary: Client;
let cadre: string;

beforeAll(async () => {
  world = await createWorld({ now: '2026-03-02T09:00:00+08:00' });
  const u = world.units;
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('leader', u.east, [['village-leader', u.eastVillage]]);
  await world.person('deputy', u.county, [['county-leader', u.eastVillage]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('other', u.eastVillage2, [['branch-secretary', u.eastVillage2]]);
  cadre = await world.person('cadre', u.eastVillage, [['village-cadre', u.eastVillage]]);
  await signIn();
});
afterAll(() => world.close());

async function signIn(): Promise<void> {
  clerk = await world.as('clerk');
  secretary = await world.as('secretary');
}
const at = (day: string) => world.setNow(`${day}T09:00:00+08:00`);

const open = (body: object) => clerk.ok(cases.open, { body: { unitId: world.units.eastVillage, ...body } as never });
const problem = (title: string) =>
  open({ type: 'problem', title, data: { description: title, source: 'visit', criterion: 'branch.meetings' } }).then(
    (c) => c.id,
  );
const task = (title: string, dueOn: string) =>
  open({ type: 'task', title, dueOn, ownerPersonId: cadre, data: { condition: title } }).then((c) => c.id);

/** Titles below each standing item, in the order of the agenda. */
function groups(agenda: readonly { standing: string | null; title: string }[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  let now = '';
  for (const item of agenda)
    if (item.standing !== null) found[(now = item.standing)] = [];
    else found[now]!.push(item.title);
  return found;
}

describe('the weekly consultation', () => {
  it('M028 M094 expects all contracted levels, finds on its agenda what is late, carried up, new and still undecided, and its conclusions are tasks until they are done', async () => {
    const place = { kind: 'weekly-consultation', unitId: world.units.eastVillage };
    const series = await secretary.ok(eventSeries.start, { body: { ...place, fromDay: '2026-03-02' } });
    await problem('会议记录不完整');
    await task('产业路硬化', '2026-06-30');
    await task('坑塘清淤', '2026-03-03');
    const first = await secretary.ok(events.plan, { body: { ...place, seriesId: series.id, onDay: '2026-03-04' } });
    const roster = await secretary.ok(events.roster, { params: { id: first.id } });
    expect(roster.items.map((l) => [l.name, l.expected])).toEqual(
      ['cadre', 'deputy', 'leader', 'secretary'].map((name) => [name, true]),
    );
    expect(groups(first.agenda)).toEqual({
      'open-decisions': [],
      overdue: [],
      'new-problems': ['会议记录不完整'],
      'open-problems': [],
      'open-matters': [],
    });
    at('2026-03-04');
    const minuted = first.agenda.filter((i) => i.standing !== null).map((i) => ({ id: i.id, minute: '已研究' }));
    const about = first.agenda.find((i) => i.aboutCaseId !== null)!;
    const decision = { text: '补齐二月会议记录', ownerPersonId: cadre, dueOn: '2026-03-06', condition: '记录齐全' };
    const held = await secretary.ok(events.hold, {
      params: { id: first.id },
      body: { minutes: '逐项会商', items: [...minuted, { id: about.id, minute: '议定', decision }] },
    });
    const decided = held.agenda.find((i) => i.id === about.id)!.task!;
    expect(decided).toMatchObject({ ownerName: 'cadre', dueOn: '2026-03-06', closed: false });
    const listed = await clerk.ok(ledgers.items, { query: { q: '补齐二月' } });
    expect(listed.items).toMatchObject([
      {
        id: decided.id,
        condition: '记录齐全',
        type: 'task',
        criterion: 'branch.meetings',
        parentId: about.aboutCaseId,
      },
    ]);

    // A week later: one task was carried up, one problem is new, the decision is not done.
    at('2026-03-10');
    await signIn();
    await problem('井盖破损');
    await world.app.services.jobs.runSchedules();
    await world.app.services.jobs.runJobsOnce();
    const second = await secretary.ok(events.plan, { body: { ...place, seriesId: series.id, onDay: '2026-03-11' } });
    expect(groups(second.agenda)).toEqual({
      'open-decisions': ['补齐二月会议记录'],
      overdue: ['坑塘清淤'],
      'new-problems': ['井盖破损'],
      'open-problems': ['会议记录不完整'],
      'open-matters': [],
    });
    const late = second.agenda.find((i) => i.title === '坑塘清淤')!;
    expect(late.about).toMatchObject({
      ownerName: 'cadre',
      dueOn: '2026-03-03',
      carriedTo: '东林镇',
      light: { colour: 'red', words: { zh: '超期5个工作日' } },
    });

    // It is done, and what came up since is added; what stands there is not added twice.
    const doer = await world.as('cadre');
    await attachTo(world, decided.id);
    for (const [client, step, reason] of [
      [doer, 'accept', undefined],
      [doer, 'start', undefined],
      [doer, 'submit', '已补齐'],
      [clerk, 'verify', undefined],
      [clerk, 'close', undefined],
    ] as const)
      await client.ok(cases.step, { params: { id: decided.id }, body: { step, reason } });
    await problem('路灯不亮');
    const refilled = await secretary.ok(events.prefill, { params: { id: second.id } });
    expect(groups(refilled.agenda)['new-problems']!.sort()).toEqual(['井盖破损', '路灯不亮']);
    expect(refilled.agenda).toHaveLength(second.agenda.length + 1);
    const third = await secretary.ok(events.plan, { body: { ...place, seriesId: series.id, onDay: '2026-03-18' } });
    expect(groups(third.agenda)['open-decisions']).toEqual([]);
    const found = await secretary.ok(events.items, { query: { kind: place.kind, unresolved: false } });
    expect(found.items.find((i) => i.task?.id === decided.id)).toMatchObject({ task: { closed: true } });

    at('2026-03-24');
    await signIn();
    const status = await clerk.ok(eventSeries.get, { params: { id: series.id } });
    expect(status.skipped).toEqual(['2026-W11', '2026-W12']);
  });
});
