/** What a figure must reach; without a bound it is only told. */
export interface Bar {
  /** What is measured, in words. */
  readonly what: string;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

const bar = <const B extends Bar>(b: B): Bar => b;

/** Every figure that the measures report and the bar it must reach. A measure reports under these names and no others. */
export const bars = {
  'engine.duckdb': bar({
    what: 'full re-score, 50,000 branches × 100 criteria: time ÷ DuckDB’s for the same rules in SQL',
    unit: '×',
    atMost: 1,
  }),
  'engine.postgres': bar({ what: 'the same: time ÷ PostgreSQL’s', unit: '×', atMost: 0.1 }),
  'engine.full': bar({ what: 'the same: time', unit: 'ms' }),
  'engine.one': bar({ what: 'one branch with all its reasons, engine only', unit: 'µs' }),
  'rescore.branch': bar({
    what: 're-score of one branch after one value changed, database included, p95',
    unit: 'ms',
    atMost: 10,
  }),
  'rescore.request': bar({ what: 'the correction itself through HTTP, re-score and commit included, p95', unit: 'ms' }),
  'http.read': bar({ what: 'read one case ÷ bare handler', unit: '×', atLeast: 0.45 }),
  'http.page': bar({ what: 'filtered page of 20 cases with count ÷ bare handler', unit: '×', atLeast: 0.45 }),
  'http.create': bar({ what: 'open a case ÷ bare handler', unit: '×', atLeast: 0.35 }),
  'http.change': bar({ what: 'change the state of a case ÷ bare handler', unit: '×', atLeast: 0.35 }),
  'http.counts': bar({
    what: 'counts by state per township over 200,000 cases ÷ bare handler that counts',
    unit: '×',
    atLeast: 20,
  }),
  'http.memory': bar({ what: 'memory of the server under that load, most', unit: 'MB', atMost: 400 }),
  'rollup.county': bar({
    what: 'roll-up of any figure used by a standard for a county of 500 units, p95',
    unit: 'ms',
    atMost: 50,
  }),
  'rollup.worst': bar({ what: 'the slowest of these figures, p95', unit: 'ms' }),
  'rollup.units': bar({ what: 'all of these figures for each of the 500 units at once', unit: 'ms' }),
  'rollup.large': bar({ what: 'roll-up of any of these figures over 50,000 units, p95', unit: 'ms', atMost: 300 }),
  'rollup.large-worst': bar({ what: 'the slowest of these figures over 50,000 units, p95', unit: 'ms' }),
  'figures.cold': bar({
    what: 'every figure of the catalogue counted and put away for each unit of a county of 500 villages, one period',
    unit: 'ms',
    atMost: 5_000,
  }),
  'figures.board': bar({
    what: 'kept figures of a board: 100 of the county and of each of its townships, p95',
    unit: 'ms',
    atMost: 50,
  }),
  'figures.tiles': bar({
    what: 'kept figures of a board: three of each of the 500 villages, p95',
    unit: 'ms',
    atMost: 50,
  }),
  'figures.large': bar({
    what: 'one figure counted from records over 50,000 units, p95 over the figures tried',
    unit: 'ms',
    atMost: 300,
  }),
  'figures.large-worst': bar({ what: 'the slowest of these figures over 50,000 units, p95', unit: 'ms' }),
  'figures.change': bar({
    what: 'from the commit of a change until it is in every kept figure that depends on it, p95',
    unit: 'ms',
    atMost: 1_000,
  }),
  'figures.change-worst': bar({ what: 'the slowest of these changes', unit: 'ms' }),
  'units.search': bar({ what: 'search among 620,000 units, p95', unit: 'ms', atMost: 20 }),
  'units.subtree': bar({ what: 'first page and count of a subtree among 620,000 units, p95', unit: 'ms', atMost: 20 }),
  'units.import': bar({ what: 'units written a second while they were loaded', unit: '/s' }),
  'reports.page': bar({ what: 'a draft of 20 pages filled from the records, p95', unit: 'ms', atMost: 2_000 }),
  'reports.word': bar({ what: 'the same as a Word file, p95', unit: 'ms', atMost: 2_000 }),
  'import.facts': bar({ what: 'validated import of facts', unit: 'rows/s', atLeast: 10_000 }),
  'sheets.import': bar({
    what: '50,000 rows of a workbook from the upload to the report that marks the wrong ones',
    unit: 's',
    atMost: 15,
  }),
  'sheets.import-memory': bar({ what: 'memory of the server while it imports them, most', unit: 'MB', atMost: 300 }),
  'sheets.export-memory': bar({
    what: 'memory of the server while it sends 50,000 rows as a workbook, most',
    unit: 'MB',
    atMost: 300,
  }),
  'sheets.export-csv-memory': bar({ what: 'the same as CSV', unit: 'MB', atMost: 300 }),
  'ledgers.post': bar({
    what: 'post an entry, 32 writers in books of their own ÷ bare handler',
    unit: '×',
    atLeast: 0.35,
  }),
  'ledgers.one-book': bar({ what: 'post an entry, 32 writers in one book ÷ bare handler', unit: '×', atLeast: 0.35 }),
  'start.cold': bar({ what: 'cold start on an existing PostgreSQL database', unit: 's', atMost: 2 }),
  'start.idle': bar({ what: 'memory of an idle server on PostgreSQL', unit: 'MB', atMost: 150 }),
  'console.load': bar({ what: 'first load of the console, scripts, styles and page, gzip', unit: 'kB', atMost: 350 }),
  'console.card': bar({ what: 'star card ready after log-in on the demo', unit: 's', atMost: 1.5 }),
} as const;

export type BarName = keyof typeof bars;

/** Whether a value reaches its bar; null where there is none. */
export function reaches(name: BarName, value: number): boolean | null {
  const { atMost, atLeast } = bars[name];
  if (atMost === undefined && atLeast === undefined) return null;
  return value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity);
}
