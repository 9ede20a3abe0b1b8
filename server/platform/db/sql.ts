import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Rq } from '../rq.ts';

export { empty, join, raw, sql };
export type { Sql };

/** A value for a jsonb parameter: both drivers take its text. */
export function json(value: unknown): string {
  return JSON.stringify(value);
}

/** `a AND b AND c`, or TRUE when nothing narrows. */
export function all(conditions: (Sql | null | undefined | false | '')[]): Sql {
  const given = conditions.filter((c): c is Sql => Boolean(c));
  return given.length === 0 ? sql`TRUE` : join(given, ' AND ');
}

const testing = process.env['NODE_ENV'] === 'test';

/**
 * The first wall: what exists for the actor. Every read carries it; row-level security stands behind it and would hide
 * the same rows if it were forgotten. `column` is a name from our own code, never from input.
 */
export function visible(rq: Rq, column = 'unit_path'): Sql {
  const { scopes } = rq.actor;
  // Tests may take this wall down, to see that row-level security keeps the same rows by itself.
  if (testing && process.env['WUXING_TEST_BLIND'] === '1') return sql`TRUE`;
  if (scopes.length === 0) return sql`FALSE`;
  if (scopes.includes('')) return sql`TRUE`;
  return sql`(${join(
    scopes.map((path) => under(column, path)),
    ' OR ',
  )})`;
}

/** Rows of the subtree of one unit, as a range the index on the path can answer. */
export function under(column: string, path: string): Sql {
  if (path === '') return sql`TRUE`;
  // Paths end with a dot and hold digits, so everything below `1.5.` lies between `1.5.` and `1.5/`.
  return sql`(${raw(column)} >= ${path} AND ${raw(column)} < ${path.slice(0, -1) + '/'})`;
}

/** Text for LIKE in which the user's percent signs and underscores mean themselves. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, (c) => `\\${c}`);
}
