import { randomUUID } from 'node:crypto';

// Small counties of records written by hand, one for each case, all in one database: units by short names, records as rows.
// C county, D department, T township, S street, V and W villages of T, M community of S, E estate of M, G grid of V,
// B branch of V, BM branch of M, BE branch of E, F and F2 task forces of C, FT of T, R team of V.

export const tree = [
  ['C', 'county', null, null],
  ['D', 'department', 'C', null],
  ['T', 'township', 'C', null],
  ['S', 'street', 'C', null],
  ['V', 'village', 'T', 'rural'],
  ['W', 'village', 'T', 'rural'],
  ['M', 'community', 'S', 'urban'],
  ['E', 'estate', 'M', null],
  ['G', 'grid', 'V', null],
  ['B', 'branch', 'V', null],
  ['BM', 'branch', 'M', null],
  ['BE', 'branch', 'E', null],
  ['F', 'task-force', 'C', null],
  ['F2', 'task-force', 'C', null],
  ['FT', 'task-force', 'T', null],
  ['R', 'team', 'V', null],
] as const;
export type At = (typeof tree)[number][0];

export type Data = Readonly<Record<string, unknown>>;
export type Fill = (c: County) => readonly [table: string, row: Record<string, unknown>][];
/** A record of a case, before it is known in which county it stands. */
export type Row = Fill;

export interface Case {
  readonly key: string;
  readonly period: string;
  readonly at: At;
  readonly is: number | null;
  readonly rows: readonly Row[];
}

/** One case: the figure, the period, the unit asked, the number worked out by hand, and the records it was worked out from. */
export const hand = (key: string, period: string, at: At, is: number | null, ...rows: Row[]): Case => ({
  key,
  period,
  at,
  is,
  rows,
});

export class County {
  readonly ids = new Map<string, string>();
  readonly units = new Map<string, { id: number; path: string }>();
  id(name: string | undefined): string | null {
    if (name === undefined) return null;
    if (!this.ids.has(name)) this.ids.set(name, randomUUID());
    return this.ids.get(name)!;
  }
  on(at: At) {
    const { id, path } = this.units.get(at)!;
    return { unit_id: id, unit_path: path };
  }
}

export const noon = (day: string) => `${day}T12:00:00+08:00`;

export const person = (c: County, name: string): [string, Record<string, unknown>] => [
  'people',
  { ...c.on('C'), id: c.id(name), name },
];
