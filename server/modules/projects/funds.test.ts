import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { funds, projects } from '../../../domain/projects/index.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { ledgers } from '../../../domain/records/ledgers/index.ts';
import { type Funds, fundsOf } from '../../../tests/support/funds.ts';
import { type Works, worksOf } from '../../../tests/support/works.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

let world: World;
let as: Works['as'];
let works: Works;
let fund: Funds['fund'];
let received: Funds['received'];
let spent: Funds['spent'];

beforeAll(async () => {
  world = await createWorld();
  works = await worksOf(world);
  as = works.as;
  ({ fund, received, spent } = fundsOf(as));
});
afterAll(() => world.close());

describe('the creation fund', () => {
  it('M033 pools several sources, holds each source, each restriction and the budget of the year, and carries over what is left', async () => {
    const id = await fund(world.units.east);
    expect((await received(id, 500_00, 'county', '2025-06-01')).status).toBe(200);
    expect((await received(id, 300_00, 'county', '2026-01-10')).status).toBe(200);
    expect((await received(id, 200_00, 'donation', '2026-01-11', 'culture')).status).toBe(200);

    // A source gives no more than it holds, although the bank holds more.
    expect((await spent(id, 801_00, 'county', 'venue')).code).toBe('fund-not-there');
    expect((await spent(id, 1_00, 'city', 'venue')).code).toBe('fund-not-there');
    expect((await spent(id, 1_00, 'donation', 'venue')).code).toBe('fund-restricted');
    expect((await spent(id, 50_00, 'donation', 'culture')).status).toBe(200);

    const budget = await works.open(
      'fund-budget',
      { year: 2026, fundSource: 'county', amountFen: 400_00 },
      { unitId: world.units.east },
      as.clerk,
    );
    await works.walk(budget.id, [[as.clerk, 'adopt', { document: '预算〔2026〕1号' }]]);
    const over = await spent(id, 401_00, 'county', 'venue');
    expect(over.code).toBe('fund-over-budget');
    expect(JSON.stringify(over.body)).toContain('超出 1.00 元');
    expect((await spent(id, 400_00, 'county', 'venue')).status).toBe(200);

    const view = await as.clerk.ok(funds.get, { params: { id }, query: { year: 2026 } });
    const county = view.rows.find((r) => r.source === 'county')!;
    expect(county).toMatchObject({
      budgetFen: 400_00,
      carriedFen: 500_00,
      receivedFen: 300_00,
      paidFen: 400_00,
      balanceFen: 400_00,
      budgetLeftFen: 0,
    });
    expect(view.restricted).toMatchObject([
      { source: 'donation', purpose: 'culture', spentFen: 50_00, leftFen: 150_00 },
    ]);
    expect(view.total).toMatchObject({ receivedFen: 500_00, balanceFen: 550_00 });
    const before = await as.clerk.ok(funds.get, { params: { id }, query: { year: 2025 } });
    expect(before.total.balanceFen).toBe(view.total.carriedFen);
    const all = await as.clerk.ok(funds.list, { query: { under: world.units.east, year: 2026 } });
    expect(all.sum.balanceFen).toBe(view.total.balanceFen);
    const opened = await as.clerk.ok(funds.postings, {
      params: { id },
      query: { year: 2026, side: 'paid', source: 'county' },
    });
    expect([opened.sumFen, opened.total]).toEqual([county.paidFen, 1]);

    // What was spent cannot lose its money afterwards.
    const entries = await as.clerk.ok(ledgers.entries, { params: { id } });
    const donated = entries.items.find((e) => e.amount === 200_00)!;
    const reversed = await as.clerk.call(ledgers.reverse, {
      params: { id: donated.id },
      body: { onDay: '2026-02-20', reason: '退' },
    });
    expect(reversed.code).toBe('fund-not-there');
    await works.walk(budget.id, [[as.clerk, 'end', { reason: '调整' }]]);
  });

  it('is closed to strangers, to people without a duty and to neighbours', async () => {
    const id = await fund(world.units.east);
    const asked = { params: { id }, query: { year: 2026 } };
    expect((await as.stranger.call(funds.get, asked)).status).toBe(401);
    expect((await as.idle.call(funds.get, asked)).status).toBe(403);
    expect((await as.west.call(funds.get, asked)).status).toBe(404);
    expect((await as.clerk.call(funds.get, { params: { id }, query: { year: 1 } })).status).toBe(400);
  });
});

const publish = (criteria: object[], document = '创建办〔2026〕3号') =>
  as.organiser.call(funds.publishRule, {
    body: { unitId: world.units.county, title: '创建资金排序规则', document, criteria: criteria as never },
  });

describe('the priority rule', () => {
  it('M034 ranks by the published version, says why each stands before the next, and departs from the order only with a reason', async () => {
    const unitId = world.units.east;
    expect((await as.clerk.call(funds.rank, { body: { unitId } })).code).toBe('fund-no-rule');
    expect(
      (
        await as.clerk.call(funds.publishRule, {
          body: { unitId, title: '规则', document: '文', criteria: [{ by: 'target' }] },
        })
      ).status,
    ).toBe(403);
    expect((await publish([{ by: 'target' }, { by: 'target' }])).status).toBe(400);
    expect((await publish([{ by: 'amount' }])).body).toMatchObject({ version: 1, state: 'in-force' });
    const rule = (
      await publish([
        { by: 'target', from: 4 },
        { by: 'purpose', order: ['environment'] },
      ])
    ).body;
    expect(rule).toMatchObject({ version: 2 });
    const versions = await as.secretary.ok(funds.rules, { query: { unitId: world.units.eastVillage } });
    expect(versions.items.map((r) => [r.version, r.state])).toEqual([
      [2, 'in-force'],
      [1, 'superseded'],
    ]);
    expect(versions.items[0]!.text[0]!.zh).toBe('创建目标星级高者优先（4星以下同等）');

    const ask = async (title: string, targetLevel: number, purpose: string, projectId?: string) =>
      (await works.open('fund-request', { amountFen: 100_00, purpose, targetLevel, projectId }, { title })).id;
    const project = await works.work({}, { title: '村道' });
    const three = await ask('三星', 3, 'venue');
    world.setNow('2026-03-02T09:01:00+08:00');
    const two = await ask('两星', 2, 'venue');
    const four = await ask('四星', 4, 'infrastructure', project.id);
    const fourGreen = await ask('四星环境', 4, 'environment');
    const five = await ask('五星', 5, 'venue');
    const order = await as.clerk.ok(funds.order, { query: { unitId } });
    expect(order.items.map((i) => [i.title, i.rank, i.tied])).toEqual([
      ['五星', 1, false],
      ['四星环境', 2, false],
      ['四星', 3, false],
      ['三星', 4, true],
      ['两星', 4, true],
    ]);
    expect(order.items.map((i) => i.next?.words.zh ?? null)).toEqual([
      '第1项“创建目标星级高者优先”：5星，对方4星',
      '前1项相同；第2项“按资金用途次序”：人居环境，对方基础设施',
      '第1项“创建目标星级高者优先”：4星，对方3星',
      '各项条件均相同，并列',
      null,
    ]);

    const decision = { approvedFen: 90_00, reason: '符合条件', document: '会议纪要〔2026〕5号' };
    const tried = (id: string, more: object = {}, client = as.clerk) =>
      client.call(funds.approve, { params: { id }, body: { ...decision, ...more } });
    expect((await tried(five)).code).toBe('case-wrong-state');
    expect((await works.step(as.clerk, five, 'rank')).code).toBe('case-by-module');
    expect((await as.secretary.call(funds.rank, { body: { unitId } })).status).toBe(403);
    expect(await as.clerk.ok(funds.rank, { body: { unitId } })).toMatchObject({ ranked: 5 });
    expect((await as.clerk.ok(cases.get, { params: { id: fourGreen } })).data['rankReasons']).toContain('次于“五星”');

    expect((await tried(four, { approvedFen: 100_01 })).code).toBe('fund-more-than-asked');
    expect((await tried(four)).code).toBe('fund-out-of-order');
    expect((await tried(four, {}, as.secretary)).status).toBe(403);
    expect((await tried(four, {}, as.west)).status).toBe(404);
    expect((await tried(four, { departure: '汛期前必须完工' })).status).toBe(200);
    expect((await tried(five)).status).toBe(200);
    // Of two that are tied neither stands before the other.
    expect((await tried(fourGreen)).status).toBe(200);
    expect((await tried(two)).status).toBe(200);
    const decided = await as.clerk.ok(funds.decided, { query: { unitId, outOfOrder: 'true' } });
    expect(decided.items).toMatchObject([{ title: '四星', departure: '汛期前必须完工', kept: 3, by: 'clerk' }]);

    const bookId = await fund(unitId);
    expect((await received(bookId, 95_00, 'county', '2026-01-05')).status).toBe(200);
    const pay = (sources: { fundSource: string; amountFen: number }[], id = four) =>
      as.clerk.call(funds.pay, {
        params: { id },
        body: { bookId, onDay: '2026-02-27', document: '拨款单8号', sources },
      });
    expect((await pay([{ fundSource: 'county', amountFen: 90_00 }])).code).toBe('case-needs-evidence');
    await works.attach(four);
    expect((await pay([{ fundSource: 'county', amountFen: 80_00 }])).code).toBe('fund-payment-differs');
    expect((await pay([{ fundSource: 'city', amountFen: 90_00 }])).code).toBe('fund-not-there');
    expect((await as.clerk.ok(cases.get, { params: { id: four } })).state).toBe('approved');
    expect((await pay([{ fundSource: 'county', amountFen: 90_00 }])).status).toBe(200);
    const page = await as.clerk.ok(projects.get, { params: { id: project.id } });
    expect(page.sources).toMatchObject([{ account: 'income:funds', fundSource: 'county', amountFen: 90_00 }]);
    expect(page.item.receivedFen).toBe(90_00);
    expect(page.requests.map((r) => r.id)).toEqual([four]);
    await works.attach(fourGreen);
    expect((await pay([{ fundSource: 'county', amountFen: 90_00 }], fourGreen)).code).toBe('entry-not-covered');
    expect(three).not.toBe(two);
  });

  it('M034 ranks no more at once than it reads, and says where to rank instead', async () => {
    const { county, west, westVillage } = world.units;
    const insert = (n: number) =>
      world.asSystem((rq) =>
        rq.db.run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at, data)
          SELECT gen_random_uuid(), 'fund-request', 'requested', '申请' || i, u.id, u.unit_path, ${rq.now}, ${rq.now},
            '{"amountFen": 100, "purpose": "venue", "targetLevel": 3}' FROM units u, generate_series(1, ${n}::int) i
          WHERE u.id = ${westVillage}`),
      );
    await insert(201);
    const order = await as.organiser.ok(funds.order, { query: { unitId: west } });
    expect([order.total, order.items.length, order.mayRank?.code]).toEqual([201, 200, 'fund-too-many-to-rank']);
    for (const unitId of [county, west]) {
      const refused = await as.organiser.call(funds.rank, { body: { unitId } });
      expect(refused.code).toBe('fund-too-many-to-rank');
      expect(JSON.stringify(refused.body)).toContain('一次最多排 200 件');
    }
  });
});
