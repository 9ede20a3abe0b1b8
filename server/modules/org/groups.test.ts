import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignments } from '../../../domain/records/assignments/index.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { units } from '../../../domain/records/units/index.ts';
import { forces, org } from '../../../domain/org/index.ts';
import { document, type Staffed, staffedCounty, today } from '../../../tests/support/responsible.ts';

let s: Staffed;
beforeAll(async () => {
  s = await staffedCounty();
});
afterAll(() => s.world.close());

const from = today;

describe('groups', () => {
  it('M011 founds a leading group with document and term, keeps its meetings, decisions and former members', async () => {
    const { east } = s.world.units;
    const { clerk } = s.client;
    const body = {
      kind: 'leading-group' as const,
      name: '五星支部创建工作领导小组',
      day: from,
      to: '2027-03-02',
      document,
      members: [
        { personId: s.people['eastboss']!, post: 'head' as const },
        { personId: s.people['leader']!, post: 'deputy' as const },
        { personId: s.people['idle']!, post: 'member' as const },
      ],
    };
    const group = await clerk.ok(forces.foundGroup, { params: { unitId: east }, body });
    expect(group).toMatchObject({ document, from, to: '2027-03-02', former: [], meetings: { held: 0 } });
    expect(group.members.map((m) => [m.holder.name, m.words.zh]).sort()).toEqual([
      ['eastboss', '组长'],
      ['idle', '成员'],
      ['leader', '副组长'],
    ]);
    expect((await clerk.call(forces.foundGroup, { params: { unitId: east }, body })).code).toBe('org-group-exists');
    const bad = { ...body, to: from };
    expect(
      (await clerk.call(forces.foundGroup, { params: { unitId: s.world.units.eastVillage }, body: bad })).code,
    ).toBe('org-group-place');
    const meeting = await clerk.ok(cases.open, {
      body: {
        type: 'group-meeting',
        title: '第一次会议',
        unitId: group.unit.id,
        data: { on: today, agenda: ['部署'], chair: s.people['eastboss']! },
      },
    });
    await clerk.ok(cases.step, {
      params: { id: meeting.id },
      body: { step: 'hold', reason: '已召开', data: { decisions: ['每月调度一次', '每星一个专班'] } },
    });
    const member = group.members.find((m) => m.holder.name === 'idle')!;
    await clerk.ok(assignments.handover, {
      params: { id: member.holder.assignmentId },
      body: { personId: s.people['plain']!, day: today, document },
    });
    const [now] = (await s.client.organiser.ok(forces.groups, { params: { unitId: east } })).items;
    expect(now!.meetings).toEqual({ held: 1, last: today, decisions: 2 });
    expect(now!.members.map((m) => m.holder.name)).toContain('plain');
    expect(now!.former.map((m) => m.holder.name)).toEqual(['idle']);
  });

  it('M090 registers a greening group of an estate with members and plots, and keeps work and results', async () => {
    const { community } = s.world.units;
    const { organiser } = s.client;
    const estate = await organiser.ok(units.create, {
      body: { day: from, document, parentId: community, code: 'gr1', type: 'estate', name: '翠园' },
    });
    const [a, b] = [await s.world.person('gardener', community), await s.world.person('planter', community)];
    const group = await organiser.ok(forces.foundGroup, {
      params: { unitId: estate.id },
      body: {
        kind: 'greening',
        name: '翠园绿化小组',
        day: from,
        document,
        members: [
          { personId: a!, plot: '南门花坛' },
          { personId: b!, plot: '中心草坪' },
        ],
      },
    });
    expect(group.members.map((m) => [m.holder.name, m.plot]).sort()).toEqual([
      ['gardener', '南门花坛'],
      ['planter', '中心草坪'],
    ]);
    const gardener = await s.world.as('gardener');
    const work = await gardener.ok(cases.open, {
      body: {
        type: 'greening-work',
        title: '补植',
        unitId: estate.id,
        data: { on: today, plot: '南门花坛', work: '补植月季' },
      },
    });
    const accept = { params: { id: work.id }, body: { step: 'accept', reason: '成活良好' } };
    expect((await gardener.call(cases.step, accept)).code).toBe('case-not-by-raiser');
    await (await s.world.as('planter')).ok(cases.step, accept);
    const log = await gardener.ok(cases.list, { query: { type: 'greening-work', under: estate.id } });
    expect(log.items.map((c) => [c.title, c.state])).toEqual([['补植', 'accepted']]);
  });

  it('M127 sets up a responsibility group in every village that has cadre and secretary, and counts them', async () => {
    const { east } = s.world.units;
    const { clerk } = s.client;
    const first = await clerk.ok(forces.villageGroups, { params: { unitId: east }, body: { day: from, document } });
    expect(first).toMatchObject({ created: 1, groups: 1 });
    expect(first.missing).toEqual([expect.objectContaining({ cadre: false, secretary: true })]);
    const [group] = (await s.client.secretary.ok(forces.groups, { params: { unitId: s.world.units.eastVillage } }))
      .items;
    expect(group!.members.map((m) => [m.role, m.holder.name]).sort()).toEqual([
      ['branch-secretary', 'secretary'],
      ['contact-cadre', 'cadre'],
    ]);
    await clerk.ok(assignments.assign, {
      body: { role: 'contact-cadre', unitId: s.world.units.eastVillage2, personId: s.people['plain']!, from, document },
    });
    const second = await clerk.ok(forces.villageGroups, { params: { unitId: east }, body: { day: from, document } });
    expect(second).toEqual({ created: 1, groups: 2, missing: [] });
    const open = await clerk.ok(org.gaps, { params: { unitId: east }, query: { gap: 'village-without-group' } });
    expect(open.total).toBe(0);
  });

  it('stops counting whoever answered for a unit once that unit has ended', async () => {
    const { west, westVillage } = s.world.units;
    const { westClerk } = s.client;
    const leader = await s.world.person('westleader', west, [['leadership-member', west]]);
    await westClerk.ok(assignments.assign, {
      body: { role: 'village-leader', unitId: westVillage, personId: leader, from, document },
    });
    const idle = async () => (await westClerk.ok(org.leaders, { params: { unitId: west } })).townships[0]!.without;
    expect(await idle()).toBe(0);
    await westClerk.ok(units.end, { params: { id: westVillage }, body: { day: today, document } });
    expect(await idle()).toBe(1);
    const held = await westClerk.ok(assignments.list, { query: { role: 'village-leader' } });
    expect(held.items).toEqual([]);
    const ever = await westClerk.ok(assignments.list, { query: { role: 'village-leader', history: 'true' } });
    expect(ever.items.map((a) => a.unitName)).toEqual(['䩐勒桥村']);
  });
});
