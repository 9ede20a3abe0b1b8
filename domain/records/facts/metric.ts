import type { Words } from '../../words.ts';

/** A number that a unit enters, or that another body reports about it. */
export interface Metric {
  readonly words: Words;
  /** What is counted: people, yuan, mu … */
  readonly unit: Words;
  /** A stock stands at a day; a flow happens within a period and its months add up to the year. */
  readonly kind: 'stock' | 'flow';
  /** Digits after the point that may be entered. */
  readonly decimals: number;
  /** `sum`: a parent's number is the sum of those below. `none`: the number belongs to its own unit only. */
  readonly rollup: 'sum' | 'none';
  /** False for what people raise (petitions, disputes): no standard may use it. */
  readonly scoreEligible: boolean;
  /** The question as the clerk reads it. */
  readonly asks: Words;
  /** Largest value that can be true, where there is one (1 for yes or no). */
  readonly max?: string;
  readonly negative?: true;
}

type Given = Partial<Omit<Metric, 'words' | 'asks' | 'unit'>>;

const w = (zh: string, en: string): Words => ({ zh, en });

const people = w('人', 'people');
const times = w('次', 'times');
const yuan = w('元', 'CNY');
export const yes = w('是 1 / 否 0', 'yes 1 / no 0');

function metric(words: Words, unit: Words, asks: Words, given: Given): Metric {
  return { words, unit, asks, kind: 'stock', decimals: 0, rollup: 'sum', scoreEligible: true, ...given };
}

/** A number that stands at a day. */
export function stock(zh: string, en: string, unit: Words, asksZh: string, asksEn: string, given: Given = {}): Metric {
  return metric(w(zh, en), unit, w(asksZh, asksEn), given);
}

/** A number that adds up within a period. */
export function flow(zh: string, en: string, unit: Words, asksZh: string, asksEn: string, given: Given = {}): Metric {
  return metric(w(zh, en), unit, w(asksZh, asksEn), { kind: 'flow', ...given });
}

/** Something a unit has or has not; the roll-up counts the units that have it. */
export function has(zh: string, en: string, asksZh: string, asksEn: string): Metric {
  return metric(w(zh, en), yes, w(asksZh, asksEn), { max: '1' });
}

export const measure = {
  people,
  times,
  yuan,
  households: w('户', 'households'),
  count: w('个', 'count'),
  mu: w('亩', 'mu'),
  cases: w('件', 'cases'),
  kilometres: w('公里', 'km'),
  meals: w('人次', 'person-times'),
  squareMetres: w('平方米', 'm²'),
  organisations: w('家', 'organisations'),
  percent: w('%', '%'),
  share: w('比率，0—1', 'share, 0–1'),
  perTenThousand: w('件/万人', 'per 10,000 people'),
} as const;
