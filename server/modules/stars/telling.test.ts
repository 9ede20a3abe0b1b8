import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Notice, notices } from '../../../domain/records/notices/index.ts';
import { stars } from '../../../domain/stars/contract.ts';
import { criteriaOf } from '../../../domain/stars/standard.ts';
import { bestChecks } from '../../../tests/support/rural.ts';
import type { World } from '../../../tests/support/world.ts';
import { createYear, declaredYear, document, starIds, type Year } from '../../../tests/support/year.ts';

// What the people of a village hear of their year through HTTP, without having to look for it.
let year: Year;
let world: World;
let as: Year['as'];
let cycleId: string;
const logins = ['secretary', 'second', 'west'];

beforeAll(async () => {
  year = await createYear();
  ({ world, as } = year);
  const { eastVillage, east } = world.units;
  for (const [login, role] of [
    ['cadre', 'village-cadre'],
    ['contact', 'contact-cadre'],
    ['household', 'household-contact'],
  ] as const) {
    await world.person(login, login === 'contact' ? east : eastVillage, [[role, eastVillage]]);
    (as as Record<string, Year['as'][string]>)[login] = await world.as(login);
  }
  cycleId = await declaredYear(year);
  await go('self-assessment');
});
afterAll(() => world.close());

const go = (to: string) =>
  as['organiser']!.ok(stars.cycles.advance, { params: { id: cycleId }, body: { to: to as 'planning' } });
const heard = async (login: string) => (await as[login]!.ok(notices.list, { query: { limit: 100 } })).items;
const kinds = async (login: string) => (await heard(login)).map((n) => n.kind);
const last = async (login: string, kind: string): Promise<Notice> => {
  const found = (await heard(login)).find((n) => n.kind === kind);
  expect(found, `${login} heard nothing of ${kind}`).toBeDefined();
  return found!;
};
const confirm = (login: string, unitId: number) =>
  as[login]!.ok(stars.confirming.confirm, { params: { unitId }, body: { cycleId } });
const desk = (login: string, stage: 'township-review' | 'verification') =>
  as[login]!.ok(stars.assessing.desk, { params: { unitId: world.units.eastVillage }, query: { cycleId, stage } });
const marked = (of: Awaited<ReturnType<typeof desk>>) => of.items.filter((i) => i.changedSince).map((i) => i.id);
const income = 'industry.income';

describe('what a village is told of its year', () => {
  it('M021 its declaration is approved, and everyone who works there is told with the way to it', async () => {
    for (const login of ['secretary', 'cadre', 'contact']) {
      const told = await last(login, 'star-approved');
      expect([told.subjectKind, told.subjectId]).toEqual(['declaration', String(world.units.eastVillage)]);
      expect(told.words.zh).toContain('青石村');
    }
    // Whoever has no duty that lets them read the stars is not sent to a page that refuses them; neighbours hear nothing.
    expect(await kinds('household')).toEqual([]);
    expect((await heard('second')).every((n) => !n.words.zh.includes('青石村'))).toBe(true);
  });

  it('M129 a return is told at once, with the criterion and the reason, and a finished review with its result', async () => {
    for (const [i, unitId] of year.villages.entries()) {
      const body = { cycleId, answers: bestChecks(year.rural), submit: true };
      await as[logins[i]!]!.ok(stars.assessing.answer, { params: { unitId }, body });
      await confirm(logins[i]!, unitId);
    }
    await go('township-review');
    // Nobody has looked yet: all is undecided, and nothing is changed.
    expect(marked(await desk('clerk', 'township-review'))).toEqual([]);
    const review = (login: string, unitId: number, body: object) =>
      as[login]!.ok(stars.assessing.review, { params: { unitId }, body: { cycleId, ...body } });
    const sent = { decisions: [{ criterion: income, decision: 'return', reason: '请补流水' }] };
    await review('clerk', world.units.eastVillage, sent);
    const returned = await last('secretary', 'star-returned');
    expect(returned.words.zh).toContain('村集体经营性收入');
    expect(returned.words.zh).toContain('请补流水');
    expect(returned.words.en).toContain('Collective operating income');
    expect([returned.subjectKind, returned.subjectId]).toEqual(['self', String(world.units.eastVillage)]);
    // The same return said again is no news.
    await review('clerk', world.units.eastVillage, sent);
    expect((await kinds('secretary')).filter((k) => k === 'star-returned')).toHaveLength(1);
    await review('clerk', world.units.eastVillage, { decisions: [{ criterion: income, decision: 'accept' }] });
    // What counts again because it was accepted has not changed.
    expect(marked(await desk('clerk', 'township-review'))).toEqual([]);
    await review('clerk', world.units.eastVillage, { acceptRest: true, finish: true });
    expect((await last('secretary', 'star-reviewed')).subjectId).toContain('/township-review/');
    await review('clerk', world.units.eastVillage2, { acceptRest: true, finish: true });
    await review('westclerk', world.units.westVillage, { acceptRest: true, finish: true });
    await confirm('clerk', world.units.east);
    await confirm('westclerk', world.units.west);
    await go('verification');
  });

  it('M129 a task force sees as changed only what changed since the township looked, or since it looked itself', async () => {
    const first = await desk('industry', 'verification');
    expect(first.items.every((i) => i.review?.decision === 'accept')).toBe(true);
    expect([marked(first), first.changes]).toEqual([[], []]);
    const params = { unitId: world.units.eastVillage };
    world.setNow('2026-03-03T09:00:00+08:00');
    await as['industry']!.ok(stars.assessing.verify, {
      params,
      body: { cycleId, star: 'industry', decisions: [{ criterion: income, decision: 'return', reason: '与账不符' }] },
    });
    expect((await last('cadre', 'star-returned')).words.zh).toContain('与账不符');
    world.setNow('2026-03-04T09:00:00+08:00');
    for (const unitId of [world.units.east, world.units.eastVillage])
      await as[unitId === world.units.east ? 'clerk' : 'secretary']!.call(stars.confirming.unlock, {
        params: { unitId },
        body: { cycleId, reason: '按核验意见更正' },
      });
    await as['secretary']!.ok(stars.assessing.answer, {
      params,
      body: { cycleId, answers: [{ criterion: income, value: '380000', reason: '按流水更正' }], submit: true },
    });
    // Nothing is returned any more, so there is nothing to submit a second time.
    const again = { params, body: { cycleId, answers: [], submit: true } };
    expect((await as['secretary']!.call(stars.assessing.answer, again)).code).toBe('self-locked');
    const corrected = await desk('industry', 'verification');
    // The growth of the income is counted from the same number.
    expect(marked(corrected)).toEqual([income, 'industry.growth']);
    expect(corrected.changes.find((c) => c.what === 'value' && c.criterion === income)).toMatchObject({
      criterion: income,
      before: '42',
      after: '38',
      at: null,
    });
    world.setNow('2026-03-05T09:00:00+08:00');
    await as['industry']!.ok(stars.assessing.verify, {
      params,
      body: { cycleId, star: 'industry', decisions: [{ criterion: income, decision: 'accept' }] },
    });
    expect(marked(await desk('industry', 'verification'))).toEqual(['industry.growth']);
  });

  it('M006 a star that is verified as a whole is told once, with the way to what was decided', async () => {
    for (const star of starIds)
      for (const unitId of year.villages)
        await as[star]!.ok(stars.assessing.verify, {
          params: { unitId },
          body: { cycleId, star, decisions: [], acceptRest: true },
        });
    const told = (await heard('secretary')).filter((n) => n.kind === 'star-verified');
    expect(told).toHaveLength(starIds.length);
    expect(told.map((n) => n.subjectId).sort()).toEqual(
      starIds.map((star) => `${world.units.eastVillage}/verification/${star}`).sort(),
    );
    const of = criteriaOf(year.rural).filter((c) => c.star.id === 'industry').length;
    expect(told.find((n) => n.subjectId.endsWith('industry'))!.words.zh).toBe(
      `青石村的“产业兴旺星”专班核验完成：${of} 条全部通过`,
    );
    await as['ecology']!.ok(stars.assessing.verify, {
      params: { unitId: world.units.eastVillage },
      body: { cycleId, star: 'ecology', decisions: [], acceptRest: true },
    });
    expect((await kinds('secretary')).filter((k) => k === 'star-verified')).toHaveLength(starIds.length);
    // What the notice leads to is open to them.
    expect((await desk('cadre', 'verification')).items.length).toBeGreaterThan(0);
    await go('joint-review');
  });

  it('M135 the conclusion of the joint review is told with its reason, for and against', async () => {
    const conclude = (unitId: number, recommend: boolean, reason: string) =>
      as['organiser']!.ok(stars.assessing.recommend, { params: { unitId }, body: { cycleId, recommend, reason } });
    for (const unitId of year.villages.slice(0, 2)) await conclude(unitId, true, '核验一致');
    await conclude(world.units.eastVillage, true, '核验一致');
    await conclude(world.units.westVillage, false, '现场不一致');
    const [yes, no] = [await last('secretary', 'star-recommended'), await last('west', 'star-not-recommended')];
    expect(yes.words.zh).toContain('核验一致');
    expect(no.words.zh).toContain('现场不一致');
    expect(yes.subjectId).toBe(`${world.units.eastVillage}/joint-review/`);
    expect((await kinds('secretary')).filter((k) => k === 'star-recommended' || k === 'case-step')).toHaveLength(1);
  });

  it('M207 the publicity list and the naming are told to those on it, with the last day and the certificate', async () => {
    const { id } = await as['organiser']!.ok(stars.deciding.propose, {
      params: { id: cycleId },
      body: { basis: document, minLevel: 1 },
    });
    for (const login of ['owner', 'member'])
      await as[login]!.ok(stars.deciding.decide, {
        params: { id },
        body: { approve: true, reason: '同意', recusals: [] },
      });
    const notice = await as['organiser']!.ok(stars.deciding.publicise, { params: { id }, body: { document } });
    const listed = await last('secretary', 'star-publicised');
    expect([listed.subjectKind, listed.subjectId]).toEqual(['publicity', notice.id]);
    expect(listed.words.zh).toContain(`公示至 ${notice.closesOn}`);
    expect(await kinds('west')).not.toContain('star-publicised');
    world.setNow('2026-03-20T09:00:00+08:00');
    await as['owner']!.ok(stars.deciding.name, { params: { id }, body: { document } });
    const named = await last('contact', 'star-named');
    expect(named.subjectKind).toBe('certificate');
    expect(named.words.zh).toContain(named.subjectId);
    const paper = await as['visitor']!.raw({ url: `/certificates/${encodeURIComponent(named.subjectId)}` });
    expect(String(paper.body)).toContain('青石村党支部');
    expect((await last('west', 'star-not-named')).subjectKind).toBe('declaration');
    expect(await kinds('secretary')).not.toContain('case-step');
  });
});
