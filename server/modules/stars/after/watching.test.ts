import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../../domain/records/cases/index.ts';
import { designations } from '../../../../domain/records/designations/index.ts';
import { notices } from '../../../../domain/records/notices/index.ts';
import { after } from '../../../../domain/stars/contract-after.ts';
import { recognition } from '../../../../domain/stars/contract-recognition.ts';
import { sql } from '../../../platform/db/sql.ts';
import { placeResult } from '../../../../tests/support/results.ts';
import { placeSampleCycle, placeStanding } from '../../../../tests/support/watching.ts';
import { type Client, createWorld, type World } from '../../../../tests/support/world.ts';
import { getCycle } from '../common.ts';
import { raiseWarnings } from './index.ts';

let world: World;
let cycleId: string;
let candidacyId: string;
const logins = ['organiser', 'owner', 'owner2', 'eastowner', 'leader', 'secretary', 'secretary2', 'neighbour'] as const;
const as: Record<(typeof logins)[number] | 'visitor', Client> = {} as never;
const document = { title: '动态管理办法', number: '示发〔2026〕12号' };

beforeAll(async () => {
  world = await createWorld({ now: '2026-03-02T09:00:00+08:00' });
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('owner', u.county, [['overall-owner', u.county]]);
  await world.person('owner2', u.county, [['overall-owner', u.county]]);
  await world.person('eastowner', u.east, [['overall-owner', u.east]]);
  await world.person('leader', u.county, [['star-leader', u.county, 'ecology']]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('secretary2', u.eastVillage2, [['branch-secretary', u.eastVillage2]]);
  await world.person('neighbour', u.westVillage, [['branch-secretary', u.westVillage]]);
  for (const login of logins) as[login] = await world.as(login);
  as.visitor = await world.as();
  cycleId = await world.asSystem(async (rq) => {
    const id = await placeSampleCycle(rq, u.county, 'watching');
    await placeResult(rq, world, id, { unitId: u.eastVillage, level: 5 });
    candidacyId = await placeResult(rq, world, id, { unitId: u.eastVillage2, level: 0, target: 3 });
    await placeResult(rq, world, id, { unitId: u.westVillage, level: 3 });
    await rq.db.run(sql`UPDATE cases SET state = 'monitored', closed_at = NULL WHERE id = ${candidacyId}`);
    for (const unit of [u.eastVillage, u.westVillage]) await placeStanding(rq, id, unit);
    return id;
  });
});
afterAll(() => world.close());

const nightly = () => world.asSystem(async (rq) => raiseWarnings(rq, await getCycle(rq, cycleId)));
const stand = (unitId: number, given: Record<string, string | null>) =>
  world.asSystem((rq) => placeStanding(rq, cycleId, unitId, given));
const open = (client: Client) => client.call(after.warnings, { query: { cycleId, open: 'true' } });

describe('early warning', () => {
  it('M133 raises a named star that would be lost today, with the way back and remedy tasks, once', async () => {
    expect(await nightly()).toEqual({ raised: 0, cleared: 0 });
    const result = await stand(world.units.eastVillage, { 'industry.income': '3' });
    expect(result.stars.filter((s) => s.held).map((s) => s.id)).toEqual(['ecology', 'safety', 'civility']);
    expect(await nightly()).toEqual({ raised: 2, cleared: 0 });
    expect(await nightly()).toEqual({ raised: 0, cleared: 0 });
    const { items, total } = await as.secretary.ok(after.warnings, { query: { cycleId, open: 'true' } });
    expect([total, items.every((w) => w.sample)]).toEqual([2, true]);
    const industry = items.find((w) => w.held === 'industry')!;
    expect(industry.starName.zh).toBe('产业兴旺星');
    expect(industry.reasons.map((r) => r.zh).join()).toContain('村集体经营性收入');
    expect(industry.way).toMatchObject([{ criterion: 'industry.income', valueNow: '3', valueNeeded: '5' }]);
    expect(industry.remedies).toMatchObject([{ type: 'task', star: 'industry', dueOn: '2026-03-30', overdue: false }]);
    const task = await as.secretary.ok(cases.get, { params: { id: industry.remedies[0]!.id } });
    expect([task.ownerName, task.data['criterion']]).toEqual(['secretary', 'industry.income']);
    // Lost only because another is lost: it says so and asks for nothing of its own.
    const branch = items.find((w) => w.held === 'branch')!;
    expect([branch.remedies.length, branch.reasons[0]!.zh.includes('产业兴旺星')]).toEqual([0, true]);
    const told = await as.secretary.ok(notices.list);
    expect(told.items.map((n) => n.kind)).toContain('star-warning');
    // What the platform did of itself is told in the reader's language.
    expect(told.items.find((n) => n.kind === 'case-assigned')!.words).toMatchObject({
      zh: expect.stringMatching(/^系统 交给您承办/),
      en: expect.stringMatching(/^The platform made you the owner/),
    });
  });

  it('M133 follows what is lacking, clears when the star is held again, and takes nothing from anybody', async () => {
    await stand(world.units.eastVillage, { 'industry.income': '4' });
    expect(await nightly()).toEqual({ raised: 0, cleared: 0 });
    const { items } = await as.organiser.ok(after.warnings, { query: { cycleId, open: 'true' } });
    expect(items.find((w) => w.held === 'industry')!.way[0]!.valueNow).toBe('4');
    await stand(world.units.eastVillage, {});
    expect(await nightly()).toEqual({ raised: 0, cleared: 2 });
    expect((await open(as.secretary)).body.total).toBe(0);
    const past = await as.secretary.ok(after.warnings, { query: { cycleId, open: 'false' } });
    expect(past.items.flatMap((w) => w.remedies.map((r) => r.state))).toEqual(['cancelled']);
    const held = await as.secretary.ok(designations.list, { query: { under: world.units.eastVillage, kind: 'star' } });
    expect(held.items.filter((d) => d.withdrawnOn === null)).toHaveLength(5);
  });

  it('M133 does not warn of what has not arrived while a new year is being filled in', async () => {
    const next = await world.asSystem((rq) => placeSampleCycle(rq, world.units.county, 'creating', 2027));
    const run = () => world.asSystem(async (rq) => raiseWarnings(rq, await getCycle(rq, next)));
    const place = (given: Record<string, string | null>) =>
      world.asSystem((rq) => placeStanding(rq, next, world.units.westVillage, given));
    await place({ 'ecology.toilets': null, 'ecology.sewage': null, 'ecology.refuse': null, 'ecology.plan': null });
    expect(await run()).toEqual({ raised: 0, cleared: 0 });
    await place({ 'ecology.toilets': '0', 'ecology.sewage': '0', 'ecology.refuse': '0' });
    expect((await run()).raised).toBeGreaterThan(0);
    await place({});
    await run();
  });

  it('M133 leaves a branch that a later year has named to that year', async () => {
    const later = await world.asSystem(async (rq) => {
      const id = await placeSampleCycle(rq, world.units.county, 'named', 2028);
      const candidacy = await placeResult(rq, world, id, { unitId: world.units.eastVillage, level: 0, target: 3 });
      await rq.db.run(sql`UPDATE cases SET state = 'named' WHERE id = ${candidacy}`);
      return { id, candidacy };
    });
    await stand(world.units.eastVillage, { 'industry.income': '3' });
    expect(await nightly()).toEqual({ raised: 0, cleared: 0 });
    await world.asSystem(async (rq) => {
      await rq.db.run(sql`UPDATE cases SET state = 'not-named' WHERE id = ${later.candidacy}`);
      await rq.db.run(sql`UPDATE cases SET state = 'closed', closed_at = ${rq.now} WHERE id = ${later.id}`);
    });
  });

  it('shows each reader the branches they answer for, and visitors nothing', async () => {
    await stand(world.units.eastVillage, { 'industry.income': '3' });
    await nightly();
    expect((await open(as.visitor)).status).toBe(401);
    expect((await open(as.neighbour)).body.total).toBe(0);
    expect((await open(as.eastowner)).body.total).toBe(2);
    const below = { cycleId, under: world.units.eastVillage };
    expect((await as.neighbour.call(after.warnings, { query: below })).status).toBe(404);
    expect((await as.organiser.call(after.warnings, { query: { cycleId: 'x' } })).status).toBe(400);
    await stand(world.units.eastVillage, {});
    await nightly();
  });
});

const propose = (client: Client, given: object) =>
  client.call(after.proposeDowngrade, {
    body: { unitId: world.units.eastVillage, star: 'ecology', facts: '连续两季污水直排', document, ...given },
  });
const hear = (client: Client, id: string, on = '2026-03-04') =>
  client.call(after.hearDowngrade, { params: { id }, body: { on, words: '管网正在修复，请求延期' } });
const decide = (client: Client, id: string, given: object) =>
  client.call(after.decideDowngrade, {
    params: { id },
    body: { downgrade: true, reason: '整改未完成', effectiveOn: '2026-03-30', ...given },
  });
const appeal = (client: Client, id: string) =>
  client.call(after.appeal, { params: { id }, body: { text: '事实有出入' } });
const answer = (client: Client, id: string, upheld: boolean) =>
  client.call(after.answerAppeal, { params: { id }, body: { answer: '已复核', upheld } });
const effect = (client: Client, id: string) => client.call(after.effectDowngrade, { params: { id } });

describe('downgrade', () => {
  it('M136 lowers a star only through facts, notice, hearing, decision, appeal and effective day', async () => {
    await as.organiser.ok(recognition.commend, {
      params: { id: cycleId },
      body: { title: '表彰大会', heldOn: '2026-03-01', place: '县礼堂', document, unitIds: [world.units.eastVillage] },
    });
    expect((await propose(as.secretary, {})).status).toBe(403);
    expect((await propose(as.organiser, { star: null })).code).toBe('downgrade-one');
    expect((await propose(as.organiser, { candidacyId })).code).toBe('downgrade-one');
    expect((await propose(as.leader, { star: 'industry' })).status).toBe(403);
    expect((await propose(as.organiser, { unitId: world.units.westVillage, star: 'civility' })).code).toBe(
      'downgrade-star',
    );
    expect((await propose(as.organiser, { document: { title: '', number: '' } })).status).toBe(400);
    const { body, status } = await propose(as.organiser, {});
    expect([status, body.state, body.noticeOn, body.sample]).toEqual([200, 'proposed', '2026-03-02', true]);
    const { id } = body;
    expect((await propose(as.leader, {})).code).toBe('downgrade-open');
    expect((await as.secretary.ok(notices.list)).items.map((n) => n.kind)).toContain('star-downgrade');
    expect((await as.neighbour.call(after.getDowngrade, { params: { id } })).status).toBe(404);
    expect((await as.visitor.call(after.downgrades)).status).toBe(401);

    expect((await decide(as.owner, id, {})).code).toBe('downgrade-hearing');
    expect((await effect(as.organiser, id)).code).toBe('wrong-state');
    world.setNow('2026-03-05T09:00:00+08:00');
    expect((await hear(as.organiser, id)).status).toBe(403);
    expect((await hear(as.secretary, id, '2026-03-09')).code).toBe('hearing-future');
    expect((await hear(as.secretary, id, '2026-02-09')).code).toBe('hearing-before-notice');
    expect((await hear(as.secretary, id)).body).toMatchObject({ state: 'heard', hearing: { by: 'secretary' } });
    expect((await hear(as.secretary, id)).code).toBe('wrong-state');

    expect((await decide(as.organiser, id, {})).status).toBe(403);
    expect((await decide(as.eastowner, id, {})).status).toBe(403);
    expect((await decide(as.owner, id, { effectiveOn: undefined })).code).toBe('downgrade-day');
    expect((await decide(as.owner, id, { effectiveOn: '2026-03-10' })).code).toBe('downgrade-effective');
    expect((await decide(as.owner, id, { reason: '' })).status).toBe(400);
    const decided = (await decide(as.owner, id, {})).body;
    expect(decided).toMatchObject({ state: 'decided', appealUntil: '2026-03-19', decision: { by: 'owner' } });
    expect(decided.openSteps).toEqual([]);
    const step = (await as.secretary.ok(after.getDowngrade, { params: { id } })).openSteps;
    expect(step).toMatchObject([{ step: 'appeal', why: null }]);

    expect((await appeal(as.organiser, id)).status).toBe(403);
    expect((await answer(as.owner2, id, false)).code).toBe('appeal-none');
    expect((await appeal(as.secretary, id)).body.appeal).toMatchObject({ by: 'secretary', answer: null });
    expect((await appeal(as.secretary, id)).code).toBe('appeal-once');
    world.setNow('2026-04-01T09:00:00+08:00');
    expect((await effect(as.organiser, id)).code).toBe('appeal-unanswered');
    expect((await answer(as.owner, id, false)).code).toBe('appeal-same-person');
    expect((await answer(as.owner2, id, false)).body.appeal).toMatchObject({ answeredBy: 'owner2', upheld: false });
    expect((await effect(as.secretary, id)).status).toBe(403);
    expect((await effect(as.organiser, id)).body.state).toBe('effective');
    expect((await effect(as.organiser, id)).code).toBe('wrong-state');
    await fourStarsRemain(id);
  });

  async function fourStarsRemain(id: string) {
    const { items } = await as.secretary.ok(designations.list, {
      query: { under: world.units.eastVillage, limit: 100 },
    });
    const standing = items.filter((d) => d.withdrawnOn === null);
    expect(standing.filter((d) => d.kind === 'star').map((d) => d.star)).toEqual(
      expect.arrayContaining(['branch', 'industry', 'safety', 'civility']),
    );
    expect(standing.filter((d) => d.kind === 'star')).toHaveLength(4);
    expect(standing.filter((d) => d.kind === 'star-branch').map((d) => [d.level, d.caseId])).toEqual([[4, id]]);
    expect(standing.some((d) => d.kind === 'plaque')).toBe(false);
    const lost = items.find((d) => d.star === 'ecology')!;
    expect([lost.withdrawnOn, lost.withdrawnByCaseId]).toEqual(['2026-04-01', id]);
  }

  it('M136 drops a downgrade whose appeal is upheld, or that is not decided, and keeps the star', async () => {
    const { id } = (await propose(as.organiser, { star: 'safety' })).body;
    await hear(as.secretary, id, '2026-04-01');
    await decide(as.owner, id, { effectiveOn: '2026-05-20' });
    await appeal(as.secretary, id);
    expect((await answer(as.owner2, id, true)).body).toMatchObject({ state: 'dropped', appeal: { upheld: true } });
    const second = (await propose(as.organiser, { star: 'safety' })).body;
    expect((await decide(as.owner, second.id, { downgrade: false, reason: '事实不清' })).body.state).toBe('dropped');
    const kept = await as.secretary.ok(designations.list, { query: { under: world.units.eastVillage, kind: 'star' } });
    expect(kept.items.find((d) => d.star === 'safety')!.withdrawnOn).toBeNull();
  });

  it('M136 refuses an appeal after its time, and takes effect from the decided day and not before', async () => {
    const { id } = (await propose(as.organiser, { star: 'safety' })).body;
    await hear(as.secretary, id, '2026-04-01');
    const { appealUntil } = (await decide(as.owner, id, { effectiveOn: '2026-04-20' })).body;
    // Ten workdays, with the Qingming holiday in between.
    expect(appealUntil).toBe('2026-04-16');
    world.setNow('2026-04-17T09:00:00+08:00');
    expect((await appeal(as.secretary, id)).code).toBe('appeal-late');
    expect((await effect(as.organiser, id)).code).toBe('downgrade-not-yet');
    world.setNow('2026-04-20T09:00:00+08:00');
    expect((await effect(as.organiser, id)).body.state).toBe('effective');
  });

  it('M136 removes a candidate the same way, and never by one person', async () => {
    const given = { unitId: world.units.eastVillage2, star: null, candidacyId };
    as.secretary2 = await world.as('secretary2');
    expect((await propose(as.organiser, { ...given, unitId: world.units.eastVillage })).code).toBe(
      'downgrade-other-unit',
    );
    const { id, kind } = (await propose(as.organiser, given)).body;
    expect(kind).toBe('candidate');
    expect((await hear(as.secretary, id, '2026-04-20')).status).toBe(404);
    expect((await hear(as.secretary2, id, '2026-04-20')).status).toBe(200);
    await decide(as.owner, id, { effectiveOn: '2026-05-25' });
    world.setNow('2026-05-26T09:00:00+08:00');
    for (const login of ['organiser', 'secretary2'] as const) as[login] = await world.as(login);
    expect((await effect(as.organiser, id)).body.state).toBe('effective');
    const c = await as.secretary2.ok(cases.get, { params: { id: candidacyId } });
    expect(c.state).toBe('withdrawn');
    expect((await propose(as.organiser, given)).code).toBe('downgrade-candidacy');
    const mine = await as.secretary2.ok(after.downgrades, { query: { unitId: world.units.eastVillage2 } });
    expect(mine.items.map((d) => d.id)).toEqual([id]);
    expect((await as.secretary2.call(after.downgrades, { query: { unitId: world.units.westVillage } })).status).toBe(
      404,
    );
  });

  it('M136 hears a branch that keeps silent only by an invitation in writing, after its five workdays, and then decides', async () => {
    as.owner = await world.as('owner');
    as.secretary = await world.as('secretary');
    const { id, noticeOn } = (await propose(as.organiser, { star: 'civility' })).body;
    expect(noticeOn).toBe('2026-05-26');
    const miss = (client: Client, on: string) =>
      client.call(after.missDowngrade, { params: { id }, body: { on, document } });
    world.setNow('2026-06-03T09:00:00+08:00');
    for (const login of ['organiser', 'secretary', 'owner'] as const) as[login] = await world.as(login);
    expect((await miss(as.secretary, '2026-06-02')).status).toBe(403);
    expect((await miss(as.organiser, '2026-06-01')).code).toBe('hearing-term');
    expect((await miss(as.organiser, '2026-06-03')).code).toBe('hearing-future');
    expect((await decide(as.owner, id, { effectiveOn: '2026-07-20' })).code).toBe('downgrade-hearing');
    const missed = (await miss(as.organiser, '2026-06-02')).body;
    expect(missed).toMatchObject({ state: 'heard', hearing: { on: '2026-06-02', invitation: document } });
    expect((await miss(as.organiser, '2026-06-02')).status).toBe(409);
    expect((await decide(as.owner, id, { effectiveOn: '2026-07-20' })).body.state).toBe('decided');
  });
});
