import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreements } from '../../../domain/records/agreements/index.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { facts } from '../../../domain/records/facts/index.ts';
import { ledgers } from '../../../domain/records/ledgers/index.ts';
import { type Bookkeeping, bookkeeping, post } from '../../../tests/support/books.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

// Incomes of villages and households, posted through the books and read as figures that open to their entries.

let world: World;
let b: Bookkeeping;

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  b = await bookkeeping(world);
});
afterAll(() => world.close());

const yuan = (n: number) => n * 100;

async function read(who: Client, unitId: number, keys: readonly string[], period = '2026') {
  const shown = await who.ok(facts.values, { params: { id: unitId }, query: { keys: keys.join(','), period } });
  return Object.fromEntries(shown.values.map((v) => [v.key, v.value === null ? null : Number(v.value)]));
}
const opened = async (who: Client, unitId: number, key: string, part = 0, period = '2026') =>
  who.ok(facts.records, { params: { id: unitId, key }, query: { period, part, limit: 50 } });

/** Income of a village's collective, by year. */
async function earns(who: Client, unitId: number, byYear: Readonly<Record<string, number>>) {
  const book = await who.ok(ledgers.open, {
    body: { kind: 'village-collective', unitId, title: '村集体账', openedOn: '2024-01-01' },
  });
  for (const [year, amount] of Object.entries(byYear))
    await who.ok(ledgers.post, post(book.id, `${year}-06-01`, 'asset:bank', 'income:lease', yuan(amount)));
}

describe('the income of villages', () => {
  it('M210 grows by the number of villages above each threshold since creation began', async () => {
    const { county, east, eastVillage, eastVillage2, westVillage } = world.units;
    await world.asSystem(async (rq) => {
      const insert = (id: string, type: string, state: string, unitId: number, parent: string | null) =>
        rq.db
          .run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at, parent_id, data)
          SELECT ${id}, ${type}, ${state}, '创建', id, unit_path, '2025-03-01', '2025-03-01', ${parent},
            jsonb_build_object('year', 2025, 'targetLevel', 4, 'targetStars', '[]'::jsonb) FROM units WHERE id = ${unitId}`);
      const cycle = crypto.randomUUID();
      await insert(cycle, 'cycle', 'creating', county, null);
      await insert(crypto.randomUUID(), 'candidacy', 'approved', eastVillage, cycle);
    });
    await earns(b.secretary, eastVillage, { 2024: 60_000, 2025: 90_000, 2026: 120_000 });
    await earns(b.organiser, eastVillage2, { 2024: 40_000, 2025: 60_000, 2026: 70_000 });
    await earns(b.organiser, westVillage, { 2024: 110_000, 2026: 130_000 });
    // Above 50,000 yuan: two before creation, three now. Above 100,000: one, and now two.
    const keys = ['villages-income-at-least/1', 'villages-income-growth/1', 'villages-income-growth/2'];
    expect(await read(b.organiser, county, keys)).toEqual({
      'villages-income-at-least/1': 3,
      'villages-income-growth/1': 50,
      'villages-income-growth/2': 100,
    });
    // Nobody stood above 500,000, so there is no growth to tell.
    expect(await read(b.organiser, county, ['villages-income-growth/3'])).toEqual({ 'villages-income-growth/3': null });
    expect(await read(b.clerk, east, ['villages-income-growth/1'])).toEqual({ 'villages-income-growth/1': 100 });
    const records = await opened(b.organiser, county, 'villages-income-growth/1');
    expect(records.items.map((i) => i.unitName).toSorted()).toEqual(['青石村', '柳沟村', '䩐勒桥村'].toSorted());
    expect(records.parts.map((p) => [p.period, Number(p.value)])).toContainEqual(['2024', 2]);
  });

  it('M172 stands side by side with that of its households, year by year', async () => {
    const { eastVillage } = world.units;
    for (const [period, value] of [
      ['2024', '15000'],
      ['2025', '16500'],
      ['2026', '17325'],
    ] as const)
      await b.secretary.ok(facts.enter, {
        body: {
          metric: 'income-per-capita',
          unitId: eastVillage,
          period,
          value,
          asOf: `${period}-10-31`,
          source: '抽样调查',
        },
      });
    const keys = ['collective-operating-income', 'collective-income-yoy', 'income-per-capita', 'income-per-capita-yoy'];
    const years = [
      await read(b.secretary, eastVillage, keys, '2025'),
      await read(b.secretary, eastVillage, keys, '2026'),
    ];
    expect(years.map((y) => [y['collective-operating-income'], y['income-per-capita']])).toEqual([
      [9, 16_500],
      [12, 17_325],
    ]);
    expect(years[0]).toMatchObject({ 'collective-income-yoy': 50, 'income-per-capita-yoy': 10 });
    expect(years[1]!['collective-income-yoy']).toBeCloseTo(33.333333, 5);
    expect(years[1]!['income-per-capita-yoy']).toBe(5);
  });
});

describe('what a cooperative adds', () => {
  it('M321 is computed per kilogram and per mu from purchase, processing and sale of the season', async () => {
    const { eastVillage: unitId } = world.units;
    const coop = await b.subject('cooperative', '青石合作社');
    const grower = await b.subject('household', '东街1号');
    const contract = await b.secretary.ok(agreements.draft, {
      body: {
        kind: 'grower-contract',
        unitId,
        fromDay: '2026-01-01',
        toDay: '2026-12-31',
        parties: [
          { role: 'buyer', subjectId: coop },
          { role: 'grower', subjectId: grower },
        ],
        terms: { crop: '辣椒', season: 2026, areaMu: 20, floorPriceFen: 400, services: [] },
      },
    });
    const params = { id: contract.id };
    await b.secretary.ok(agreements.openSigning, { params, body: {} });
    for (const party of contract.partyList)
      await b.secretary.ok(agreements.sign, {
        params,
        body: { partyId: party.id, signedOn: '2026-01-05', signedBy: '当事人' },
      });
    await b.secretary.ok(agreements.force, { params, body: { onDay: '2026-01-10' } });
    for (const kg of [6_000, 4_000])
      await b.secretary.ok(cases.open, {
        body: {
          type: 'crop-delivery',
          title: '交售',
          unitId,
          subjectId: grower,
          data: { contractId: contract.id, season: 2026, on: '2026-09-01', kg, paidPriceFen: 500, floorPriceFen: 400 },
        },
      });
    const book = await b.secretary.ok(ledgers.open, {
      body: { kind: 'cooperative', unitId, title: '合作社账', openedOn: '2026-01-01', subjectId: coop },
    });
    await b.secretary.ok(ledgers.post, post(book.id, '2026-02-01', 'asset:bank', 'equity:members', yuan(100_000)));
    await b.secretary.ok(ledgers.post, {
      params: { id: book.id },
      body: {
        onDay: '2026-09-01',
        text: '收购辣椒',
        lines: [
          { account: 'expense:crop-settlement', amount: yuan(50_000), subjectId: grower, purpose: 'purchase' },
          { account: 'asset:bank', amount: -yuan(50_000) },
        ],
      },
    });
    await b.secretary.ok(ledgers.post, post(book.id, '2026-10-01', 'expense:processing', 'asset:bank', yuan(10_000)));
    await b.secretary.ok(ledgers.post, post(book.id, '2026-11-01', 'asset:bank', 'income:sales', yuan(80_000)));
    // 80,000 less 50,000 and 10,000 yuan: over 10,000 kg, and over 20 mu.
    expect(await read(b.secretary, unitId, ['value-added-per-kg', 'value-added-per-mu'])).toEqual({
      'value-added-per-kg': 2,
      'value-added-per-mu': 1_000,
    });
    const first = await opened(b.secretary, unitId, 'value-added-per-kg');
    expect(first.parts.map((p) => Number(p.value)).toSorted((x, y) => x - y)).toEqual([10_000, 60_000, 80_000]);
    const kilograms = first.parts.findIndex((p) => Number(p.value) === 10_000);
    const deliveries = await opened(b.secretary, unitId, 'value-added-per-kg', kilograms);
    expect(deliveries.items.map((i) => [i.kind, Number(i.value)]).toSorted()).toEqual([
      ['case', 4_000],
      ['case', 6_000],
    ]);
  });
});

describe('what works paid to residents', () => {
  it('M346 is the gain divided by the households that were paid, and the base is told with it', async () => {
    const { eastVillage: unitId } = world.units;
    const project = await b.secretary.ok(cases.open, {
      body: {
        type: 'project',
        title: '生产道路硬化',
        unitId,
        data: { class: 'road', use: 'infrastructure', key: false },
      },
    });
    const book = await b.secretary.ok(ledgers.open, {
      body: { kind: 'project', unitId, title: '道路项目账', openedOn: '2026-01-01', caseId: project.id },
    });
    const homes = [await b.subject('household', '西街1号'), await b.subject('household', '西街2号')];
    const line = (account: string, amount: number, more: object = {}) => ({ account, amount, ...more });
    const entry = (onDay: string, lines: ReturnType<typeof line>[]) =>
      b.secretary.ok(ledgers.post, { params: { id: book.id }, body: { onDay, text: '项目', lines } });
    await entry('2026-02-01', [
      line('asset:bank', yuan(30_000)),
      line('income:funds', -yuan(30_000), { fundSource: 'county', purpose: 'infrastructure' }),
    ]);
    const wages = { purpose: 'infrastructure' };
    await entry('2026-05-01', [
      line('expense:wages-local', yuan(3_000), { subjectId: homes[0], ...wages }),
      line('expense:wages-local', yuan(5_000), { subjectId: homes[1], ...wages }),
      line('asset:bank', -yuan(8_000)),
    ]);
    await entry('2026-05-02', [
      line('expense:machines-local', yuan(1_000), { subjectId: homes[1], ...wages }),
      line('asset:bank', -yuan(1_000)),
    ]);
    await entry('2026-05-03', [line('expense:wages-outside', yuan(7_000), wages), line('asset:bank', -yuan(7_000))]);
    expect(await read(b.secretary, unitId, ['household-average-gain'])).toEqual({ 'household-average-gain': 4_500 });
    const shown = await opened(b.secretary, unitId, 'household-average-gain');
    // 9,000 yuan of wages and machines, over two households: both parts are named and open.
    expect(shown.parts.map((p) => Number(p.value))).toEqual([0.9, 2]);
    expect(shown.definition.zh).toContain('÷');
    const households = await opened(b.secretary, unitId, 'household-average-gain', 1);
    expect(households.items).toHaveLength(2);
  });
});
