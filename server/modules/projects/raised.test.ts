import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { funds } from '../../../domain/projects/index.ts';
import { ledgers } from '../../../domain/records/ledgers/index.ts';
import { type Funds, fundsOf } from '../../../tests/support/funds.ts';
import { type Works, worksOf } from '../../../tests/support/works.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';

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

describe('money of a unit', () => {
  it('M033 is bounded by one budget, from however many books a unit gives, and every sum of it opens to its postings', async () => {
    const unitId = world.units.east;
    const [a, b] = [await fund(unitId), await fund(unitId)];
    for (const id of [a, b]) expect((await received(id, 500_00, 'self-raised', '2025-02-05')).status).toBe(200);
    const budget = await works.open(
      'fund-budget',
      { year: 2025, fundSource: 'self-raised', amountFen: 600_00 },
      { unitId },
      as.clerk,
    );
    await works.walk(budget.id, [[as.clerk, 'adopt', { document: '预算〔2025〕9号' }]]);
    const both = await Promise.all([a, b].map((id) => spent(id, 400_00, 'self-raised', 'venue', '2025-03-01')));
    expect(both.map((r) => r.code ?? r.status).sort()).toEqual([200, 'fund-over-budget']);
    const [one, other] = both[0]!.status === 200 ? [a, b] : [b, a];
    expect((await spent(other, 200_00, 'self-raised', 'venue', '2025-03-02')).status).toBe(200);
    expect((await spent(one, 1_00, 'self-raised', 'venue', '2025-03-02')).code).toBe('fund-over-budget');
    // Another year has no budget: nothing bounds it but what is there.
    expect((await spent(other, 50_00, 'self-raised', 'venue', '2026-01-08')).status).toBe(200);

    const view = await as.clerk.ok(funds.get, { params: { id: one }, query: { year: 2025 } });
    const row = view.rows.find((r) => r.source === 'self-raised')!;
    expect(row).toMatchObject({ paidFen: 400_00, givenFen: 600_00, budgetLeftFen: 0, balanceFen: 100_00 });
    const sides = { carried: 'carriedFen', received: 'receivedFen', paid: 'paidFen', balance: 'balanceFen' } as const;
    for (const [side, key] of Object.entries({ ...sides, given: 'givenFen' as const })) {
      const query = { year: 2025, side: side as 'paid', source: 'self-raised' };
      const opened = await as.clerk.ok(funds.postings, { params: { id: one }, query });
      expect([side, opened.sumFen]).toEqual([side, row[key]]);
      expect(opened.items.reduce((n, p) => n + p.amountFen, 0)).toBe(opened.sumFen);
    }
    const all = await as.clerk.ok(funds.list, { query: { under: unitId, year: 2025 } });
    for (const [side, key] of Object.entries(sides)) {
      const query = { under: unitId, year: 2025, side: side as 'paid', limit: 200 };
      expect((await as.clerk.ok(funds.allPostings, { query })).sumFen).toBe(all.sum[key]);
    }
    expect((await as.west.ok(funds.allPostings, { query: { year: 2025, side: 'paid' } })).total).toBe(0);
    expect((await as.west.call(funds.allPostings, { query: { under: unitId, year: 2025, side: 'paid' } })).status).toBe(
      404,
    );
    expect((await as.idle.call(funds.allPostings, { query: { year: 2025, side: 'paid' } })).status).toBe(403);
  });

  it('M297 records what a village raised by source and restriction, sums it once, and says what it was used for', async () => {
    const unitId = world.units.eastVillage;
    const id = await fund(unitId, as.secretary);
    const post = (book: string, text: string, lines: object[], onDay = '2026-02-01') =>
      as.secretary.ok(ledgers.post, { params: { id: book }, body: { onDay, text, lines: lines as never } });
    const came = (amount: number, fundSource: string, more: object = {}) =>
      post(id, '筹集', [
        { account: 'asset:bank', amount },
        { account: 'income:received', amount: -amount, fundSource, ...more },
      ]);
    await came(300_00, 'county');
    await came(80_00, 'donation', { purpose: 'culture', counterpart: '某企业' });
    await came(20_00, 'donation', { purpose: 'culture', counterpart: '某商会' });
    await came(40_00, 'self-raised', { counterpart: '村民小组' });
    await came(60_00, 'collective');
    const project = await works.work({}, { title: '筹资修路' });
    const book = await as.secretary.ok(ledgers.open, {
      body: { kind: 'project', unitId, title: '账', openedOn: '2026-01-01', caseId: project.id },
    });
    await post(book.id, '镇级补助', [
      { account: 'asset:bank', amount: 100_00 },
      { account: 'income:funds', amount: -100_00, fundSource: 'township', purpose: 'infrastructure' },
    ]);
    await post(book.id, '材料', [
      { account: 'expense:materials', amount: 70_00, purpose: 'infrastructure' },
      { account: 'asset:bank', amount: -70_00 },
    ]);
    // Out of the village's own fund into its own work: raised already, and not raised again.
    await as.organiser.ok(funds.publishRule, {
      body: { unitId: world.units.county, title: '规则', document: '文', criteria: [{ by: 'amount' }] },
    });
    const request = await works.open('fund-request', {
      amountFen: 50_00,
      purpose: 'infrastructure',
      projectId: project.id,
    });
    await as.clerk.ok(funds.rank, { body: { unitId: world.units.east } });
    await as.clerk.ok(funds.approve, {
      params: { id: request.id },
      body: { approvedFen: 50_00, reason: '必要', document: '纪要' },
    });
    await works.attach(request.id);
    const payment = {
      bookId: id,
      onDay: '2026-02-20',
      document: '拨款单',
      sources: [{ fundSource: 'county', amountFen: 50_00 }],
    };
    await as.clerk.ok(funds.pay, { params: { id: request.id }, body: payment });

    const raised = await as.secretary.ok(funds.raised, { query: { unitId, year: 2026 } });
    expect(raised.raisedFen).toBe(600_00);
    const rows = raised.items.map((r) => [r.source, r.purpose, r.raisedFen, r.givers]);
    expect(rows).toEqual([
      ['county', null, 300_00, 0],
      ['donation', 'culture', 100_00, 2],
      ['township', 'infrastructure', 100_00, 0],
      ['collective', null, 60_00, 0],
      ['self-raised', null, 40_00, 1],
    ]);
    expect(raised.uses).toMatchObject([{ purpose: 'infrastructure', spentFen: 70_00 }]);
    for (const r of raised.items) {
      const query = { unitId, year: 2026, source: r.source!, purpose: r.purpose ?? 'none' };
      expect((await as.secretary.ok(funds.raisedPostings, { query })).sumFen).toBe(r.raisedFen);
    }
    expect((await as.secretary.ok(funds.raised, { query: { unitId, year: 2025 } })).raisedFen).toBe(0);
    // The restriction holds: culture money pays for nothing else.
    const wrong = await as.secretary.call(ledgers.post, {
      params: { id },
      body: {
        onDay: '2026-02-21',
        text: '改用',
        lines: [
          { account: 'expense:paid', amount: 10_00, fundSource: 'donation', purpose: 'venue' },
          { account: 'asset:bank', amount: -10_00 },
        ],
      },
    });
    expect(wrong.code).toBe('fund-restricted');
    expect((await as.west.call(funds.raised, { query: { unitId } })).status).toBe(404);
    expect((await as.stranger.call(funds.raised, { query: { unitId } })).status).toBe(401);
  });
});
