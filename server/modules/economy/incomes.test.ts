import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { incomes } from '../../../domain/economy/index.ts';
import { facts } from '../../../domain/records/facts/index.ts';
import { ledgers } from '../../../domain/records/ledgers/index.ts';
import { personalFields } from '../../../domain/records/subjects/index.ts';
import { type Bookkeeping, bookkeeping, collectiveBook, post } from '../../../tests/support/books.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let b: Bookkeeping;
let home: string;
let other: string;
let resident: Client;
let residentId: string;

const yuan = (n: number) => n * 100;

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  b = await bookkeeping(world);
  home = await b.subject('household', '东街1号');
  other = await b.subject('household', '东街2号');
  residentId = await world.person('resident', world.units.eastVillage);
  resident = await world.as('resident');
  const pay = (book: string, onDay: string, account: string, subjectId: string, amount: number, purpose?: string) =>
    b.secretary.ok(ledgers.post, {
      params: { id: book },
      body: {
        onDay,
        text: '支付',
        lines: [
          { account, amount: yuan(amount), subjectId, ...(purpose ? { purpose } : {}) },
          { account: 'asset:bank', amount: -yuan(amount) },
        ],
      },
    });
  const collective = await collectiveBook(b.secretary, world.units.eastVillage, yuan(100_000));
  const coop = await b.secretary.ok(ledgers.open, {
    body: {
      kind: 'cooperative',
      unitId: world.units.eastVillage,
      title: '合作社账',
      openedOn: '2025-01-01',
      subjectId: await b.subject('cooperative', '青石合作社'),
    },
  });
  await b.secretary.ok(ledgers.post, post(coop.id, '2025-01-02', 'asset:bank', 'equity:members', yuan(100_000)));
  await pay(coop.id, '2026-09-01', 'expense:crop-settlement', home, 8_000, 'purchase');
  await pay(collective, '2026-03-01', 'expense:land-rent', home, 1_200);
  await pay(collective, '2026-06-01', 'expense:wages', home, 3_000);
  await pay(collective, '2025-12-20', 'expense:dividends', home, 500);
  await pay(collective, '2026-06-01', 'expense:wages', other, 4_000);
  await b.secretary.ok(ledgers.post, post(collective, '2026-07-01', 'expense:management', 'asset:bank', yuan(700)));
});
afterAll(() => world.close());

const mine = async (who: Client) => (await who.ok(incomes.mine)).households;

describe('the four incomes', () => {
  it('M322 are stated to a household on its own request, by kind and year, and to nobody else', async () => {
    expect(await mine(resident)).toEqual([]);
    const consent = await b.secretary.ok(personalFields.give, {
      params: { id: home },
      body: {
        purpose: '本户要求查询四项收入',
        fields: ['contact'],
        givenOn: '2026-11-01',
        expiresOn: '2027-10-31',
        channel: 'paper',
        personId: residentId,
      },
    });
    const [shown, ...more] = await mine(resident);
    expect(more).toEqual([]);
    expect(shown).toMatchObject({ holderName: '东街1号', unitName: '青石村' });
    const none = { home: 0, rent: 0, wages: 0, dividends: 0 };
    expect(shown!.years).toEqual([
      { ...none, year: 2026, home: yuan(8_000), rent: yuan(1_200), wages: yuan(3_000), total: yuan(12_200) },
      { ...none, year: 2025, dividends: yuan(500), total: yuan(500) },
    ]);
    expect(shown!.items.map((i) => [i.onDay, i.kind, i.amount, i.bookTitle])).toEqual([
      ['2026-09-01', 'home', yuan(8_000), '合作社账'],
      ['2026-06-01', 'wages', yuan(3_000), '村集体账'],
      ['2026-03-01', 'rent', yuan(1_200), '村集体账'],
      ['2025-12-20', 'dividends', yuan(500), '村集体账'],
    ]);
    expect(JSON.stringify(shown)).not.toContain('东街2号');
    for (const who of [b.secretary, b.clerk, b.organiser]) expect(await mine(who)).toEqual([]);
    expect((await b.stranger.call(incomes.mine)).status).toBe(401);
    // Nothing is shown once the household has withdrawn.
    await b.secretary.ok(personalFields.withdraw, { params: { id: consent.id } });
    expect(await mine(resident)).toEqual([]);
  });

  it('M322 are reported of the village as sums alone, of all households together', async () => {
    const { east } = world.units;
    const keys = [
      'four-incomes',
      'four-incomes/home',
      'four-incomes/rent',
      'four-incomes/wages',
      'four-incomes/dividends',
    ];
    const read = async (period: string) => {
      const { values } = await b.clerk.ok(facts.values, {
        params: { id: east },
        query: { keys: keys.join(','), period },
      });
      return values.map((v) => Number(v.value));
    };
    expect(await read('2026')).toEqual([1.62, 0.8, 0.12, 0.7, 0]);
    expect(await read('2025')).toEqual([0.05, 0, 0, 0, 0.05]);
  });
});
