import type { LeafValue } from './leaves.ts';

/** A number that is counted from records. */
export function counted(value: string, records: number, asOf: string | null, asOfFirst: string | null): LeafValue {
  return { value, records, asOf, asOfFirst, source: null, sources: 0, factId: null };
}

const later = (a: string | null, b: string | null) => (a === null || (b !== null && b > a) ? b : a);
const earlier = (a: string | null, b: string | null) => (a === null || (b !== null && b < a) ? b : a);

/** A number made of others: their records together, from the earliest day to the latest. */
export function joined(value: string, parts: readonly LeafValue[]): LeafValue {
  const sources = new Set(parts.map((p) => p.source));
  return {
    value,
    records: parts.reduce((n, p) => n + p.records, 0),
    asOf: parts.reduce<string | null>((d, p) => later(d, p.asOf), null),
    asOfFirst: parts.reduce<string | null>((d, p) => earlier(d, p.asOfFirst), null),
    source: sources.size === 1 ? (parts[0]?.source ?? null) : null,
    sources: parts.reduce((most, p) => Math.max(most, p.sources), sources.size),
    factId: null,
  };
}
