import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { notices } from '../../../domain/records/notices/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let organiser: Client;
let clerk: Client;
let clerk2: Client;
let west: Client;
let secretary: Client;
let cadre: Client;
let neighbour: Client;
let people: Record<string, string>;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  people = {
    organiser: await world.person('organiser', u.county, [['organiser', u.county]]),
    clerk: await world.person('clerk', u.east, [['township-clerk', u.east]]),
    clerk2: await world.person('clerk2', u.east, [['township-clerk', u.east]]),
    west: await world.person('west', u.west, [['township-clerk', u.west]]),
    secretary: await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]),
    cadre: await world.person('cadre', u.eastVillage, [['village-cadre', u.eastVillage]]),
    neighbour: await world.person('neighbour', u.eastVillage2, [['branch-secretary', u.eastVillage2]]),
    nobody: await world.person('nobody', u.east),
  };
  organiser = await world.as('organiser');
  clerk = await world.as('clerk');
  clerk2 = await world.as('clerk2');
  west = await world.as('west');
  secretary = await world.as('secretary');
  cadre = await world.as('cadre');
  neighbour = await world.as('neighbour');
});
afterAll(() => world.close());

const problemData = { description: '广场无照明', source: 'visit' as const };

async function problem(client = clerk, extra: object = {}) {
  return client.ok(cases.open, {
    body: { type: 'problem', title: '广场无照明', unitId: world.units.eastVillage, data: problemData, ...extra },
  });
}

async function task(extra: object = {}) {
  return clerk.ok(cases.open, {
    body: {
      type: 'task',
      title: '完善阵地',
      unitId: world.units.eastVillage,
      ownerPersonId: people['secretary'],
      data: { condition: '新阵地启用并公示' },
      ...extra,
    },
  });
}

const step = (client: Client, id: string, name: string, body: object = {}) =>
  client.call(cases.step, { params: { id }, body: { step: name, ...body } });

async function attach(caseId: string): Promise<void> {
  await world.asSystem(async (rq) => {
    const hash = randomUUID();
    await rq.db.run(sql`INSERT INTO files (hash, media, bytes, stored_at) VALUES (${hash}, 'image/png', 1, ${rq.now})`);
    await rq.db
      .run(sql`INSERT INTO evidence (id, file_hash, subject_kind, subject_id, unit_id, unit_path, title, added_at)
      SELECT ${randomUUID()}, ${hash}, 'case', ${caseId}, c.unit_id, c.unit_path, '照片', ${rq.now} FROM cases c WHERE c.id = ${caseId}`);
  });
}

describe('a problem from finding to closing', () => {
  it('M023 M105 M406 goes through its states, each step by the right people, with evidence, closed by another than the owner', async () => {
    const c = await problem();
    expect(c).toMatchObject({ state: 'found', version: 1, dueOn: '2026-03-16', workdaysLeft: 10 });
    expect(c.light).toEqual({ colour: 'green', words: { zh: '剩余10个工作日', en: '10 workdays left' } });
    expect((await step(clerk, c.id, 'assign')).code).toBe('case-needs-owner');
    const assigned = await clerk.ok(cases.step, {
      params: { id: c.id },
      body: { step: 'assign', ownerPersonId: people['secretary'], version: 1 },
    });
    expect(assigned).toMatchObject({ state: 'assigned', ownerName: 'secretary', version: 2 });
    expect((await step(clerk, c.id, 'rectify', { reason: '装灯' })).code).toBe('case-only-owner');
    expect((await step(secretary, c.id, 'rectify')).code).toBe('case-needs-reason');
    expect((await step(secretary, c.id, 'rectify', { reason: '装灯', data: { measures: '装灯六盏' } })).status).toBe(
      200,
    );
    expect((await step(secretary, c.id, 'submit', { reason: '已装' })).code).toBe('case-needs-evidence');
    await attach(c.id);
    expect((await step(secretary, c.id, 'submit', { reason: '已装' })).status).toBe(200);
    expect((await step(secretary, c.id, 'verify')).status).toBe(403);
    expect((await step(clerk, c.id, 'verify')).status).toBe(200);
    const closed = await clerk.ok(cases.step, { params: { id: c.id }, body: { step: 'close' } });
    expect(closed).toMatchObject({ state: 'closed', steps: [], light: { colour: 'none' } });
    expect(closed.closedAt).not.toBeNull();
    expect(closed.data).toMatchObject({ measures: '装灯六盏', severity: 'ordinary' });
    expect((await step(clerk, c.id, 'close')).code).toBe('case-final');
    const { items, total } = await clerk.ok(cases.timeline, { params: { id: c.id } });
    expect(items.map((e) => e.step)).toEqual(['open', 'assign', 'rectify', 'submit', 'verify', 'close']);
    expect(total).toBe(6);
    const journal = await world.asSystem((rq) =>
      rq.db.many<{ verb: string }>(sql`SELECT verb FROM journal WHERE subject_id = ${c.id} ORDER BY id`),
    );
    expect(journal.map((j) => j.verb)).toEqual(items.map((e) => `problem.${e.step}`));
  });

  it('says of each step that leads on why it is not open', async () => {
    const c = await problem();
    const forSecretary = (await secretary.ok(cases.get, { params: { id: c.id } })).steps;
    expect(forSecretary.map((s) => [s.step, s.reason?.code])).toEqual([
      ['assign', 'case-not-granted'],
      ['drop', 'case-not-granted'],
    ]);
    const forClerk = (await clerk.ok(cases.get, { params: { id: c.id } })).steps;
    expect(forClerk.map((s) => [s.step, s.reason, s.needs])).toEqual([
      ['assign', null, ['owner']],
      ['drop', null, ['reason']],
    ]);
    expect((await step(clerk, c.id, 'close')).code).toBe('case-wrong-state');
    expect((await step(clerk, c.id, 'fly')).code).toBe('case-no-such-step');
    expect((await step(clerk, c.id, 'constructor')).code).toBe('case-no-such-step');
  });
});

describe('tasks', () => {
  it('M031 M103 keeps tasks per unit and star with completion condition, deadline and state', async () => {
    const c = await task({ star: 'branch', dueOn: '2026-03-04' });
    expect(c).toMatchObject({ star: 'branch', dueOn: '2026-03-04', workdaysLeft: 2, light: { colour: 'yellow' } });
    for (const [client, name] of [
      [secretary, 'accept'],
      [secretary, 'start'],
    ] as const)
      expect((await step(client, c.id, name)).status).toBe(200);
    expect((await step(secretary, c.id, 'submit', { reason: '已启用' })).status).toBe(200);
    expect((await step(clerk, c.id, 'return', { reason: '未公示' })).status).toBe(200);
    const again = await secretary.ok(cases.get, { params: { id: c.id } });
    expect(again).toMatchObject({ state: 'doing', dueOn: '2026-03-09' });
    const list = await clerk.ok(cases.list, { query: { type: 'task', star: 'branch', owner: people['secretary'] } });
    expect(list.items.map((i) => i.id)).toContain(c.id);
  });

  it('M311 accepts a task as done only with evidence attached that anybody can check', async () => {
    const { id } = await task();
    for (const name of ['accept', 'start']) await step(secretary, id, name);
    await step(secretary, id, 'submit', { reason: '已启用' });
    expect((await step(clerk, id, 'verify')).code).toBe('case-needs-evidence');
    const shown = await clerk.ok(cases.get, { params: { id } });
    expect(shown.steps.find((s) => s.step === 'verify')).toMatchObject({ reason: { code: 'case-needs-evidence' } });
    await attach(id);
    expect((await step(secretary, id, 'verify')).status).toBe(403);
    expect((await step(clerk, id, 'verify')).body).toMatchObject({ state: 'verified', evidence: 1 });
  });

  it('refuses fields that the kind does not have or wants otherwise, naming the field', async () => {
    const open = (data: Record<string, unknown>) =>
      clerk.call(cases.open, { body: { type: 'task', title: '一项', unitId: world.units.east, data } });
    for (const [data, path] of [
      [{}, 'body.data.condition'],
      [{ condition: '好', score: 1 }, 'body.data'],
      [{ condition: '好', period: '今年' }, 'body.data.period'],
    ] as const) {
      const answer = await open(data);
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).toContain(`"path":"${path}"`);
    }
    const none = await clerk.call(cases.open, {
      body: { type: 'nonsense', title: '一项', unitId: world.units.east },
    });
    expect(none.status).toBe(400);
  });

  it('refuses steps of kinds that belong to a module, whatever the role', async () => {
    const answer = await organiser.call(cases.open, {
      body: { type: 'candidacy', title: '申报', unitId: world.units.eastVillage },
    });
    expect(answer).toMatchObject({ status: 409, code: 'case-by-module' });
  });
});

describe('who sees and does', () => {
  it('keeps strangers, neighbours and people without a duty out', async () => {
    const c = await task();
    const visitor = await world.as();
    const nobody = await world.as('nobody');
    expect((await visitor.call(cases.get, { params: { id: c.id } })).status).toBe(401);
    expect((await visitor.call(cases.list)).status).toBe(401);
    expect((await nobody.call(cases.list)).status).toBe(403);
    for (const client of [west, neighbour, nobody]) {
      expect((await client.call(cases.get, { params: { id: c.id } })).status).toBe(404);
      expect((await client.call(cases.timeline, { params: { id: c.id } })).status).toBe(404);
      expect((await step(client, c.id, 'accept')).status).toBe(404);
      expect((await client.call(cases.comment, { params: { id: c.id }, body: { text: '在吗' } })).status).toBe(404);
      const hand = { reason: '转', ownerPersonId: people['west']! };
      expect((await client.call(cases.handOn, { params: { id: c.id }, body: hand })).status).toBe(404);
    }
    expect((await west.ok(cases.list)).items.map((i) => i.unitId)).not.toContain(world.units.eastVillage);
    expect((await west.ok(cases.list, { query: { under: world.units.county } })).total).toBe(0);
    expect((await west.call(cases.list, { query: { under: world.units.east } })).status).toBe(404);
    const there = await west.call(cases.open, {
      body: { type: 'task', title: '越界', unitId: world.units.eastVillage, data: { condition: '无' } },
    });
    expect(there.status).toBe(404);
    const above = await west.call(cases.open, {
      body: { type: 'task', title: '越级', unitId: world.units.county, data: { condition: '无' } },
    });
    expect(above.status).toBe(403);
  });

  it('lets a person hand cases only into their own area unless they assign there', async () => {
    const body = {
      type: 'task',
      title: '请县里办',
      unitId: world.units.eastVillage,
      data: { condition: '办成' },
    };
    const upward = await secretary.call(cases.open, { body: { ...body, ownerPersonId: people['organiser'] } });
    expect(upward.code).toBe('case-owner-outside');
    expect((await secretary.call(cases.open, { body: { ...body, ownerPersonId: people['cadre'] } })).status).toBe(200);
    const unknown = await secretary.call(cases.open, { body: { ...body, ownerPersonId: people['west'] } });
    expect(unknown.status).toBe(404);
  });

  it('answers bad input with the place and never with a defect', async () => {
    const bad = [
      await clerk.raw({ method: 'GET', url: '/api/cases/not-an-id' }),
      await clerk.raw({ method: 'GET', url: '/api/cases?limit=100000' }),
      await clerk.raw({ method: 'GET', url: "/api/cases?type=';--" }),
      await clerk.raw({ method: 'POST', url: '/api/cases', payload: { type: 'task' } }),
      await clerk.raw({ method: 'POST', url: '/api/cases', payload: [] }),
    ];
    expect(bad.map((b) => b.status)).toEqual([400, 400, 400, 400, 400]);
    expect((await clerk.call(cases.get, { params: { id: randomUUID() } })).status).toBe(404);
    expect((await clerk.ok(cases.list, { query: { q: "%_\\'" } })).total).toBe(0);
  });
});

describe('two at once', () => {
  it('lets exactly one of two people take the same step', async () => {
    for (let round = 0; round < 5; round++) {
      const c = await problem();
      const body = { step: 'assign', ownerPersonId: people['secretary'] } as const;
      const answers = await Promise.all(
        [clerk, clerk2, organiser, clerk, clerk2, organiser].map((client) =>
          client.call(cases.step, { params: { id: c.id }, body }),
        ),
      );
      expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
      for (const a of answers.filter((a) => a.status !== 200))
        expect(['case-changed-meanwhile', 'case-wrong-state']).toContain(a.code);
      const { items } = await clerk.ok(cases.timeline, { params: { id: c.id } });
      expect(items.filter((e) => e.step === 'assign')).toHaveLength(1);
    }
  });

  it('refuses a step on a version that is not the last', async () => {
    const c = await problem();
    await clerk.ok(cases.handOn, {
      params: { id: c.id },
      body: { reason: '分工', ownerUnitId: world.units.eastVillage, version: 1 },
    });
    expect((await step(clerk, c.id, 'drop', { reason: '重复', version: 1 })).code).toBe('case-changed-meanwhile');
    expect((await step(clerk, c.id, 'drop', { reason: '重复', version: 2 })).status).toBe(200);
  });
});

describe('owners', () => {
  it('takes everyone with a duty in an owning unit as its owner', async () => {
    const c = await problem();
    await clerk.ok(cases.step, {
      params: { id: c.id },
      body: { step: 'assign', ownerUnitId: world.units.eastVillage },
    });
    expect((await step(clerk, c.id, 'rectify', { reason: '整改' })).code).toBe('case-only-owner');
    expect((await step(cadre, c.id, 'rectify', { reason: '整改' })).status).toBe(200);
    await attach(c.id);
    expect((await step(secretary, c.id, 'submit', { reason: '完成' })).status).toBe(200);
    expect((await step(clerk, c.id, 'verify')).status).toBe(200);
  });

  it('does not let an owner check their own work, although they hold the verb', async () => {
    const c = await task({ ownerPersonId: people['clerk'] });
    for (const [name, body] of [
      ['accept', {}],
      ['start', {}],
      ['submit', { reason: '完成' }],
    ] as const)
      expect((await step(clerk, c.id, name, body)).status).toBe(200);
    const [verify] = (await clerk.ok(cases.get, { params: { id: c.id } })).steps;
    expect(verify).toMatchObject({ step: 'verify', reason: { code: 'case-not-by-owner' } });
    expect((await step(clerk, c.id, 'verify')).code).toBe('case-not-by-owner');
    await attach(c.id);
    expect((await step(clerk2, c.id, 'verify')).status).toBe(200);
    expect((await step(clerk, c.id, 'close')).code).toBe('case-not-by-owner');
  });

  it('hands on with a reason, by the owner or the assigner, and tells the new owner', async () => {
    const c = await task();
    const to = { reason: '改由村干部办理', ownerPersonId: people['cadre']! };
    expect((await cadre.call(cases.handOn, { params: { id: c.id }, body: to })).status).toBe(403);
    const handed = await secretary.ok(cases.handOn, { params: { id: c.id }, body: to });
    expect(handed).toMatchObject({ ownerName: 'cadre', state: 'assigned', version: 2 });
    expect((await clerk.call(cases.handOn, { params: { id: c.id }, body: to })).code).toBe('case-same-owner');
    const mine = await cadre.ok(notices.list, { query: { unread: 'true' } });
    const told = mine.items.find((n) => n.subjectId === c.id)!;
    expect(told.words.zh).toBe('secretary 交给您承办：完善阵地');
    expect((await clerk.ok(notices.read, { body: { ids: [told.id] } })).read).toBe(0);
    expect((await cadre.ok(notices.read, { body: { ids: [told.id] } })).read).toBe(1);
    expect((await cadre.ok(notices.list, { query: { unread: 'true' } })).items).not.toContainEqual(told);
  });

  it('supervises once, visibly', async () => {
    const c = await task();
    expect((await secretary.call(cases.supervise, { params: { id: c.id }, body: { reason: '抓紧' } })).status).toBe(
      403,
    );
    const s = await organiser.ok(cases.supervise, {
      params: { id: c.id },
      body: { reason: '抓紧', dueOn: '2026-03-05' },
    });
    expect(s).toMatchObject({ supervised: true, dueOn: '2026-03-05' });
    expect((await organiser.call(cases.supervise, { params: { id: c.id }, body: { reason: '抓紧' } })).code).toBe(
      'case-supervised',
    );
    const { items } = await secretary.ok(cases.list, { query: { supervised: 'true', owner: 'me' } });
    expect(items.map((i) => i.id)).toContain(c.id);
  });

  it('takes comments from those who work on it and from nobody else', async () => {
    const c = await task();
    const said = await secretary.ok(cases.comment, { params: { id: c.id }, body: { text: '材料已备' } });
    expect(said).toMatchObject({ step: 'comment', by: 'secretary', reason: '材料已备' });
    await world.person('auditor', world.units.county, [['auditor', world.units.county]]);
    const auditor = await world.as('auditor');
    expect((await auditor.call(cases.get, { params: { id: c.id } })).status).toBe(200);
    expect((await auditor.call(cases.comment, { params: { id: c.id }, body: { text: '?' } })).status).toBe(403);
  });
});

describe('deadlines', () => {
  it('turns red with words when the day has passed, and lists what is overdue', async () => {
    const c = await task({ dueOn: '2026-03-03' });
    world.setNow('2026-03-06T09:00:00+08:00');
    const late = await clerk.ok(cases.get, { params: { id: c.id } });
    expect(late.light).toEqual({ colour: 'red', words: { zh: '超期3个工作日', en: '3 workdays overdue' } });
    const { items } = await clerk.ok(cases.list, { query: { overdue: 'true', sort: 'due' } });
    expect(items.map((i) => i.id)).toContain(c.id);
    expect(items.every((i) => i.dueOn! < '2026-03-06')).toBe(true);
    const fine = await clerk.ok(cases.list, { query: { overdue: 'false', limit: 200 } });
    expect(fine.items.map((i) => i.id)).not.toContain(c.id);
    world.setNow('2026-03-02T09:00:00+08:00');
  });

  it('says so when the holidays of a year in between are not published', async () => {
    const c = await task({ dueOn: '2027-03-01' });
    expect(c.light.words.zh).toContain('节假日安排未发布');
  });
});
