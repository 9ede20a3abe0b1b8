import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseVerb } from '../../domain/records/journal/index.ts';
import { createWorld, type World } from '../../tests/support/world.ts';
import { anchorFile, noteAnchor, readAnchors } from './anchors.ts';
import type { Tx } from './db/database.ts';
import { raw, sql } from './db/sql.ts';
import { record, setJournalKey } from './journal.ts';
import { sealJournal } from './seal.ts';
import { type Anchor, type Verdict, verifyJournal } from './verify.ts';

let world: World;
let folder: string;

beforeAll(async () => {
  world = await createWorld();
  folder = mkdtempSync(join(tmpdir(), 'wuxing-anchors-'));
  // Several seals of several rows each, with content that a careless comparison would miss.
  for (let batch = 0; batch < 4; batch++) {
    await world.asSystem(async (rq) => {
      for (let i = 0; i < 5; i++)
        await record(rq, {
          verb: caseVerb('test', 'change'),
          subject: { kind: 'thing', id: batch * 5 + i },
          path: '1.',
          before: { name: '青石村', amount: '1.10', count: 1, day: new Date('2026-03-01T00:00:00.123Z') },
          after: { name: '青石村\u2028é', amount: '2.20', list: [1, 2.5, null, { b: 1, a: 2 }], empty: undefined },
        });
    });
    await sealJournal(world.database, world.now());
  }
  await noteAnchor(world.database, anchorFile(folder), world.now());
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

const verify = (anchors: readonly Anchor[] = []): Promise<Verdict> =>
  world.database.owner((tx) => verifyJournal(tx, { anchors }));

/** What is found after somebody with the database owner's rights has done this; everything is put back afterwards. */
async function after(tamper: (tx: Tx) => Promise<unknown>, anchors: readonly Anchor[] = []): Promise<Verdict> {
  let verdict: Verdict | undefined;
  await world.database
    .owner(async (tx) => {
      await tamper(tx);
      verdict = await verifyJournal(tx, { anchors });
      throw new Error('put back');
    })
    .catch((e: Error) => {
      if (e.message !== 'put back') throw e;
    });
  return verdict!;
}

const idOf = async (thing: number) => {
  const row = await world.database.owner((tx) =>
    tx.one<{ id: number }>(sql`SELECT id FROM journal WHERE subject_kind = 'thing' AND subject_id = ${String(thing)}`),
  );
  return row.id;
};

describe('an untouched journal', () => {
  it('verifies, sealed rows and rows that wait for the next seal alike', async () => {
    const clean = await verify(readAnchors(anchorFile(folder)));
    expect(clean).toMatchObject({ unsealed: 0, found: 0, findings: [] });
    expect(clean.sealed).toBe(clean.rows);
    expect(clean.rows).toBeGreaterThan(20);
    expect(clean.seals).toBeGreaterThanOrEqual(4);
    await world.asSystem((rq) =>
      record(rq, { verb: caseVerb('test', 'late'), subject: { kind: 'late', id: 1 }, path: '1.' }),
    );
    expect(await verify()).toMatchObject({ unsealed: 1, found: 0 });
    await sealJournal(world.database, world.now(), 'all');
    expect(await verify()).toMatchObject({ unsealed: 0, found: 0 });
  });

  it('is sealed by one of several that seal at the same moment', async () => {
    await world.asSystem(async (rq) => {
      for (let i = 0; i < 30; i++)
        await record(rq, { verb: caseVerb('test', 'race'), subject: { kind: 'race', id: i }, path: '1.' });
    });
    await Promise.all(Array.from({ length: 6 }, () => sealJournal(world.database, world.now())));
    await sealJournal(world.database, world.now());
    expect(await verify()).toMatchObject({ unsealed: 0, found: 0 });
  });
});

describe('a row changed by hand', () => {
  it.each([
    ['before, one byte', `before = jsonb_set(before, '{amount}', '"1.11"')`],
    ['before, a number in another form', `before = jsonb_set(before, '{count}', '1.0')`],
    ['after, one byte', `after = jsonb_set(after, '{name}', '"青石村\u2028e"')`],
    ['after, emptied', `after = NULL`],
    ['the moment, by a microsecond', `at = at + interval '1 microsecond'`],
    ['the moment, by a day', `at = at - interval '1 day'`],
    ['the actor', `actor_name = 'systen'`],
    ['the user', `user_id = '00000000-0000-4000-8000-000000000000'`],
    ['the verb', `verb = 'test.changed'`],
    ['the subject', `subject_id = '999'`],
    ['the kind of subject', `subject_kind = 'think'`],
    ['the unit', `unit_path = '2.'`],
    ['the digest', `mac = reverse(mac)`],
    ['the identity', `uid = '00000000-0000-4000-8000-000000000000'`],
  ])('is found and named: %s', async (_what, change) => {
    const id = await idOf(7);
    const verdict = await after((tx) => tx.run(sql`UPDATE journal SET ${raw(change)} WHERE id = ${id}`));
    expect(verdict.found).toBe(1);
    expect(verdict.findings[0]).toMatchObject({ kind: 'changed', journalId: id });
    expect(verdict.findings[0]!.words.en).toContain(String(id));
  });

  it('is found when the row hash, the whole chain and the seals were made over again without the secret', async () => {
    const id = await idOf(7);
    const verdict = await after(async (tx) => {
      await tx.run(sql`UPDATE journal SET actor_name = '别人' WHERE id = ${id}`);
      await tx.run(sql`DELETE FROM journal_links`);
      await tx.run(sql`DELETE FROM journal_seals`);
      await resealWith(tx, 'a guessed secret that is not the right one');
    });
    expect(verdict.findings.filter((f) => f.kind === 'inserted')).toMatchObject([{ journalId: id }]);
    expect(verdict.findings.some((f) => f.kind === 'seal')).toBe(true);
  });

  it('is found before it is sealed, too', async () => {
    const verdict = await after(async (tx) => {
      await tx.run(sql`DELETE FROM journal_links`);
      await tx.run(sql`DELETE FROM journal_seals`);
      await tx.run(sql`UPDATE journal SET verb = 'test.other' WHERE id = ${await idInside(tx, 3)}`);
    });
    expect(verdict.found).toBe(1);
    expect(verdict.findings[0]).toMatchObject({ kind: 'inserted' });
  });
});

const idInside = async (tx: Tx, thing: number) =>
  (
    await tx.one<{ id: number }>(
      sql`SELECT id FROM journal WHERE subject_kind = 'thing' AND subject_id = ${String(thing)}`,
    )
  ).id;

/** Seals inside the running transaction, as an intruder with another secret would. */
async function resealWith(tx: Tx, secret: string): Promise<void> {
  const database = { owner: <T>(work: (t: Tx) => Promise<T>) => work(tx) } as unknown as World['database'];
  setJournalKey(secret);
  try {
    await sealJournal(database, world.now(), 'all');
  } finally {
    setJournalKey('test secret, long enough to be one');
  }
}

describe('rows removed, inserted, exchanged', () => {
  it('names a removed row, also when its link was removed with it', async () => {
    const id = await idOf(8);
    const one = await after((tx) => tx.run(sql`DELETE FROM journal WHERE id = ${id}`));
    expect(one.findings).toMatchObject([{ kind: 'removed', journalId: id }]);
    const both = await after(async (tx) => {
      await tx.run(sql`DELETE FROM journal WHERE id = ${id}`);
      await tx.run(sql`DELETE FROM journal_links WHERE journal_id = ${id}`);
    });
    expect(both.findings).toMatchObject([{ kind: 'removed' }]);
    expect(both.findings[0]!.position).toBeGreaterThan(1);
  });

  it('names a row that was put in by hand, sealed or not', async () => {
    const put = (tx: Tx) =>
      tx.run(sql`INSERT INTO journal (uid, at, actor_name, verb, subject_kind, subject_id, unit_path, mac)
        SELECT gen_random_uuid(), at, actor_name, verb, subject_kind, subject_id, unit_path, mac FROM journal
        WHERE subject_kind = 'thing' AND subject_id = '2'`);
    const fresh = await after(put);
    expect(fresh.findings).toMatchObject([{ kind: 'inserted' }]);
    const sealed = await after(async (tx) => {
      await put(tx);
      await resealWith(tx, 'test secret, long enough to be one');
    });
    expect(sealed).toMatchObject({ unsealed: 0, findings: [{ kind: 'inserted' }] });
  });

  it('names two rows whose places were exchanged', async () => {
    const [a, b] = [await idOf(4), await idOf(5)];
    const verdict = await after(async (tx) => {
      await tx.run(sql`UPDATE journal_links SET journal_id = -journal_id WHERE journal_id IN (${a}, ${b})`);
      await tx.run(sql`UPDATE journal_links SET journal_id = CASE WHEN journal_id = ${-a} THEN ${b}::bigint ELSE ${a}::bigint END
        WHERE journal_id < 0`);
    });
    expect(verdict.findings.filter((f) => f.kind === 'changed').map((f) => f.journalId)).toEqual([b, a]);
  });

  it('finds rows cut off the end by the seals noted outside the database', async () => {
    const anchors = readAnchors(anchorFile(folder));
    expect(anchors).toHaveLength(1);
    const cut = (tx: Tx) =>
      (async () => {
        const { first } = await tx.one<{ first: number }>(
          sql`SELECT first_position AS first FROM journal_seals WHERE id = ${anchors[0]!.sealId}`,
        );
        await tx.run(
          sql`DELETE FROM journal WHERE id IN (SELECT journal_id FROM journal_links WHERE position >= ${first})`,
        );
        await tx.run(sql`DELETE FROM journal_links WHERE position >= ${first}`);
        await tx.run(sql`DELETE FROM journal_seals WHERE first_position >= ${first}`);
      })();
    expect((await after(cut)).found).toBe(0);
    expect((await after(cut, anchors)).findings).toMatchObject([{ kind: 'anchor', sealId: anchors[0]!.sealId }]);
  });
});

describe('links and seals changed by hand', () => {
  it.each([
    ['a link', `UPDATE journal_links SET hash = reverse(hash) WHERE position = 9`, 'chain'],
    [
      'a link kept with another row hash',
      `UPDATE journal_links SET row_hash = reverse(row_hash) WHERE position = 9`,
      'changed',
    ],
    [
      'the moment of a seal',
      `UPDATE journal_seals SET sealed_at = sealed_at + interval '1 s' WHERE first_position > 1 AND id = (SELECT max(id) FROM journal_seals)`,
      'seal',
    ],
    [
      'the hash of a seal',
      `UPDATE journal_seals SET hash = reverse(hash) WHERE id = (SELECT max(id) FROM journal_seals)`,
      'seal',
    ],
    [
      'the count of a seal',
      `UPDATE journal_seals SET count = count + 1 WHERE id = (SELECT min(id) FROM journal_seals)`,
      'seal',
    ],
  ])('are found: %s', async (_what, statement, kind) => {
    const verdict = await after((tx) => tx.run(sql`${raw(statement)}`));
    expect(verdict.findings.some((f) => f.kind === kind)).toBe(true);
  });

  it('cannot be made by the application itself', async () => {
    for (const statement of [
      `UPDATE journal SET verb = 'x'`,
      `DELETE FROM journal`,
      `INSERT INTO journal_seals (sealed_at, previous, hash, count, first_position, last_position, highest_id) VALUES (now(), '', '', 0, 0, 0, 0)`,
      `UPDATE journal_links SET hash = ''`,
      `TRUNCATE journal`,
    ])
      await expect(world.database.write([''], (tx) => tx.run(sql`${raw(statement)}`))).rejects.toMatchObject({
        code: '42501',
      });
  });
});
