import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { notices } from '../../../domain/records/notices/index.ts';
import { ledgers } from '../../../domain/tasks/index.ts';
import { inRoot } from '../../platform/paths.ts';
import { fetched, rowsOf } from '../../../tests/support/sheets.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { loadStandards, publishStandard } from '../../records/standards/index.ts';

let world: World;
let as: Record<(typeof logins)[number] | 'stranger', Client>;
let people: Record<string, string>;

const logins = ['organiser', 'clerk', 'west', 'secretary', 'leader', 'idle'] as const;

/** Sessions end with time, and these tests let weeks pass. */
async function signIn(): Promise<void> {
  const clients = await Promise.all(logins.map(async (login) => [login, await world.as(login)] as const));
  as = { ...Object.fromEntries(clients), stranger: await world.as() } as typeof as;
}

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  people = {
    organiser: await world.person('organiser', u.county, [['organiser', u.county]]),
    clerk: await world.person('clerk', u.east, [['township-clerk', u.east]]),
    west: await world.person('west', u.west, [['township-clerk', u.west]]),
    secretary: await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]),
    leader: await world.person('leader', u.east, [['village-leader', u.eastVillage]]),
    idle: await world.person('idle', u.east),
  };
  await world.asSystem(async (rq) => {
    await loadStandards(rq, inRoot('standards'));
    for (const id of ['sample-rural', 'sample-urban']) await publishStandard(rq, id, '2026.1', '测试');
  });
  await signIn();
});
afterAll(() => world.close());

const at = (day: string) => world.setNow(`${day}T09:00:00+08:00`);
const step = (client: Client, id: string, name: string, body: object = {}) =>
  client.ok(cases.step, { params: { id }, body: { step: name, ...body } });

interface More {
  readonly data?: Record<string, unknown>;
  readonly [name: string]: unknown;
}

async function problem(more: More = {}) {
  const { data, ...rest } = more;
  return as.clerk.ok(cases.open, {
    body: {
      type: 'problem',
      title: '会议记录不完整',
      unitId: world.units.eastVillage,
      star: 'branch',
      ...rest,
      data: { description: '缺二月份记录', source: 'visit', criterion: 'branch.meetings', ...data },
    },
  });
}

async function task(more: More = {}) {
  const { data, ...rest } = more;
  return as.organiser.ok(cases.open, {
    body: {
      type: 'task',
      title: '完善阵地',
      unitId: world.units.eastVillage,
      star: 'branch',
      ownerPersonId: people['secretary'],
      dueOn: '2026-03-13',
      ...rest,
      data: { condition: '新阵地启用并公示', criterion: 'branch.team', ...data },
    },
  });
}

const items = async (query: object = {}, client = as.clerk) => (await client.ok(ledgers.items, { query })).items;
const press = async () => {
  await world.app.services.jobs.runSchedules();
  await world.app.services.jobs.runJobsOnce();
};

describe('the four lists', () => {
  it('M101 come from one set of records: a problem that is handed to somebody stands in all four with the same owner, day and criterion', async () => {
    at('2026-03-02');
    const u = world.units;
    const { id } = await problem();
    const before = await as.clerk.ok(ledgers.lights, { query: { under: u.east, list: 'problems' } });
    expect(before.faults.find((f) => f.fault === 'no-task')).toMatchObject({ count: 1 });
    expect((await items({ list: 'problems', fault: 'no-task' })).map((i) => [i.id, i.faults])).toEqual([
      [id, ['no-task']],
    ]);
    expect(await items({ list: 'tasks' })).toEqual([]);

    await step(as.clerk, id, 'assign', { ownerPersonId: people['secretary'] });
    const [asProblem] = await items({ list: 'problems' });
    const [asTask] = await items({ list: 'tasks' });
    expect(asTask).toEqual(asProblem);
    expect(asTask).toMatchObject({ id, ownerName: 'secretary', faults: [], criterion: 'branch.meetings' });
    const owners = await as.clerk.ok(ledgers.owners, { query: { under: u.east } });
    expect(owners.items).toMatchObject([
      { personId: people['secretary'], problems: 1, tasks: 0, criteria: ['branch.meetings'] },
    ]);
    expect(owners.items[0]!.posts.map((p) => p.zh)).toEqual(['青石村村（社区）党支部书记']);
    const { standards } = await as.clerk.ok(ledgers.criteria, { query: { under: u.eastVillage } });
    const row = standards.flatMap((s) => s.items).find((i) => i.criterion === 'branch.meetings');
    expect(row).toMatchObject({ star: 'branch', problems: 1, tasks: 0, owners: 1 });
    expect(asTask!.criterionWords).toEqual(row!.words);
  });

  it('M101 names every place where they do not fit together, and counts each', async () => {
    at('2026-03-02');
    const loose = await task({ ownerPersonId: undefined, data: { criterion: undefined } });
    const found = (await items({ under: world.units.east })).find((i) => i.id === loose.id)!;
    expect(found.faults).toEqual(['no-owner', 'no-criterion']);
    const { faults } = await as.clerk.ok(ledgers.lights, { query: { under: world.units.east } });
    for (const { fault, count } of faults) {
      const listed = await as.clerk.ok(ledgers.items, { query: { under: world.units.east, fault } });
      expect([fault, listed.total]).toEqual([fault, count]);
    }
    await step(as.clerk, loose.id, 'cancel', { reason: '重复' });
    expect((await items()).map((i) => i.id)).not.toContain(loose.id);
    expect((await items({ open: false })).map((i) => [i.id, i.faults])).toContainEqual([loose.id, []]);
  });

  it('M103 lists tasks of a unit and star with completion condition, deadline and state, and finds them by owner, light and words', async () => {
    at('2026-03-02');
    const own = await task({ title: '党员活动室', tags: ['governance'] });
    await task({
      title: '产业路',
      star: 'industry',
      dueOn: '2026-03-04',
      ownerPersonId: undefined,
      ownerUnitId: world.units.eastVillage,
    });
    const shown = (await items({ star: 'branch', q: '活动室' }))[0]!;
    expect(shown).toMatchObject({
      id: own.id,
      condition: '新阵地启用并公示',
      dueOn: '2026-03-13',
      state: 'assigned',
      light: { colour: 'green' },
    });
    const titles = async (query: object, client?: Client) => (await items(query, client)).map((i) => i.title);
    expect(await titles({ light: 'yellow' })).toEqual(['产业路']);
    expect(await titles({ star: 'industry', ownerUnit: world.units.eastVillage })).toEqual(['产业路']);
    expect(await titles({ owner: 'me', q: '活动' }, as.secretary)).toEqual(['党员活动室']);
    expect(await titles({ owner: people['secretary'], tag: 'governance' })).toEqual(['党员活动室']);
  });

  it('M105 lists key problems with severity, the level they are reported to and the evidence of their closing', async () => {
    at('2026-03-02');
    const { id } = await problem({ title: '阵地被占用', data: { severity: 'key', reportTo: 'county' } });
    expect(await items({ list: 'problems', severity: 'key' })).toMatchObject([
      { id, severity: 'key', reportTo: 'county', evidence: 0, condition: '缺二月份记录' },
    ]);
    expect((await items({ list: 'problems', severity: 'ordinary' })).map((i) => i.id)).not.toContain(id);
  });

  it('keeps strangers, neighbours and people without a duty out, and refuses what it does not know', async () => {
    for (const endpoint of [ledgers.items, ledgers.owners, ledgers.criteria, ledgers.bulletin, ledgers.export]) {
      expect([endpoint.name, (await as.stranger.call(endpoint as never)).status]).toEqual([endpoint.name, 401]);
      expect([endpoint.name, (await as.idle.call(endpoint as never)).status]).toEqual([endpoint.name, 403]);
    }
    const lights = { query: { under: world.units.east } };
    expect((await as.stranger.call(ledgers.lights, lights)).status).toBe(401);
    expect((await as.idle.call(ledgers.lights, lights)).status).toBe(403);
    expect((await as.secretary.call(ledgers.lights, lights)).status).toBe(403);
    expect((await as.west.call(ledgers.items, { query: { under: world.units.eastVillage } })).status).toBe(404);
    expect((await as.west.ok(ledgers.items)).total).toBe(0);
    expect((await as.west.ok(ledgers.owners)).total).toBe(0);
    expect((await as.clerk.raw({ method: 'GET', url: '/api/tasks/items?light=blue' })).status).toBe(400);
    expect((await as.clerk.raw({ method: 'GET', url: '/api/tasks/bulletin?month=2026-13' })).status).toBe(400);
  });
});

describe('lights', () => {
  it('are counted by township, then by village, and every number opens to as many items', async () => {
    at('2026-03-09');
    const county = await as.organiser.ok(ledgers.lights, { query: { under: world.units.county } });
    const east = county.items.find((r) => r.unitId === world.units.east)!;
    const towns = await as.organiser.ok(ledgers.lights, { query: { under: world.units.east } });
    const { unitId: _a, unitName: _b, below: _c, ...sum } = towns.total;
    expect(east).toMatchObject(sum);
    expect(east.red + east.yellow + east.green + east.none).toBe(east.open);
    expect(east.red).toBeGreaterThan(0);
    for (const light of ['red', 'yellow', 'green', 'none'] as const) {
      const listed = await as.organiser.ok(ledgers.items, { query: { under: east.unitId, light, limit: 200 } });
      expect([light, listed.total]).toEqual([light, east[light]]);
      expect(new Set(listed.items.map((i) => i.light.colour))).toEqual(new Set(listed.total > 0 ? [light] : []));
    }
  });

  it('M029 flags what nobody has touched for longer than the rule allows, with its last change', async () => {
    at('2026-03-02');
    const { id } = await task({ title: '久未更新', dueOn: '2026-06-30' });
    // Ten workdays later it is not flagged yet, on the eleventh it is.
    at('2026-03-16');
    expect((await items({ q: '久未更新' }))[0]).toMatchObject({ stale: false });
    at('2026-03-17');
    expect((await items({ stale: true, q: '久未更新' }))[0]).toMatchObject({
      id,
      stale: true,
      changedAt: expect.any(String),
    });
    await step(as.secretary, id, 'accept');
    expect((await items({ q: '久未更新' }))[0]).toMatchObject({ stale: false });
  });
});

describe('what is late', () => {
  it('M047 reminds the owner and the contracting leader, is carried up level by level with every step recorded, and stands in the bulletin of the month', async () => {
    at('2026-04-07');
    await signIn();
    const { id } = await task({ title: '清运垃圾', dueOn: '2026-04-09' });
    const shown = async () => (await items({ q: '清运垃圾' }))[0]!;
    at('2026-04-09');
    await press();
    expect((await shown()).remindedAt).toBeNull();
    at('2026-04-10');
    await press();
    await press();
    expect((await shown()).remindedAt).toBe('2026-04-10T01:00:00.000Z');
    for (const client of [as.secretary, as.leader]) {
      const told = (await client.ok(notices.list)).items.filter(
        (n) => n.subjectId === id && n.words.zh.includes('请抓紧'),
      );
      expect(told.map((n) => n.words.zh)).toEqual(['已超期1个工作日，请抓紧办理：清运垃圾']);
    }
    expect((await shown()).carried).toEqual([]);

    at('2026-04-14');
    await press();
    expect((await shown()).carried).toMatchObject([{ toUnitId: world.units.east, workdaysLate: 3 }]);
    expect(await shown()).toMatchObject({ escalated: { unitName: '东林镇' }, version: 2 });
    at('2026-04-21');
    await press();
    const late = await shown();
    expect(late.carried.map((c) => [c.toUnitName, c.workdaysLate])).toEqual([
      ['东林镇', 3],
      ['示例县', 8],
    ]);
    at('2026-05-20');
    await signIn();
    await press();
    expect((await shown()).carried).toHaveLength(2);
    const { items: timeline } = await as.clerk.ok(cases.timeline, { params: { id } });
    expect(timeline.map((e) => e.step)).toEqual(['open', 'remind', 'carry-up', 'carry-up']);
    expect(timeline.at(-1)!.reason).toContain('示例县');

    const bulletin = await as.organiser.ok(ledgers.bulletin, {
      query: { under: world.units.county, month: '2026-04' },
    });
    expect(bulletin.items.filter((b) => b.item.id === id).map((b) => b.toUnitName)).toEqual(['示例县', '东林镇']);
    expect((await as.organiser.ok(ledgers.bulletin, { query: { month: '2026-03' } })).total).toBe(0);
    expect((await as.west.ok(ledgers.bulletin, { query: { month: '2026-04' } })).total).toBe(0);
  });

  it('begins again when a new day is given, and lies above no longer', async () => {
    at('2026-05-20');
    await signIn();
    const { id } = (await items({ q: '清运垃圾' }))[0]!;
    const pressed = await as.organiser.ok(cases.supervise, {
      params: { id },
      body: { reason: '限期办结', dueOn: '2026-05-22' },
    });
    expect(pressed).toMatchObject({ escalated: null, supervised: true, dueOn: '2026-05-22' });
    at('2026-05-25');
    await press();
    const steps = (await as.clerk.ok(cases.timeline, { params: { id } })).items.map((e) => e.step);
    expect(steps.slice(-2)).toEqual(['supervise', 'remind']);
    expect((await items({ q: '清运垃圾', escalated: true })).length).toBe(0);
  });
});

describe('the sheet', () => {
  it('has an official head and the same rows as the list, and never more', async () => {
    at('2026-03-09');
    const under = world.units.east;
    const { bytes, headers, status } = await fetched(world, 'clerk', `/api/tasks/sheet?list=problems&under=${under}`);
    expect(status).toBe(200);
    expect(decodeURIComponent(String(headers['content-disposition']))).toContain('东林镇重点问题清单');
    const [title, heads, ...rows] = await rowsOf(bytes);
    expect(title![0]).toBe('东林镇重点问题清单（截至2026-03-09）');
    expect(heads!.slice(0, 4)).toEqual(['单位', '星', '对应指标', '问题']);
    const listed = await items({ list: 'problems', under, limit: 200 });
    expect(rows.map((r) => r[3]).sort()).toEqual(listed.map((i) => i.title).sort());
    expect(rows.find((r) => r[3] === '阵地被占用')).toEqual(expect.arrayContaining(['重点', '县（区）']));
    const none = await rowsOf((await fetched(world, 'west', '/api/tasks/sheet')).bytes);
    expect(none).toHaveLength(2);
  });
});
