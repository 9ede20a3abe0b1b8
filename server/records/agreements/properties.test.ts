import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreementKinds } from '../../../domain/records/agreements/all.ts';
import { agreements } from '../../../domain/records/agreements/index.ts';
import { findBookKind } from '../../../domain/records/ledgers/all.ts';
import { type Bookkeeping, bookkeeping, collectiveBook } from '../../../tests/support/books.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { insertAgreement, insertAgreements, type LoadedAgreement } from './index.ts';

let world: World;
let b: Bookkeeping;
let homes: string[];
let coop: string;
let path: string;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
  homes = [await b.subject('household', '东街1号'), await b.subject('household', '东街2号')];
  coop = await b.subject('cooperative', '青石合作社');
  path = await world.asSystem(
    async (rq) =>
      (
        await rq.db.one<{ path: string }>(
          sql`SELECT unit_path AS path FROM units WHERE id = ${world.units.eastVillage}`,
        )
      ).path,
  );
});
afterAll(() => world.close());

const nth = fc.nat(3);
const act = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), fen: fc.integer({ min: 1, max: 90_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('parties' as const), both: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('open' as const) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('sign' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('takeBack' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revise' as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('force' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const) }) },
);
/** Half of the sequences begin as most agreements do, so that what comes after force is tried often enough. */
const straight: Act[] = [{ do: 'open' }, { do: 'sign', nth: 0 }, { do: 'sign', nth: 1 }, { do: 'force' }];
const sequence = fc
  .tuple(fc.boolean(), fc.array(act, { minLength: 6, maxLength: 16 }))
  .map(([begun, acts]) => (begun ? [...straight, ...acts] : acts));
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const partiesOf = (both: boolean) => [
  { role: 'cooperative', subjectId: coop },
  ...(both ? homes : homes.slice(0, 1)).map((subjectId) => ({ role: 'farmer', subjectId })),
];
const terms = (fen: number) => ({ obligations: `每亩 ${fen}` });

async function perform(a: Act, id: string): Promise<number> {
  const params = { id };
  const { partyList } = await b.secretary.ok(agreements.get, { params });
  const party = partyList['nth' in a ? a.nth % partyList.length : 0]!.id;
  const calls = {
    change: () =>
      b.secretary.call(agreements.change, {
        params,
        body: { terms: terms('fen' in a ? a.fen : 0), toDay: '2028-12-31' },
      }),
    parties: () => b.secretary.call(agreements.change, { params, body: { parties: partiesOf('both' in a && a.both) } }),
    open: () => b.secretary.call(agreements.openSigning, { params, body: {} }),
    sign: () =>
      b.secretary.call(agreements.sign, {
        params,
        body: { partyId: party, signedOn: '2026-02-01', signedBy: '当事人' },
      }),
    takeBack: () => b.secretary.call(agreements.takeBack, { params: { id, partyId: party } }),
    revise: () => b.secretary.call(agreements.revise, { params, body: { reason: '改条款' } }),
    force: () => b.secretary.call(agreements.force, { params, body: { onDay: '2026-03-01' } }),
    end: () => b.secretary.call(agreements.end, { params, body: { onDay: '2026-03-02', reason: '完成' } }),
    drop: () => b.secretary.call(agreements.drop, { params, body: { reason: '不签了' } }),
  };
  return (await calls[a.do]()).status;
}

interface Kept {
  readonly state: string;
  readonly fixed: string;
  readonly parties: number;
  readonly unsigned: number;
}
const keptOf = (id: string) =>
  world.asSystem((rq) =>
    rq.db.one<Kept>(sql`SELECT a.state, concat_ws('|', a.kind, a.terms, a.from_day, a.to_day, a.in_force_on,
        (SELECT string_agg(concat_ws(',', p.id, p.role, p.unit_id, p.subject_id, p.signed_on), ';' ORDER BY p.id)
          FROM agreement_parties p WHERE p.agreement_id = a.id)) AS fixed,
      (SELECT count(*)::int FROM agreement_parties p WHERE p.agreement_id = a.id) AS parties,
      (SELECT count(*)::int FROM agreement_parties p WHERE p.agreement_id = a.id AND p.signed_on IS NULL) AS unsigned
      FROM agreements a WHERE a.id = ${id}`),
  );

/** What the database itself is asked to do, past every rule. */
const forgeries = (id: string) => [
  sql`UPDATE agreements SET state = 'in-force', in_force_on = '2026-01-01' WHERE id = ${id} AND state IN ('draft', 'signing')
    AND EXISTS (SELECT 1 FROM agreement_parties p WHERE p.agreement_id = agreements.id AND p.signed_on IS NULL)`,
  sql`UPDATE agreements SET terms = '{"obligations": "other"}' WHERE id = ${id} AND state IN ('signing', 'in-force', 'ended')`,
  sql`DELETE FROM agreement_parties WHERE agreement_id = ${id} AND agreement_id IN
    (SELECT id FROM agreements WHERE state <> 'draft')`,
  sql`UPDATE agreements SET state = 'draft' WHERE id = ${id} AND state IN ('in-force', 'ended')`,
];

describe('whatever steps are tried, in whatever order', () => {
  it('all parties sign before it is in force, and from then on neither its terms nor its parties change', async () => {
    let forced = 0;
    await fc.assert(
      fc.asyncProperty(sequence, async (acts) => {
        const { id } = await b.secretary.ok(agreements.draft, {
          body: {
            kind: 'farmer-binding',
            unitId: world.units.eastVillage,
            fromDay: '2025-01-01',
            parties: partiesOf(false),
            terms: terms(1),
          },
        });
        let fixed: string | null = null;
        for (const a of acts) {
          expect([200, 404, 409]).toContain(await perform(a, id));
          const kept = await keptOf(id);
          if (kept.state === 'in-force' || kept.state === 'ended') {
            expect([kept.parties >= 2, kept.unsigned]).toEqual([true, 0]);
            if (fixed === null) forced++;
            fixed ??= kept.fixed;
          }
          if (fixed !== null) expect(kept).toMatchObject({ fixed });
        }
        for (const forgery of forgeries(id)) {
          const before = await keptOf(id);
          const changed = await world.asSystem((rq) => rq.db.run(forgery)).catch((e: { code?: string }) => e.code);
          expect([0, '23514']).toContain(changed);
          expect(await keptOf(id)).toEqual(before);
        }
      }),
      { numRuns: 16, endOnFailure: true },
    );
    // A property that never comes into force shows nothing.
    expect(forced).toBeGreaterThan(3);
  });

  it('the terms of every kind post only in accounts that its books have, with the same keys on the same days', () => {
    const posting = Object.values(agreementKinds).filter((k) => k.postings);
    expect(posting.length).toBeGreaterThan(3);
    const at = fc.record({
      areaMu: fc.integer({ min: 1, max: 900 }),
      fen: fc.integer({ min: 1, max: 1_000_000 }),
      from: fc.integer({ min: 2015, max: 2026 }),
      years: fc.integer({ min: 0, max: 40 }),
    });
    let made = 0;
    fc.assert(
      fc.property(at, fc.constantFrom(...posting), (n, kind) => {
        const given = Object.fromEntries(
          Object.entries(kind.terms.shape).map(([name, schema]) => {
            const candidates = [
              n.fen,
              n.areaMu,
              '03-01',
              Object.keys(kind.fields[name]?.choices ?? {})[0],
              '条款',
              ['服务'],
            ];
            const fits = (c: unknown) =>
              (schema as { safeParse(v: unknown): { success: boolean } }).safeParse(c).success;
            return [name, candidates.find(fits)];
          }),
        );
        const [from, to] = [`${n.from}-01-01`, `${n.from + n.years}-12-31`];
        const due = kind.postings!(given, from, to);
        expect(kind.postings!(given, from, to)).toEqual(due);
        expect(new Set(due.map((p) => p.key)).size).toBe(due.length);
        for (const p of due) {
          const book = findBookKind(p.book)!;
          expect([p.debit in book.accounts, p.credit in book.accounts]).toEqual([true, true]);
          expect([p.day >= from && p.day <= to, Number.isSafeInteger(p.amount) && p.amount >= 0]).toEqual([true, true]);
          made++;
        }
      }),
    );
    expect(made).toBeGreaterThan(20);
  });

  it('many who post what is due at once post each instalment once, and nothing from before the book', async () => {
    const book = await collectiveBook(b.secretary, world.units.eastVillage, 9_000_000, '催收账');
    const id = await world.asSystem((rq) =>
      insertAgreement(rq, transfer({ fromDay: '2023-01-01', toDay: '2030-12-31' })),
    );
    const post = () =>
      b.secretary.call(agreements.post, { params: { id }, body: { through: '2026-03-02', bookId: book } });
    const answers = await Promise.all(Array.from({ length: 6 }, post));
    expect(answers.map((a) => a.status)).toEqual(Array(6).fill(200));
    expect(answers.reduce((sum, a) => sum + a.body.posted, 0)).toBe(2);
    const due = answers[0]!.body.items.map((p) => [p.key, p.entryId !== null]);
    // The book was opened on 2025-01-01: what fell due before stands in its opening balance.
    expect(due.filter(([, posted]) => posted).map(([key]) => key)).toEqual(['rent-2025', 'rent-2026']);
  });
});

function transfer(given: Partial<LoadedAgreement> = {}): LoadedAgreement {
  return {
    kind: 'land-transfer',
    unitId: world.units.eastVillage,
    unitPath: path,
    title: '土地流转',
    fromDay: '2025-01-01',
    inForceOn: '2025-01-05',
    parties: [
      { role: 'lessor', subjectId: homes[0]!, subjectKind: 'household', signedOn: '2025-01-02', signedBy: '户主' },
      {
        role: 'lessee',
        unitId: world.units.eastVillage,
        unitType: 'village',
        signedOn: '2025-01-03',
        signedBy: '书记',
      },
    ],
    terms: { areaMu: 10, rentFen: 60_000, payOn: '03-01', payer: 'village-collective' },
    ...given,
  };
}

describe('loading', () => {
  it('takes many at once through draft, signing and force, each against its kind, and refuses what is not signed', async () => {
    const load = (given: Partial<LoadedAgreement>) => world.asSystem((rq) => insertAgreement(rq, transfer(given)));
    const [one, two, three] = await world.asSystem((rq) =>
      insertAgreements(rq, [
        transfer({ number: 'A-1' }),
        transfer({ ended: { onDay: '2026-01-01', reason: '协商解除' } }),
        transfer({ inForceOn: undefined }),
      ]),
    );
    const states = [one, two, three].map(async (id) => {
      const view = await b.reader.ok(agreements.get, { params: { id: id! } });
      return [view.state, view.inForceOn, view.signed];
    });
    expect(await Promise.all(states)).toEqual([
      ['in-force', '2025-01-05', 2],
      ['ended', '2025-01-05', 2],
      ['draft', null, 2],
    ]);
    const [lessor, lessee] = transfer().parties;
    await expect(load({ parties: [lessor!, { ...lessee!, signedOn: undefined }] })).rejects.toMatchObject({
      code: '23514',
    });
    await expect(load({ parties: [lessor!] })).rejects.toMatchObject({ code: '23514' });
    await expect(load({ parties: [{ ...lessor!, role: 'owner' }, lessee!] })).rejects.toMatchObject({
      code: 'agreement-no-role',
    });
    await expect(load({ terms: { areaMu: 10 } })).rejects.toThrow('rentFen');
    const straight = world.asSystem((rq) =>
      rq.db
        .run(sql`INSERT INTO agreements (id, kind, unit_id, unit_path, title, state, from_day, in_force_on, created_at, changed_at)
        VALUES (${randomUUID()}, 'land-transfer', ${world.units.eastVillage}, ${path}, '直接生效', 'in-force', '2025-01-01', '2025-01-01',
          ${rq.now}, ${rq.now})`),
    );
    await expect(straight).rejects.toMatchObject({ code: '23514' });
  });

  it('shows who signed for a household only to those who may know who lives there', async () => {
    const id = await world.asSystem((rq) => insertAgreement(rq, transfer({ title: '签名' })));
    const signers = async (client: Bookkeeping['reader']) =>
      (await client.ok(agreements.get, { params: { id } })).partyList.map((p) => [p.role, p.signedBy]);
    expect(await signers(b.secretary)).toContainEqual(['lessor', '户主']);
    expect(await signers(b.reader)).toContainEqual(['lessor', null]);
    expect(await signers(b.reader)).toContainEqual(['lessee', '书记']);
  });
});
