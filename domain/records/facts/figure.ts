import type { Words } from '../../words.ts';
import type { Expr } from './expr.ts';

/** A named number about a unit in a period, defined once. */
export interface Figure {
  readonly words: Words;
  readonly unit: Words;
  readonly expr: Expr;
  readonly decimals: number;
  readonly scoreEligible: boolean;
  /** About persons: under five it is shown as «<5» outside the unit that serves them. */
  readonly persons?: true;
}

const w = (zh: string, en: string): Words => ({ zh, en });

/** Units in which figures are told. Percentages are numbers of 0 to 100. */
export const told = {
  n: w('个', ''),
  people: w('人', 'people'),
  households: w('户', 'households'),
  times: w('次', 'times'),
  visits: w('人次', 'person-times'),
  sessions: w('场', 'sessions'),
  batches: w('期', 'batches'),
  cases: w('件', 'cases'),
  percent: w('%', '%'),
  points: w('个百分点', 'percentage points'),
  wan: w('万元', '10,000 CNY'),
  yuan: w('元', 'CNY'),
  mu: w('亩', 'mu'),
  km: w('公里', 'km'),
  hours: w('小时', 'hours'),
  index: w('分', 'points'),
  year: w('年', ''),
  years: w('年', 'years'),
  rank: w('名', ''),
  times2: w('倍', 'times'),
  each: w('', ''),
  level: w('星', 'stars'),
  month: w('月', ''),
} as const;

/** Writes one line of the catalogue. Counts are whole; what is divided keeps six digits until it is shown. */
export function f(zh: string, en: string, unit: Words, expr: Expr, more: Partial<Figure> = {}): Figure {
  return { words: { zh, en }, unit, expr, decimals: 6, scoreEligible: true, ...more };
}

/** Counted about persons. */
export const ofPersons = { persons: true } as const;
/** What people raise, and what police and petition offices own: told, never scored. */
export const neverScored = { scoreEligible: false } as const;
