import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignments } from '../../../domain/records/assignments/index.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { forces, org } from '../../../domain/org/index.ts';
import { json, sql } from '../../platform/db/sql.ts';
import { document, type Staffed, staffedCounty, today } from '../../../tests/support/responsible.ts';

let s: Staffed;
beforeAll(async () => {
  s = await staffedCounty();
});
afterAll(() => s.world.close());

const from = today;
const forceOf = async (unitId: number, star: string) =>
  (await s.client.organiser.ok(forces.list, { params: { unitId } })).items.find((f) => f.star.id === star)!;

describe('task forces', () => {
  it('M012 has one task force a star with leader, department, members and a plan, and warns of a star without', async () => {
    const { east } = s.world.units;
    const { clerk } = s.client;
    expect((await forceOf(east, 'industry')).gaps).toEqual(['star-without-force']);
    const body = {
      star: 'industry',
      name: '产业兴旺星专班',
      day: from,
      document,
      leaderId: s.people['leader']!,
      memberIds: [s.people['plain']!],
    };
    const founded = await clerk.ok(forces.found, { params: { unitId: east }, body });
    expect(founded).toMatchObject({
      unit: { name: '产业兴旺星专班', since: from, document },
      leader: { name: 'leader' },
      gaps: ['force-without-plan'],
    });
    expect(founded.members.map((m) => m.name)).toEqual(['plain']);
    const second = { ...body, name: '另一个专班', leaderId: s.people['idle']! };
    expect((await clerk.call(forces.found, { params: { unitId: east }, body: second })).code).toBe('org-force-exists');
    const open = await s.client.organiser.ok(org.gaps, {
      params: { unitId: east },
      query: { gap: 'star-without-force', limit: 50 },
    });
    expect(open.items.map((g) => g.star).sort()).toEqual(['branch', 'civility', 'ecology', 'safety']);
  });

  it('founds nothing when one part of it is refused', async () => {
    const { east } = s.world.units;
    const body = { star: 'ecology', name: '生态宜居星专班', day: from, document, leaderId: s.people['leader']! };
    const refused = await s.client.clerk.call(forces.found, {
      params: { unitId: east },
      body: { ...body, memberIds: [crypto.randomUUID()] },
    });
    expect(refused.status).toBe(404);
    expect(await forceOf(east, 'ecology')).toMatchObject({ unit: null, leader: null });
    expect((await s.client.secretary.call(forces.found, { params: { unitId: east }, body })).status).toBe(403);
    expect((await s.client.westClerk.call(forces.found, { params: { unitId: east }, body })).status).toBe(404);
  });

  it('M015 lets only a current leadership member lead, and shows the force’s open tasks, trend and visits', async () => {
    const { east, eastVillage } = s.world.units;
    const { clerk, leader } = s.client;
    const body = { star: 'ecology', name: '生态宜居星专班', day: from, document };
    const refused = await clerk.call(forces.found, {
      params: { unitId: east },
      body: { ...body, leaderId: s.people['plain']! },
    });
    expect([refused.status, refused.code]).toEqual([409, 'assignment-needs-post']);
    await leader.ok(cases.open, {
      body: {
        type: 'task',
        title: '建成一个合作社',
        unitId: eastVillage,
        star: 'industry',
        ownerPersonId: s.people['secretary']!,
        dueOn: '2026-02-20',
        data: { condition: '登记成立' },
      },
    });
    await leader.ok(cases.open, {
      body: {
        type: 'guidance',
        title: '产业指导',
        unitId: eastVillage,
        star: 'industry',
        data: { on: today, topics: '合作社', advice: '先摸底' },
      },
    });
    await keepMonths(eastVillage);
    expect(await forceOf(east, 'industry')).toMatchObject({
      open: 2,
      overdue: 1,
      visits: 1,
      trend: [
        { month: '2026-01', holding: 0, measured: 1 },
        { month: '2026-02', holding: 1, measured: 1 },
      ],
    });
    const seat = (
      await clerk.ok(assignments.list, {
        query: { unit: east, role: 'leadership-member', person: s.people['leader']! },
      })
    ).items[0]!;
    const end = { params: { id: seat.id }, body: { day: '2026-06-01', reason: '调离' } };
    expect((await clerk.call(assignments.end, end)).code).toBe('assignment-leads-still');
  });

  it('M014 has exactly one overall owner a level, who approves, and keeps every approval', async () => {
    const { east } = s.world.units;
    const { clerk, leader, eastBoss } = s.client;
    const second = await s.client.organiser.call(assignments.assign, {
      body: { role: 'overall-owner', unitId: east, personId: s.people['idle']!, from, document },
    });
    expect(second.code).toBe('assignment-taken');
    const draft = async (title: string) => {
      const plan = await leader.ok(cases.open, {
        body: {
          type: 'force-plan',
          title,
          unitId: east,
          star: 'industry',
          data: { goals: ['两个村新获产业兴旺星'], measures: '一村一策' },
        },
      });
      await leader.ok(cases.step, { params: { id: plan.id }, body: { step: 'submit' } });
      return plan.id;
    };
    const first = await draft('产业专班方案');
    const approve = { step: 'approve', document };
    expect((await clerk.call(cases.step, { params: { id: first }, body: approve })).status).toBe(403);
    expect((await leader.call(cases.step, { params: { id: first }, body: approve })).status).toBe(403);
    expect((await eastBoss.call(cases.step, { params: { id: first }, body: { step: 'approve' } })).code).toBe(
      'case-needs-document',
    );
    await eastBoss.ok(cases.step, { params: { id: first }, body: approve });
    expect((await forceOf(east, 'industry')).gaps).toEqual([]);
    await eastBoss.ok(cases.step, { params: { id: await draft('产业专班方案（修订）') }, body: approve });
    expect((await clerk.ok(cases.get, { params: { id: first } })).state).toBe('superseded');
    const record = await s.client.boss.ok(org.approvals, { params: { unitId: east } });
    expect(record.owners.map((o) => o.name)).toEqual(['eastboss']);
    const approved = record.items.filter((i) => i.stepWords.zh === '批准');
    expect(approved.map((i) => [i.title, i.by, i.document])).toEqual([
      ['产业专班方案（修订）', 'eastboss', document],
      ['产业专班方案', 'eastboss', document],
    ]);
  });

  it('M369 links the task forces of county, township and village for each star in one line', async () => {
    const { county, east, eastVillage } = s.world.units;
    const line = async () =>
      (await s.client.secretary.ok(forces.line, { params: { unitId: eastVillage } })).lines.find(
        (l) => l.star.id === 'industry',
      )!;
    expect((await line()).levels.map((l) => [l.unit.name, l.leader?.name ?? null])).toEqual([
      ['示例县', null],
      ['东林镇', 'leader'],
      ['青石村', null],
    ]);
    await s.client.organiser.ok(forces.found, {
      params: { unitId: county },
      body: { star: 'industry', name: '县产业专班', day: from, document, leaderId: s.people['county-deputy']! },
    });
    await s.client.secretary.ok(assignments.assign, {
      body: {
        role: 'village-task-leader',
        unitId: eastVillage,
        star: 'industry',
        personId: s.people['villager']!,
        from,
        document,
      },
    });
    const now = await line();
    expect(now.levels.map((l) => l.leader?.name)).toEqual(['county-deputy', 'leader', 'villager']);
    expect(now.whole).toBe(true);
    const town = (await s.client.clerk.ok(forces.line, { params: { unitId: east } })).lines.find(
      (l) => l.star.id === 'industry',
    )!;
    expect(town.below.map((l) => [l.unit.name, l.leader?.name ?? null])).toEqual(
      expect.arrayContaining([
        ['青石村', 'villager'],
        ['柳沟村', null],
      ]),
    );
    expect(town.whole).toBe(false);
  });

  /** Two months of standings of one branch: without the star, then with it. */
  async function keepMonths(unitId: number): Promise<void> {
    await s.world.asSystem(async (rq) => {
      await rq.db.run(sql`INSERT INTO standards (id, version, scheme, title, sample, effective_from, body, source_text)
        VALUES ('trial', '1', 'rural', '{}', true, '2030-01-01', '{}', '')`);
      const cycle = crypto.randomUUID();
      await rq.db.run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at)
        SELECT ${cycle}, 'cycle', 'open', '周期', id, unit_path, now(), now() FROM units WHERE id = ${s.world.units.county}`);
      for (const [label, stars] of [
        ['2026-01', ['branch']],
        ['2026-02', ['branch', 'industry']],
      ] as const)
        await rq.db
          .run(sql`INSERT INTO standings (cycle_id, unit_id, unit_path, kind, label, standard_id, standard_version,
            level, total, stars, result, inputs, computed_at)
          SELECT ${cycle}, id, unit_path, 'month', ${label}, 'trial', '1', ${stars.length}, 0, ${[...stars]}::text[], '{}', '{}', now()
          FROM units WHERE id = ${unitId}`);
      const criterion = (id: string, points: number) => ({ id, points, full: 1000, removed: false });
      const result = { stars: [{ criteria: [criterion('industry.main', 400), criterion('industry.income', 1000)] }] };
      await rq.db
        .run(sql`INSERT INTO standings (cycle_id, unit_id, unit_path, kind, standard_id, standard_version, level,
          total, stars, result, inputs, computed_at)
        SELECT ${cycle}, id, unit_path, 'live', 'trial', '1', 1, 0, '{branch}', ${json(result)}::jsonb, '{}', now()
        FROM units WHERE id = ${unitId}`);
    });
  }
});

describe('departments and county leaders', () => {
  it('M371 records the lead department of each star with its contact and open duties', async () => {
    const { county, eastVillage } = s.world.units;
    const { organiser, boss } = s.client;
    const star = 'ecology';
    expect((await forceOf(county, star)).gaps).toContain('star-without-lead-department');
    const assign = (body: object) =>
      organiser.ok(assignments.assign, { body: { unitId: county, star, from, document, ...body } as never });
    await assign({ role: 'lead-department', holderUnitId: s.departments.agriculture });
    const contact = await s.world.person('contact', s.departments.agriculture);
    await assign({ role: 'department-contact', personId: contact });
    await boss.ok(cases.open, {
      body: {
        type: 'task',
        title: '改厕验收',
        unitId: eastVillage,
        star,
        ownerUnitId: s.departments.agriculture,
        data: { condition: '全部验收' },
      },
    });
    expect(await forceOf(county, star)).toMatchObject({
      leadDepartment: { name: '农业农村局' },
      contact: { name: 'contact', home: '农业农村局' },
      departmentOpen: 1,
    });
    const twice = await organiser.call(assignments.assign, {
      body: { role: 'lead-department', unitId: county, star, holderUnitId: s.departments.culture, from, document },
    });
    expect(twice.code).toBe('assignment-taken');
    // A village sees the name of the department that answers above it, which stands outside its own line of units.
    const seen = await s.client.secretary.ok(assignments.list, { query: { unit: county, role: 'lead-department' } });
    expect(seen.items.map((a) => a.holder)).toEqual(['农业农村局']);
  });

  it('M125 composes a force from departments with one lead and reports unfulfilled criteria by department', async () => {
    const { county } = s.world.units;
    const { organiser } = s.client;
    const assign = (
      role: 'member-department' | 'criterion-department' | 'lead-department',
      holderUnitId: number,
      criterion?: string,
    ) =>
      organiser.call(assignments.assign, {
        body: { role, unitId: county, star: 'industry', holderUnitId, from, document, ...(criterion && { criterion }) },
      });
    const { agriculture, culture } = s.departments;
    expect((await assign('lead-department', agriculture)).status).toBe(200);
    expect((await assign('member-department', culture)).status).toBe(200);
    expect((await assign('criterion-department', culture)).code).toBe('assignment-criterion-needed');
    expect((await assign('criterion-department', agriculture, 'industry.main')).status).toBe(200);
    expect((await assign('criterion-department', culture, 'industry.income')).status).toBe(200);
    expect((await assign('criterion-department', culture, 'industry.main')).code).toBe('assignment-taken');
    const force = await forceOf(county, 'industry');
    expect([force.leadDepartment?.name, force.departments.map((d) => d.name)]).toEqual(['农业农村局', ['文化旅游局']]);
    const { departments } = await s.client.boss.ok(forces.criteria, { params: { unitId: county } });
    expect(departments.map((d) => [d.department.name, d.unfulfilled])).toEqual(
      expect.arrayContaining([
        ['农业农村局', 1],
        ['文化旅游局', 0],
      ]),
    );
  });

  it('M372 gives each star one county leader and one main line, and reviews it', async () => {
    const { county } = s.world.units;
    const { organiser, boss } = s.client;
    const body = {
      role: 'star-leader' as const,
      unitId: county,
      star: 'safety',
      personId: s.people['county-deputy']!,
      from,
      document,
    };
    expect((await organiser.call(assignments.assign, { body })).code).toBe('assignment-line-needed');
    const line = { theme: '矛盾不上交', goals: ['每村一名法律顾问'] };
    await organiser.ok(assignments.assign, { body: { ...body, data: { line } } });
    const other = { ...body, personId: s.people['boss']!, data: { line: { theme: '另一条', goals: ['x'] } } };
    expect((await organiser.call(assignments.assign, { body: other })).code).toBe('assignment-taken');
    expect(await forceOf(county, 'safety')).toMatchObject({ countyLeader: { name: 'county-deputy' }, line });
    const review = await boss.ok(cases.open, {
      body: {
        type: 'line-review',
        title: '平安法治星主线评议',
        unitId: county,
        star: 'safety',
        data: { on: today, finding: '进度正常', goals: [{ goal: line.goals[0]!, state: 'on-course' }] },
      },
    });
    expect(
      (
        await organiser.call(cases.open, {
          body: {
            type: 'line-review',
            title: 'x',
            unitId: county,
            star: 'safety',
            data: { on: today, finding: 'x', goals: [] },
          },
        })
      ).status,
    ).toBe(403);
    const deputy = await s.world.as('county-deputy');
    await deputy.ok(cases.step, { params: { id: review.id }, body: { step: 'answer', reason: '六月前配齐' } });
  });
});
