import type { UnitType } from '../units/index.ts';
import { enteredKeys } from './depends.ts';
import { figureKeys } from './figures.ts';
import type { Span } from './periods-read.ts';

/** Units whose figures are kept: those that boards and reports are about. Of others figures are counted when asked for. */
export const keptTypes = [
  'province',
  'city',
  'county',
  'township',
  'street',
  'village',
  'community',
] as const satisfies readonly UnitType[];

const isRunning = (name: string) => name.startsWith('to-date:');

/**
 * The name under which a figure of a span is kept. What is not made of entered numbers says the same of a running year and of
 * a whole one, so it is kept once.
 */
export function keptName(key: string, { period, toDate }: Span): string {
  return toDate && enteredKeys.has(key) ? `to-date:${period}` : period;
}

/**
 * The periods that are kept on a day: the year with its running numbers, its quarter and month, and the year before, which
 * comparisons and the spring's reports read. They are what boards show without being asked for another.
 */
export function keptPeriods(today: string): string[] {
  const year = today.slice(0, 4);
  const quarter = Math.ceil(Number(today.slice(5, 7)) / 3);
  return [year, `to-date:${year}`, `${year}Q${quarter}`, today.slice(0, 7), String(Number(year) - 1)];
}

/** The figures that are kept under the name of a period. */
export function keysKept(name: string): readonly string[] {
  return isRunning(name) ? figureKeys.filter((key) => enteredKeys.has(key)) : figureKeys;
}
