import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreements } from '../../../domain/records/agreements/index.ts';
import { ledgers } from '../../../domain/records/ledgers/index.ts';
import { type Bookkeeping, bookkeeping, post } from '../../../tests/support/books.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let b: Bookkeeping;
let head: string;
let branch: string;
let branchCoop: string;

const yuan = (n: number) => n * 100;

beforeAll(async () => {
  world = await createWorld({ now: '2026-04-10T09:00:00+08:00' });
  b = await bookkeeping(world);
  const { east, eastVillage } = world.units;
  const headCoop = await b.subject('cooperative', '东林总社', east);
  branchCoop = await b.subject('cooperative', '青石分社');
  const open = async (unitId: number, title: string, subjectId: string, headId?: string) =>
    (
      await b.clerk.ok(ledgers.open, {
        body: { kind: 'cooperative', unitId, title, openedOn: '2026-01-01', subjectId, ...(headId ? { headId } : {}) },
      })
    ).id;
  head = await open(east, '总社账', headCoop);
  branch = await open(eastVillage, '分社账', branchCoop, head);
  const agreed = await b.clerk.ok(agreements.draft, {
    body: {
      kind: 'branch-profit',
      unitId: eastVillage,
      fromDay: '2026-01-01',
      parties: [
        { role: 'head', subjectId: headCoop },
        { role: 'branch', subjectId: branchCoop },
      ],
      terms: { sharePercent: 12.5, every: 'month' },
    },
  });
  const params = { id: agreed.id };
  await b.clerk.ok(agreements.openSigning, { params, body: {} });
  for (const party of agreed.partyList)
    await b.clerk.ok(agreements.sign, {
      params,
      body: { partyId: party.id, signedOn: '2026-01-02', signedBy: '理事长' },
    });
  await b.clerk.ok(agreements.force, { params, body: { onDay: '2026-01-02' } });
});
afterAll(() => world.close());

const close = (who: Client, id: string, through: string) =>
  who.ok(ledgers.close, { params: { id }, body: { through } });
const earn = (onDay: string, amount: number) =>
  b.secretary.ok(ledgers.post, post(branch, onDay, 'asset:bank', 'income:sales', yuan(amount)));
const spend = (onDay: string, account: string, amount: number) =>
  b.secretary.ok(ledgers.post, post(branch, onDay, account, 'asset:bank', yuan(amount)));
const balance = async (id: string, below: string) => {
  const { items } = await b.clerk.ok(ledgers.accounts, { params: { id }, query: { below } });
  return Math.abs(items[0]!.balance) / 100;
};
const both = async () => [
  await balance(branch, 'expense:head-contribution'),
  await balance(branch, 'liability:head'),
  await balance(head, 'income:branch-profit'),
  await balance(head, 'asset:receivable'),
];

describe('the profit of a branch', () => {
  it('M419 contributes the agreed percentage to the head by itself once the period is closed, in both books', async () => {
    await earn('2026-01-20', 10_000);
    await spend('2026-01-25', 'expense:operations', 6_000);
    // What is given away of a profit is no cost of it.
    await spend('2026-01-28', 'expense:collective-contribution', 1_000);
    expect(await both()).toEqual([0, 0, 0, 0]);
    await close(b.clerk, branch, '2026-01-31');
    expect(await both()).toEqual([500, 500, 500, 500]);
    const { items } = await b.clerk.ok(ledgers.entries, { params: { id: head }, query: {} });
    expect(items.map((e) => [e.onDay, e.sourceKind])).toEqual([['2026-02-01', 'agreement']]);
    // Added up, what lies between the two falls out.
    const sum = await b.clerk.ok(ledgers.consolidation, { params: { id: head }, query: {} });
    const shown = (account: string) => sum.items.find((i) => i.code === account)?.consolidated ?? 0;
    expect([shown('income:branch-profit'), shown('expense:head-contribution'), sum.unmatched]).toEqual([0, 0, 0]);
  });

  it('M419 makes up for a loss first, and owes nothing of it', async () => {
    await spend('2026-02-10', 'expense:inputs', 2_000);
    await close(b.clerk, branch, '2026-02-28');
    expect(await both()).toEqual([500, 500, 500, 500]);
  });

  it('M419 is taken up by the head’s own closing where whoever keeps the branch does not see the head’s book', async () => {
    await earn('2026-03-05', 6_000);
    expect((await b.secretary.call(ledgers.get, { params: { id: head } })).status).toBe(404);
    await close(b.secretary, branch, '2026-03-31');
    expect(await both()).toEqual([500, 500, 500, 500]);
    // 4,000 − 2,000 + 6,000 yuan so far, an eighth of it, less what was contributed before.
    await close(b.clerk, head, '2026-03-31');
    expect(await both()).toEqual([1_000, 1_000, 1_000, 1_000]);
  });

  it('M419 posts the difference alone when a closed period is corrected and closed again', async () => {
    await b.clerk.ok(ledgers.reopen, { params: { id: branch }, body: { from: '2026-03-01', reason: '漏记收入' } });
    await earn('2026-03-20', 800);
    await close(b.clerk, branch, '2026-03-31');
    expect(await both()).toEqual([1_100, 1_100, 1_100, 1_100]);
    await b.clerk.ok(ledgers.reopen, { params: { id: branch }, body: { from: '2026-03-01', reason: '再核' } });
    await close(b.clerk, branch, '2026-03-31');
    expect(await both()).toEqual([1_100, 1_100, 1_100, 1_100]);
  });
});
