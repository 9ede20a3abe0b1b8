import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../../domain/records/cases/index.ts';
import { standards } from '../../../../domain/records/standards/index.ts';
import { type Band, bandsOf } from '../../../../domain/stars/after-rules.ts';
import { after } from '../../../../domain/stars/contract-after.ts';
import { guidanceClasses, guidanceClassOf } from '../../../../domain/stars/duties.ts';
import { json, sql } from '../../../platform/db/sql.ts';
import { inRoot } from '../../../platform/paths.ts';
import { enterFact } from '../../../records/facts/index.ts';
import { openCase } from '../../../records/cases/index.ts';
import { createUnit } from '../../../records/units/index.ts';
import { attachTo } from '../../../../tests/support/attached.ts';
import { placeSampleCycle, placeStanding, placeStars } from '../../../../tests/support/watching.ts';
import { type Client, createWorld, type World } from '../../../../tests/support/world.ts';
import { findStanding, rescoreUnits } from '../standings.ts';

let world: World;
let cycleId: string;
let more: number[] = [];
const as: Record<'organiser' | 'clerk' | 'westclerk' | 'secretary' | 'neighbour' | 'visitor', Client> = {} as never;
const document = { title: '平安建设文件', number: '示政〔2026〕4号' };

async function addVillages(): Promise<number[]> {
  return world.asSystem(async (rq) => {
    const ids = [];
    for (const [i, name] of ['沙岭村', '槐树村', '新庄村', '河湾村', '梨园村', '南坡村'].entries()) {
      const base = { day: '2020-01-01', document: '测试', attributes: {}, type: 'village' as const };
      const unit = await createUnit(rq, {
        ...base,
        parentId: world.units.west,
        code: `w${i}`,
        name,
        scheme: 'rural',
      });
      ids.push(unit.id);
    }
    return ids;
  });
}

beforeAll(async () => {
  world = await createWorld({ now: '2026-03-02T09:00:00+08:00' });
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('westclerk', u.west, [['township-clerk', u.west]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('neighbour', u.westVillage, [['branch-secretary', u.westVillage]]);
  for (const login of ['organiser', 'clerk', 'westclerk', 'secretary', 'neighbour'] as const)
    as[login] = await world.as(login);
  as.visitor = await world.as();
  more = await addVillages();
  cycleId = await world.asSystem(async (rq) => {
    const id = await placeSampleCycle(rq, u.county, 'watching');
    await placeStars(rq, u.county, id, u.eastVillage, ['industry', 'ecology', 'safety', 'civility', 'branch']);
    await placeStars(rq, u.county, id, u.eastVillage2, ['ecology', 'safety']);
    await placeStars(rq, u.county, id, u.westVillage, ['ecology', 'safety', 'civility']);
    for (const [unitId, targetLevel] of [
      [u.eastVillage, 5],
      [u.eastVillage2, 4],
      [u.westVillage, 4],
      [more[0]!, 0],
    ] as const)
      await rq.db
        .run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, parent_id, opened_at, changed_at, data)
        SELECT gen_random_uuid(), 'candidacy', 'approved', name, id, unit_path, ${id}, ${rq.now}, ${rq.now},
          ${json({ targetLevel, targetStars: [], stretchLevel: null, origin: 'planned', commitments: '', isNew: true })}::jsonb
        FROM units WHERE id = ${unitId}`);
    return id;
  });
});
afterAll(() => world.close());

describe('guidance by class', () => {
  const list = (client: Client, under: number) => client.call(after.classes, { query: { under, cycleId } });
  const deliver = (client: Client, given: object) =>
    client.call(after.deliverGuidance, {
      body: { cycleId, under: world.units.county, class: 'climb', note: '先做最近的一颗星', ...given },
    });

  it('M112 puts every branch in one class by target and level and delivers its guidance and checklist', async () => {
    const u = world.units;
    const { classes, sample } = (await list(as.organiser, u.county)).body;
    const of = (key: string) => classes.find((c) => c.key === key)!.units.map((b) => b.unitId);
    expect([of('lead'), of('climb'), of('strive'), of('hold')]).toEqual([
      [u.eastVillage],
      [u.eastVillage2],
      [u.westVillage],
      [more[0]],
    ]);
    expect(of('open').sort()).toEqual([u.community, ...more.slice(1)].sort());
    expect([sample, classes.every((c) => c.checklist.length > 0 && c.delivered === 0)]).toEqual([true, true]);

    expect((await deliver(as.secretary, {})).status).toBe(403);
    expect((await deliver(as.clerk, {})).status).toBe(403);
    expect((await deliver(as.clerk, { under: u.west })).status).toBe(404);
    expect((await deliver(as.organiser, { class: 'best' })).code).toBe('class-unknown');
    expect((await deliver(as.organiser, { dueOn: '2026-01-01' })).code).toBe('due-past');
    expect((await deliver(as.organiser, { note: '' })).status).toBe(400);
    expect((await deliver(as.clerk, { under: u.east, class: 'lead', dueOn: '2026-05-01' })).body).toEqual({
      delivered: 1,
    });
    expect((await deliver(as.clerk, { under: u.east, class: 'lead' })).code).toBe('class-empty');
    const mine = await as.secretary.ok(cases.list, { query: { type: 'star-duty', under: u.eastVillage } });
    const { data, ownerName, dueOn } = await as.secretary.ok(cases.get, { params: { id: mine.items[0]!.id } });
    expect([data['note'], ownerName, dueOn]).toEqual(['先做最近的一颗星', 'secretary', '2026-05-01']);
    expect(data['checklist']).toEqual(guidanceClasses[0]!.checklist);
    expect((await deliver(as.organiser, { class: 'open' })).body.delivered).toBe(6);
    const after2 = (await list(as.organiser, u.county)).body.classes;
    expect(after2.map((c) => [c.key, c.delivered])).toEqual([
      ['lead', 1],
      ['strive', 0],
      ['climb', 0],
      ['hold', 0],
      ['open', 6],
    ]);
  });

  it('shows each reader their own units only', async () => {
    const { county, eastVillage } = world.units;
    expect((await list(as.visitor, county)).status).toBe(401);
    expect((await list(as.secretary, county)).status).toBe(403);
    expect((await list(as.neighbour, eastVillage)).status).toBe(404);
    const own = (await list(as.secretary, eastVillage)).body.classes;
    expect(own.flatMap((c) => c.units.map((b) => b.unitId))).toEqual([eastVillage]);
    expect((await as.organiser.call(after.classes, { query: {} as never })).status).toBe(400);
  });

  it('puts any level and target in exactly one class', () => {
    const keys = guidanceClasses.map((c) => c.key);
    fc.assert(
      fc.property(fc.nat(5), fc.option(fc.nat(5)), (level, target) => {
        expect(keys).toContain(guidanceClassOf(level, target, 5));
      }),
    );
  });
});

describe('bands', () => {
  const bands = (client: Client, query: object = {}) =>
    client.call(after.bands, { query: { under: world.units.county, cycleId, ...query } });
  const support = (client: Client, given: object = {}) =>
    client.call(after.supportBand, {
      body: { cycleId, unitId: more[5]!, band: 'bottom', measure: '选派第一书记', dueOn: '2026-06-01', ...given },
    });

  it('M390 splits units into top, middle and bottom, prints the parameters and tracks measures for each', async () => {
    expect((await bands(as.organiser)).code).toBe('bands-few');
    await world.asSystem(async (rq) => {
      const lows: Record<string, string>[] = [{}, {}, { 'civility.station': '0' }, { 'industry.income': '3' }];
      const places = [world.units.westVillage, ...more];
      for (const [i, unitId] of places.entries())
        await placeStanding(rq, cycleId, unitId, lows[i] ?? { 'industry.income': '3', 'ecology.plan': '0' });
      await placeStanding(rq, cycleId, more[5]!, { 'industry.income': '0', 'ecology.plan': '0', 'safety.fire': '0' });
    });
    const { body } = await bands(as.organiser, { top: 30, bottom: 20 });
    expect(body.parameters).toMatchObject({ top: 30, bottom: 20, measured: 7, kind: 'live' });
    expect(body.parameters.order.zh).toContain('星级');
    expect(body.sample).toBe(true);
    const of = (band: Band) => body.bands.find((b) => b.band === band)!;
    // Two are equal at the upper cut and go up together; units stand in the order of the tree, without points.
    expect(of('top').units.map((b) => b.unitId)).toEqual([world.units.westVillage, more[0]]);
    expect(of('bottom').units.map((b) => b.unitId)).toEqual([more[5]]);
    expect(of('middle').count).toBe(4);
    expect(JSON.stringify(body.bands)).not.toContain('total');

    expect((await support(as.neighbour)).status).toBe(403);
    expect((await support(as.clerk)).status).toBe(404);
    expect((await support(as.westclerk, { dueOn: '2026-01-01' })).code).toBe('due-past');
    expect((await support(as.westclerk, { band: 'last' as never })).status).toBe(400);
    expect((await support(as.westclerk)).body).toMatchObject({ type: 'star-duty', dueOn: '2026-06-01' });
    await support(as.westclerk, { unitId: world.units.westVillage, band: 'top', measure: '总结推广做法' });
    const again = (await bands(as.organiser, { top: 30 })).body.bands;
    expect(again.map((b) => b.measures.map((m) => m.title))).toEqual([
      ['先进帮扶：总结推广做法'],
      [],
      ['后进帮扶：选派第一书记'],
    ]);
    expect((await support(as.secretary, { unitId: world.units.eastVillage })).status).toBe(403);
  });

  it('M390 keeps to the parameters allowed and to the reader’s own units', async () => {
    expect((await bands(as.organiser, { top: 60 })).status).toBe(400);
    expect((await bands(as.secretary)).status).toBe(403);
    expect((await bands(as.visitor)).status).toBe(401);
    expect((await bands(as.westclerk, { under: world.units.west })).body.parameters.measured).toBe(7);
    expect((await bands(as.westclerk, { under: world.units.east })).status).toBe(404);
  });

  it('never parts equal units, and never puts a worse one above a better one', () => {
    const order: Record<Band, number> = { bottom: 0, middle: 1, top: 2 };
    const unit = fc.record({ level: fc.nat(5), total: fc.nat(20) });
    fc.assert(
      fc.property(
        fc.array(unit),
        fc.integer({ min: 5, max: 45 }),
        fc.integer({ min: 5, max: 45 }),
        (units, top, low) => {
          const found = bandsOf(units, top, low);
          expect(found).toHaveLength(units.length);
          for (const [i, a] of units.entries())
            for (const [j, b] of units.entries()) {
              const [x, y] = [order[found[i]!], order[found[j]!]];
              if (a.level === b.level && a.total === b.total) expect(x).toBe(y);
              if (a.level > b.level || (a.level === b.level && a.total > b.total)) expect(x).toBeGreaterThanOrEqual(y);
            }
          const bottoms = found.filter((band) => band === 'bottom').length;
          expect(bottoms).toBeLessThanOrEqual((units.length * low) / 100);
        },
      ),
    );
  });
});

describe('the whole work by star', () => {
  it('M005 groups tasks, problems, events, numbers and results of any unit by star', async () => {
    const { eastVillage, east, county } = world.units;
    await world.asSystem(async (rq) => {
      await placeStanding(rq, cycleId, eastVillage, { 'industry.income': '3' });
      const task = { condition: '完成' };
      const open = (given: object) =>
        openCase(rq, { type: 'task', title: '任务', unitId: eastVillage, data: task, ...given });
      await open({ star: 'industry', title: '盘活集体果园', dueOn: '2026-02-20' });
      await open({ star: 'industry', dueOn: '2026-05-20' });
      await open({ title: '未归星' });
      await openCase(rq, {
        type: 'problem',
        title: '污水外溢',
        unitId: eastVillage,
        star: 'ecology',
        data: { description: '管网堵塞', source: 'visit' },
      });
      await enterFact(rq, {
        metric: 'collective-income',
        unitId: eastVillage,
        period: '2026',
        value: '30000',
        asOf: '2026-03-01',
        source: '村账',
      });
    });
    const work = (client: Client, unitId: number) =>
      client.call(after.work, { params: { unitId }, query: { cycleId } });
    const { body } = await work(as.secretary, eastVillage);
    expect(body.stars.map((s) => s.id)).toEqual(['branch', 'industry', 'ecology', 'safety', 'civility', null]);
    const industry = body.stars[1]!;
    expect(industry).toMatchObject({ held: false, facts: 1, name: { zh: '产业兴旺星' } });
    expect(industry.cases).toMatchObject([{ type: 'task', open: 2, done: 0, overdue: 1 }]);
    expect(industry.items.map((i) => [i.title, i.overdue])).toEqual([
      ['盘活集体果园', true],
      ['任务', false],
    ]);
    expect(body.stars[2]!.cases).toMatchObject([{ type: 'problem', open: 1 }]);
    expect(body.stars[5]!.cases.find((c) => c.type === 'task')).toMatchObject({ open: 1 });
    const whole = (await work(as.organiser, county)).body;
    expect(whole.stars.find((s) => s.id === 'industry')).toMatchObject({ points: null, held: null, facts: 1 });
    expect(whole.stars.map((s) => s.id)).toContain('business');
    expect((await work(as.clerk, east)).body.stars[1]!.cases).toMatchObject([{ open: 2 }]);
    expect(whole.stars.every((s) => s.gaps.length === 0)).toBe(true);
    expect((await work(as.secretary, east)).status).toBe(403);
    expect((await work(as.neighbour, eastVillage)).status).toBe(404);
    expect((await work(as.visitor, eastVillage)).status).toBe(401);
  });
});

describe('the ledger of a village', () => {
  it('M149 holds in one place its gaps, tasks, problems, projects, evidence and the state of each star', async () => {
    const { eastVillage2: unitId, west } = world.units;
    const [task, project] = await world.asSystem(async (rq) => {
      await placeStanding(rq, cycleId, unitId, { 'ecology.toilets': '0.2' });
      const opened = [];
      for (const [type, title, data] of [
        ['task', '改造户厕', { condition: '全部完成' }],
        ['project', '污水管网建设', { class: 'sewer', use: 'environment', key: false }],
        ['problem', '垃圾清运不及时', { description: '每四天一次', source: 'visit' }],
      ] as const)
        opened.push((await openCase(rq, { type, title, unitId, star: 'ecology', data })).id);
      return opened;
    });
    for (const id of [task!, task!, project!]) await attachTo(world, id);
    const show = async () => {
      const { stars } = await as.clerk.ok(after.work, { params: { unitId }, query: { cycleId } });
      return stars.find((s) => s.id === 'ecology')!;
    };
    const ecology = await show();
    expect(ecology.held).toBe(false);
    expect(ecology.gaps.map((g) => g.criterion)).toContain('ecology.toilets');
    const toilets = ecology.gaps.find((g) => g.criterion === 'ecology.toilets')!;
    expect(toilets.points).toBeLessThan(toilets.full);
    expect(ecology.cases.map((c) => [c.type, c.open, c.evidence])).toEqual([
      ['problem', 1, 0],
      ['project', 1, 1],
      ['task', 1, 2],
    ]);
    expect(ecology.items.map((i) => i.title).toSorted()).toEqual(
      ['垃圾清运不及时', '改造户厕', '污水管网建设'].toSorted(),
    );
    // It is read from the records: what is put right is no gap any more, without anybody keeping the ledger.
    await world.asSystem((rq) => placeStanding(rq, cycleId, unitId, { 'ecology.toilets': '1' }));
    expect((await show()).gaps.map((g) => g.criterion)).not.toContain('ecology.toilets');
    expect((await as.westclerk.call(after.work, { params: { unitId }, query: { cycleId } })).status).toBe(404);
    expect((await as.westclerk.call(after.work, { params: { unitId: west }, query: { cycleId } })).status).toBe(200);
  });
});

describe('the three zeroes', () => {
  const show = (client: Client, unitId: number, query: object = {}) =>
    client.call(after.threeZero, { params: { unitId }, query });
  const log = (client: Client, given: object = {}) =>
    client.call(after.logThreeZero, {
      params: { unitId: world.units.eastVillage },
      body: { zero: 'overdue-complaints', happenedOn: '2026-03-01', summary: '村口路灯不亮', ...given },
    });
  const set = (client: Client, zeroes: object[]) =>
    client.call(after.setThreeZero, { body: { unitId: world.units.county, zeroes: zeroes as never, document } });

  it('M381 shows the status from logged events; a complaint answered in time keeps the zero, a late one is told', async () => {
    const { eastVillage, east, county } = world.units;
    expect((await show(as.secretary, eastVillage)).body).toMatchObject({ held: true, pointsCost: 0, sample: true });
    const logged = (await log(as.secretary)).body;
    expect(logged).toMatchObject({ type: 'three-zero-event', star: 'safety', dueOn: '2026-03-16' });
    const complaints = async (client = as.secretary, unitId = eastVillage) =>
      (await show(client, unitId)).body.zeroes.find((z) => z.id === 'overdue-complaints');
    expect(await complaints()).toMatchObject({ events: 1, late: 0, status: true, counts: 'late' });
    world.setNow('2026-03-20T09:00:00+08:00');
    expect(await complaints()).toMatchObject({ events: 1, late: 1, status: false });
    expect((await show(as.secretary, eastVillage)).body.held).toBe(false);
    await as.secretary.ok(cases.step, { params: { id: logged.id }, body: { step: 'solve', reason: '已修好' } });
    expect(await complaints()).toMatchObject({ late: 1 });
    const { body } = await log(as.secretary, { happenedOn: '2026-03-19', summary: '垃圾清运不及时' });
    await as.secretary.ok(cases.step, { params: { id: body.id }, body: { step: 'solve', reason: '已清运' } });
    expect(await complaints()).toMatchObject({ events: 2, late: 1 });
    await log(as.clerk, { zero: 'accidents', summary: '灶房失火，无人受伤' });
    expect((await show(as.clerk, east)).body.zeroes.map((z) => [z.id, z.events, z.status])).toEqual([
      ['accidents', 1, false],
      ['crimes', 0, true],
      ['overdue-complaints', 2, false],
    ]);
    expect((await show(as.organiser, county, { year: 2025 })).body.held).toBe(true);
  });

  it('M381 never lets lawful complaints cost points: no standing changes, no standard may count them', async () => {
    const { eastVillage } = world.units;
    const standing = () =>
      world.asSystem(async (rq) => {
        await rescoreUnits(rq, [eastVillage]);
        const { level, total, stars, result } = (await findStanding(rq, cycleId, eastVillage, 'live'))!;
        return { level, total, stars, result };
      });
    const before = await standing();
    for (let i = 0; i < 5; i++)
      expect((await log(as.secretary, { summary: `反映问题 ${i}`, dueOn: '2026-03-02' })).status).toBe(200);
    expect(await standing()).toEqual(before);
    expect((await show(as.secretary, eastVillage)).body).toMatchObject({ pointsCost: 0 });
    const body = readFileSync(inRoot('standards', 'sample-rural.yaml'), 'utf8');
    const counting = body.replace('figure: party-meetings-held-share', 'figure: complaints-received');
    const checked = await as.organiser.ok(standards.validate, { body: { yaml: counting, file: 'county.yaml' } });
    expect([counting === body, checked.ok]).toEqual([false, false]);
  });

  it('M381 takes its three zeroes from the county’s own document, none of which may forbid complaints', async () => {
    const zero = (id: string, zh: string, counts = 'events') => ({ id, words: { zh, en: id }, counts });
    const [fires, floods] = [zero('fires', '零火灾'), zero('floods', '零溺水')];
    expect((await set(as.secretary, [fires, floods, zero('drugs', '零涉毒')])).status).toBe(403);
    expect((await set(as.organiser, [fires, floods])).status).toBe(400);
    expect((await set(as.organiser, [fires, floods, fires])).code).toBe('zero-three');
    expect((await set(as.organiser, [fires, floods, zero('petitions', '零上访')])).code).toBe('zero-complaints');
    const third = zero('petitions', '零逾期信访', 'late');
    expect((await set(as.organiser, [fires, floods, third])).status).toBe(200);
    const shown = (await show(as.secretary, world.units.eastVillage)).body;
    expect([shown.zeroes.map((z) => z.id), shown.document, shown.sample]).toEqual([
      ['fires', 'floods', 'petitions'],
      document,
      false,
    ]);
    expect((await log(as.secretary, { zero: 'crimes' })).code).toBe('zero-unknown');
    expect((await log(as.secretary, { zero: 'fires' })).status).toBe(200);
    await set(as.organiser, [fires, floods, zero('drugs', '零涉毒')]);
    expect((await show(as.secretary, world.units.eastVillage)).body.zeroes[2]!.id).toBe('drugs');
  });

  it('keeps events to those who work there and personal numbers out', async () => {
    const fires = { zero: 'fires' };
    expect((await log(as.neighbour, fires)).status).toBe(404);
    expect((await log(as.visitor, fires)).status).toBe(401);
    expect((await show(as.neighbour, world.units.eastVillage)).status).toBe(404);
    expect((await show(as.secretary, world.units.county)).status).toBe(403);
    expect((await log(as.secretary, { ...fires, happenedOn: '2026-12-01' })).code).toBe('zero-future');
    expect((await log(as.secretary, { ...fires, dueOn: '2026-02-01' })).code).toBe('zero-due');
    expect((await log(as.secretary, { ...fires, summary: '来电 13812345678' })).status).toBe(400);
    expect((await log(as.secretary, { ...fires, happenedOn: '2026-02-30' })).status).toBe(400);
  });
});
