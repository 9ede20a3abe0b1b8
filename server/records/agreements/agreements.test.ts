import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { agreements } from '../../../domain/records/agreements/index.ts';
import { agreementKinds } from '../../../domain/records/agreements/all.ts';
import { ledgers } from '../../../domain/records/ledgers/index.ts';
import { notices } from '../../../domain/records/notices/index.ts';
import { subjects } from '../../../domain/records/subjects/index.ts';
import { type Bookkeeping, bookkeeping, collectiveBook } from '../../../tests/support/books.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

let world: World;
let b: Bookkeeping;
let home: string;
let coop: string;
let firm: string;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
  home = await b.subject('household', '东街3号');
  coop = await b.subject('cooperative', '青石合作社');
  firm = await b.subject('enterprise', '恒丰公司');
});
afterAll(() => world.close());

type Draft = Partial<z.input<typeof agreements.draft.body>>;
type View = z.output<typeof agreements.get.reply>;
const rent = { areaMu: 12.5, rentFen: 80_000, payOn: '03-01', payer: 'village-collective' };
const draftBody = (given: Draft) => ({
  kind: 'land-transfer',
  unitId: world.units.eastVillage,
  fromDay: '2025-01-01',
  toDay: '2027-12-31',
  parties: [
    { role: 'lessor', subjectId: home },
    { role: 'lessee', unitId: world.units.eastVillage },
  ],
  terms: rent,
  ...given,
});
const draft = (given: Draft = {}, client = b.secretary) => client.ok(agreements.draft, { body: draftBody(given) });
const refused = async (given: Draft) => {
  const { status, code } = await b.secretary.call(agreements.draft, { body: draftBody(given) });
  return status === 409 ? code : status;
};
const open = (a: View, client = b.secretary) => client.call(agreements.openSigning, { params: { id: a.id }, body: {} });
const sign = (a: View, n: number, signedOn = '2026-02-01', client = b.secretary) =>
  client.call(agreements.sign, {
    params: { id: a.id },
    body: { partyId: a.partyList[n]!.id, signedOn, signedBy: '当事人' },
  });
const force = (a: View, onDay = '2026-03-01', client = b.secretary) =>
  client.call(agreements.force, { params: { id: a.id }, body: { onDay } });
async function inForce(given: Draft = {}): Promise<View> {
  const a = await draft(given);
  expect((await open(a)).status).toBe(200);
  for (const [n] of a.partyList.entries()) expect((await sign(a, n)).status).toBe(200);
  const forced = await force(a);
  expect(forced.status).toBe(200);
  return forced.body;
}

describe('from draft to force', () => {
  it('is in force only when everybody has signed, and its terms never change again', async () => {
    const a = await draft();
    expect(a).toMatchObject({ state: 'draft', parties: 2, signed: 0, terms: rent });
    expect(a.mayForce?.code).toBe('agreement-not-signing');
    const changed = await b.secretary.ok(agreements.change, {
      params: { id: a.id },
      body: { version: 1, terms: { rentFen: 90_000 }, number: '流转2026-1' },
    });
    expect(changed).toMatchObject({ version: 2, terms: { ...rent, rentFen: 90_000 }, number: '流转2026-1' });
    const stale = { params: { id: a.id }, body: { version: 1, title: 'x' } };
    expect((await b.secretary.call(agreements.change, stale)).code).toBe('agreement-changed-meanwhile');
    expect((await sign(a, 0)).code).toBe('agreement-not-signing');
    expect((await open(a)).body.state).toBe('signing');
    const late = await b.secretary.call(agreements.change, { params: { id: a.id }, body: { terms: { rentFen: 1 } } });
    expect(late.code).toBe('agreement-not-draft');
    expect((await sign(a, 0, '2026-03-03')).code).toBe('agreement-ahead');
    expect((await sign(a, 0)).body.signed).toBe(1);
    expect((await sign(a, 0)).code).toBe('agreement-signed');
    expect((await force(a)).code).toBe('agreement-unsigned');
    const forced = world.asSystem((rq) =>
      rq.db.run(sql`UPDATE agreements SET state = 'in-force', in_force_on = '2026-03-01' WHERE id = ${a.id}`),
    );
    await expect(forced).rejects.toMatchObject({ code: '23514' });
    await sign(a, 1, '2026-02-20');
    expect((await force(a, '2026-02-10')).code).toBe('agreement-before-signature');
    expect((await force(a, '2026-03-03')).code).toBe('agreement-ahead');
    expect((await force(a)).body).toMatchObject({ state: 'in-force', inForceOn: '2026-03-01' });
    const change = (set: ReturnType<typeof sql>) =>
      world.asSystem((rq) => rq.db.run(sql`UPDATE agreements SET ${set} WHERE id = ${a.id}`));
    await expect(change(sql`terms = '{}'`)).rejects.toMatchObject({ code: '23514' });
    await expect(change(sql`to_day = '2030-01-01'`)).rejects.toMatchObject({ code: '23514' });
    await expect(change(sql`state = 'draft'`)).rejects.toMatchObject({ code: '23514' });
    const party = (work: ReturnType<typeof sql>) => world.asSystem((rq) => rq.db.run(work));
    await expect(
      party(sql`UPDATE agreement_parties SET signed_on = NULL WHERE agreement_id = ${a.id}`),
    ).rejects.toMatchObject({ code: '23514' });
    await expect(party(sql`DELETE FROM agreement_parties WHERE agreement_id = ${a.id}`)).rejects.toMatchObject({
      code: '23514',
    });
    const revise = { params: { id: a.id }, body: { reason: '改价' } };
    expect((await b.secretary.call(agreements.revise, revise)).code).toBe('agreement-not-signing');
    expect((await b.secretary.call(agreements.drop, revise)).code).toBe('agreement-over');
  });

  it('goes back into the draft with every signature void, and is dropped while it binds nobody', async () => {
    const a = await draft();
    await open(a);
    await sign(a, 0);
    const back = await b.secretary.ok(agreements.revise, { params: { id: a.id }, body: { reason: '面积有误' } });
    expect(back).toMatchObject({ state: 'draft', signed: 0 });
    await open(a);
    await sign(a, 0);
    const taken = { params: { id: a.id, partyId: a.partyList[0]!.id } };
    expect((await b.secretary.ok(agreements.takeBack, taken)).signed).toBe(0);
    expect((await b.secretary.call(agreements.takeBack, taken)).code).toBe('agreement-not-signed');
    const dropped = await b.secretary.ok(agreements.drop, { params: { id: a.id }, body: { reason: '不再办理' } });
    expect(dropped).toMatchObject({ state: 'dropped', endedReason: '不再办理' });
    expect((await sign(a, 0)).code).toBe('agreement-not-signing');
    expect((await open(a)).code).toBe('agreement-not-draft');
  });

  it('takes as parties whom its kind wants, as many as it wants, and nobody twice', async () => {
    const lessee = { role: 'lessee', unitId: world.units.eastVillage };
    const lessor = { role: 'lessor', subjectId: home };
    expect(await refused({ parties: [lessor, { role: 'buyer', subjectId: coop }] })).toBe('agreement-no-role');
    expect(await refused({ parties: [{ role: 'lessor', subjectId: coop }, lessee] })).toBe('agreement-party');
    expect(await refused({ parties: [lessor, { role: 'lessee', outsideName: '某公司' }] })).toBe('agreement-party');
    expect(await refused({ parties: [lessor, { ...lessee, unitId: world.units.east }] })).toBe('agreement-party');
    expect(await refused({ parties: [lessor, lessor, lessee] })).toBe('agreement-party-twice');
    expect(await refused({ parties: [lessor, lessee, { role: 'lessee', subjectId: coop }] })).toBe(
      'agreement-too-many',
    );
    expect(await refused({ parties: [lessor, { role: 'lessee', subjectId: randomUUID() }] })).toBe(400);
    expect(await refused({ parties: [{ role: 'lessor', subjectId: home, unitId: 1 }, lessee] })).toBe(400);
    const asset = { asset: '仓库', yearlyRentFen: 1, payOn: '03-01' };
    const leased = (outsideName: string) => ({
      kind: 'collective-lease',
      terms: asset,
      parties: [
        { role: 'collective', unitId: world.units.eastVillage },
        { role: 'lessee', outsideName },
      ],
    });
    expect(await refused(leased('13912345678'))).toBe('agreement-private-number');
    expect(await refused({ kind: 'no-such' })).toBe(400);
    expect(await refused({ unitId: world.units.westVillage })).toBe(404);
    // The county above is known by name, and nothing is made there without a grant of it.
    expect(await refused({ unitId: world.units.county })).toBe(403);
    expect(await refused({ toDay: '2024-12-31' })).toBe('agreement-dates');
    expect(await refused({ terms: { ...rent, payer: 'bank' } })).toBe(400);
    expect(await refused({ terms: { ...rent, more: 1 } })).toBe(400);
    expect(await refused({ title: '致电13912345678' })).toBe('agreement-private-number');
    const alone = await draft({ parties: [lessor] });
    expect((await open(alone)).code).toBe('agreement-too-few');
    const { items } = await b.reader.ok(agreements.kinds);
    expect(items.map((k) => k.kind)).toEqual(Object.keys(agreementKinds));
    for (const k of items)
      expect(Object.keys(k.fields as object)).toEqual(Object.keys((k.terms as { properties: object }).properties));
  });

  it('nobody signs for another unit without its grant', async () => {
    const parties = [
      { role: 'enterprise', subjectId: firm },
      { role: 'government', unitId: world.units.east },
      { role: 'collective', unitId: world.units.eastVillage },
      { role: 'farmer', subjectId: home },
    ];
    const terms = { enterpriseFen: 1, governmentFen: 0, collectiveFen: 0, farmersFen: 0, shares: '按投入' };
    const a = await b.secretary.call(agreements.draft, {
      body: draftBody({ kind: 'venture', unitId: world.units.eastVillage, parties, terms }),
    });
    // A venture stands at the township or below; the township above is named by the village and signs for itself.
    expect(a.status).toBe(200);
    await open(a.body);
    const n = a.body.partyList.findIndex((p) => p.role === 'government');
    expect((await sign(a.body, n)).status).toBe(403);
    expect((await sign(a.body, n, '2026-02-01', b.reader)).status).toBe(403);
    expect((await sign(a.body, n, '2026-02-01', b.clerk)).body.signed).toBe(1);
    const taken = { params: { id: a.body.id, partyId: a.body.partyList[n]!.id } };
    expect((await b.secretary.call(agreements.takeBack, taken)).status).toBe(403);
  });

  it('M339 M340 lets a gift of land or a house be thought over, and taken back without a reason, before it is in force', async () => {
    const gift = {
      kind: 'land-gift',
      toDay: undefined,
      parties: [
        { role: 'giver', subjectId: home },
        { role: 'village', unitId: world.units.eastVillage },
      ],
      terms: { areaMu: 0.3, purpose: '小游园', revocable: '提前一个月书面提出' },
    };
    const a = await draft(gift);
    await open(a);
    await sign(a, 0, '2026-02-26');
    await sign(a, 1, '2026-02-20');
    expect((await force(a, '2026-03-02')).code).toBe('agreement-cooling-off');
    expect((await b.reader.ok(agreements.get, { params: { id: a.id } })).mayForce?.code).toBe('agreement-cooling-off');
    await b.secretary.ok(agreements.takeBack, { params: { id: a.id, partyId: a.partyList[0]!.id } });
    expect((await force(a, '2026-03-02')).code).toBe('agreement-unsigned');
    await sign(a, 0, '2026-02-22');
    expect((await force(a, '2026-02-28')).code).toBe('agreement-cooling-off');
    expect((await force(a, '2026-03-01')).body.state).toBe('in-force');
    const loan = {
      ...gift,
      kind: 'house-loan',
      toDay: '2028-12-31',
      terms: { areaM2: 90, use: '活动室', upkeep: '村集体', safetyCheckedOn: '2026-01-10', revocable: '随时' },
    };
    const house = await draft(loan);
    await open(house);
    await sign(house, 0, '2026-02-25');
    await sign(house, 1, '2026-02-25');
    expect((await force(house, '2026-03-02')).code).toBe('agreement-cooling-off');
    world.setNow('2026-03-04T09:00:00+08:00');
    expect((await force(house, '2026-03-04')).body).toMatchObject({ state: 'in-force', toDay: '2028-12-31' });
    world.setNow('2026-03-02T09:00:00+08:00');
    const revoked = { params: { id: a.id }, body: { onDay: '2026-03-02', reason: '出让户收回', document: '收回书' } };
    expect((await b.secretary.ok(agreements.end, revoked)).state).toBe('ended');
  });
});

describe('in force and after', () => {
  it('M064 shows which villages have both bindings in force, with term, obligations, price or dividend clauses', async () => {
    const obligations = { crop: '红梨', obligations: '按约收购', price: '不低于保护价', dividend: '按交售量返还' };
    const first = await inForce({
      kind: 'enterprise-binding',
      parties: [
        { role: 'cooperative', subjectId: coop },
        { role: 'leading-enterprise', subjectId: firm },
      ],
      terms: obligations,
    });
    const { price, ...without } = obligations;
    void price;
    await inForce({
      kind: 'farmer-binding',
      parties: [
        { role: 'cooperative', subjectId: coop },
        { role: 'farmer', subjectId: home },
      ],
      terms: without,
    });
    await draft(
      {
        kind: 'farmer-binding',
        unitId: world.units.eastVillage2,
        parties: [{ role: 'cooperative', unitId: world.units.eastVillage2 }],
        terms: { obligations: '起草中' },
      },
      b.clerk,
    );
    const bound = async (kind: string) => {
      const query = { kind, state: 'in-force' as const, under: world.units.east };
      return (await b.reader.ok(agreements.list, { query })).items.map((i) => [
        i.unitName,
        i.fromDay,
        i.toDay,
        i.terms,
      ]);
    };
    expect(await bound('enterprise-binding')).toEqual([['青石村', '2025-01-01', '2027-12-31', obligations]]);
    expect(await bound('farmer-binding')).toEqual([['青石村', '2025-01-01', '2027-12-31', without]]);
    const of = await b.reader.ok(agreements.list, { query: { subject: firm, state: 'in-force' } });
    expect(of.items.map((i) => i.id)).toEqual([first.id]);
    expect((await b.reader.ok(agreements.list, { query: { q: '恒丰', state: 'in-force' } })).total).toBe(1);
    const links = await b.reader.ok(subjects.links, { params: { id: firm } });
    expect(links.items).toContainEqual(
      expect.objectContaining({ record: 'agreement', id: first.id, state: 'in-force' }),
    );
    const end = { params: { id: firm }, body: { onDay: '2026-03-01', reason: '注销' } };
    expect((await b.secretary.call(subjects.end, end)).code).toBe('agreement-binds');
  });

  it('warns once before it ends, ends by itself when its term is over, and is renewed by a new draft that everybody signs', async () => {
    const a = await inForce({ title: '到期流转', toDay: '2026-04-30' });
    const expiring = async () =>
      (await b.reader.ok(agreements.list, { query: { expiring: true, sort: 'expiry' } })).items.map((i) => i.id);
    expect(await expiring()).toEqual([a.id]);
    const by = await b.reader.ok(agreements.list, { query: { expiresBy: '2026-04-29', q: '到期流转' } });
    expect(by.total).toBe(0);
    const night = async (moment: string) => {
      world.setNow(moment);
      await world.app.services.jobs.runSchedules();
      await world.app.services.jobs.runJobsOnce();
      const told = await b.secretary.ok(notices.list, { query: { limit: 100 } });
      return told.items.filter((n) => n.subjectId === a.id).map((n) => n.kind);
    };
    expect(await night('2026-03-02T09:00:00+08:00')).toEqual(['agreement-expiring']);
    expect(await night('2026-03-03T09:00:00+08:00')).toEqual(['agreement-expiring']);
    const renewed = await b.secretary.ok(agreements.renew, { params: { id: a.id }, body: { toDay: '2029-04-30' } });
    expect(renewed).toMatchObject({
      renews: a.id,
      state: 'draft',
      fromDay: '2026-05-01',
      signed: 0,
      parties: 2,
      terms: rent,
    });
    expect((await b.secretary.call(agreements.renew, { params: { id: a.id }, body: {} })).code).toBe(
      'agreement-renewed',
    );
    await open(renewed);
    await sign(renewed, 0);
    await sign(renewed, 1);
    expect((await force(renewed, '2026-03-02')).code).toBe('agreement-not-begun');
    expect(await night('2026-05-01T09:00:00+08:00')).toEqual(['agreement-expired', 'agreement-expiring']);
    const over = await b.reader.ok(agreements.get, { params: { id: a.id } });
    expect(over).toMatchObject({ state: 'ended', endedOn: '2026-05-01', renewedBy: renewed.id });
    expect((await force(renewed, '2026-05-01')).body.state).toBe('in-force');
    const early = await b.secretary.call(agreements.end, {
      params: { id: renewed.id },
      body: { onDay: '2026-04-30', reason: '早' },
    });
    expect(early.code).toBe('agreement-end-before');
    world.setNow('2026-03-02T09:00:00+08:00');
  });

  it('posts each instalment of its terms once, in the book of its kind, on the account of the party', async () => {
    const a = await inForce();
    const due = await b.reader.ok(agreements.due, { params: { id: a.id }, query: { through: '2026-12-31' } });
    expect(due.items.map((p) => [p.key, p.onDay, p.amount, p.entryId])).toEqual([
      ['rent-2025', '2025-03-01', 1_000_000, null],
      ['rent-2026', '2026-03-01', 1_000_000, null],
    ]);
    const post = (given: object = {}) =>
      b.secretary.call(agreements.post, { params: { id: a.id }, body: { through: '2026-12-31', ...given } });
    expect((await post()).code).toBe('agreement-no-book');
    const book = await collectiveBook(b.secretary, world.units.eastVillage, 5_000_000);
    const second = await collectiveBook(b.secretary, world.units.eastVillage, 0, '另一本');
    expect((await post()).code).toBe('agreement-which-book');
    expect((await post({ bookId: randomUUID() })).code).toBe('agreement-other-book');
    expect((await post({ bookId: second })).code).toBe('entry-not-covered');
    expect((await post({ bookId: book, through: '2025-12-31' })).body.posted).toBe(1);
    const [one, two] = await Promise.all([post({ bookId: book }), post({ bookId: book })]);
    expect([one.status, two.status, one.body.posted + two.body.posted]).toEqual([200, 200, 1]);
    expect((await post({ bookId: book })).body).toMatchObject({ posted: 0 });
    const { items } = await b.secretary.ok(ledgers.entries, { params: { id: book }, query: { limit: 50 } });
    const rents = items.filter((e) => e.text.includes('土地租金'));
    expect(rents).toHaveLength(2);
    for (const { id } of rents) {
      const { lines } = await b.secretary.ok(ledgers.entry, { params: { id } });
      expect(lines.map((l) => [l.amount, l.subjectId])).toEqual([
        [1_000_000, home],
        [-1_000_000, null],
      ]);
    }
    await b.secretary.ok(agreements.end, { params: { id: a.id }, body: { onDay: '2026-03-02', reason: '协商解除' } });
    const after = await b.reader.ok(agreements.due, { params: { id: a.id }, query: { through: '2027-12-31' } });
    expect(after.items.map((p) => p.key)).toEqual(['rent-2025', 'rent-2026']);
    expect(after.items.every((p) => p.entryId !== null)).toBe(true);
    const none = await inForce({
      kind: 'enterprise-binding',
      parties: [
        { role: 'cooperative', subjectId: coop },
        { role: 'leading-enterprise', subjectId: firm },
      ],
      terms: { crop: '红梨', obligations: '无账' },
    });
    const nothing = await b.secretary.call(agreements.post, {
      params: { id: none.id },
      body: { through: '2026-12-31' },
    });
    expect(nothing.code).toBe('agreement-posts-none');
    const drafted = await draft();
    const early = await b.secretary.call(agreements.post, {
      params: { id: drafted.id },
      body: { through: '2026-12-31' },
    });
    expect(early.code).toBe('agreement-not-in-force');
  });
});
