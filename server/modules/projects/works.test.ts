import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forces } from '../../../domain/org/index.ts';
import { projects, works as workPoints } from '../../../domain/projects/index.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { events } from '../../../domain/records/events/index.ts';
import { ledgers } from '../../../domain/records/ledgers/index.ts';
import { publications } from '../../../domain/records/publications/index.ts';
import { subjects } from '../../../domain/records/subjects/index.ts';
import { type Works, worksOf } from '../../../tests/support/works.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let as: Works['as'];
let works: Works;

beforeAll(async () => {
  world = await createWorld();
  works = await worksOf(world);
  as = works.as;
});
afterAll(() => world.close());

const why = { reason: '情况说明' };
const builder = () => ({ ownerPersonId: works.people['cadre'] });
const pageOf = (id: string, client: Client = as.secretary) => client.ok(projects.get, { params: { id } });
const complete = (id: string, data: object, client: Client = as.secretary) =>
  client.call(workPoints.change, { params: { id }, body: { data: data as never } });

/** From the proposal to the money: then it can be built. */
const fund = (id: string) =>
  works.walk(id, [
    [as.secretary, 'deliberate', why],
    [as.clerk, 'approve', { document: '批复3号' }],
    [as.secretary, 'fund', why],
  ]);
async function build(id: string) {
  await fund(id);
  await works.walk(id, [[as.secretary, 'build', builder()]]);
  await works.attach(id, 'before');
  await works.attach(id, 'after');
}

async function bookWith(id: string, spent: number, received = spent) {
  const book = await as.secretary.ok(ledgers.open, {
    body: { kind: 'project', unitId: world.units.eastVillage, title: '项目账', openedOn: '2026-01-01', caseId: id },
  });
  const post = (text: string, lines: object[]) =>
    as.secretary.ok(ledgers.post, {
      params: { id: book.id },
      body: { onDay: '2026-02-10', text, lines: lines as never },
    });
  await post('资金到账', [
    { account: 'asset:bank', amount: received },
    { account: 'income:funds', amount: -received, fundSource: 'county' },
  ]);
  if (spent > 0)
    await post('工程费', [
      { account: 'expense:works', amount: spent },
      { account: 'asset:bank', amount: -spent },
    ]);
}

const register = async (kind: string, name: string, data: object = {}, more: object = {}) =>
  (
    await as.secretary.ok(subjects.create, {
      body: {
        kind,
        unitId: world.units.eastVillage,
        name,
        fromDay: '2026-01-01',
        data: data as never,
        ...more,
      },
    })
  ).id;
const stateOf = async (id: string) => (await as.secretary.ok(subjects.get, { params: { id } })).state;

describe('a work from proposal to published result', () => {
  it('M036 is classified by use and tracked through budget, work and acceptance to a result that everybody can read', async () => {
    const uses = ['infrastructure', 'venue', 'environment'] as const;
    const made = [];
    for (const use of uses) made.push(await works.work({ use, class: 'other' }, { title: `项目${use}` }));
    const by = await as.clerk.ok(projects.sums, { query: { under: world.units.east, by: 'use' } });
    expect(by.items.map((i) => [i.key, i.n]).sort()).toEqual(uses.map((u) => [u, 1]).sort());

    const id = made[2]!.id;
    await bookWith(id, 9_000_00);
    await build(id);
    await works.walk(id, [
      [as.secretary, 'accept', { reason: '质量合格' }],
      [as.secretary, 'hand-over', why],
    ]);
    expect((await works.step(as.secretary, id, 'publish')).code).toBe('project-not-disclosed');
    expect((await as.west.call(workPoints.disclose, { params: { id }, body: {} })).status).toBe(404);
    expect((await as.cadre.call(workPoints.disclose, { params: { id }, body: {} })).status).toBe(403);
    const told = await as.secretary.ok(workPoints.disclose, { params: { id }, body: { note: '欢迎监督' } });
    expect(told.text).toContain('预算：10000.00 元');
    expect(told.text).toContain('实际支出：9000.00 元');
    expect(told.text).toContain('质量合格');
    const read = await as.stranger.ok(publications.getPublic, { params: { id: told.id } });
    expect(read.body['text']).toBe(told.text);
    const page = await pageOf(id);
    expect([page.item.state, page.publications.length]).toEqual(['published', 1]);
    const { items } = await as.clerk.ok(cases.timeline, { params: { id } });
    expect(items.map((s) => s.to)).toEqual([
      'proposed',
      'deliberated',
      'approved',
      'funded',
      'building',
      'accepted',
      'handed-over',
      'published',
    ]);
  });

  it('M338 is not accepted above its budget before somebody said why, and the budget is not moved to the cost', async () => {
    const { id } = await works.work({ class: 'other', budgetFen: 1_000_00 }, { title: '超支工程' });
    await bookWith(id, 1_200_00);
    await build(id);
    expect((await complete(id, { budgetFen: 1_200_00 })).code).toBe('project-budget-fixed');
    expect((await complete(id, { differenceReason: '涨价' })).code).toBe('project-kept-field');
    const typed = await works.step(as.secretary, id, 'accept', { ...why, data: { differenceReason: '涨价' } });
    expect(typed.code).toBe('project-kept-field');
    expect((await works.step(as.secretary, id, 'accept', why)).code).toBe('project-cost-unexplained');
    expect((await pageOf(id)).unexplained).toBe(true);
    await as.secretary.ok(projects.explain, { params: { id }, body: { reason: '地基加深，材料涨价' } });
    await works.walk(id, [[as.secretary, 'accept', why]]);
    const page = await pageOf(id);
    expect(page).toMatchObject({ unexplained: false, data: { differenceReason: '地基加深，材料涨价' } });
    expect(page.item).toMatchObject({ budgetFen: 1_000_00, actualFen: 1_200_00, spentShare: 12000 });
  });

  it('M300 of a sewer has its length and the households connected before it is accepted, and they add up', async () => {
    const { id } = await works.work({ class: 'sewer', use: 'environment' }, { title: '污水管网' });
    await build(id);
    const refused = await works.step(as.secretary, id, 'accept', why);
    expect(refused.code).toBe('project-field-lacking');
    expect(JSON.stringify(refused.body)).toContain('长度');
    expect((await complete(id, { lengthM: 1200 }, as.west)).status).toBe(404);
    expect((await complete(id, { lengthM: 1200 }, as.idle)).status).toBe(403);
    expect((await complete(id, { lengthM: -1 })).status).toBe(400);
    expect((await complete(id, { lengthM: 1200 })).status).toBe(200);
    expect(JSON.stringify((await works.step(as.secretary, id, 'accept', why)).body)).toContain('接入户数');
    expect((await complete(id, { connected: 86 })).status).toBe(200);
    await works.walk(id, [[as.secretary, 'accept', { reason: '闭水试验合格' }]]);
    const page = await pageOf(id);
    expect(page.data).toMatchObject({ lengthM: 1200, connected: 86 });
    expect(page.acceptance).toMatchObject({ reason: '闭水试验合格' });
  });

  it('M307 of a river takes in changes that residents asked for, with safety and cost, and waits until each is decided', async () => {
    const { id } = await works.work({ class: 'river', use: 'environment' }, { title: '河道治理' });
    await build(id);
    const opinion = await works.open('opinion-call', { subject: '护岸做法' }, { title: '征求意见' });
    const change = await works.open(
      'design-change',
      {
        why: '群众要求保留洗衣埠头',
        opinionId: opinion.id,
        measure: '米',
        quantityBefore: 300,
        quantityAfter: 280,
        costBeforeFen: 900_00,
        costAfterFen: 960_00,
        safety: '加设护栏',
      },
      { title: '护岸变更', parentId: id },
    );
    expect((await works.step(as.secretary, id, 'accept', why)).code).toBe('project-change-open');
    expect((await works.step(as.secretary, change.id, 'approve', why)).status).toBe(403);
    await works.walk(change.id, [[as.clerk, 'approve', { reason: '同意' }]]);
    await works.attach(change.id);
    await works.walk(change.id, [[as.secretary, 'apply']]);
    await works.walk(id, [[as.secretary, 'accept', why]]);
    expect((await pageOf(id)).changes).toMatchObject([
      {
        why: '群众要求保留洗衣埠头',
        safety: '加设护栏',
        costFen: 60_00,
        opinion: { title: '征求意见' },
        state: 'applied',
      },
    ]);
  });

  it('M309 of a power grid begins with its utility and the areas affected, about the part that is renewed', async () => {
    const part = await register('work', '东片配网', { part: 'area', use: 'power', households: 120 });
    const { id } = await works.work({ class: 'power' }, { title: '电网改造', subjectId: part });
    await fund(id);
    const begin = () => works.step(as.secretary, id, 'build', builder());
    expect(JSON.stringify((await begin()).body)).toContain('供电（管线）单位');
    expect((await complete(id, { utility: '县供电公司' })).status).toBe(200);
    expect(JSON.stringify((await begin()).body)).toContain('影响范围');
    expect((await complete(id, { areas: ['一组', '二组'] })).status).toBe(200);
    expect((await begin()).status).toBe(200);
    const page = await pageOf(id);
    expect(page.data).toMatchObject({ utility: '县供电公司', areas: ['一组', '二组'] });
    expect(page.item.subject?.name).toBe('东片配网');
    expect(await stateOf(part)).toBe('building');
  });
});

describe('what a work becomes', () => {
  /** What is done at a place once it is there. */
  async function used(venueId: string, title: string) {
    const planned = await as.secretary.ok(events.plan, {
      body: {
        kind: 'venue-session',
        unitId: world.units.eastVillage,
        title,
        onDay: '2026-03-02',
        venueId,
        data: { group: '文艺队', minutes: 90 },
      },
    });
    await as.secretary.ok(events.hold, { params: { id: planned.id }, body: { others: 30 } });
  }

  it.each([
    ['M303', 'canteen', 'canteen', '老年食堂', 'public-service'],
    ['M306', 'centre', 'service-centre', '党群服务中心', 'venue'],
    ['M308', 'square', 'culture-square', '文化广场', 'culture'],
  ])('%s of a %s is handed over into service as an entry, on which its later use is recorded', async (...named) => {
    const [, workClass, kind, name, use] = named;
    const { id } = await works.work({ class: workClass, use }, { title: `${name}整修` });
    await build(id);
    await works.walk(id, [[as.secretary, 'accept', why]]);
    const over = (client = as.secretary) => works.step(client, id, 'hand-over', why);
    const none = await over();
    expect(none.code).toBe('project-no-place');
    expect(JSON.stringify(none.body)).toContain(name);
    const other = await register('fire-station', '消防站', { equipment: ['灭火器'] });
    expect((await complete(id, { placeId: other })).status).toBe(200);
    expect((await over()).code).toBe('project-other-place');
    const place = await register(kind, name);
    expect(await stateOf(place)).toBe('planned');
    expect((await complete(id, { placeId: place })).status).toBe(200);
    expect((await over()).status).toBe(200);
    expect(await stateOf(place)).toBe('in-use');
    await used(place, `${name}活动`);
    const page = await pageOf(id);
    expect(page.place).toMatchObject({ kind, name, state: 'in-use' });
    expect(page.place!.links.map((l) => [l.record, l.title])).toContainEqual(['event', `${name}活动`]);
  });

  it('M334 of a leftover plot waits for the owner’s consent, and leaves its result on the plot', async () => {
    const data = { areaM2: 60, ownership: '村民自留地', consented: false, proposedUse: '口袋公园' };
    const plot = await register('leftover-plot', '桥头边角地', data, { place: '桥头' });
    const listed = await as.clerk.ok(subjects.list, { query: { kind: 'leftover-plot', under: world.units.east } });
    expect(listed.items).toMatchObject([{ name: '桥头边角地', data: { consented: false, proposedUse: '口袋公园' } }]);
    const micro = await works.open(
      'micro-renewal',
      { kind: 'garden', place: '桥头', costFen: 800_00 },
      { title: '桥头口袋公园', subjectId: plot },
    );
    await works.walk(micro.id, [[as.secretary, 'agree']]);
    const start = () => works.step(as.secretary, micro.id, 'start', builder());
    expect((await start()).code).toBe('project-plot-open');
    const { id } = await works.work({ class: 'garden', use: 'environment' }, { title: '边角地改造', subjectId: plot });
    await fund(id);
    expect((await works.step(as.secretary, id, 'build', builder())).code).toBe('project-plot-open');
    await as.secretary.ok(subjects.change, {
      params: { id: plot },
      body: { data: { consented: true, consentOn: '2026-02-20', consentDocument: '同意书' } },
    });
    expect((await start()).status).toBe(200);
    await works.attach(micro.id, 'after');
    await works.walk(micro.id, [[as.secretary, 'finish']]);
    const after = await as.secretary.ok(subjects.get, { params: { id: plot } });
    expect(after.data).toMatchObject({ consented: true, result: '桥头口袋公园（2026-03-02）' });
  });
});

describe('works together', () => {
  it('M298 stand in a programme with scope, budget, actual, state, supervisors and progress that everybody can read', async () => {
    const programme = await works.open(
      'programme',
      {
        system: 'infrastructure',
        keyWorks: true,
        scope: '村内道路和管网',
        budgetFen: 3_000_00,
        supervisedBy: '村务监督委员会',
      },
      { title: '重点工程计划' },
    );
    const supervised = { budgetFen: 1_000_00, class: 'other', supervisedBy: '群众监督小组' };
    const one = await works.work(supervised, { title: '一期', parentId: programme.id });
    await works.work(supervised, { title: '二期', parentId: programme.id });
    await bookWith(one.id, 800_00);
    await build(one.id);
    await works.walk(one.id, [[as.secretary, 'accept', why]]);
    const mine = async (client = as.clerk) =>
      (await client.ok(workPoints.programmes, { query: { under: world.units.east } })).items.find(
        (p) => p.id === programme.id,
      )!;
    expect(await mine()).toMatchObject({
      scope: '村内道路和管网',
      supervisedBy: '村务监督委员会',
      keyWorks: true,
      budgetFen: 3_000_00,
      works: 2,
      done: 1,
      worksBudgetFen: 2_000_00,
      actualFen: 800_00,
      withoutBook: 1,
      publications: [],
    });
    const told = await as.secretary.ok(workPoints.disclose, { params: { id: programme.id }, body: {} });
    expect(told.text).toContain('工程：共 2 项，已完成 1 项');
    expect(told.text).toContain('实际支出合计：800.00 元');
    expect((await as.stranger.ok(publications.getPublic, { params: { id: told.id } })).title).toBe(
      '重点工程计划进展公示',
    );
    expect((await mine()).publications).toMatchObject([{ id: told.id }]);
    expect((await as.west.ok(workPoints.programmes)).total).toBe(0);
    expect((await as.idle.call(workPoints.programmes)).status).toBe(403);
  });

  it('M035 are carried by a task force with scope and members: its villages served, spend and results village by village', async () => {
    const { east, eastVillage, eastVillage2 } = world.units;
    const leaderId = await world.person('force-leader', east, [['leadership-member', east]]);
    const memberId = await world.person('force-member', east);
    const founded = await as.clerk.ok(forces.found, {
      params: { unitId: east },
      body: {
        star: 'ecology',
        name: '环境整治专班',
        day: '2026-01-05',
        document: '东林〔2026〕2号',
        scope: '全镇人居环境整治',
        leaderId,
        memberIds: [memberId],
      },
    });
    const force = founded.unit!.id;
    const carried = (unitId: number, title: string) =>
      as.organiser.ok(cases.open, {
        body: {
          type: 'project',
          title,
          unitId,
          ownerUnitId: force,
          data: { class: 'sewer', use: 'environment', key: false, budgetFen: 2_000_00, lengthM: 300, connected: 40 },
        },
      });
    const first = await carried(eastVillage, '青石村管网');
    await carried(eastVillage2, '柳沟村管网');
    await bookWith(first.id, 1_500_00);
    await fund(first.id);
    await works.walk(first.id, [[as.clerk, 'build', { ownerUnitId: force }]]);
    await works.attach(first.id, 'after');
    await works.walk(first.id, [[as.secretary, 'accept', why]]);
    const fundBook = await as.clerk.ok(ledgers.open, {
      body: { kind: 'creation-fund', unitId: force, title: '专班资金', openedOn: '2026-01-05' },
    });
    const lines = [
      { account: 'asset:bank', amount: 5_000_00 },
      { account: 'income:received', amount: -5_000_00, fundSource: 'county' },
    ];
    await as.clerk.ok(ledgers.post, {
      params: { id: fundBook.id },
      body: { onDay: '2026-01-06', text: '下达', lines },
    });
    const { items } = await as.clerk.ok(workPoints.forces, { query: { under: east } });
    expect(items).toMatchObject([
      {
        unitId: force,
        name: '环境整治专班',
        scope: '全镇人居环境整治',
        members: [{ name: 'force-leader' }, { name: 'force-member' }],
        fundFen: 5_000_00,
        works: 2,
        done: 1,
        budgetFen: 4_000_00,
        actualFen: 1_500_00,
      },
    ]);
    const villages = items[0]!.villages.map((v) => [v.unitId, v.works, v.done, v.actualFen, v.results.connected]);
    expect(villages.sort()).toEqual(
      [
        [eastVillage, 1, 1, 1_500_00, 40],
        [eastVillage2, 1, 0, 0, 0],
      ].sort(),
    );
    // A figure opens to its works.
    const listed = await as.clerk.ok(projects.list, { query: { ownerUnit: force, under: eastVillage, here: true } });
    expect(listed.items.map((p) => [p.title, p.actualFen])).toEqual([['青石村管网', 1_500_00]]);
    expect((await as.west.call(workPoints.forces, { query: { under: east } })).status).toBe(404);
    expect((await as.stranger.call(workPoints.forces, { query: { under: east } })).status).toBe(401);
  });
});
