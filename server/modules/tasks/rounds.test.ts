import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { inbox } from '../../../domain/records/inbox/index.ts';
import { ledgers, rounds } from '../../../domain/tasks/index.ts';
import { attachTo } from '../../../tests/support/attached.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

const logins = ['organiser', 'clerk', 'west', 'secretary', 'second', 'idle'] as const;
let world: World;
let as: Record<(typeof logins)[number] | 'stranger', Client>;
let people: Record<string, string>;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  people = {
    organiser: await world.person('organiser', u.county, [['organiser', u.county]]),
    clerk: await world.person('clerk', u.east, [['township-clerk', u.east]]),
    west: await world.person('west', u.west, [['township-clerk', u.west]]),
    secretary: await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]),
    second: await world.person('second', u.eastVillage2, [['branch-secretary', u.eastVillage2]]),
    idle: await world.person('idle', u.east),
  };
  const clients = await Promise.all(logins.map(async (login) => [login, await world.as(login)] as const));
  as = { ...Object.fromEntries(clients), stranger: await world.as() } as typeof as;
});
afterAll(() => world.close());

const step = (client: Client, id: string, name: string, body: object = {}) =>
  client.ok(cases.step, { params: { id }, body: { step: name, ...body } });

async function task(title: string, more: Record<string, unknown> = {}) {
  return as.organiser.ok(cases.open, {
    body: {
      type: 'task',
      title,
      unitId: world.units.eastVillage,
      ownerPersonId: people['secretary'],
      dueOn: '2026-03-04',
      data: { condition: '现场核验合格', criterion: 'branch.team' },
      ...more,
    } as never,
  });
}

async function submitted(title: string) {
  const { id } = await task(title);
  for (const name of ['accept', 'start']) await step(as.secretary, id, name);
  await step(as.secretary, id, 'submit', { reason: '已完成' });
  await attachTo(world, id);
  return id;
}

const body = (more: object = {}) => ({
  unitId: world.units.east,
  title: '三月督查',
  until: '2026-03-13',
  points: ['任务是否按期', '佐证是否真实'],
  ...more,
});

const show = (id: string, client = as.clerk) => client.ok(rounds.get, { params: { id }, query: { limit: 200 } });

describe('a supervision round', () => {
  it('M030 looks at a set of items, each finding becomes a task that somebody else re-checks, and the round closes only when every one is answered', async () => {
    const [good, bad] = [await submitted('党员活动室'), await submitted('坑塘清淤')];
    await task('产业路', { dueOn: '2026-06-30' });
    const round = await as.clerk.ok(rounds.open, { body: body() });
    expect(round).toMatchObject({ items: 2, judged: 0, found: 0, unanswered: 2, ownerName: 'clerk' });
    const { items, mayClose } = await show(round.id);
    expect(items.map((i) => i.target?.id).sort()).toEqual([good, bad].sort());
    expect(mayClose?.code).toBe('round-open-items');
    const of = (target: string) => items.find((i) => i.target?.id === target)!.id;
    const judge = (itemId: string, more: object, client = as.clerk) =>
      client.call(rounds.judge, { params: { id: round.id }, body: { itemId, note: '现场查看', ...more } as never });

    const confirmed = await judge(of(good), { outcome: 'confirm' });
    expect(confirmed.body).toMatchObject({ state: 'confirmed', note: '现场查看', judgedBy: 'clerk' });
    expect((await as.clerk.ok(cases.get, { params: { id: good } })).state).toBe('verified');
    expect((await judge(of(good), { outcome: 'confirm' })).code).toBe('round-judged');

    expect((await judge(of(bad), { outcome: 'find' })).status).toBe(400);
    const found = await judge(of(bad), {
      outcome: 'find',
      title: '坑塘仍有漂浮垃圾',
      note: '北侧未清理',
      severity: 'key',
      dueOn: '2026-03-10',
    });
    expect(found.body).toMatchObject({
      state: 'found',
      returned: true,
      problem: { title: '坑塘仍有漂浮垃圾', state: 'assigned', ownerName: 'secretary', dueOn: '2026-03-10' },
    });
    expect((await as.clerk.ok(cases.get, { params: { id: bad } })).state).toBe('doing');
    const problemId = found.body.problem!.id;
    const listed = await as.secretary.ok(ledgers.items, { query: { list: 'problems', owner: 'me' } });
    expect(listed.items).toMatchObject([{ id: problemId, severity: 'key', criterion: 'branch.team' }]);
    expect((await as.secretary.ok(inbox.list)).items.map((i) => i.id)).toContain(problemId);

    const close = () => as.clerk.call(rounds.close, { params: { id: round.id }, body: { conclusion: '两项均已落实' } });
    expect((await close()).code).toBe('round-open-items');
    await step(as.secretary, problemId, 'rectify', { reason: '立即清理' });
    await attachTo(world, problemId);
    await step(as.secretary, problemId, 'submit', { reason: '已清理' });
    expect((await close()).code).toBe('round-open-items');
    await step(as.clerk, problemId, 'verify');
    await step(as.clerk, problemId, 'close');
    expect((await show(round.id)).items.find((i) => i.id === of(bad))).toMatchObject({ state: 'settled' });
    const closed = await close();
    expect(closed.body).toMatchObject({ state: 'closed', unanswered: 0, found: 1 });
    expect((await close()).code).toBe('case-final');
    expect((await judge(of(bad), { outcome: 'confirm' })).code).toBe('round-over');
  });

  it('lets nobody check their own work, and does not look twice at one item', async () => {
    const own = await task('整理台账', { ownerPersonId: people['clerk'] });
    const round = await as.clerk.ok(rounds.open, { body: body({ caseIds: [own.id] }) });
    const [item] = (await show(round.id)).items;
    expect(item!.mayJudge?.code).toBe('round-own-work');
    const input = { params: { id: round.id }, body: { itemId: item!.id, outcome: 'confirm', note: '好' } as const };
    expect((await as.clerk.call(rounds.judge, input)).code).toBe('round-own-work');
    expect((await as.organiser.call(rounds.open, { body: body({ caseIds: [own.id] }) })).code).toBe('round-empty');
    const other = await as.organiser.ok(rounds.judge, input);
    expect(other).toMatchObject({ state: 'confirmed', judgedBy: 'organiser' });
    const { items } = await as.clerk.ok(cases.timeline, { params: { id: own.id } });
    expect(items.at(-1)).toMatchObject({ step: 'comment', reason: '督查：情况属实。好' });
  });

  it('is called off with a reason: what nobody looked at is dropped, what was found is put right all the same', async () => {
    const [one, two] = [await task('村标制作'), await task('村口绿化')];
    const round = await as.clerk.ok(rounds.open, { body: body({ caseIds: [one.id, two.id] }) });
    const { items } = await show(round.id);
    await as.clerk.ok(rounds.judge, {
      params: { id: round.id },
      body: { itemId: items[0]!.id, outcome: 'find', note: '未动工', title: '未按期动工' },
    });
    const params = { id: round.id };
    expect((await as.clerk.call(rounds.cancel, { params, body: { reason: '' } })).status).toBe(400);
    const cancelled = await as.clerk.ok(rounds.cancel, { params, body: { reason: '合并到县级督查' } });
    expect(cancelled).toMatchObject({ state: 'cancelled', unanswered: 1 });
    expect((await show(round.id)).items.map((i) => i.state).sort()).toEqual(['dropped', 'found']);
  });

  it('keeps strangers, readers and neighbours out, and refuses what it does not know', async () => {
    const round = await as.clerk.ok(rounds.open, { body: body({ pick: 'all' }) });
    const params = { id: round.id };
    const [item] = (await show(round.id)).items;
    const judge = { params, body: { itemId: item!.id, outcome: 'confirm', note: '好' } as const };
    for (const [client, status] of [
      [as.stranger, 401],
      [as.secretary, 403],
      [as.west, 404],
    ] as const) {
      expect((await client.call(rounds.judge, judge)).status).toBe(status);
      expect((await client.call(rounds.close, { params, body: { conclusion: '完' } })).status).toBe(status);
      expect((await client.call(rounds.cancel, { params, body: { reason: '停' } })).status).toBe(status);
      expect((await client.call(rounds.open, { body: body() })).status).toBe(status);
    }
    expect((await as.stranger.call(rounds.get, { params })).status).toBe(401);
    expect((await as.idle.call(rounds.get, { params })).status).toBe(403);
    expect((await as.west.call(rounds.get, { params })).status).toBe(404);
    expect((await as.west.ok(rounds.list)).total).toBe(0);
    const listed = async (open: boolean) =>
      (await as.clerk.ok(rounds.list, { query: { open } })).items.map((r) => r.id);
    expect(await listed(true)).toContain(round.id);
    expect(await listed(false)).not.toContain(round.id);
    expect((await as.clerk.call(rounds.open, { body: body({ until: '2026-02-30' }) })).status).toBe(400);
    expect((await as.clerk.call(rounds.open, { body: body({ pick: 'done' }) })).code).toBe('round-empty');
    const generic = { params: { id: item!.id }, body: { step: 'confirm', reason: '好' } };
    expect((await as.clerk.call(cases.step, generic)).code).toBe('case-by-module');
    const other = await task('别的事项');
    const foreign = { params, body: { itemId: other.id, outcome: 'confirm', note: '好' } as const };
    expect((await as.clerk.call(rounds.judge, foreign)).code).toBe('round-other-item');
  });
});
