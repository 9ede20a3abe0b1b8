import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
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

const accounts = ['asset:bank', 'asset:cash', 'asset:receivable', 'equity:opening', 'income:lease', 'expense:wages'];
const day = fc.integer({ min: 0, max: 400 }).map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));
const line = fc.record({ account: fc.constantFrom(...accounts), amount: fc.integer({ min: -9_999, max: 9_999 }) });
/** Lines that mostly balance: the last one takes up what the others leave. */
const lines = fc
  .array(line, { minLength: 1, maxLength: 4 })
  .chain((some) =>
    fc
      .tuple(fc.constantFrom(...accounts), fc.constantFrom(0, 0, 0, 1))
      .map(([account, slip]) => [
        ...some.filter((l) => l.amount !== 0),
        { account, amount: -some.reduce((sum, l) => sum + l.amount, 0) + slip },
      ]),
  );
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      onDay: day,
      lines,
      text: fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reverse' as const), nth: fc.nat(30), onDay: day }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), through: day }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), from: day }) },
);

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** Does one act; a refusal is an answer like any other, a defect is not. */
async function perform(id: string, a: Act): Promise<number> {
  if (a.do === 'post') {
    const { onDay, lines: given, text } = a;
    const answer = await b.secretary.call(ledgers.post, { params: { id }, body: { onDay, text, lines: given } });
    if (given.length < 2 || given.some((l) => l.amount === 0)) expect(answer.status).toBe(400);
    return answer.status;
  }
  if (a.do === 'close')
    return (await b.secretary.call(ledgers.close, { params: { id }, body: { through: a.through } })).status;
  if (a.do === 'reopen')
    return (await b.secretary.call(ledgers.reopen, { params: { id }, body: { from: a.from, reason: '更正' } })).status;
  const { items } = await b.secretary.ok(ledgers.entries, { params: { id }, query: { limit: 200 } });
  const entry = items[a.nth % Math.max(items.length, 1)];
  if (!entry) return 404;
  const body = { onDay: a.onDay, reason: '冲销' };
  const answer = await b.secretary.call(ledgers.reverse, { params: { id: entry.id }, body });
  if (entry.reverses !== null) expect(answer.code).toBe('entry-is-reversal');
  if (entry.reversedBy !== null) expect(answer.code).toBe('entry-reversed');
  return answer.status;
}

/** What the database holds of a book, counted from its lines. */
const truth = (id: string) =>
  world.asSystem(async (rq) => ({
    numbers: (
      await rq.db.many<{ n: number }>(sql`SELECT number AS n FROM entries WHERE book_id = ${id} ORDER BY number`)
    ).map((r) => r.n),
    unbalanced: await rq.db.many(
      sql`SELECT entry_id FROM entry_lines WHERE book_id = ${id} GROUP BY entry_id HAVING sum(amount) <> 0 OR count(*) < 2`,
    ),
    kept: await rq.db.many(sql`SELECT a.code, k.balance, coalesce(sum(l.amount), 0)::bigint AS counted FROM accounts a
      JOIN account_balances k ON k.account_id = a.id LEFT JOIN entry_lines l ON l.account_id = a.id
      WHERE a.book_id = ${id} GROUP BY 1, 2 HAVING k.balance <> coalesce(sum(l.amount), 0)`),
    closed: await rq.db.many(sql`SELECT e.number FROM entries e JOIN entries r ON r.reverses = e.id
      WHERE e.book_id = ${id} AND (r.on_day < e.on_day OR e.reverses IS NOT NULL)`),
  }));

/** Every account, over two spans that meet: the closing of one is the opening of the next, and pages add up. */
async function statementsAdd(id: string, cut: string): Promise<void> {
  const next = new Date(Date.parse(cut) + 86_400_000).toISOString().slice(0, 10);
  const natural = (of: string, debit: number, credit: number) =>
    ['asset', 'expense'].includes(of) ? debit - credit : credit - debit;
  for (const account of accounts) {
    const statement = (query: object) =>
      b.secretary.ok(ledgers.statement, { params: { id }, query: { account, limit: 200, ...query } });
    const [whole, first, second] = [await statement({}), await statement({ to: cut }), await statement({ from: next })];
    for (const s of [whole, first, second]) {
      expect(s.opening + natural(s.class, s.debit, s.credit)).toBe(s.closing);
      const debit = s.items.reduce((sum, m) => sum + m.debit, 0);
      const credit = s.items.reduce((sum, m) => sum + m.credit, 0);
      expect([debit, credit]).toEqual([s.debit, s.credit]);
      let running = s.opening;
      for (const m of s.items) expect(m.balance).toBe((running += natural(s.class, m.debit, m.credit)));
      expect(running).toBe(s.closing);
    }
    expect(second.opening).toBe(first.closing);
    expect(second.closing).toBe(whole.closing);
    expect(first.total + second.total).toBe(whole.total);
    const page = await statement({ limit: 2, offset: 1 });
    expect(page.items).toEqual(whole.items.slice(1, 3));
    const [kept] = (await b.secretary.ok(ledgers.accounts, { params: { id }, query: { below: account } })).items;
    expect(kept!.balance).toBe(whole.closing);
  }
}

function hledger(text: string, ...args: string[]): { code: number | null; out: string } {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-books-'));
  const file = join(folder, 'book.journal');
  writeFileSync(file, text);
  const run = spawnSync('hledger', ['-f', file, ...args], {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C.UTF-8' },
  });
  rmSync(folder, { recursive: true, force: true });
  return { code: run.status, out: `${run.stdout}${run.stderr}${run.error?.message ?? ''}` };
}

const plainText = async (id: string, tree = false) =>
  String((await b.clerk.call(ledgers.journal, { params: { id }, query: { tree } })).body);

describe('whatever is posted, reversed, closed and reopened', () => {
  it('every entry balances, numbers have no gap, statements add up, and hledger finds every balance as we say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), day, async (acts, cut) => {
        const id = await collectiveBook(b.secretary, world.units.eastVillage, 5_000);
        let posted = 1;
        for (const a of acts) {
          const status = await perform(id, a);
          expect(status).toBeLessThan(500);
          if (status === 200 && (a.do === 'post' || a.do === 'reverse')) posted++;
        }
        const t = await truth(id);
        expect(t.numbers).toEqual(Array.from({ length: posted }, (_, i) => i + 1));
        expect([t.unbalanced, t.kept, t.closed]).toEqual([[], [], []]);
        await statementsAdd(id, cut);
        const trial = await b.secretary.ok(ledgers.balances, { params: { id }, query: { from: cut } });
        expect(trial.debit).toBe(trial.credit);
        expect(hledger(await plainText(id), 'check', '--strict', 'ordereddates')).toEqual({ code: 0, out: '' });
      }),
      { numRuns: 12 },
    );
  });
});

describe('head and branches', () => {
  it('M416 keeps a book for each branch and adds them up: the head is the sum of all, less what lies between them', async () => {
    const book = async (name: string, headId?: string) => {
      const subjectId = await b.subject('cooperative', name);
      const body = {
        kind: 'cooperative',
        unitId: world.units.eastVillage,
        title: name,
        openedOn: '2026-01-01',
        subjectId,
      };
      return (await b.secretary.ok(ledgers.open, { body: { ...body, ...(headId ? { headId } : {}) } })).id;
    };
    const head = await book('总社');
    const branches = [await book('餐饮分社', head), await book('文旅分社', head), await book('种植分社', head)];
    const move = fc.record({
      branch: fc.nat(2),
      income: fc.integer({ min: 1, max: 10_000 }),
      cost: fc.integer({ min: 1, max: 10_000 }),
      share: fc.integer({ min: 1, max: 5_000 }),
      both: fc.boolean(),
    });
    let missing = 0;
    await fc.assert(
      fc.asyncProperty(move, async (m) => {
        const id = branches[m.branch]!;
        await b.secretary.ok(
          ledgers.post,
          post(id, '2026-02-01', 'asset:bank', 'income:sales', m.income + m.cost + m.share),
        );
        await b.secretary.ok(ledgers.post, post(id, '2026-02-02', 'expense:operations', 'asset:bank', m.cost));
        const between = (of: string, other: string, debit: string, credit: string) =>
          b.secretary.ok(ledgers.post, {
            params: { id: of },
            body: {
              onDay: '2026-02-03',
              text: '上缴利润',
              lines: [
                {
                  account: debit,
                  amount: m.share,
                  ...(debit.startsWith('expense') ? { counterpartBookId: other } : {}),
                },
                {
                  account: credit,
                  amount: -m.share,
                  ...(credit.startsWith('income') ? { counterpartBookId: other } : {}),
                },
              ],
            },
          });
        await between(id, head, 'expense:head-contribution', 'asset:bank');
        if (m.both) await between(head, id, 'asset:bank', 'income:branch-profit');
        else missing += m.share;
        const c = await b.clerk.ok(ledgers.consolidation, { params: { id: head } });
        expect(c.books.map((x) => x.id).sort()).toEqual([head, ...branches].sort());
        expect(c.unmatched).toBe(missing);
        for (const item of c.items) {
          expect(item.byBook.reduce((sum, x) => sum + x.balance, 0)).toBe(item.sum);
          expect(item.consolidated).toBe(item.sum - item.eliminated);
          for (const x of item.byBook) {
            const { items } = await b.secretary.ok(ledgers.balances, { params: { id: x.bookId } });
            expect(items.find((r) => r.code === item.code)?.closing).toBe(x.balance);
          }
        }
        const of = (code: string) => c.items.find((i) => i.code === code);
        expect(of('expense:head-contribution')!.consolidated).toBe(0);
        expect(of('income:branch-profit')?.consolidated ?? 0).toBe(0);
        const tree = await b.clerk.ok(ledgers.results, { params: { id: head }, query: { tree: true } });
        const alone = await Promise.all(
          [head, ...branches].map((x) => b.clerk.ok(ledgers.results, { params: { id: x } })),
        );
        expect(tree.result).toBe(alone.reduce((sum, r) => sum + r.result, 0));
      }),
      { numRuns: 8 },
    );
    const all = await plainText(head, true);
    expect(hledger(all, 'check', '--strict')).toEqual({ code: 0, out: '' });
    const shown = hledger(all, 'balance', 'type:R', '-1', '--format', '%(total)', '-N', '--invert').out;
    expect(shown).toContain('CNY');
    const elsewhere = await collectiveBook(b.secretary, world.units.eastVillage, 10);
    const foreign = await b.secretary.call(ledgers.post, {
      params: { id: head },
      body: {
        onDay: '2026-02-01',
        text: '与无关账簿',
        lines: [
          { account: 'asset:receivable', amount: 1, counterpartBookId: elsewhere },
          { account: 'income:other', amount: -1 },
        ],
      },
    });
    expect(foreign.code).toBe('book-counterpart');
  });
});

describe('many at once', () => {
  it('32 writers on one book never lose or double an entry or a number', async () => {
    const id = await collectiveBook(b.secretary, world.units.eastVillage, 1_000);
    const answers = await Promise.all(
      Array.from({ length: 32 }, async (_, writer) => {
        const mine: { status: number; number: number }[] = [];
        for (let n = 0; n < 6; n++) {
          const source = { kind: 'test', id: `${n % 2 === 0 ? `w${writer}` : `shared-${writer % 4}`}-${n}` };
          const body = { ...post(id, '2026-02-01', 'asset:cash', 'asset:bank', 3).body, source };
          const answer = await b.secretary.call(ledgers.post, { params: { id }, body });
          mine.push({ status: answer.status, number: answer.body.number });
        }
        return mine;
      }),
    );
    const all = answers.flat();
    expect(new Set(all.map((a) => a.status))).toEqual(new Set([200]));
    // Half of the sources were each tried by eight writers: 32 × 3 of one's own and 4 × 3 shared ones.
    const t = await truth(id);
    expect(t.numbers).toEqual(Array.from({ length: 1 + 96 + 12 }, (_, i) => i + 1));
    expect([t.unbalanced, t.kept]).toEqual([[], []]);
    expect(new Set(all.map((a) => a.number)).size).toBe(108);
  });

  it('spends what is there once, whoever comes first, and closes no day over an entry on its way', async () => {
    const id = await collectiveBook(b.secretary, world.units.eastVillage, 100);
    const spend = () => b.secretary.call(ledgers.post, post(id, '2026-02-01', 'expense:other', 'asset:bank', 30));
    const close = () => b.clerk.call(ledgers.close, { params: { id }, body: { through: '2026-02-15' } });
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, spend),
      close(),
      ...Array.from({ length: 8 }, spend),
    ]);
    const codes = answers.map((a) => a.code ?? 'done');
    expect(codes.filter((c) => !['done', 'entry-not-covered', 'entry-closed-period'].includes(c))).toEqual([]);
    const t = await truth(id);
    expect(t.numbers.length).toBeLessThanOrEqual(4);
    expect(t.numbers).toEqual(t.numbers.map((_, i) => i + 1));
    expect(t.kept).toEqual([]);
  });
});
