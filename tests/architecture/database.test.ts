import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw, sql } from '../../server/platform/db/sql.ts';
import { type TestDatabase, testDatabase } from '../support/databases.ts';
import { forbiddenName } from './limits.ts';

/** Tables that the application may read without a scope, and why that is right. */
const unscoped: Readonly<Record<string, string>> = {
  instance: 'one row that says what this instance is; its name stands on the sign-in page',
  judgement_rounds: 'a case id and when its round was locked; the judgements themselves are scoped',
  journal_seals: 'digests over rows, in words of nobody',
  journal_links: 'digests over rows, in words of nobody',
  schedules: 'when the nightly runs last began',
  upkeep: 'when the upkeep of the database last ran',
  catalogues: 'choices of forms are the same for everybody',
  calendar_days: 'workdays are the same for everybody',
  calendar_years: 'workdays are the same for everybody',
  figure_kinds: 'names of kinds of which records are kept, of no unit',
  files: 'content without a unit; evidence says whose it is and is scoped',
  invitations: 'found by the hash of a secret',
  notices: 'addressed to one person, whom every query names',
  replies: 'kept under the account that sent the request',
  sessions: 'found by the hash of a secret, listed by account',
  standards: 'rules are the same for every unit',
  unit_successions: 'two ids and a date; the units themselves are scoped',
};

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

interface Table {
  readonly name: string;
  readonly secured: boolean;
  readonly policies: number;
  readonly has_path: boolean;
  readonly readable: boolean;
  readonly rights: string[];
}

const tables = () =>
  test.database.owner((tx) =>
    tx.many<Table>(sql`
      SELECT c.relname AS name, c.relrowsecurity AS secured,
        (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)::int AS policies,
        EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'unit_path' AND NOT a.attisdropped) AS has_path,
        has_table_privilege('wuxing_app', c.oid, 'SELECT') AS readable,
        ARRAY(SELECT r FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) AS r
          WHERE has_table_privilege('wuxing_app', c.oid, r)) AS rights
      FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname`),
  );

describe('the second wall', () => {
  it('stands on every table that belongs to a unit, and what stands without it is explained', async () => {
    const all = await tables();
    expect(all.length).toBeGreaterThan(20);
    const bare = all.filter((t) => t.has_path && (!t.secured || t.policies === 0)).map((t) => t.name);
    expect(bare).toEqual([]);
    const open = all.filter((t) => t.readable && !t.secured && !(t.name in unscoped)).map((t) => t.name);
    expect(open).toEqual([]);
  });

  it('cannot be stepped over by the application’s role', async () => {
    const role = await test.database.owner((tx) =>
      tx.one<{ super: boolean; bypass: boolean; owns: number }>(sql`
        SELECT rolsuper AS super, rolbypassrls AS bypass,
          (SELECT count(*) FROM pg_class c WHERE c.relowner = r.oid)::int AS owns FROM pg_roles r WHERE rolname = 'wuxing_app'`),
    );
    expect(role).toEqual({ super: false, bypass: false, owns: 0 });
    for (const t of await tables()) {
      const beyond = t.rights.filter((r) => ['TRUNCATE', 'TRIGGER', 'REFERENCES'].includes(r));
      expect([t.name, ...beyond]).toEqual([t.name]);
    }
  });
});

describe('the journal', () => {
  it.each([
    ['journal', 'mac'],
    ['journal_seals', 'hash'],
    ['journal_links', 'hash'],
  ])('%s cannot be changed by the application', async (table, column) => {
    const found = (await tables()).find((t) => t.name === table);
    expect(found?.rights.filter((r) => r !== 'INSERT')).toEqual([]);
    for (const statement of [`UPDATE ${table} SET ${column} = ''`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
      await expect(test.database.write([''], (tx) => tx.run(sql`${raw(statement)}`))).rejects.toMatchObject({
        code: '42501',
      });
  });
});

describe('limits', () => {
  it('no table and no column marks a person', async () => {
    const columns = await test.database.owner((tx) =>
      tx.many<{ table: string; column: string }>(sql`
        SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns WHERE table_schema = 'public'`),
    );
    expect(columns.length).toBeGreaterThan(150);
    const named = columns.flatMap((c) => [forbiddenName(c.table, c.column), forbiddenName('table', c.table)]);
    expect([...new Set(named.filter(Boolean))]).toEqual([]);
  });
});
