import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../../../domain/records/facts/index.ts';
import { standards } from '../../../domain/records/standards/index.ts';
import { stars } from '../../../domain/stars/contract.ts';
import { bestChecks } from '../../../tests/support/rural.ts';
import type { World } from '../../../tests/support/world.ts';
import { createYear, declaredYear, ref, type Year } from '../../../tests/support/year.ts';

// What a standard says reaches the star cards: the branch star as a precondition, what each star looks at, and both grades
// of a facility. The county's own version reads the branch star the other way round than the sample does.
let year: Year;
let world: World;
let as: Year['as'];
let cycleId: string;
let yaml: string;
const own = { id: 'sample-rural', version: '2026.2' };

beforeAll(async () => {
  year = await createYear();
  ({ world, as } = year);
  const sample = await as['organiser']!.ok(standards.get, { params: ref('sample-rural') });
  yaml = sample.sourceText
    .replace(/^version: .*$/m, "version: '2026.2'")
    .replaceAll('requires: []', 'requires: [branch]')
    .replace('requires: [industry, ecology, safety, civility]', 'requires: []');
  await as['organiser']!.ok(standards.draft, { body: { yaml } });
  await as['organiser']!.ok(standards.publish, { params: own, body: { reason: '支部过硬星为先决条件' } });
  // The second village holds no meetings: its branch star falls below a must, and nothing else.
  const unitId = world.units.eastVillage2;
  const query = { unit: unitId, metric: 'party-meetings-held', period: '2026' } as const;
  const { items } = await as['second']!.ok(facts.list, { query });
  const body = { value: '12', asOf: '2026-03-01', source: '会议记录', reason: '按记录核减' };
  await as['second']!.ok(facts.correct, { params: { id: items[0]!.id }, body });
  cycleId = await declaredYear(year, own);
  await as['organiser']!.ok(stars.cycles.advance, { params: { id: cycleId }, body: { to: 'self-assessment' } });
});
afterAll(() => world.close());

const card = (login: string, unitId: number) =>
  as[login]!.ok(stars.results.card, { params: { unitId }, query: { cycleId } });
const answer = (login: string, unitId: number, changed: Record<string, string> = {}) =>
  as[login]!.ok(stars.assessing.answer, {
    params: { unitId },
    body: {
      cycleId,
      answers: bestChecks(year.rural).map((a) => ({ ...a, value: changed[a.criterion] ?? a.value })),
      submit: true,
    },
  });

describe('the branch star as a precondition', () => {
  it('M386 counts no other star toward the level unless the strong-branch star is held, and says why', async () => {
    await answer('secretary', world.units.eastVillage);
    await answer('second', world.units.eastVillage2);
    const held = await card('secretary', world.units.eastVillage);
    expect(held.stars.filter((s) => s.held).map((s) => s.id)).toEqual(['branch', 'industry', 'ecology', 'safety']);
    expect(held.level).toBe(4);

    const barred = await card('second', world.units.eastVillage2);
    const passed = barred.stars.filter((s) => s.passed).map((s) => s.id);
    expect(passed).toEqual(['industry', 'ecology', 'safety']);
    expect([barred.level, barred.stars.some((s) => s.held)]).toEqual([0, false]);
    for (const star of barred.stars.filter((s) => s.passed)) {
      expect(star.requires).toEqual([expect.objectContaining({ id: 'branch', held: false })]);
      expect(star.reasons.map((r) => r.zh).join()).toContain('须先持有 支部过硬星');
      expect(star.way!.blockers).toEqual([expect.objectContaining({ kind: 'requires', id: 'branch' })]);
    }
  });
});

describe('what each star looks at', () => {
  const of = async (star: string) =>
    (await card('secretary', world.units.eastVillage)).stars.find((s) => s.id === star)!;

  it('M377 weighs double binding, a leading industry and the collective economy more than the rest of the star', async () => {
    const { criteria, full } = await of('industry');
    const weight = (ids: string[]) => ids.reduce((sum, id) => sum + criteria.find((c) => c.id === id)!.full, 0) / full;
    expect(weight(['industry.income', 'industry.growth', 'industry.binding', 'industry.main'])).toBeGreaterThan(0.6);
    expect(criteria.find((c) => c.id === 'industry.binding')).toMatchObject({
      key: 'double-bound-households-share',
      missing: false,
    });
    expect(criteria.find((c) => c.id === 'industry.main')!.valueKind).toBe('check');
  });

  it('M379 measures toilets, sewage and the living environment from facts, each with source and day', async () => {
    const { criteria } = await of('ecology');
    for (const id of ['ecology.toilets', 'ecology.sewage', 'ecology.refuse', 'ecology.courtyards']) {
      const c = criteria.find((one) => one.id === id)!;
      expect([id, c.missing, c.points > 0, c.source !== null, c.asOf !== null]).toEqual([id, false, true, true, true]);
      const opened = await as['secretary']!.ok(facts.records, {
        params: { id: world.units.eastVillage, key: c.key },
        query: { period: '2026' },
      });
      expect([id, opened.value, opened.items.every((i) => i.source === '台账')]).toEqual([id, c.value, true]);
      expect(opened.total).toBeGreaterThan(0);
    }
    expect(criteria.find((c) => c.id === 'ecology.toilets')!.value).toBe('0.975');
  });

  it('M382 looks at centres, customs and services, with what was held and done as facts', async () => {
    const { criteria } = await of('civility');
    expect(criteria.map((c) => [c.id, c.valueKind])).toEqual([
      ['civility.station', 'figure'],
      ['civility.customs', 'check'],
      ['civility.elderly', 'figure'],
      ['civility.volunteers', 'figure'],
      ['civility.centre', 'review'],
    ]);
    expect(criteria.find((c) => c.id === 'civility.station')).toMatchObject({ value: '26', missing: false });
  });
});

describe('from existence to quality', () => {
  it('M363 judges a facility twice, present and good, each answered, scored and returned by itself', async () => {
    await answer('west', world.units.westVillage, { 'safety.fire-ready': '差' });
    const grades = async () =>
      (await card('west', world.units.westVillage)).stars
        .find((s) => s.id === 'safety')!
        .criteria.filter((c) => c.id.startsWith('safety.fire'))
        .map((c) => [c.id, c.value, c.points]);
    expect(await grades()).toEqual([
      ['safety.fire', '1', 1000],
      ['safety.fire-ready', '差', 0],
    ]);
    const safety = (await card('west', world.units.westVillage)).stars.find((s) => s.id === 'safety')!;
    const said = safety.criteria
      .filter((c) => c.facility)
      .map((c) => [c.id, c.facility!.aspect, c.facility!.other?.id]);
    expect(said).toEqual([
      ['safety.fire', 'present', 'safety.fire-ready'],
      ['safety.fire-ready', 'good', 'safety.fire'],
    ]);
    for (const [login, unitId] of [
      ['secretary', world.units.eastVillage],
      ['second', world.units.eastVillage2],
      ['west', world.units.westVillage],
    ] as const)
      await as[login]!.ok(stars.confirming.confirm, { params: { unitId }, body: { cycleId } });
    await as['organiser']!.ok(stars.cycles.advance, { params: { id: cycleId }, body: { to: 'township-review' } });
    const params = { unitId: world.units.westVillage };
    const decisions = [
      { criterion: 'safety.fire', decision: 'accept' as const },
      { criterion: 'safety.fire-ready', decision: 'return' as const, reason: '器材已经补齐，请重新评' },
    ];
    const seen = await as['westclerk']!.ok(stars.assessing.review, { params, body: { cycleId, decisions } });
    const decided = seen.items.filter((i) => i.id.startsWith('safety.fire')).map((i) => [i.id, i.review?.decision]);
    expect(decided).toEqual([
      ['safety.fire', 'accept'],
      ['safety.fire-ready', 'return'],
    ]);
    world.setNow('2026-03-02T10:00:00+08:00');
    const answers = [{ criterion: 'safety.fire-ready', value: '好', reason: '器材补齐，经过演练' }];
    await as['west']!.ok(stars.assessing.answer, { params, body: { cycleId, answers } });
    expect(await grades()).toEqual([
      ['safety.fire', '1', 1000],
      ['safety.fire-ready', '好', 1500],
    ]);
  });

  it('M363 refuses a standard that asks only whether a facility is there', async () => {
    const single = yaml.replace(/\n *facility: \{ id: fire-station, aspect: good \}/, '').replace('2026.2', '2026.3');
    const { ok, issues } = await as['organiser']!.ok(standards.validate, { body: { yaml: single } });
    const line = single.split('\n').findIndex((text) => text.includes('aspect: present')) + 1;
    expect([ok, issues]).toEqual([
      false,
      [expect.objectContaining({ line, field: 'stars[3].criteria[4].facility', code: 'invalid' })],
    ]);
    expect((await as['organiser']!.call(standards.draft, { body: { yaml: single } })).status).toBe(400);
  });
});

describe('a version and its years', () => {
  it('opens no cycle with a version that is not in effect in its year', async () => {
    const open = (version: string, of: number) =>
      as['organiser']!.call(stars.cycles.open, {
        body: {
          unitId: world.units.county,
          year: of,
          title: '周期',
          rural: { id: 'sample-rural', version },
          urban: null,
        },
      });
    expect((await open('2026.2', 2025)).code).toBe('standard-not-effective');
    const past = yaml
      .replace(/^version: .*$/m, "version: '2024.1'")
      .replace(/^effective: .*$/m, 'effective: { from: 2024-01-01, to: 2025-06-30 }');
    await as['organiser']!.ok(standards.draft, { body: { yaml: past } });
    const params = { id: 'sample-rural', version: '2024.1' };
    await as['organiser']!.ok(standards.publish, { params, body: { reason: '补录' } });
    expect((await open('2024.1', 2027)).code).toBe('standard-not-effective');
    expect((await open('2024.1', 2025)).status).toBe(200);
  });
});
