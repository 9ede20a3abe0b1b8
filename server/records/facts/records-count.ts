import { createHash } from 'node:crypto';
import { kindsOf } from '../../../domain/records/facts/depends.ts';
import type { RecordsLeaf, Span } from '../../../domain/records/facts/index.ts';
import { join, sql, type Sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { type Count, daysOf, leafRecords, takes, type Targets } from './leaves.ts';
import { recordsOf } from './records-sql.ts';
import { manyTargets } from './sql-parts.ts';

// Leaves over records, counted for all units at once.

/** Of these leaves the ones of whose kinds records are kept here at all; each set of kinds is asked for once. */
export type AreKept = (leaves: readonly RecordsLeaf[]) => Promise<(leaf: RecordsLeaf) => boolean>;

export function keptKinds(rq: Rq): AreKept {
  const known = new Map<string, boolean>();
  const nameOf = ({ source }: RecordsLeaf) => [source.table, ...kindsOf(source)].join(' ');
  return async (leaves) => {
    const asked = [...new Map(leaves.map((leaf) => [nameOf(leaf), leaf])).entries()].filter(
      ([name]) => !known.has(name),
    );
    if (asked.length > 0) {
      const each = asked.map(
        ([, { source }], i) =>
          sql`SELECT ${i}::int AS i, kinds_kept(${source.table}, ${[...kindsOf(source)]}::text[]) AS kept`,
      );
      for (const { i, kept } of await rq.db.many<{ i: number; kept: boolean }>(join(each, ' UNION ALL ')))
        known.set(asked[i]![0], kept);
    }
    return (leaf) => known.get(nameOf(leaf))!;
  };
}

/** What is chosen among all records cannot be made of what was chosen at each place. */
type NotByPlace = 'median' | 'earliest' | 'latest';
const notByPlace = (take: RecordsLeaf['take']): take is NotByPlace =>
  take === 'median' || take === 'earliest' || take === 'latest';

/** How what was added up at each place goes up the tree. */
const upwards: Readonly<Record<Exclude<RecordsLeaf['take'], NotByPlace | 'distinct'>, Sql>> = {
  count: sql`sum(g.value)`,
  sum: sql`sum(g.value)`,
  max: sql`max(g.value)`,
  min: sql`min(g.value)`,
};

/** The places of `g` with the units of the targets that stand above them or there. */
const above = (t: Targets) => sql`CROSS JOIN LATERAL unnest(string_to_array(g.path, '.', '')::int[]) AS s (id)
    JOIN unnest(${[...t.ids]}::int[]) AS t (unit_id) ON t.unit_id = s.id`;

/** Many units at once: each record is read once, added up where it stands, and only the sums go up the tree. */
function countedByPlace(rq: Rq, t: Targets, leaf: RecordsLeaf, span: Span): Sql {
  const rows = recordsOf(rq, { ...t, byPlace: true }, leaf.source, daysOf(rq, leaf, span));
  if (leaf.take === 'distinct')
    return sql`SELECT k.unit_id AS "unitId", count(*)::text AS value, count(*)::int AS count, max(k.first) AS "asOf", min(k.first) AS "asOfFirst"
      FROM (SELECT t.unit_id, g.key, min(g.first) AS first
        FROM (SELECT c.unit_id AS path, c.key, min(c.as_of) AS first FROM (${rows}) c WHERE c.key IS NOT NULL GROUP BY 1, 2) g
        ${above(t)} GROUP BY t.unit_id, g.key) k
      GROUP BY k.unit_id`;
  if (notByPlace(leaf.take)) throw new Error('A median is not made of the medians of its parts.');
  return sql`SELECT t.unit_id AS "unitId", trim_scale(${upwards[leaf.take]})::text AS value, sum(g.count)::int AS count, max(g.last) AS "asOf",
      min(g.first) AS "asOfFirst"
    FROM (SELECT c.unit_id AS path, ${takes[leaf.take]} AS value, count(*) AS count, max(c.as_of) AS last, min(c.as_of) AS first
      FROM (${rows}) c GROUP BY c.unit_id) g
    ${above(t)} GROUP BY t.unit_id`;
}

/** What is asked of the unit itself cannot be added up from places, nor can a median. */
const isByPlace = (t: Targets, { source, take, once }: RecordsLeaf) =>
  t.ids.length >= manyTargets &&
  !notByPlace(take) &&
  !once &&
  !('own' in source && source.own) &&
  !('example' in source && source.example);

const countsOf = (rq: Rq, t: Targets, leaf: RecordsLeaf, span: Span): Sql => sql`
    SELECT c.unit_id AS "unitId", trim_scale(${takes[leaf.take]})::text AS value, count(*)::int AS count, max(c.as_of) AS "asOf",
      min(c.as_of) AS "asOfFirst" FROM (${leafRecords(rq, t, leaf, span)}) c GROUP BY c.unit_id`;

export interface WantedRecords {
  readonly leaf: RecordsLeaf;
  readonly span: Span;
}

/** So many leaves stand in one statement: a statement costs a way to the database, and a long one its plan. */
const leavesAtOnce = 16;

/**
 * What was found already, by the statement that asked for it: of what stands today the year, its quarter and its month ask the
 * same.
 */
export type Found = Map<string, Count[]>;

/** A short name of any length of text. */
export const digest = (text: string) => createHash('sha256').update(text).digest('base64');

/** What each leaf finds. For few units the leaves go together; for many each is added up by place in a statement of its own. */
async function foundBy(rq: Rq, t: Targets, wanted: readonly WantedRecords[], found: Found): Promise<Count[][]> {
  const asked = wanted.map(({ leaf, span }) => {
    const alone = isByPlace(t, leaf);
    const statement = alone ? countedByPlace(rq, t, leaf, span) : countsOf(rq, t, leaf, span);
    return { alone, statement, name: digest(statement.text + JSON.stringify(statement.values)) };
  });
  const open = [...new Map(asked.map((a) => [a.name, a])).values()].filter(({ name }) => !found.has(name));
  const together = open.filter(({ alone }) => !alone);
  for (let at = 0; at < together.length; at += leavesAtOnce) {
    const some = together.slice(at, at + leavesAtOnce);
    const each = some.map(({ statement }, i) => sql`SELECT ${i}::int AS i, n.* FROM (${statement}) n`);
    for (const { name } of some) found.set(name, []);
    for (const { i, ...count } of await rq.db.many<Count & { i: number }>(join(each, ' UNION ALL ')))
      found.get(some[i]!.name)!.push(count);
  }
  for (const { alone, name, statement } of open) if (alone) found.set(name, await rq.db.many<Count>(statement));
  return asked.map(({ name }) => found.get(name)!);
}

/**
 * Leaves over records for all units at once. Units of which nothing is found have none of it, where records of the kind are
 * kept; where no record of the kind can exist yet nothing found is missing and not zero.
 */
export async function countRecords(
  rq: Rq,
  t: Targets,
  wanted: readonly WantedRecords[],
  areKept: AreKept,
  known: Found,
): Promise<Count[][]> {
  if (t.ids.length === 0) return wanted.map(() => []);
  const found = await foundBy(rq, t, wanted, known);
  const lacks = (leaf: RecordsLeaf, i: number) => leaf.none !== 'missing' && found[i]!.length < t.ids.length;
  const isKept = await areKept(wanted.flatMap(({ leaf }, i) => (lacks(leaf, i) ? [leaf] : [])));
  return wanted.map(({ leaf }, i) => {
    if (!lacks(leaf, i) || !isKept(leaf)) return found[i]!;
    const there = new Set(found[i]!.map((f) => f.unitId));
    const none = t.ids.filter((id) => !there.has(id));
    return [...found[i]!, ...none.map((unitId) => ({ unitId, value: '0', count: 0, asOf: null, asOfFirst: null }))];
  });
}
