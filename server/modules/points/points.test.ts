import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgers } from '../../../domain/records/ledgers/index.ts';
import { personalFields } from '../../../domain/records/subjects/index.ts';
import { points } from '../../../domain/points/index.ts';
import { type Bookkeeping, bookkeeping } from '../../../tests/support/books.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

let world: World;
let b: Bookkeeping;
let book: string;
let members: string;
let memberId: string;
const residents: { client: Client; personId: string; home: string }[] = [];

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
  const unitId = world.units.eastVillage;
  const open = (kind: string, title: string) =>
    b.secretary.ok(ledgers.open, { body: { kind, unitId, title, openedOn: '2026-01-01' } });
  book = (await open('resident-points', '青石村居民积分')).id;
  members = (await open('member-points', '青石村党员积分')).id;
  memberId = await world.person('member', unitId);
  for (const n of [1, 2, 3]) {
    const personId = await world.person(`resident${n}`, unitId);
    residents.push({
      personId,
      home: await b.subject('household', `东街${n}号`),
      client: await world.as(`resident${n}`),
    });
  }
});
afterAll(() => world.close());

const agree = (home: string, personId: string | undefined, given: object = {}, client = b.secretary) =>
  client.call(personalFields.give, {
    params: { id: home },
    body: {
      purpose: '本人查询积分',
      fields: ['contact'],
      givenOn: '2026-03-01',
      expiresOn: '2026-12-31',
      channel: 'paper',
      personId,
      ...given,
    },
  });
const mine = async (client: Client, query = {}) => (await client.ok(points.mine, { query })).accounts;

async function grant(
  of: { subjectId?: string; personId?: string }[],
  amount: number,
  text = '清洁日',
  onDay = '2026-02-01',
) {
  const [first] = of;
  const account = first!.personId ? 'liability:members' : 'liability:residents';
  const { id } = await b.secretary.ok(ledgers.post, {
    params: { id: first!.personId ? members : book },
    body: {
      onDay,
      text,
      lines: [
        { account: 'expense:granted', amount: amount * of.length, purpose: 'environment' },
        ...of.map((who) => ({ account, amount: -amount, purpose: 'environment', ...who })),
      ],
    },
  });
  return id;
}

describe('my own points', () => {
  it('show a household its movements while its consent names who signed in, and end with it', async () => {
    const [one, two] = residents;
    await grant([{ subjectId: one!.home }], 500);
    await grant([{ subjectId: one!.home }, { subjectId: two!.home }], 200, '东街1号与2号一起值守', '2026-02-10');
    const wrong = await grant([{ subjectId: one!.home }], 100, '重复登记', '2026-02-12');
    await b.secretary.ok(ledgers.reverse, { params: { id: wrong }, body: { onDay: '2026-02-13', reason: '重复' } });
    await b.secretary.ok(ledgers.post, {
      params: { id: book },
      body: {
        onDay: '2026-02-20',
        text: '兑换洗衣液',
        lines: [
          { account: 'liability:residents', amount: 300, purpose: 'goods', subjectId: one!.home },
          { account: 'income:redeemed', amount: -300, purpose: 'goods' },
        ],
      },
    });
    expect(await mine(one!.client)).toEqual([]);
    const consent = await agree(one!.home, one!.personId);
    expect(consent.body).toMatchObject({ live: true, personName: 'resident1' });
    const [account, ...more] = await mine(one!.client);
    expect(more).toEqual([]);
    expect(account).toMatchObject({
      holder: 'household',
      holderName: '东街1号',
      bookTitle: '青石村居民积分',
      unitName: '青石村',
      balance: 400,
      granted: 700,
      spent: 300,
      total: 5,
    });
    expect(account!.items.map((m) => [m.onDay, m.amount, m.balance, m.text, m.correction])).toEqual([
      ['2026-02-20', -300, 400, '兑换洗衣液', false],
      ['2026-02-13', -100, 700, expect.stringContaining('重复'), true],
      ['2026-02-12', 100, 800, '重复登记', false],
      // It was about a neighbour, too.
      ['2026-02-10', 200, 700, null, false],
      ['2026-02-01', 500, 500, '清洁日', false],
    ]);
    expect(account!.items[0]!.purpose).toEqual({ zh: '兑换物品', en: 'Goods' });
    const page = await mine(one!.client, { limit: 1, offset: 1 });
    expect(page[0]!.items.map((m) => m.balance)).toEqual([700]);
    expect(await mine(two!.client)).toEqual([]);
    await b.secretary.ok(personalFields.withdraw, { params: { id: consent.body.id } });
    expect(await mine(one!.client)).toEqual([]);
    const kept = await world.asSystem((rq) =>
      rq.db.one<{ person: string | null; told: number }>(sql`
        SELECT c.person_id AS person, (SELECT count(*)::int FROM journal j
          WHERE j.verb LIKE 'consent.%' AND j.after::text LIKE ${`%${one!.personId}%`}) AS told
        FROM consents c WHERE c.id = ${consent.body.id}`),
    );
    expect(kept).toEqual({ person: null, told: 0 });
  });

  it('show a party member their own account and nobody else’s', async () => {
    await grant([{ personId: memberId }], 250, '义务劳动');
    const otherId = await world.person('member2', world.units.eastVillage);
    await grant([{ personId: otherId }], 900, '宣讲');
    const accounts = await mine(await world.as('member'));
    expect(accounts).toMatchObject([{ holder: 'person', holderName: 'member', balance: 250, total: 1 }]);
    expect(await mine(await world.as('member2'))).toMatchObject([{ holderName: 'member2', balance: 900 }]);
    expect(await mine(b.secretary)).toEqual([]);
    expect(await mine(b.organiser)).toEqual([]);
    expect((await b.stranger.call(points.mine)).status).toBe(401);
    expect((await b.reader.call(points.mine, { query: { limit: 0 } as never })).status).toBe(400);
  });

  it('end on the day after the consent does, also before the night has erased it', async () => {
    const [, , three] = residents;
    await grant([{ subjectId: three!.home }], 100);
    await agree(three!.home, three!.personId, { expiresOn: '2026-03-03' });
    expect(await mine(three!.client)).toHaveLength(1);
    world.setNow('2026-03-04T09:00:00+08:00');
    expect(await mine(three!.client)).toEqual([]);
    world.setNow('2026-03-02T09:00:00+08:00');
  });

  it('need a consent of a household, recorded by who serves it, for a person who is there', async () => {
    const [one] = residents;
    const partner = await b.subject('partner', '示例学校');
    expect((await agree(partner, one!.personId, { fields: ['phone'] })).code).toBe('consent-person');
    expect((await agree(one!.home, randomUUID())).status).toBe(404);
    expect((await agree(one!.home, one!.personId, {}, b.reader)).status).toBe(403);
    expect((await agree(one!.home, one!.personId, {}, b.neighbour)).status).toBe(404);
    expect((await agree(one!.home, one!.personId, {}, one!.client)).status).toBe(403);
    expect((await agree(one!.home, 'nobody')).status).toBe(400);
    const given = (await agree(one!.home, one!.personId)).body;
    const edited = world.asSystem((rq) =>
      rq.db.run(sql`UPDATE consents SET person_id = ${memberId} WHERE id = ${given.id}`),
    );
    await expect(edited).rejects.toMatchObject({ code: '23514' });
  });

  it('are for everybody exactly what was posted for them, whatever is posted', async () => {
    for (const r of residents) await agree(r.home, r.personId);
    const before = await Promise.all(residents.map(async (r) => (await mine(r.client))[0]?.balance ?? 0));
    const sums = [...before];
    await fc.assert(
      fc.asyncProperty(
        fc.subarray([0, 1, 2], { minLength: 1 }),
        fc.integer({ min: 1, max: 10_000 }),
        async (who, amount) => {
          await grant(
            who.map((i) => ({ subjectId: residents[i]!.home })),
            amount,
            who.map((i) => `东街${i + 1}号`).join('、'),
          );
          for (const i of who) sums[i]! += amount;
          for (const [i, r] of residents.entries()) {
            const told = await mine(r.client);
            expect(told.map((a) => [a.holderName, a.balance])).toEqual(
              sums[i] === 0 && told.length === 0 ? [] : [[`东街${i + 1}号`, sums[i]]],
            );
            const others = [1, 2, 3].filter((n) => n !== i + 1).map((n) => `东街${n}号`);
            for (const other of others) expect(JSON.stringify(told)).not.toContain(other);
          }
        },
      ),
      { numRuns: 8 },
    );
  });
});
