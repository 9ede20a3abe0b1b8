import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accounts } from '../../../domain/records/accounts/index.ts';
import { assignments } from '../../../domain/records/assignments/index.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { publications } from '../../../domain/records/publications/index.ts';
import { standards } from '../../../domain/records/standards/index.ts';
import { org, secretaries } from '../../../domain/org/index.ts';
import { stars } from '../../../domain/stars/contract.ts';
import { inRoot } from '../../platform/paths.ts';
import { sql } from '../../platform/db/sql.ts';
import { attachTo } from '../../../tests/support/attached.ts';
import { document, type Staffed, staffedCounty, today } from '../../../tests/support/responsible.ts';

let s: Staffed;
beforeAll(async () => {
  s = await staffedCounty();
});
afterAll(() => s.world.close());

const factsOf = async (unitId: number, span: { from?: string; to?: string } = {}) =>
  (await s.client.boss.ok(secretaries.list, { params: { unitId: s.world.units.county }, query: span })).items.find(
    (i) => i.unit.id === unitId,
  )!;

const task = (unitId: number, ownerPersonId: string, dueOn: string) => ({
  type: 'task',
  title: '清理河道',
  unitId,
  ownerPersonId,
  dueOn,
  data: { condition: '无垃圾' },
});

describe('guides', () => {
  it('M016 links department and contact cadre to a village; each visit they log is answered by the branch', async () => {
    const { eastVillage, eastVillage2 } = s.world.units;
    const { cadre, secretary, secretary2, organiser } = s.client;
    const before = await organiser.ok(org.matrix, { params: { unitId: eastVillage } });
    expect(before.gaps.map((g) => g.gap)).toContain('village-without-department');
    await organiser.ok(assignments.assign, {
      body: {
        role: 'guiding-department',
        unitId: eastVillage,
        holderUnitId: s.departments.agriculture,
        from: today,
        document,
      },
    });
    const { rows } = await secretary.ok(org.matrix, { params: { unitId: eastVillage } });
    const held = (role: string) => rows[0]!.posts.find((p) => p.role === role)!.holders.map((h) => h.name);
    expect([held('guiding-department'), held('contact-cadre')]).toEqual([['农业农村局'], ['cadre']]);

    const visit = { type: 'guidance', title: '驻村指导', data: { on: today, topics: '台账', advice: '补齐会议记录' } };
    expect((await cadre.call(cases.open, { body: { ...visit, unitId: eastVillage2 } })).status).toBe(404);
    const planned = { ...visit, unitId: eastVillage, data: { ...visit.data, on: '2026-03-03' } };
    expect((await cadre.call(cases.open, { body: planned })).code).toBe('org-not-in-advance');
    const { id } = await cadre.ok(cases.open, { body: { ...visit, unitId: eastVillage } });
    const answer = { params: { id }, body: { step: 'answer', reason: '本周补齐' } };
    expect((await cadre.call(cases.step, answer)).status).toBe(403);
    expect((await secretary2.call(cases.step, answer)).status).toBe(404);
    expect((await secretary.ok(cases.step, answer)).state).toBe('answered');
    expect((await secretary.call(cases.step, answer)).status).toBe(409);
  });
});

describe('secretaries', () => {
  it('M370 derives how often each secretary chaired, visited or solved in a period, and ranks nobody', async () => {
    const { east, eastVillage } = s.world.units;
    const { eastBoss, clerk, secretary } = s.client;
    const chair = s.people['secretary']!;
    const meeting = await secretary.ok(cases.open, {
      body: { type: 'consultation', title: '会商', unitId: eastVillage, data: { on: today, agenda: ['x'], chair } },
    });
    expect((await factsOf(eastVillage)).facts.chaired).toBe(0);
    await secretary.ok(cases.step, { params: { id: meeting.id }, body: { step: 'hold', reason: '已开' } });
    await eastBoss.ok(cases.open, {
      body: {
        type: 'research-visit',
        title: '走村',
        unitId: eastVillage,
        ownerPersonId: s.people['eastboss']!,
        data: { on: today, topics: '产业' },
      },
    });
    const done = await clerk.ok(cases.open, { body: task(eastVillage, chair, '2026-03-20') });
    for (const step of [{ step: 'accept' }, { step: 'start' }, { step: 'submit', reason: '已清理' }])
      await secretary.ok(cases.step, { params: { id: done.id }, body: step });
    await attachTo(s.world, done.id);
    for (const step of ['verify', 'close']) await clerk.ok(cases.step, { params: { id: done.id }, body: { step } });
    expect((await factsOf(eastVillage)).facts).toEqual({ chaired: 1, visited: 0, solved: 1, open: 0, overdue: 0 });
    expect((await factsOf(east)).facts).toMatchObject({ visited: 1 });
    expect((await factsOf(eastVillage, { from: '2026-01-01', to: '2026-03-01' })).facts.chaired).toBe(0);
    const { items } = await s.client.boss.ok(secretaries.list, { params: { unitId: s.world.units.county } });
    expect(items.map((i) => i.unit.type)).toEqual(['county', 'township', 'village', 'village']);
    expect(JSON.stringify(items)).not.toMatch(/rank|score|percent/);
  });

  it('M009 lets the level above review each secretary’s sheet of owned items, with the secretary’s answer', async () => {
    const { east, eastVillage } = s.world.units;
    const { clerk, secretary, eastBoss, boss, westClerk } = s.client;
    await clerk.ok(cases.open, { body: task(eastVillage, s.people['secretary']!, '2026-02-20') });
    const body = { from: '2026-01-01', to: today };
    expect((await secretary.call(secretaries.compile, { params: { unitId: eastVillage }, body })).status).toBe(403);
    expect((await westClerk.call(secretaries.compile, { params: { unitId: eastVillage }, body })).status).toBe(404);
    const reversed = { from: today, to: '2026-01-01' };
    expect((await clerk.call(secretaries.compile, { params: { unitId: eastVillage }, body: reversed })).code).toBe(
      'org-sheet-period',
    );
    const sheet = await clerk.ok(secretaries.compile, { params: { unitId: eastVillage }, body });
    expect(sheet.data).toMatchObject({
      facts: { chaired: 1, solved: 1, open: 1, overdue: 1 },
      overdue: [{ title: '清理河道', dueOn: '2026-02-20' }],
    });
    const params = { id: sheet.id };
    const answer = { params, body: { answer: '本周内完成' } };
    expect((await secretary.call(secretaries.answer, answer)).code).toBe('case-wrong-state');
    await eastBoss.ok(secretaries.review, { params, body: { finding: '逾期一项，请说明' } });
    expect((await s.client.secretary2.call(secretaries.answer, answer)).status).toBe(404);
    expect((await secretary.ok(secretaries.answer, answer)).state).toBe('answered');
    // A township's secretary is reviewed by the county, neither by the own office nor by themself.
    for (const client of [clerk, eastBoss])
      expect((await client.call(secretaries.compile, { params: { unitId: east }, body })).code).toBe('org-only-above');
    const own = await boss.ok(secretaries.compile, { params: { unitId: east }, body });
    for (const client of [clerk, eastBoss])
      expect([403, 409]).toContain(
        (await client.call(secretaries.review, { params: { id: own.id }, body: { finding: '很好' } })).status,
      );
    expect((await factsOf(eastVillage)).sheet).toMatchObject({ state: 'answered' });
  });

  it('M110 marks creation as each secretary’s own project with pledged goals and a yearly statement', async () => {
    const { east, eastVillage } = s.world.units;
    const { secretary, cadre, clerk, eastBoss, boss } = s.client;
    const goals = ['新获产业兴旺星', '建成一个合作社'];
    const pledge = { params: { unitId: eastVillage }, body: { year: 2026, title: '青石村书记工程', goals } };
    expect((await cadre.call(secretaries.pledge, pledge)).code).toBe('org-no-secretary');
    expect((await clerk.call(secretaries.pledge, pledge)).code).toBe('org-no-secretary');
    const project = await secretary.ok(secretaries.pledge, pledge);
    expect((await secretary.call(secretaries.pledge, pledge)).code).toBe('org-project-exists');
    await eastBoss.ok(secretaries.pledge, {
      params: { unitId: east },
      body: { year: 2026, title: '东林镇书记工程', goals },
    });
    await boss.ok(secretaries.pledge, {
      params: { unitId: s.world.units.county },
      body: { year: 2026, title: '示例县书记工程', goals },
    });
    const list = await boss.ok(secretaries.list, { params: { unitId: s.world.units.county } });
    expect(list.items.filter((i) => i.project !== null)).toHaveLength(3);

    const params = { id: project.id };
    const kept = [
      { goal: goals[0]!, kept: true },
      { goal: goals[1]!, kept: false },
    ];
    const statement = '完成一项';
    expect((await secretary.call(secretaries.state, { params, body: { statement, kept: kept.slice(1) } })).code).toBe(
      'org-goals-differ',
    );
    expect((await secretary.call(secretaries.state, { params, body: { statement, kept } })).code).toBe('org-kept-why');
    kept[1] = { ...kept[1]!, why: '手续未齐' } as never;
    expect((await cadre.call(secretaries.state, { params, body: { statement, kept } })).code).toBe('case-only-owner');
    const stated = await secretary.ok(secretaries.state, { params, body: { statement, kept } });
    expect(stated.data).toMatchObject({ kept, facts: { chaired: 1, solved: 1 } });
    expect((await secretary.call(secretaries.hear, { params, body: { comment: '好' } })).status).toBe(403);
    expect((await eastBoss.ok(secretaries.hear, { params, body: { comment: '明年补上' } })).state).toBe('heard');
  });
});

describe('offices', () => {
  it('M111 gives the lead unit the rights to open cycles, publish standards, call joint meetings, compile results, all audited', async () => {
    const { county, west } = s.world.units;
    const { organiser, clerk, secretary } = s.client;
    const { grants } = await organiser.ok(accounts.me);
    for (const verb of ['stars.cycle', 'standards.write', 'stars.joint', 'publications.write'])
      expect(grants.some((g) => g.verb === verb)).toBe(true);
    const body = {
      type: 'joint-meeting',
      title: '五星支部创建联席会议',
      unitId: county,
      data: { on: today, agenda: ['调度'] },
    };
    for (const client of [clerk, secretary])
      expect([403, 404]).toContain((await client.call(cases.open, { body })).status);
    const meeting = await organiser.ok(cases.open, { body });
    expect((await secretary.ok(cases.get, { params: { id: meeting.id } })).title).toBe(body.title);
    const yaml = readFileSync(inRoot('standards', 'sample-rural.yaml'), 'utf8');
    const { id, version } = await organiser.ok(standards.draft, { body: { yaml } });
    const publish = { params: { id, version }, body: { reason: '2026 年度标准' } };
    expect((await clerk.call(standards.publish, publish)).status).toBe(403);
    expect((await organiser.ok(standards.publish, publish)).state).toBe('published');
    const cycle = { unitId: county, year: 2026, title: '2026 年度创建', rural: { id, version }, urban: null };
    expect((await clerk.call(stars.cycles.open, { body: cycle })).status).toBe(403);
    const opened = await organiser.ok(stars.cycles.open, { body: cycle });
    const advance = { params: { id: opened.id }, body: { to: 'planning' as const } };
    expect((await secretary.call(stars.cycles.advance, advance)).status).toBe(403);
    await organiser.ok(stars.cycles.advance, advance);
    expect((await organiser.ok(stars.results.board, { params: { id: opened.id } })).unit.name).toBe('示例县');
    const summary = await organiser.ok(secretaries.bulletin, {
      params: { unitId: county },
      body: { month: '2026-03', title: '三月通报' },
    });
    expect(summary.body).toMatchObject({ month: '2026-03' });
    expect((await organiser.ok(org.matrix, { params: { unitId: west } })).unit.name).toBe('西河乡');
    const journal = await s.world.asSystem((rq) =>
      rq.db.many<{ verb: string }>(sql`SELECT verb FROM journal WHERE actor_name = 'organiser'`),
    );
    expect(journal.map((j) => j.verb)).toEqual(
      expect.arrayContaining([
        'standard.draft',
        'standard.publish',
        'cycle.open',
        'cycle.plan',
        'joint-meeting.open',
        'publication.draft',
      ]),
    );
  });

  it('M122 makes the party-building office the secretariat: it opens work, chases replies and compiles the bulletin', async () => {
    const { east, eastVillage } = s.world.units;
    const { clerk, secretary } = s.client;
    const before = await clerk.ok(org.matrix, { params: { unitId: east } });
    expect(before.gaps.map((g) => g.gap)).not.toContain('no-secretariat');
    const west = await s.client.organiser.ok(org.matrix, { params: { unitId: s.world.units.street } });
    expect(west.gaps.map((g) => g.gap)).toContain('no-secretariat');
    const work = await clerk.ok(cases.open, { body: task(eastVillage, s.people['secretary']!, '2026-02-25') });
    const { items } = await clerk.ok(secretaries.replies, { params: { unitId: east } });
    const line = items.find((i) => i.unit.id === eastVillage)!;
    expect(line).toMatchObject({ overdue: 2, oldest: { title: '清理河道', dueOn: '2026-02-20' } });
    await clerk.ok(cases.supervise, { params: { id: work.id }, body: { reason: '请本周答复' } });
    expect((await secretary.call(cases.supervise, { params: { id: work.id }, body: { reason: 'x' } })).status).toBe(
      403,
    );
    const compile = { params: { unitId: east }, body: { month: '2026-03', title: '三月通报', remark: '请抓紧' } };
    expect(
      (await clerk.call(secretaries.bulletin, { ...compile, body: { ...compile.body, month: '2026-04' } })).code,
    ).toBe('org-month-ahead');
    const draft = await clerk.ok(secretaries.bulletin, compile);
    expect(draft.body).toMatchObject({ month: '2026-03', closed: 2, visits: 1, remark: '请抓紧' });
    const villages = draft.body['units'] as { name: string; overdue: number; reported: boolean }[];
    expect(villages.find((v) => v.name === '青石村')).toMatchObject({ overdue: 2, reported: false });
    expect(JSON.stringify(draft.body)).not.toContain('secretary');
    await clerk.ok(publications.publish, { params: { id: draft.id } });
    expect((await secretary.ok(publications.get, { params: { id: draft.id } })).title).toBe('三月通报');
    expect((await s.client.westClerk.call(publications.get, { params: { id: draft.id } })).status).toBe(404);
  });
});

describe('on the spot', () => {
  it('M367 turns the instructions of a secretary’s visit into tasks and ends when they are done', async () => {
    const { eastVillage } = s.world.units;
    const { boss, organiser, secretary, clerk } = s.client;
    const visit = await boss.ok(cases.open, {
      body: {
        type: 'research-visit',
        title: '书记调研青石村',
        unitId: eastVillage,
        ownerPersonId: s.people['boss']!,
        data: { on: today, topics: '产业和水利' },
      },
    });
    const params = { id: visit.id };
    const items = [
      {
        text: '修复东渠',
        condition: '通水',
        unitId: eastVillage,
        ownerPersonId: s.people['secretary']!,
        dueOn: '2026-04-30',
      },
    ];
    expect((await secretary.call(secretaries.instruct, { params, body: { items } })).status).toBe(403);
    expect((await secretary.call(cases.step, { params, body: { step: 'finish' } })).status).not.toBe(200);
    const { visit: now, taskIds } = await organiser.ok(secretaries.instruct, { params, body: { items } });
    expect(now.state).toBe('instructed');
    const [id] = taskIds;
    expect(await secretary.ok(cases.get, { params: { id: id! } })).toMatchObject({
      title: '修复东渠',
      ownerName: 'secretary',
      dueOn: '2026-04-30',
      parentId: visit.id,
      originKind: 'case',
    });
    expect((await boss.call(secretaries.finish, { params })).code).toBe('org-tasks-open');
    for (const step of [{ step: 'accept' }, { step: 'start' }, { step: 'submit', reason: '已通水' }])
      await secretary.ok(cases.step, { params: { id: id! }, body: step });
    await attachTo(s.world, id!);
    for (const step of ['verify', 'close']) await clerk.ok(cases.step, { params: { id: id! }, body: { step } });
    expect((await boss.ok(secretaries.finish, { params })).state).toBe('finished');
  });

  it('M368 logs a problem solved on site with problem, solution, owner and time, confirmed by the branch', async () => {
    const { eastVillage } = s.world.units;
    const { organiser, secretary } = s.client;
    await organiser.ok(assignments.assign, {
      body: { role: 'county-leader', unitId: eastVillage, personId: s.people['county-deputy']!, from: today, document },
    });
    const deputy = await s.world.as('county-deputy');
    const c = await deputy.ok(cases.open, {
      body: {
        type: 'on-site',
        title: '冷库用电',
        unitId: eastVillage,
        ownerPersonId: s.people['county-deputy']!,
        data: { on: today, problem: '变压器容量不足', project: '冷库' },
      },
    });
    const params = { id: c.id };
    expect((await secretary.call(cases.step, { params, body: { step: 'confirm' } })).status).toBe(409);
    expect((await deputy.call(cases.step, { params, body: { step: 'solve' } })).code).toBe('case-needs-reason');
    await deputy.ok(cases.step, { params, body: { step: 'solve', reason: '协调增容' } });
    expect((await deputy.call(cases.step, { params, body: { step: 'confirm' } })).status).toBe(403);
    await secretary.ok(cases.step, { params, body: { step: 'confirm' } });
    const { items } = await secretary.ok(cases.timeline, { params });
    expect(items.map((i) => [i.step, i.by, i.reason])).toEqual([
      ['open', 'county-deputy', null],
      ['solve', 'county-deputy', '协调增容'],
      ['confirm', 'secretary', null],
    ]);
    expect(items.every((i) => i.at.startsWith('2026-03-02'))).toBe(true);
  });
});
