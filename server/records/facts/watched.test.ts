import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figureKeys } from '../../../domain/records/facts/index.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { figureValues } from './index.ts';

// A figure that reads a table of which no change leaves a mark would be kept and never counted again. What is read is taken
// from the statements themselves, so that nobody has to keep a list of it.

let world: World;
beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
});
afterAll(() => world.close());

/** Read for a number, and watched by another table that changes with every one of its rows. */
const toldByOthers: Readonly<Record<string, string>> = {
  // A step is written with the case that it changes, and never changed.
  case_steps: 'cases',
  // What a subject was before stands in the journal with each change of the subject; rows are only ever added.
  journal: 'subjects',
  // The text of an entry is shown beside its lines, which are written with it and never changed.
  entries: 'entry_lines',
};

/** Words after FROM and JOIN, and the functions that a text calls. */
const namesIn = (text: string) => ({
  tables: [...text.matchAll(/\b(?:from|join)\s+(?:lateral\s+)?([a-z_]+)\b/gi)].map((m) => m[1]!.toLowerCase()),
  calls: [...text.matchAll(/\b([a-z_]+)\s*\(/g)].map((m) => m[1]!),
});

/** Every statement that counting all figures sends, for few units and for many, in a running period and in a past one. */
async function statements(rq: Rq): Promise<string[]> {
  const sent = new Set<string>();
  const heard = <T extends object>(db: T): T =>
    new Proxy(db, {
      get: (of, name) => {
        const value = Reflect.get(of, name) as unknown;
        if (typeof value !== 'function') return value;
        return (query: { text?: string }, ...rest: unknown[]) => {
          if (typeof query.text === 'string') sent.add(query.text);
          return (value as (...args: unknown[]) => unknown).call(of, query, ...rest);
        };
      },
    });
  const ids = (await rq.db.many<{ id: number }>(sql`SELECT id FROM units ORDER BY id`)).map((u) => u.id);
  const many = [...ids, ...Array.from({ length: 300 }, (_, i) => 1_000_000 + i)];
  for (const period of ['2026', '2025', 'to-date:2026'])
    for (const units of [ids, many]) await figureValues({ ...rq, db: heard(rq.db) }, figureKeys, units, period);
  return [...sent];
}

async function tablesRead(): Promise<Set<string>> {
  return world.asSystem(async (rq) => {
    const { db } = rq;
    const texts = await statements(rq);
    const tables = new Set(
      (await db.many<{ name: string }>(sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)).map(
        (t) => t.name,
      ),
    );
    const bodies = new Map(
      (
        await db.many<{ name: string; body: string }>(sql`SELECT proname AS name, prosrc AS body FROM pg_proc
          WHERE pronamespace = 'public'::regnamespace`)
      ).map((p) => [p.name, p.body]),
    );
    const found = new Set<string>();
    const seen = new Set<string>();
    const look = (text: string) => {
      const { tables: read, calls } = namesIn(text);
      for (const name of read) if (tables.has(name)) found.add(name);
      for (const name of calls) {
        const body = bodies.get(name);
        if (body === undefined || seen.has(name)) continue;
        seen.add(name);
        look(body);
      }
    };
    for (const text of texts) look(text);
    return found;
  });
}

const watchedBy = (kind: string) =>
  world.asSystem(
    async (rq) =>
      new Set(
        (
          await rq.db.many<{
            name: string;
          }>(sql`SELECT DISTINCT c.relname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE t.tgname LIKE ${kind} AND NOT t.tgisinternal`)
        ).map((r) => r.name),
      ),
  );

describe('tables that figures read', () => {
  it('are all watched: each of them leaves marks when it changes, or changes only with one that does', async () => {
    const read = await tablesRead();
    const watched = new Set([...(await watchedBy('mark_figures_%')), ...(await watchedBy('mark_from_afar'))]);
    // The search finds what is there to be found.
    for (const name of [
      'cases',
      'events',
      'event_roster',
      'facts',
      'entry_lines',
      'journal',
      'standards',
      'catalogues',
    ])
      expect([name, read.has(name)]).toEqual([name, true]);
    const unwatched = [...read].filter((name) => !watched.has(name) && !watched.has(toldByOthers[name] ?? ''));
    expect(unwatched.toSorted()).toEqual([]);
    // No exception stands for a table that nobody reads any more, or that is watched itself.
    expect(Object.keys(toldByOthers).filter((name) => !read.has(name) || watched.has(name))).toEqual([]);
  });

  it('are watched however they change: by what is added, changed and taken away', async () => {
    const marked = await world.asSystem((rq) =>
      rq.db.many<{
        name: string;
        n: number;
      }>(sql`SELECT c.relname AS name, count(DISTINCT t.tgname)::int AS n FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname IN ('mark_figures_insert', 'mark_figures_update', 'mark_figures_delete')
        GROUP BY c.relname`),
    );
    expect(marked.filter((m) => m.n !== 3)).toEqual([]);
    expect(marked.length).toBeGreaterThan(15);
  });
});
