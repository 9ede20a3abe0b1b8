import { z } from 'zod';

/** A year `2026`, a quarter `2026Q3` or a month `2026-11`. */
export const period = z.string().regex(/^(19|20)\d\d(Q[1-4]|-(0[1-9]|1[0-2]))?$/);

export type Grain = 'year' | 'quarter' | 'month';

export function grainOf(p: string): Grain {
  return p.length === 4 ? 'year' : p.includes('Q') ? 'quarter' : 'month';
}

const two = (n: number) => String(n).padStart(2, '0');

/** First and last month of the period, 1 to 12. */
function monthsOf(p: string): [number, number] {
  const grain = grainOf(p);
  if (grain === 'year') return [1, 12];
  if (grain === 'month') return [Number(p.slice(5)), Number(p.slice(5))];
  const quarter = Number(p.slice(5));
  return [quarter * 3 - 2, quarter * 3];
}

/** First day of the period. */
export function startOf(p: string): string {
  return `${p.slice(0, 4)}-${two(monthsOf(p)[0])}-01`;
}

/** Last day of the period. */
export function endOf(p: string): string {
  const year = Number(p.slice(0, 4));
  const last = monthsOf(p)[1];
  const days = new Date(Date.UTC(year, last, 0)).getUTCDate();
  return `${year}-${two(last)}-${two(days)}`;
}

/** The quarters inside the period; for a quarter or a month there is nothing between. */
export function quartersIn(p: string): string[] {
  return grainOf(p) === 'year' ? [1, 2, 3, 4].map((q) => `${p}Q${q}`) : [];
}

/** The months inside a year or a quarter. */
export function monthsIn(p: string): string[] {
  if (grainOf(p) === 'month') return [];
  const [first, last] = monthsOf(p);
  return Array.from({ length: last - first + 1 }, (_, i) => `${p.slice(0, 4)}-${two(first + i)}`);
}

export function finerThan(p: string): string[] {
  return [...quartersIn(p), ...monthsIn(p)];
}

/** The quarter and the year around the period. */
export function coarserThan(p: string): string[] {
  const year = p.slice(0, 4);
  if (grainOf(p) === 'year') return [];
  if (grainOf(p) === 'quarter') return [year];
  return [year, `${year}Q${Math.ceil(Number(p.slice(5)) / 3)}`];
}

/** The period one year earlier, for a comparison on year. */
export function yearBefore(p: string): string {
  return `${Number(p.slice(0, 4)) - 1}${p.slice(4)}`;
}
