// The work of the engine benchmark: a standard of 100 criteria with all seven rules in equal shares, and the values of any
// number of units, drawn from one seed. Values are whole ten-thousandths, so that SQL can do the rules in exact integers too.
import { parseStandard } from '../../domain/stars/standard.ts';
import type { Standard } from '../../domain/stars/standard.ts';
import type { Column, Table } from '../../domain/stars/table.ts';
import type { UnitValues } from '../../domain/stars/score.ts';

export const scale = 10_000;

/** Values of one criterion for all units as integers; −1 is missing. Panels hold several. */
export type RawColumn =
  { kind: 'number' | 'label'; values: Int32Array } | { kind: 'review'; panels: (number[] | null)[] };

export type EngineData = {
  standard: Standard;
  units: number;
  raw: RawColumn[];
  county: Int32Array;
  township: Int32Array;
  /** One row per veto of the standard. */
  vetoed: Uint8Array[];
  table: Table;
};

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const kinds = ['linear', 'steps', 'steps-down', 'yes', 'levels', 'review', 'rank'] as const;
const combines = ['mean', 'trimmed', 'median'] as const;

function ruleFor(kind: (typeof kinds)[number], index: number, points: number): object {
  const steps = [0.25, 0.5, 0.75, 1].map((at, step) => ({ at, points: (points * (step + 1)) / 4 }));
  switch (kind) {
    case 'linear':
      return index % 2 === 0 ? { type: kind, from: 0.1, to: 0.9 } : { type: kind, from: 0.8, to: 0.2 };
    case 'steps':
      return { type: kind, steps };
    case 'steps-down':
      return { type: kind, steps: steps.map((step, at) => ({ ...step, points: points - (points * at) / 4 })) };
    case 'yes':
      return { type: kind };
    case 'levels':
      return { type: kind, levels: { A: points, B: points * 0.75, C: points * 0.5, D: 0 } };
    case 'review':
      return { type: kind, max: 100, combine: combines[index % 3] };
    case 'rank':
      return {
        type: kind,
        peers: index % 3 === 0 ? 'township' : index % 3 === 1 ? 'county' : 'all',
        lower: index % 2 === 1,
        steps: [20, 50, 80].map((at, step) => ({ at, points: (points * (step + 1)) / 3 })),
      };
  }
}

export function engineStandard(criteria = 100): Standard {
  const stars = ['branch', 'industry', 'ecology', 'safety', 'civility'];
  const written = stars.map((id, s) => ({
    id,
    name: { zh: id },
    pass: (criteria / stars.length) * 6 * 0.45,
    requires: s === 0 ? stars.slice(1) : [],
    criteria: Array.from({ length: criteria / stars.length }, (_, c) => {
      const index = s * (criteria / stars.length) + c;
      return {
        id: `c${index}`,
        text: { zh: `条${index}` },
        points: 6,
        value: { fact: `f${index}` },
        rule: ruleFor(kinds[index % kinds.length]!, index, 6),
        ...(index % 11 === 0 ? { must: 0.6 } : {}),
        ...(index % 10 === 3 ? { optional: true } : {}),
      };
    }),
  }));
  const basis = { title: '样例', number: '1', article: '1' };
  const parsed = parseStandard({
    id: 'bench',
    version: '1',
    title: { zh: '测速' },
    sample: true,
    effective: { from: '2026-01-01' },
    scheme: 'rural',
    grading: { mode: 'stars' },
    stars: written,
    vetoes: [...stars.slice(0, 3), 'all'].map((scope) => ({ id: `v-${scope}`, text: { zh: '否决' }, scope, basis })),
    tieBreakers: ['c0', 'c1'],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.standard;
}

export function engineData(units: number, criteria = 100): EngineData {
  const standard = engineStandard(criteria);
  const draw = random(20_260_101);
  const rules = standard.stars.flatMap((star) => star.criteria.map((one) => one.rule));
  const missing = (): boolean => draw() < 0.03;
  const raw = rules.map((rule): RawColumn => {
    const numbers = (next: () => number): Int32Array =>
      Int32Array.from({ length: units }, () => (missing() ? -1 : next()));
    if (rule.type === 'review') {
      const panel = (): number[] =>
        Array.from({ length: 3 + Math.floor(draw() * 5) }, () => Math.floor(draw() * 1001) * (scale / 10));
      return { kind: 'review', panels: Array.from({ length: units }, () => (missing() ? null : panel())) };
    }
    if (rule.type === 'levels') return { kind: 'label', values: numbers(() => Math.floor(draw() * 4)) };
    if (rule.type === 'yes') return { kind: 'number', values: numbers(() => (draw() < 0.7 ? scale : 0)) };
    return { kind: 'number', values: numbers(() => Math.floor(draw() * (scale + 1))) };
  });
  const township = Int32Array.from({ length: units }, (_, row) => Math.floor(row / 20));
  const county = Int32Array.from({ length: units }, (_, row) => Math.floor(row / 400));
  const vetoed = standard.vetoes.map(() => Uint8Array.from({ length: units }, () => (draw() < 0.005 ? 1 : 0)));
  const group = (of: Int32Array): { of: Int32Array; count: number } => ({ of, count: (of.at(-1) ?? 0) + 1 });
  const table: Table = {
    size: units,
    columns: raw.map(columnOf),
    vetoes: vetoed.map((flags) => [...flags.keys()].filter((row) => flags[row] === 1)),
    groups: { all: { of: new Int32Array(units), count: 1 }, county: group(county), township: group(township) },
  };
  return { standard, units, raw, county, township, vetoed, table };
}

function columnOf(raw: RawColumn): Column {
  if (raw.kind === 'review') {
    const starts = new Uint32Array(raw.panels.length + 1);
    raw.panels.forEach((panel, row) => (starts[row + 1] = starts[row]! + (panel?.length ?? 0)));
    const scores = raw.panels.flatMap((panel) => panel ?? []);
    return { kind: 'review', starts, scores: Float64Array.from(scores, (v) => v / scale), long: new Map() };
  }
  if (raw.kind === 'label') return { kind: 'label', codes: Int16Array.from(raw.values) };
  const values = Float64Array.from(raw.values, (v) => (v < 0 ? Number.NaN : v / scale));
  return { kind: 'number', values, long: new Map() };
}

/** The values of one unit, as score takes them. */
export function unitOf({ standard, raw, vetoed }: EngineData, row: number): UnitValues {
  const criteria = standard.stars.flatMap((star) => star.criteria);
  const entries = criteria.flatMap(({ id, rule }, index): [string, string | number | number[]][] => {
    const column = raw[index]!;
    if (column.kind === 'review') {
      const panel = column.panels[row];
      return panel ? [[id, panel.map((v) => v / scale)]] : [];
    }
    const value = column.values[row]!;
    if (value < 0) return [];
    return [[id, rule.type === 'levels' ? Object.keys(rule.levels)[value]! : value / scale]];
  });
  const vetoes = standard.vetoes.filter((_, index) => vetoed[index]![row] === 1).map((veto) => veto.id);
  return { unit: String(row), values: Object.fromEntries(entries), vetoes };
}
