import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standards } from '../../../domain/records/standards/index.ts';
import { stars } from '../../../domain/stars/contract.ts';
import type { Standard } from '../../../domain/stars/standard.ts';
import type { Client, World } from '../../../tests/support/world.ts';
import { createYear, document, openYear, ref, starIds, type Year } from '../../../tests/support/year.ts';

// The first half of a year through HTTP, in the order of its stages: opening, planning, diagnosis, declaration.
let year: Year;
let world: World;
let as: Year['as'];
let cycleId: string;

beforeAll(async () => {
  year = await createYear();
  ({ world, as } = year);
});
afterAll(() => world.close());

const go = (to: string) =>
  as['organiser']!.call(stars.cycles.advance, { params: { id: cycleId }, body: { to: to as 'planning' } });
const card = (client: Client, unitId: number) =>
  client.ok(stars.results.card, { params: { unitId }, query: { cycleId } });

describe('opening and planning', () => {
  it('M102 publishes the versioned criteria of the cycle by star with points, evidence and vetoes', async () => {
    const shown = await as['secretary']!.ok(standards.get, { params: ref('sample-rural') });
    expect(shown).toMatchObject({ sample: true, state: 'published' });
    const body = shown.body as Standard;
    expect(body.stars.every((star) => star.criteria.every((c) => c.points > 0 && c.evidence !== undefined))).toBe(true);
    expect(body.vetoes.every((v) => v.basis.title !== '')).toBe(true);
  });

  it('M380 measures safety by what is done in time; a standard that counts complaints is refused', async () => {
    const { body, sourceText } = await as['organiser']!.ok(standards.get, { params: ref('sample-rural') });
    const safety = (body as Standard).stars.find((star) => star.id === 'safety')!;
    expect(safety.criteria.map((c) => c.value.key)).toContain('mediation-on-time-share');
    const counting = sourceText.replace('figure: mediation-on-time-share', 'fact: petitions-count');
    const yaml = counting.replace(/version: .2026\.1./, "version: '2026.9'");
    const refused = await as['organiser']!.call(standards.draft, { body: { yaml } });
    expect(refused.status).toBe(400);
  });

  it('M296 M267 has five rural stars and another set for communities, by the scheme of the unit', async () => {
    cycleId = await openYear(year);
    const opened = await as['organiser']!.ok(stars.cycles.get, { params: { id: cycleId } });
    expect(opened.sample).toBe(true);
    expect(
      (await as['clerk']!.call(stars.cycles.open, { body: { unitId: world.units.east, year: 2026, title: 'x' } }))
        .status,
    ).toBe(403);
    expect((await card(as['secretary']!, world.units.eastVillage)).stars.map((s) => s.id)).toEqual(starIds);
    expect((await card(as['urban']!, world.units.community)).stars.map((s) => s.id)).toEqual([
      'branch',
      'sharing',
      'safety',
      'harmony',
      'business',
    ]);
  });

  it('M093 M130 plans counts by level and branches over years, and compares them with declarations', async () => {
    await go('planning');
    const plan = await as['organiser']!.ok(stars.plans.draft, {
      body: {
        unitId: world.units.county,
        title: '三年规划',
        document,
        years: [
          {
            year: 2026,
            counts: { rural: { '5': 1, '4': 1 }, urban: {}, stars: {} },
            branches: [
              { unitId: world.units.eastVillage, level: 5, origin: 'planned' },
              { unitId: world.units.eastVillage2, level: 4, origin: 'reserve' },
            ],
          },
          { year: 2027, counts: { rural: { '5': 2 }, urban: {}, stars: {} }, branches: [] },
        ],
      },
    });
    const step = (client: string, name: 'review' | 'adopt') =>
      as[client]!.ok(stars.plans.step, { params: { id: plan.id }, body: { step: name, reason: '研究同意' } });
    await step('organiser', 'review');
    expect((await step('owner', 'adopt')).state).toBe('in-force');
    const compared = await as['organiser']!.ok(stars.plans.compare, { query: { unitId: world.units.county, cycleId } });
    const five = compared.rows.find((r) => r.scheme === 'rural' && r.level === 5)!;
    expect([five.planned, five.declared, five.gap, five.result]).toEqual([1, 0, -1, null]);
    expect(
      (
        await as['secretary']!.call(stars.plans.draft, {
          body: { unitId: world.units.county, title: 'x', years: [] } as never,
        })
      ).status,
    ).toBe(403);
  });
});

describe('diagnosis and declaration', () => {
  it('M022 diagnoses every criterion and turns gaps into problems', async () => {
    await go('creating');
    const unitId = world.units.eastVillage;
    const shown = await as['secretary']!.ok(stars.assessing.diagnosis, { params: { unitId }, query: { cycleId } });
    expect(shown.of).toBe(29);
    const answers = shown.items.map((i) => ({ criterion: i.id, answer: i.suggested, reason: '对照台账和现场' }));
    const done = await as['secretary']!.ok(stars.assessing.diagnose, {
      params: { unitId },
      body: { cycleId, answers, finish: true },
    });
    expect([done.answered, done.gaps.length > 0]).toEqual([29, true]);
    const opened = await as['clerk']!.ok(stars.assessing.problems, {
      params: { unitId },
      body: { cycleId, criteria: [done.gaps[0]!.criterion] },
    });
    expect(opened.items).toHaveLength(1);
    expect((await as['west']!.call(stars.assessing.diagnosis, { params: { unitId } })).status).toBe(404);
  });

  const declare = (login: string, unitId: number, given: object = {}) =>
    as[login]!.call(stars.candidacies.declare, { body: { cycleId, unitId, targetLevel: 4, ...given } });

  it('M391 M021 lets every branch declare its target, planned or not, and keeps its history', async () => {
    expect((await declare('secretary', world.units.eastVillage, { targetLevel: 6 })).code).toBe('target-too-high');
    expect((await declare('clerk', world.units.eastVillage)).status).toBe(403);
    expect((await declare('west', world.units.eastVillage)).status).toBe(404);
    const planned = (await declare('secretary', world.units.eastVillage, { targetLevel: 4 })).body;
    expect(planned.origin).toBe('planned');
    expect((await declare('second', world.units.eastVillage2)).body.origin).toBe('reserve');
    expect((await declare('west', world.units.westVillage)).body.origin).toBe('contender');
    expect((await declare('west', world.units.westVillage)).code).toBe('declared-already');
    const revised = await as['secretary']!.ok(stars.candidacies.revise, {
      params: { id: planned.id },
      body: { targetLevel: 5, reason: '条件具备' },
    });
    expect(revised.history.at(-1)).toMatchObject({
      reason: '条件具备',
      before: { targetLevel: 4 },
      after: { targetLevel: 5 },
    });
  });

  it('M215 keeps a stretch above the target apart from the commitment', async () => {
    const { items } = await as['west']!.ok(stars.candidacies.list, { query: { cycleId } });
    const stretch = { targetLevel: 3, stretchLevel: 5, reason: '跳起来摘桃子' };
    const revised = await as['west']!.ok(stars.candidacies.revise, { params: { id: items[0]!.id }, body: stretch });
    expect([revised.targetLevel, revised.stretchLevel]).toEqual([3, 5]);
    const low = { targetLevel: 3, stretchLevel: 2, reason: 'x' };
    expect((await as['west']!.call(stars.candidacies.revise, { params: { id: items[0]!.id }, body: low })).status).toBe(
      409,
    );
  });

  it('M131 M132 M055 M392 approves planned, reserve and open candidates alike, new ones among them, and shows fairness', async () => {
    expect((await go('self-assessment')).code).toBe('cycle-undecided');
    const { items } = await as['organiser']!.ok(stars.candidacies.list, { query: { cycleId } });
    expect(items.every((c) => c.isNew && c.state === 'declared')).toBe(true);
    for (const c of items)
      await as['organiser']!.ok(stars.candidacies.approve, { params: { id: c.id }, body: { origin: c.origin } });
    const { checks } = await as['organiser']!.ok(stars.cycles.fairness, { params: { id: cycleId } });
    expect(checks.length).toBeGreaterThan(1);
    expect(checks.every((c) => c.fair)).toBe(true);
    expect(
      (
        await as['secretary']!.call(stars.candidacies.approve, {
          params: { id: items[0]!.id },
          body: { origin: 'planned' },
        })
      ).status,
    ).toBe(403);
  });

  it('M134 changes a target in the year only with reason, notice and the right to object', async () => {
    const { items } = await as['organiser']!.ok(stars.candidacies.list, {
      query: { cycleId, under: world.units.westVillage },
    });
    const id = items[0]!.id;
    const a = await as['organiser']!.ok(stars.candidacies.adjust, {
      params: { id },
      body: { change: { targetLevel: 4 }, reason: '上半年进展快', document },
    });
    const early = await as['organiser']!.call(stars.candidacies.decide, {
      params: { id: a.id },
      body: { approve: true, reason: '同意' },
    });
    expect(early.status).toBe(409);
    await as['west']!.ok(stars.candidacies.object, { params: { id: a.id }, body: { reason: '希望维持三星目标' } });
    expect(
      (await as['secretary']!.call(stars.candidacies.object, { params: { id: a.id }, body: { reason: 'x' } })).status,
    ).toBe(404);
    const decided = await as['organiser']!.ok(stars.candidacies.decide, {
      params: { id: a.id },
      body: { approve: false, reason: '尊重支部意见' },
    });
    expect([decided.state, decided.objection]).toEqual(['rejected', '希望维持三星目标']);
  });
});
