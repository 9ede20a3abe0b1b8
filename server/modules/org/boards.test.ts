import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accounts } from '../../../domain/records/accounts/index.ts';
import { assignments } from '../../../domain/records/assignments/index.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { units } from '../../../domain/records/units/index.ts';
import { forces, org } from '../../../domain/org/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { document, type Staffed, staffedCounty, today } from '../../../tests/support/responsible.ts';

let s: Staffed;
beforeAll(async () => {
  s = await staffedCounty();
});
afterAll(() => s.world.close());

const from = today;

async function gapsOf(unitId: number, gap?: string) {
  const query = { limit: 200, ...(gap ? { gap: gap as never } : {}) };
  const { items } = await s.client.organiser.ok(org.gaps, { params: { unitId }, query });
  return items.map((g) => `${g.gap}@${g.unit.name}${g.star ? `/${g.star}` : ''}`);
}

const countOf = async (unitId: number, gap: string) =>
  (await s.client.organiser.ok(org.matrix, { params: { unitId } })).gaps.find((g) => g.gap === gap)?.count ?? 0;

describe('leaders and villages', () => {
  it('M025 gives each village one leader from the leadership team, logs visits and leaves no hole when it changes', async () => {
    const { clerk, leader, secretary } = s.client;
    const unitId = s.world.units.eastVillage;
    const give = (person: string) =>
      clerk.call(assignments.assign, {
        body: { role: 'village-leader', unitId, personId: s.people[person]!, from, document },
      });
    expect(await gapsOf(unitId)).toContain('village-without-leader@青石村');
    expect((await give('plain')).code).toBe('assignment-needs-post');
    const given = await give('leader');
    expect(given.status).toBe(200);
    expect((await give('idle')).code).toBe('assignment-taken');
    expect(await gapsOf(unitId)).not.toContain('village-without-leader@青石村');
    await leader.ok(cases.open, {
      body: { type: 'guidance', title: '走访', unitId, data: { on: today, topics: '产业', advice: '先定主导产业' } },
    });
    const log = await secretary.ok(cases.list, { query: { type: 'guidance', under: unitId } });
    expect(log.items.map((c) => c.title)).toEqual(['走访']);
    const { begun, ended } = await clerk.ok(assignments.handover, {
      params: { id: given.body.id },
      body: { personId: s.people['idle']!, day: '2026-04-01', document },
    });
    expect([ended.to, begun.from]).toEqual(['2026-04-01', '2026-04-01']);
    for (const asOf of ['2026-03-31', '2026-04-01'])
      expect(
        (await clerk.ok(org.matrix, { params: { unitId }, query: { asOf } })).gaps.some(
          (g) => g.gap === 'village-without-leader',
        ),
      ).toBe(false);
  });

  it('M126 checks that every township leader contracts a village and every village has a leader', async () => {
    const { east, eastVillage2 } = s.world.units;
    const before = (await s.client.clerk.ok(org.leaders, { params: { unitId: east } })).townships[0]!;
    expect(before.leaders.map((l) => [l.holder.name, l.villages.map((v) => v.name), l.visits])).toEqual(
      expect.arrayContaining([
        ['idle', [], 0],
        ['leader', ['青石村'], 1],
      ]),
    );
    expect([before.without, before.villages, before.open.map((v) => v.name)]).toEqual([1, 2, ['柳沟村']]);
    expect(await gapsOf(east, 'leader-without-village')).toEqual(['leader-without-village@东林镇']);
    await s.client.clerk.ok(assignments.assign, {
      body: { role: 'village-leader', unitId: eastVillage2, personId: s.people['idle']!, from, document },
    });
    const after = (await s.client.organiser.ok(org.leaders, { params: { unitId: s.world.units.county } })).townships;
    const town = after.find((t) => t.unit.id === east)!;
    expect([town.without, town.open]).toEqual([0, []]);
    expect(await gapsOf(east, 'leader-without-village')).toEqual([]);
  });

  it('M124 gives each key village a county leader, logs visits and problems solved, and counts the leaders', async () => {
    const { county, eastVillage } = s.world.units;
    const { organiser } = s.client;
    await organiser.ok(assignments.assign, {
      body: { role: 'key-village', unitId: eastVillage, holderUnitId: county, from, document },
    });
    expect(await gapsOf(county, 'key-village-without-leader')).toEqual(['key-village-without-leader@青石村']);
    await organiser.ok(assignments.assign, {
      body: { role: 'county-leader', unitId: eastVillage, personId: s.people['county-deputy']!, from, document },
    });
    const deputy = await s.world.as('county-deputy');
    await deputy.ok(cases.open, {
      body: {
        type: 'guidance',
        title: '到重点村调研',
        unitId: eastVillage,
        data: { on: today, topics: '水渠', advice: '纳入项目库', solved: ['明确了水渠权属'] },
      },
    });
    const list = await organiser.ok(org.keyVillages, { params: { unitId: county } });
    expect(list).toMatchObject({ leaders: 1, open: 0 });
    expect(list.items).toEqual([
      expect.objectContaining({ visits: 1, solved: 1, leader: expect.objectContaining({ name: 'county-deputy' }) }),
    ]);
    expect(await gapsOf(county, 'key-village-without-leader')).toEqual([]);
  });
});

describe('areas, buildings and households', () => {
  it('M026 divides a village into areas with one cadre each and shows residents who it is', async () => {
    const { secretary, clerk } = s.client;
    const { eastVillage } = s.world.units;
    expect(await gapsOf(eastVillage, 'village-without-areas')).toEqual(['village-without-areas@青石村']);
    const grid = await clerk.ok(units.create, {
      body: { day: from, document, parentId: eastVillage, code: 'g1', type: 'grid', name: '第一片区' },
    });
    expect(await gapsOf(eastVillage, 'village-without-areas')).toEqual([]);
    expect(await gapsOf(eastVillage, 'area-without-cadre')).toEqual(['area-without-cadre@第一片区']);
    const contactWay = '村便民服务点，周二、周五上午';
    const body = { role: 'area-cadre' as const, unitId: grid.id, personId: s.people['villager']!, from, document };
    const { id } = await secretary.ok(assignments.assign, { body: { ...body, data: { contactWay } } });
    expect((await secretary.call(assignments.assign, { body: { ...body, personId: s.people['cadre']! } })).code).toBe(
      'assignment-taken',
    );
    const resident = await s.world.as();
    const seen = async () => (await resident.ok(assignments.contacts, { params: { unitId: grid.id } })).items;
    expect(await seen()).toEqual([expect.objectContaining({ role: 'area-cadre', name: null, contactWay })]);
    await secretary.ok(assignments.end, { params: { id }, body: { day: from, reason: '登记公开方式' } });
    await secretary.ok(assignments.assign, { body: { ...body, data: { contactWay, nameShown: true } } });
    expect(await seen()).toEqual([expect.objectContaining({ name: 'villager', contactWay })]);
    expect(await gapsOf(eastVillage, 'area-without-cadre')).toEqual([]);
  });

  it('M091 registers building heads with consent, term and contact way, and finds buildings without one', async () => {
    const { community } = s.world.units;
    const { organiser } = s.client;
    const create = (parentId: number, code: string, type: 'estate' | 'building', name: string) =>
      organiser.ok(units.create, { body: { day: from, document, parentId, code, type, name } });
    const estate = await create(community, 'es1', 'estate', '和园小区');
    const one = await create(estate.id, 'bd1', 'building', '1号楼');
    await create(estate.id, 'bd2', 'building', '2号楼');
    expect(await countOf(community, 'building-without-head')).toBe(2);
    const personId = await s.world.person('head', community);
    const body = { role: 'building-head' as const, unitId: one.id, personId, from, to: '2029-03-02', document };
    expect((await organiser.call(assignments.assign, { body })).code).toBe('assignment-consent-needed');
    const data = { consent: { on: today, how: 'written' as const }, contactWay: '1号楼大厅，每晚七点后' };
    const head = await organiser.ok(assignments.assign, { body: { ...body, data } });
    expect(head).toMatchObject({ to: '2029-03-02', data });
    expect(await gapsOf(s.world.units.county, 'building-without-head')).toEqual(['building-without-head@2号楼']);
    const { rows } = await organiser.ok(org.matrix, { params: { unitId: s.world.units.street } });
    expect(rows.find((r) => r.unit.id === community)).toMatchObject({
      areas: 1,
      areasOpen: 1,
      buildings: 2,
      buildingsOpen: 1,
    });
  });

  it('M027 links members to households that were told, keeps requests without persons, and lets a household decline without a trace', async () => {
    const { secretary } = s.client;
    const { eastVillage } = s.world.units;
    const grid = await s.client.clerk.ok(units.create, {
      body: { day: from, document, parentId: eastVillage, code: 'g9', type: 'grid', name: '第九片区' },
    });
    const personId = await s.world.person('member', eastVillage);
    const address = '柳树巷9号';
    const link = (data: object) =>
      secretary.call(assignments.assign, {
        body: { role: 'household-contact', unitId: grid.id, personId, from, document, address, data: data as never },
      });
    const consent = { on: today, how: 'spoken' };
    expect((await link({ consent, informedOn: today })).code).toBe('assignment-party-member');
    await s.world.asSystem((rq) => rq.db.run(sql`UPDATE people SET party_member = true WHERE id = ${personId}`));
    expect((await link({ informedOn: today })).code).toBe('assignment-consent-needed');
    expect((await link({ consent })).code).toBe('assignment-informed-needed');
    const { body: card } = await link({ consent, informedOn: today });
    const household = await s.world.as();
    expect(await household.ok(assignments.contact, { params: { id: card.id } })).toMatchObject({
      name: 'member',
      how: { zh: expect.stringContaining('不需要说明理由') },
    });
    const member = await s.world.as('member');
    expect((await member.ok(accounts.me)).roles.map((r) => r.role)).toEqual(['household-contact']);
    const visit = { type: 'household-visit', title: '走访', unitId: grid.id };
    expect(
      (await member.call(cases.open, { body: { ...visit, data: { on: today, request: '13800001111 的水管' } } }))
        .status,
    ).toBe(400);
    expect((await member.call(cases.open, { body: { ...visit, data: { on: today, refused: true } } })).status).toBe(
      400,
    );
    await member.ok(cases.open, { body: { ...visit, data: { on: today, request: '巷口路灯不亮' } } });

    expect(await gapsOf(eastVillage, 'household-without-contact')).toEqual([]);
    await secretary.ok(assignments.household, { params: { id: card.id }, body: { wish: 'change', day: today } });
    expect(await gapsOf(eastVillage, 'household-without-contact')).toEqual(['household-without-contact@第九片区']);
    const { body: next } = await link({ consent, informedOn: today });
    await household.ok(assignments.wish, { params: { id: next.id }, body: { wish: 'decline' } });
    expect((await household.call(assignments.contact, { params: { id: next.id } })).status).toBe(404);
    expect(await gapsOf(eastVillage, 'household-without-contact')).toEqual([]);
    const everything = await s.world.database.owner((tx) =>
      tx.many<{ row: string }>(sql`SELECT row_to_json(a)::text AS row FROM assignments a WHERE a.unit_id = ${grid.id}
        UNION ALL SELECT row_to_json(j)::text FROM journal j`),
    );
    expect(JSON.stringify(everything)).not.toContain(address);
    expect(JSON.stringify(everything)).not.toContain('decline');
  });

  it('M024 shows the coverage of villages, areas and households with every gap, and the weekly consultation', async () => {
    const { east, eastVillage } = s.world.units;
    const { secretary, clerk } = s.client;
    const read = () => clerk.ok(org.matrix, { params: { unitId: east } });
    const before = await read();
    const tier = (m: typeof before, name: string) => m.coverage.find((c) => c.tier === name)!;
    expect(tier(before, 'villages')).toMatchObject({ total: 2, covered: 2 });
    expect(tier(before, 'areas')).toMatchObject({ total: 2, covered: 1 });
    expect(tier(before, 'contacts')).toMatchObject({ total: 2, covered: 0 });
    expect(await gapsOf(east, 'area-without-contact')).toEqual([
      'area-without-contact@第一片区',
      'area-without-contact@第九片区',
    ]);
    expect(before.consultations).toEqual({ villages: 2, thisWeek: 0 });
    const meeting = await secretary.ok(cases.open, {
      body: {
        type: 'consultation',
        title: '第九周会商',
        unitId: eastVillage,
        data: { on: today, agenda: ['环境整治'] },
      },
    });
    expect((await read()).consultations.thisWeek).toBe(0);
    await secretary.ok(cases.step, {
      params: { id: meeting.id },
      body: { step: 'hold', reason: '已会商', data: { decisions: ['先修路灯'] } },
    });
    expect((await read()).consultations.thisWeek).toBe(1);
    const ahead = await secretary.ok(cases.open, {
      body: { type: 'consultation', title: '下周', unitId: eastVillage, data: { on: '2026-03-09', agenda: ['x'] } },
    });
    const early = await secretary.call(cases.step, {
      params: { id: ahead.id },
      body: { step: 'hold', reason: '未到' },
    });
    expect(early.code).toBe('org-not-in-advance');
  });
});

describe('lines of command', () => {
  it('M123 shows for a village everybody from county to village and names each break', async () => {
    const { eastVillage2 } = s.world.units;
    const read = () => s.client.secretary2.ok(org.chain, { params: { unitId: eastVillage2 } });
    const before = await read();
    expect(before.levels.map((l) => l.level)).toEqual([
      'county',
      'county-to-village',
      'township',
      'township-to-village',
      'village',
    ]);
    expect(before.levels[0]!.people.map((p) => p.holder.name)).toEqual(expect.arrayContaining(['boss', 'organiser']));
    expect(before.levels.flatMap((l) => l.breaks.map((b) => b.role))).toEqual(['contact-cadre']);
    expect(before.whole).toBe(false);
    await s.client.clerk.ok(assignments.assign, {
      body: { role: 'contact-cadre', unitId: eastVillage2, personId: s.people['plain']!, from, document },
    });
    expect((await read()).whole).toBe(true);
    expect((await s.client.secretary.call(org.chain, { params: { unitId: eastVillage2 } })).status).toBe(404);
  });

  it('M013 derives one owner, a task force for every star and every branch secretary, and counts the three', async () => {
    const { east } = s.world.units;
    const read = () => s.client.clerk.ok(org.command, { params: { unitId: east } });
    expect((await read()).formula).toBe('1+0+2');
    await s.client.clerk.ok(forces.found, {
      params: { unitId: east },
      body: { star: 'safety', name: '平安法治星专班', day: from, document, leaderId: s.people['leader']! },
    });
    const now = await read();
    expect(now.numbers).toEqual({ owners: 1, forces: 1, secretaries: 2 });
    expect(now.forces.map((f) => [f.star.id, f.leader?.name ?? null])).toEqual([
      ['branch', null],
      ['industry', null],
      ['ecology', null],
      ['safety', 'leader'],
      ['civility', null],
    ]);
    const county = await s.client.organiser.ok(org.command, { params: { unitId: s.world.units.county } });
    expect(county.forces.map((f) => f.star.id)).toEqual(expect.arrayContaining(['industry', 'business']));
    expect(
      county.secretaries
        .filter((v) => v.secretary === null)
        .map((v) => v.unit.name)
        .sort(),
    ).toEqual(['䩐勒桥村', '向阳社区'].sort());
  });

  it('M017 registers every branch with its secretary, who alone reports progress', async () => {
    const { east, eastVillage } = s.world.units;
    const report = {
      type: 'progress',
      title: '二月进展',
      unitId: eastVillage,
      data: { period: '2026-02', done: '完成两项', next: '推进三项' },
    };
    expect((await s.client.cadre.call(cases.open, { body: report })).status).toBe(403);
    const { id } = await s.client.secretary.ok(cases.open, { body: report });
    const read = async () =>
      (await s.client.clerk.ok(org.branches, { params: { unitId: east } })).items.find(
        (b) => b.unit.id === eastVillage,
      )!;
    expect(await read()).toMatchObject({
      secretary: { name: 'secretary' },
      progress: { period: '2026-02', done: '完成两项', read: false },
    });
    expect((await s.client.secretary.call(cases.step, { params: { id }, body: { step: 'read' } })).status).toBe(403);
    await s.client.clerk.ok(cases.step, { params: { id }, body: { step: 'read' } });
    expect((await read()).progress?.read).toBe(true);
  });

  it('M128 encodes the five tiers as duties and rights on each level', async () => {
    const { tiers } = await s.client.boss.ok(org.duties, { params: { unitId: s.world.units.county } });
    expect(tiers.map((t) => t.words.zh)).toEqual(['统筹', '牵头', '推进', '实施', '主体']);
    const may = (tier: string) => tiers.find((t) => t.tier === tier)!;
    expect(may('coordinate').verbs).toEqual(expect.arrayContaining(['stars.decide', 'stars.name']));
    expect(may('lead').verbs).toEqual(expect.arrayContaining(['stars.cycle', 'standards.write', 'stars.joint']));
    expect(may('push').verbs).toContain('stars.verify');
    expect(may('implement').verbs).toContain('stars.review');
    expect(may('subject').verbs).toEqual(expect.arrayContaining(['stars.declare', 'stars.assess']));
    for (const [verb, tier] of [
      ['stars.decide', 'coordinate'],
      ['stars.cycle', 'lead'],
      ['stars.declare', 'subject'],
    ] as const)
      expect(tiers.filter((t) => t.verbs.includes(verb)).map((t) => t.tier)).toEqual([tier]);
    expect(tiers.every((t) => t.duties.length >= 2)).toBe(true);
    const secretaries = may('subject').roles.find((r) => r.role === 'branch-secretary')!;
    expect(secretaries.holders).toBe(2);
    // What the table says is what the platform does: a secretary holds exactly the rights of the role.
    const { grants } = await s.client.secretary.ok(accounts.me);
    expect(new Set(grants.map((g) => g.verb))).toEqual(new Set(secretaries.verbs));
  });
});
