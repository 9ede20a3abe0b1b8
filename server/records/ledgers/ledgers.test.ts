import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgers } from '../../../domain/records/ledgers/index.ts';
import { type Bookkeeping, bookkeeping, collectiveBook, post } from '../../../tests/support/books.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

let world: World;
let b: Bookkeeping;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
});
afterAll(() => world.close());

const collective = (money = 0) => collectiveBook(b.secretary, world.units.eastVillage, money);
const bank = async (id: string) =>
  (await b.secretary.ok(ledgers.accounts, { params: { id }, query: { below: 'asset:bank' } })).items[0]!.balance;

describe('opening a book', () => {
  it('opens with the whole chart of its kind, at the units of its kind, and not ahead of today', async () => {
    const id = await collective();
    const { items, total } = await b.secretary.ok(ledgers.accounts, { params: { id }, query: { limit: 200 } });
    const kinds = await b.secretary.ok(ledgers.kinds);
    const kind = kinds.items.find((k) => k.kind === 'village-collective')!;
    expect(total).toBe(kind.accounts.length);
    expect(items.map((a) => a.code).sort()).toEqual(kind.accounts.map((a) => a.code).sort());
    expect(items.every((a) => a.balance === 0)).toBe(true);
    const open = (given: object) =>
      b.clerk.call(ledgers.open, {
        body: {
          kind: 'village-collective',
          unitId: world.units.eastVillage,
          title: '账',
          openedOn: '2026-01-01',
          ...given,
        },
      });
    expect((await open({ unitId: world.units.east })).code).toBe('book-kind-unit');
    expect((await open({ openedOn: '2026-03-03' })).code).toBe('book-opened-ahead');
    expect((await open({ kind: 'no-such' })).status).toBe(400);
    expect((await open({ kind: 'cooperative' })).code).toBe('book-of-subject');
    expect((await open({ kind: 'project' })).code).toBe('book-of-case');
    const household = await b.subject('household', '1 组 1 号');
    expect((await open({ kind: 'cooperative', subjectId: household })).code).toBe('book-of-subject');
    expect((await open({ headId: id })).code).toBe('book-head-kind');
  });
});

describe('posting', () => {
  it('books money by source and purpose in balanced entries and reports the integrated amount', async () => {
    const fund = await b.clerk.ok(ledgers.open, {
      body: { kind: 'creation-fund', unitId: world.units.east, title: '2026 创建资金', openedOn: '2026-01-01' },
    });
    const entry = (lines: { account: string; amount: number; purpose?: string; fundSource?: string }[]) =>
      b.clerk.call(ledgers.post, { params: { id: fund.id }, body: { onDay: '2026-02-01', text: '资金', lines } });
    const received = (amount: number, fundSource: string) =>
      entry([
        { account: 'asset:bank', amount },
        { account: 'income:received', amount: -amount, fundSource },
      ]);
    expect((await received(300_000_00, 'county')).status).toBe(200);
    expect((await received(50_000_00, 'enterprise')).status).toBe(200);
    expect((await received(1, 'the-moon')).code).toBe('entry-fund-source');
    const none = [
      { account: 'asset:bank', amount: 5 },
      { account: 'income:received', amount: -5 },
    ];
    expect((await entry(none)).code).toBe('entry-needs-fund-source');
    const paid = (amount: number, purpose?: string) =>
      entry([
        { account: 'expense:allocated', amount, fundSource: 'county', ...(purpose ? { purpose } : {}) },
        { account: 'asset:bank', amount: -amount },
      ]);
    expect((await paid(120_000_00)).code).toBe('entry-needs-purpose');
    expect((await paid(120_000_00, 'fireworks')).code).toBe('entry-purpose');
    expect((await paid(120_000_00, 'environment')).status).toBe(200);
    expect((await paid(400_000_00, 'venue')).code).toBe('entry-not-covered');
    const r = await b.clerk.ok(ledgers.results, { params: { id: fund.id } });
    expect(r).toMatchObject({ income: 350_000_00, expense: 120_000_00, result: 230_000_00 });
    expect(r.items.map((i) => [i.class === 'expense' ? i.purpose : i.fundSource, i.amount])).toEqual([
      ['county', 300_000_00],
      ['enterprise', 50_000_00],
      ['environment', 120_000_00],
    ]);
  });

  it('refuses what does not balance, is not dated in the book, or is not in the chart, and writes nothing of it', async () => {
    const id = await collective(1000);
    const tried = async (onDay: string, lines: { account: string; amount: number }[]) =>
      (await b.secretary.call(ledgers.post, { params: { id }, body: { onDay, text: '试', lines } })).code;
    const pair = (amount: number, back = -amount) => [
      { account: 'asset:cash', amount },
      { account: 'asset:bank', amount: back },
    ];
    expect(await tried('2026-03-01', pair(10, -9))).toBe('entry-not-balanced');
    expect(await tried('2026-03-03', pair(10))).toBe('entry-ahead');
    expect(await tried('2024-12-31', pair(10))).toBe('entry-before-book');
    expect(await tried('2026-03-01', pair(1001))).toBe('entry-not-covered');
    expect(await tried('2026-03-01', [pair(10)[0]!, { account: 'asset:moon', amount: -10 }])).toBe('entry-no-account');
    for (const lines of [pair(0), pair(0.5), pair(1e15), [pair(1)[0]!]])
      expect(await tried('2026-03-01', lines)).toBe('invalid-input');
    const book = await b.secretary.ok(ledgers.get, { params: { id } });
    expect(book.entries).toBe(1);
    expect(await bank(id)).toBe(1000);
  });

  it('posts what follows from one source once, and anew only after it was turned round', async () => {
    const id = await collective(10_000);
    const rent = (again?: boolean) =>
      b.secretary.call(ledgers.post, {
        params: { id },
        body: {
          ...post(id, '2026-01-10', 'expense:land-rent', 'asset:bank', 700).body,
          source: { kind: 'agreement', id: 'a1:rent-2026' },
          ...(again ? { again } : {}),
        },
      });
    const first = await rent();
    expect((await rent()).body.id).toBe(first.body.id);
    expect(await bank(id)).toBe(9300);
    expect((await rent(true)).code).toBe('entry-source-posted');
    await b.secretary.ok(ledgers.reverse, {
      params: { id: first.body.id },
      body: { onDay: '2026-01-11', reason: '金额有误' },
    });
    expect((await rent()).body.id).toBe(first.body.id);
    const second = await rent(true);
    expect([second.status, second.body.number]).toEqual([200, 4]);
    expect(await bank(id)).toBe(9300);
  });

  it('answers a repeated request of a phone with the first answer', async () => {
    const id = await collective(100);
    const once = {
      ...post(id, '2026-01-10', 'asset:cash', 'asset:bank', 10),
      headers: { 'idempotency-key': 'abcd-1234' },
    };
    const answers = [await b.secretary.ok(ledgers.post, once), await b.secretary.ok(ledgers.post, once)];
    expect(answers[1]!.id).toBe(answers[0]!.id);
    expect(await bank(id)).toBe(90);
  });

  it('keeps an account for each household below the chart’s own', async () => {
    const id = await collective(10_000);
    const [one, two] = [await b.subject('household', '2 组 1 号'), await b.subject('household', '2 组 2 号')];
    const dividend = (subjectId: string, amount: number) => ({
      ...post(id, '2026-02-01', 'expense:dividends', 'asset:bank', amount).body,
      lines: [
        { account: 'expense:dividends', amount, subjectId },
        { account: 'asset:bank', amount: -amount },
      ],
    });
    for (const [subject, amount] of [
      [one, 300],
      [two, 200],
      [one, 50],
    ] as const)
      await b.secretary.ok(ledgers.post, { params: { id }, body: dividend(subject, amount) });
    const { items } = await b.secretary.ok(ledgers.accounts, { params: { id }, query: { below: 'expense:dividends' } });
    expect(Object.fromEntries(items.map((a) => [a.name, a.balance]))).toEqual({
      成员分红: 0,
      '2 组 1 号': 350,
      '2 组 2 号': 200,
    });
    const all = await b.secretary.ok(ledgers.statement, { params: { id }, query: { account: 'expense:dividends' } });
    expect([all.total, all.closing]).toEqual([3, 550]);
    const enterprise = await b.subject('enterprise', '某公司');
    const wrong = await b.secretary.call(ledgers.post, { params: { id }, body: dividend(enterprise, 1) });
    expect(wrong.code).toBe('entry-not-per-subject');
  });
});

describe('corrections', () => {
  it('turns an entry round once, never a reversal, and never by editing', async () => {
    const id = await collective(500);
    const e = await b.secretary.ok(ledgers.post, post(id, '2026-02-01', 'expense:management', 'asset:bank', 120));
    const back = (entry: string, onDay = '2026-02-02') =>
      b.secretary.call(ledgers.reverse, { params: { id: entry }, body: { onDay, reason: '重复入账' } });
    expect((await back(e.id, '2026-01-31')).code).toBe('entry-reversal-before');
    const reversal = await back(e.id);
    expect(reversal.body).toMatchObject({ reverses: e.id, number: 3, amount: 120 });
    expect((await back(e.id)).code).toBe('entry-reversed');
    expect((await back(reversal.body.id)).code).toBe('entry-is-reversal');
    expect(await bank(id)).toBe(500);
    expect((await b.secretary.ok(ledgers.entry, { params: { id: e.id } })).reversedBy).toBe(reversal.body.id);
    const change = (statement: ReturnType<typeof sql>) =>
      world
        .asSystem((rq) => rq.db.run(statement))
        .then(
          () => 'done',
          (error: { code?: string }) => error.code,
        );
    expect(await change(sql`UPDATE entries SET text = 'x' WHERE id = ${e.id}`)).toBe('42501');
    expect(await change(sql`DELETE FROM entry_lines WHERE entry_id = ${e.id}`)).toBe('42501');
    const line = sql`INSERT INTO entry_lines (id, entry_id, book_id, account_id, unit_path, on_day, position, amount)
      SELECT gen_random_uuid(), entry_id, book_id, account_id, unit_path, on_day, 9, 1 FROM entry_lines WHERE entry_id = ${e.id}`;
    expect(await change(line)).toBe('23514');
  });

  it('lets the database itself refuse an entry that does not balance', async () => {
    const id = await collective();
    const entry = world.asSystem((rq) =>
      rq.db.run(sql`INSERT INTO entries (id, book_id, unit_path, number, on_day, text, posted_at)
        SELECT gen_random_uuid(), id, unit_path, 99, '2026-01-01', 'x', ${rq.now} FROM books WHERE id = ${id}`),
    );
    await expect(entry).rejects.toMatchObject({ code: '23514' });
  });
});

describe('closing', () => {
  it('keeps a closed period closed until it is reopened with a reason, which the journal keeps', async () => {
    const id = await collective(500);
    const spend = (onDay: string) => b.secretary.call(ledgers.post, post(id, onDay, 'expense:other', 'asset:bank', 1));
    const close = (through: string, ends = false) =>
      b.secretary.call(ledgers.close, { params: { id }, body: { through, ends } });
    const e = (await spend('2026-01-20')).body;
    expect((await close('2026-03-02')).code).toBe('close-ahead');
    expect((await close('2026-01-31')).body.closedThrough).toBe('2026-01-31');
    expect((await close('2026-01-15')).code).toBe('close-already');
    expect((await spend('2026-01-31')).code).toBe('entry-closed-period');
    expect((await spend('2026-02-01')).status).toBe(200);
    const reverse = (onDay: string) =>
      b.secretary.call(ledgers.reverse, { params: { id: e.id }, body: { onDay, reason: '误记' } });
    expect((await reverse('2026-01-25')).code).toBe('entry-closed-period');
    expect((await reverse('2026-02-02')).status).toBe(200);
    const reopen = (from: string) =>
      b.secretary.call(ledgers.reopen, { params: { id }, body: { from, reason: '漏记发票' } });
    expect((await reopen('2026-02-01')).code).toBe('reopen-not-closed');
    expect((await reopen('2026-01-16')).body.closedThrough).toBe('2026-01-15');
    expect((await spend('2026-01-16')).status).toBe(200);
    expect((await spend('2026-01-15')).code).toBe('entry-closed-period');
    const kept = await world.asSystem((rq) =>
      rq.db.one<{ after: { reason: string } }>(
        sql`SELECT after FROM journal WHERE verb = 'book.reopen' AND subject_id = ${id}`,
      ),
    );
    expect(kept.after.reason).toBe('漏记发票');
    expect((await close('2026-03-01', true)).code).toBe('book-not-empty');
    await b.secretary.ok(ledgers.post, post(id, '2026-03-02', 'expense:other', 'asset:bank', await bank(id)));
    expect((await close('2026-03-01', true)).body.closedOn).toBe('2026-03-02');
    expect((await spend('2026-03-02')).code).toBe('book-ended');
    expect((await reopen('2026-02-01')).code).toBe('book-ended');
  });
});

describe('access', () => {
  it('is closed to strangers, neighbours and, for writing, to readers', async () => {
    const id = await collective(100);
    const entry = (await b.secretary.ok(ledgers.entries, { params: { id } })).items[0]!.id;
    const reading = [
      [ledgers.get, { params: { id } }],
      [ledgers.accounts, { params: { id } }],
      [ledgers.entries, { params: { id } }],
      [ledgers.entry, { params: { id: entry } }],
      [ledgers.statement, { params: { id }, query: { account: 'asset:bank' } }],
      [ledgers.statementSheet, { params: { id }, query: { account: 'asset:bank' } }],
      [ledgers.balances, { params: { id } }],
      [ledgers.results, { params: { id } }],
      [ledgers.consolidation, { params: { id } }],
      [ledgers.journal, { params: { id } }],
    ] as const;
    const open = { kind: 'village-collective', unitId: world.units.eastVillage, title: '账', openedOn: '2026-01-01' };
    const writing = [
      [ledgers.open, { body: open }],
      [ledgers.post, post(id, '2026-01-01', 'asset:cash', 'asset:bank', 1)],
      [ledgers.reverse, { params: { id: entry }, body: { onDay: '2026-01-01', reason: '试' } }],
      [ledgers.close, { params: { id }, body: { through: '2026-01-01' } }],
      [ledgers.reopen, { params: { id }, body: { from: '2026-01-01', reason: '试' } }],
    ] as const;
    type Call = (endpoint: never, input: never) => Promise<{ status: number }>;
    const status = async (client: { call: unknown }, [endpoint, input]: readonly [unknown, unknown]) =>
      (await (client.call as Call)(endpoint as never, input as never)).status;
    for (const c of [...reading, ...writing]) {
      expect([c[0].name, await status(b.stranger, c)]).toEqual([c[0].name, 401]);
      expect([c[0].name, await status(b.neighbour, c)]).toEqual([c[0].name, 404]);
    }
    for (const c of reading) expect([c[0].name, await status(b.reader, c)]).toEqual([c[0].name, 200]);
    for (const c of writing) expect([c[0].name, await status(b.reader, c)]).toEqual([c[0].name, 403]);
    const bad = { params: { id: 'nothing' } };
    for (const c of [...reading, ...writing].filter((x) => 'params' in x[1]))
      expect([c[0].name, await status(b.clerk, [c[0], { ...c[1], ...bad }])]).toEqual([c[0].name, 400]);
    for (const c of [...reading, ...writing].filter((x) => 'params' in x[1]))
      expect([c[0].name, await status(b.clerk, [c[0], { ...c[1], params: { id: randomUUID() } }])]).toEqual([
        c[0].name,
        404,
      ]);
    expect((await b.neighbour.ok(ledgers.list)).items.filter((x) => x.unitId === world.units.eastVillage)).toEqual([]);
    expect(
      (await b.reader.ok(ledgers.list, { query: { under: world.units.eastVillage, q: '村集体' } })).total,
    ).toBeGreaterThan(0);
    expect((await b.stranger.call(ledgers.list)).status).toBe(401);
    expect((await b.stranger.call(ledgers.kinds)).status).toBe(401);
  });

  it('shows of points that are somebody’s own only totals to those who do not keep the book', async () => {
    const { id } = await b.secretary.ok(ledgers.open, {
      body: { kind: 'member-points', unitId: world.units.eastVillage, title: '党员积分', openedOn: '2026-01-01' },
    });
    const member = await world.person('member', world.units.eastVillage);
    const e = await b.secretary.ok(ledgers.post, {
      params: { id },
      body: {
        onDay: '2026-02-01',
        text: '志愿服务',
        lines: [
          { account: 'expense:granted', amount: 500, purpose: 'volunteer-service' },
          { account: 'liability:members', amount: -500, personId: member, note: '某人' },
        ],
      },
    });
    const own = `liability:members:${member}`;
    expect(e.lines[1]!.account).toBe(own);
    const accounts = await b.reader.ok(ledgers.accounts, { params: { id } });
    expect(accounts.items.find((a) => a.code.startsWith('liability'))).toMatchObject({
      code: 'liability:members',
      balance: 500,
    });
    const told = [
      accounts,
      await b.reader.ok(ledgers.entry, { params: { id: e.id } }),
      await b.reader.ok(ledgers.entries, { params: { id } }),
      await b.reader.ok(ledgers.statement, { params: { id }, query: { account: 'liability:members' } }),
      (await b.reader.call(ledgers.journal, { params: { id } })).body,
      (
        await b.reader.call(ledgers.statementSheet, {
          params: { id },
          query: { account: 'liability:members', format: 'csv' },
        })
      ).body,
    ];
    for (const t of told) expect(JSON.stringify(t)).not.toMatch(new RegExp(`${member}|某人|志愿`));
    expect((await b.reader.call(ledgers.statement, { params: { id }, query: { account: own } })).code).toBe(
      'entry-no-account',
    );
    expect((await b.secretary.ok(ledgers.statement, { params: { id }, query: { account: own } })).closing).toBe(500);
    const kept = await world.asSystem((rq) =>
      rq.db.one<{ after: object }>(sql`SELECT after FROM journal WHERE verb = 'entry.post' AND subject_id = ${e.id}`),
    );
    expect(JSON.stringify(kept)).not.toContain(member);
  });
});
