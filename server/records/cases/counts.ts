import { confidentialTypes } from '../../../domain/records/cases/all.ts';
import { notFound } from '../../platform/errors.ts';
import type { Database } from '../../platform/db/database.ts';
import { all, empty, sql } from '../../platform/db/sql.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';

interface CountedUnit {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly ended: boolean;
}

/** What there is of one kind in one state: paths and numbers in pairs. */
interface Kept {
  readonly type: string;
  readonly state: string;
  readonly counts: string;
}

/** A table: a column for each type and state that there is any of, a row for each unit; null where a number is too small to tell. */
export interface CountTable {
  readonly columns: { type: string; state: string }[];
  readonly items: { unitId: number; unitName: string; counts: (number | null)[] }[];
}

/** Below this a count of a confidential kind could point at somebody. */
const smallCell = 5;

/**
 * How many cases there are by state, of a unit or of each unit directly below it. The numbers are kept: this reads a few
 * rows whatever the number of cases. Both the folded and the not yet folded rows are read in one statement, so the sum is exact.
 */
export async function countsByState(
  rq: Rq,
  q: { under: number; by: 'unit' | 'child'; type?: string | undefined },
): Promise<CountTable> {
  const child = q.by === 'child';
  // All in one value, for the same reason as the numbers below.
  const { found } = await rq.db.one<{ found: CountedUnit[] }>(sql`
    SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'path', unit_path, 'ended', valid_to IS NOT NULL)
      ORDER BY pinyin, id), '[]') AS found FROM units WHERE id = ${q.under} ${child ? sql`OR parent_id = ${q.under}` : empty}`);
  const root = found.find((u) => u.id === q.under);
  if (!root) throw notFound({ zh: '该单位', en: 'unit' });
  mustHold(rq, 'cases.read', root.path);
  const units = child ? found.filter((u) => u !== root) : found;
  const kind = q.type === undefined ? sql`type <> ALL (${confidentialTypes()}::text[])` : sql`type = ${q.type}`;
  const depth = root.path.split('.').length;
  const own = child
    ? sql`SELECT ${root.path} || split_part(unit_path, '.', ${depth}::int) || '.', type, state, n FROM case_count_deltas
        WHERE unit_path ^@ ${root.path} AND unit_path <> ${root.path} AND ${kind}`
    : sql`SELECT ${root.path}, type, state, n FROM case_count_deltas WHERE unit_path ^@ ${root.path} AND ${kind}`;
  // One text for each state instead of a row for each number: a county has a thousand of them, and rows cost more than
  // numbers. Joined to the units here, because a plan that does not know how many there are would compare each with each.
  const kept = await rq.db.many<Kept>(sql`
    SELECT type, state, string_agg(unit_path || ' ' || n, ',') AS counts FROM (
      SELECT unit_path, type, state, n FROM case_counts
      WHERE ${all([child ? sql`parent_path = ${root.path}` : sql`unit_path = ${root.path}`, kind])}
      UNION ALL ${own}) AS k (unit_path, type, state, n)
    GROUP BY type, state ORDER BY type, state`);
  return grouped(units, kept);
}

function grouped(units: readonly CountedUnit[], kept: readonly Kept[]): CountTable {
  const rows = new Map(units.map((u) => [u.path, kept.map(() => 0)]));
  for (const [column, { counts }] of kept.entries())
    for (const pair of counts.split(',')) {
      const space = pair.indexOf(' ');
      const row = rows.get(pair.slice(0, space));
      // The kept number and what is not folded yet stand beside each other.
      if (row) row[column]! += Number(pair.slice(space + 1));
    }
  const hidden = new Set(confidentialTypes());
  const used = kept.flatMap(({ type }, i) =>
    [...rows.values()].some((row) => row[i] !== 0) ? [{ i, small: hidden.has(type) ? smallCell : 0 }] : [],
  );
  return {
    columns: used.map(({ i }) => ({ type: kept[i]!.type, state: kept[i]!.state })),
    items: units.flatMap(({ id, name, path, ended }) => {
      const row = rows.get(path)!;
      if (ended && row.every((n) => n === 0)) return [];
      const counts = used.map(({ i, small }) => (row[i] !== 0 && row[i]! < small ? null : row[i]!));
      return [{ unitId: id, unitName: name, counts }];
    }),
  };
}

/** Folds what writers appended into the kept counts; answers the number of rows folded. */
export function foldCaseCounts(database: Database): Promise<number> {
  return database.owner(async (tx) => {
    const { n } = await tx.one<{ n: number }>(sql`SELECT fold_case_counts()::int AS n`);
    return n;
  });
}

const manyFolded = 2_000;

/** Folds every few seconds when there is something to fold. Several processes may do so; one at a time gets to work. */
export function keepCaseCounts(database: Database, everyMs = 3_000): { close(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  let folded = 0;
  const look = async (): Promise<void> => {
    const row = await database.read([''], (tx) =>
      tx.find(sql`SELECT 1 AS found FROM case_count_deltas OFFSET 200 LIMIT 1`),
    );
    if (!row) return;
    folded += await foldCaseCounts(database);
    if (folded < manyFolded) return;
    folded = 0;
    // Rows that are gone are still read past until they are swept up, which the server itself does once a minute at best.
    await database.maintain('VACUUM case_count_deltas');
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    // A failure here costs nothing but time: the numbers stay exact and the next round tries again.
    running = look()
      .catch(() => undefined)
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
