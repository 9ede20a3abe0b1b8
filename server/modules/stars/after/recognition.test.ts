import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publications } from '../../../../domain/records/publications/index.ts';
import { recognition } from '../../../../domain/stars/contract-recognition.ts';
import { placeCycle, placeResult } from '../../../../tests/support/results.ts';
import { type Client, createWorld, type World } from '../../../../tests/support/world.ts';

let world: World;
let cycleId: string;
let secretaryId: string;
const as: Record<'organiser' | 'owner' | 'secretary' | 'neighbour' | 'clerk' | 'visitor', Client> = {} as never;
const document = { title: '关于表彰的决定', number: '示文〔2026〕3号' };

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('owner', u.county, [['overall-owner', u.county]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  secretaryId = await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('neighbour', u.westVillage, [['branch-secretary', u.westVillage]]);
  for (const name of ['organiser', 'owner', 'secretary', 'neighbour', 'clerk'] as const)
    as[name] = await world.as(name);
  as.visitor = await world.as();
  cycleId = await world.asSystem(async (rq) => {
    const id = await placeCycle(rq, u.county, 'named');
    await placeResult(rq, world, id, { unitId: u.eastVillage, level: 4 });
    await placeResult(rq, world, id, { unitId: u.eastVillage2, level: 2 });
    await placeResult(rq, world, id, { unitId: u.westVillage, level: 5 });
    return id;
  });
});
afterAll(() => world.close());

describe('honours of units', () => {
  it('M202 checks the three-star condition and explains a refusal', async () => {
    const four = await as.secretary.ok(recognition.eligibility, { params: { unitId: world.units.eastVillage } });
    expect(four).toMatchObject({ eligible: true, level: 4, needed: 3, sample: true });
    const two = await as.organiser.ok(recognition.eligibility, { params: { unitId: world.units.eastVillage2 } });
    expect(two.eligible).toBe(false);
    expect(two.why.zh).toContain('现为 2 星');
    const refused = await as.organiser.call(recognition.recommend, {
      body: { kind: 'honour', unitId: world.units.eastVillage2, honour: '先进村', basis: document },
    });
    expect([refused.status, refused.code]).toEqual([409, 'honour-three-stars']);
    expect(
      (await as.neighbour.call(recognition.eligibility, { params: { unitId: world.units.eastVillage } })).status,
    ).toBe(404);
  });

  it('M203 puts five and four stars first and records the decision to recommend', async () => {
    const list = await as.organiser.ok(recognition.candidates, { query: { under: world.units.county } });
    expect(list.eligible.map((b) => [b.unitId, b.level, b.priority])).toEqual([
      [world.units.westVillage, 5, true],
      [world.units.eastVillage, 4, true],
    ]);
    expect(list.refused.map((b) => b.unitId)).toContain(world.units.eastVillage2);
    expect((await as.secretary.call(recognition.candidates, { query: { under: world.units.county } })).status).toBe(
      403,
    );
    const r = await as.organiser.ok(recognition.recommend, {
      body: { kind: 'honour', unitId: world.units.eastVillage, honour: '省级文明村', basis: document },
    });
    const done = await as.owner.ok(recognition.stepRecommendation, {
      params: { id: r.id },
      body: { step: 'recommend', reason: '四星支部，条件成熟' },
    });
    expect(done).toMatchObject({ state: 'recommended', decision: { recommend: true, reason: '四星支部，条件成熟' } });
  });

  it('M204 records basis, consent, decision and outcome of recommending a secretary, and decides nothing itself', async () => {
    const body = {
      kind: 'recruitment' as const,
      unitId: world.units.eastVillage,
      honour: '乡镇公务员招录',
      basis: document,
    };
    expect((await as.organiser.call(recognition.recommend, { body })).code).toBe('recommendation-person');
    const { id } = await as.organiser.ok(recognition.recommend, { body: { ...body, personId: secretaryId } });
    const step = (client: Client, given: object) =>
      client.call(recognition.stepRecommendation, { params: { id }, body: given as never });
    expect((await step(as.owner, { step: 'recommend', reason: '同意' })).code).toBe('recommendation-consent');
    expect((await step(as.organiser, { step: 'consent' })).code).toBe('recommendation-own');
    expect((await step(as.neighbour, { step: 'consent' })).status).toBe(404);
    expect((await step(as.secretary, { step: 'consent', document: '本人书面同意', on: '2026-03-02' })).status).toBe(
      200,
    );
    expect((await step(as.secretary, { step: 'recommend', reason: '我' })).status).not.toBe(200);
    expect((await step(as.owner, { step: 'recommend', reason: '综合考虑' })).status).toBe(200);
    expect((await step(as.organiser, { step: 'outcome', reason: '已录用' })).code).toBe('recommendation-outcome');
    const last = await step(as.organiser, {
      step: 'outcome',
      reason: '已录用',
      by: '省级招录机关',
      document: '录用公告',
    });
    expect(last.body).toMatchObject({ state: 'decided-elsewhere', outcome: { by: '省级招录机关' } });
    expect((await as.secretary.call(recognition.recommendations)).status).toBe(403);
  });

  it('M212 M310 registers what higher bodies grant, with number, day, validity and review', async () => {
    const { county, westVillage, eastVillage } = world.units;
    const given = { grantor: '省有关部门', grantedOn: '2026-02-20', basis: document.title };
    const register = (client: Client, extra: object) =>
      client.call(recognition.registerHonour, { body: { ...given, ...extra } as never });
    const tourism = { unitId: county, kind: 'tourism-county', title: '全域旅游示范县', validTo: '2029-02-20' };
    expect((await register(as.organiser, tourism)).code).toBe('honour-number');
    expect((await register(as.organiser, { ...tourism, number: '省旅〔2026〕1号' })).body).toMatchObject({
      inForce: true,
    });
    expect((await register(as.clerk, { ...tourism, number: 'x' })).status).toBe(403);
    const five = {
      kind: 'provincial-five-star',
      title: '省级“五星”支部',
      number: '豫星2026-7',
      reviewOn: '2027-02-20',
    };
    expect((await register(as.organiser, { ...five, unitId: eastVillage })).code).toBe('honour-five-stars');
    expect((await register(as.organiser, { ...five, unitId: westVillage })).status).toBe(200);
    const seen = await as.neighbour.ok(recognition.honours, { query: { kind: 'provincial-five-star' } });
    expect(seen.items).toMatchObject([{ number: '豫星2026-7', reviewOn: '2027-02-20', unitId: westVillage }]);
  });
});

describe('plaques', () => {
  it('M207 records the meeting publicly and issues numbered plaques to named branches, replaces and withdraws them', async () => {
    const params = { id: cycleId };
    const body = { title: '全县“五星”支部表彰大会', heldOn: '2026-03-01', place: '县礼堂', document, unitIds: [] };
    expect((await as.clerk.call(recognition.commend, { params, body })).status).toBe(403);
    const unnamed = { ...body, unitIds: [world.units.community] };
    expect((await as.organiser.call(recognition.commend, { params, body: unnamed })).code).toBe('plaque-not-named');
    const { plaques, commendationId } = await as.organiser.ok(recognition.commend, { params, body });
    expect(plaques.map((p) => p.number).sort()).toEqual(['牌2026-0001', '牌2026-0002', '牌2026-0003']);
    const text = await as.visitor.ok(publications.getPublic, { params: { id: commendationId } });
    expect(JSON.stringify(text.body)).toContain('青石村');
    const mine = plaques.find((p) => p.unitId === world.units.eastVillage)!;
    const change = (given: object) =>
      as.organiser.call(recognition.changePlaque, { params: { id: mine.id }, body: given as never });
    const given = { reason: '牌匾损坏', onDay: '2026-03-02' };
    expect((await change({ ...given, change: 'withdraw' })).code).toBe('plaque-named');
    expect((await change({ ...given, change: 'replace' })).body).toMatchObject({
      state: 'replaced',
      replacedBy: '牌2026-0004',
    });
    expect((await change({ ...given, change: 'replace' })).code).toBe('designation-ended');
    const list = await as.secretary.ok(recognition.plaques);
    expect(list.items.map((p) => [p.number, p.state])).toEqual(
      expect.arrayContaining([
        ['牌2026-0004', 'issued'],
        [mine.number, 'replaced'],
      ]),
    );
    expect(list.total).toBe(2);
  });
});

describe('model sites', () => {
  const nominate = (kind: 'benchmark' | 'model-village' | 'governance-site', unitId: number) => ({
    kind,
    unitId,
    title: `培育${kind}`,
    criteria: '组织生活规范、集体收入稳定、群众评价好',
    document,
  });

  it('M056 takes a provincial benchmark from nomination to recognition and publishes its lessons', async () => {
    const body = nominate('benchmark', world.units.westVillage);
    expect((await as.neighbour.call(recognition.nominate, { body })).status).toBe(403);
    const c = await as.organiser.ok(recognition.nominate, { body });
    expect((await as.organiser.call(recognition.nominate, { body })).code).toBe('cultivation-running');
    const step = (given: object) =>
      as.organiser.call(recognition.cultivate, { params: { id: c.id }, body: given as never });
    expect((await step({ step: 'lesson', text: '经验' })).code).toBe('cultivation-state');
    expect((await step({ step: 'cultivate', text: '纳入培育名单' })).body).toMatchObject({ state: 'cultivated' });
    expect((await step({ step: 'recognise', text: '认定' })).code).toBe('cultivation-recognition');
    const recognised = await step({ step: 'recognise', text: '认定', grantor: '省委有关部门', number: '省标2026-3' });
    expect(recognised.body).toMatchObject({ state: 'recognised' });
    const { body: withLesson } = await step({ step: 'lesson', text: '支部领办合作社的三点做法……' });
    const lesson = (withLesson as { lessons: { id: string }[] }).lessons[0]!;
    expect((await as.visitor.call(publications.getPublic, { params: { id: lesson.id } })).status).toBe(200);
  });

  it('M432 cultivates model villages: selection, support, acceptance and exit', async () => {
    const c = await as.clerk.ok(recognition.nominate, { body: nominate('model-village', world.units.eastVillage) });
    const step = (client: Client, given: object) =>
      client.call(recognition.cultivate, { params: { id: c.id }, body: given as never });
    await step(as.clerk, { step: 'cultivate', text: '入选' });
    await step(as.clerk, { step: 'support', text: '派驻指导员' });
    expect((await step(as.clerk, { step: 'recognise', text: '验收通过' })).status).toBe(403);
    expect((await step(as.organiser, { step: 'recognise', text: '验收通过' })).body).toMatchObject({
      state: 'recognised',
      support: [{ text: '派驻指导员' }],
    });
    expect((await step(as.organiser, { step: 'exit', text: '三年到期' })).body).toMatchObject({ state: 'exited' });
  });

  it('M434 cultivates governance model sites in communities and publishes their methods', async () => {
    const c = await as.organiser.ok(recognition.nominate, { body: nominate('governance-site', world.units.community) });
    const step = (given: object) =>
      as.organiser.ok(recognition.cultivate, { params: { id: c.id }, body: given as never });
    await step({ step: 'cultivate', text: '纳入' });
    const shown = await step({ step: 'lesson', text: '“红色物业”议事办法' });
    expect(shown.lessons).toHaveLength(1);
    const listed = await as.organiser.ok(recognition.cultivations, { query: { kind: 'governance-site' } });
    expect(listed.items.map((i) => i.unitId)).toEqual([world.units.community]);
    expect((await as.secretary.ok(recognition.cultivations, { query: { kind: 'governance-site' } })).total).toBe(0);
  });
});
