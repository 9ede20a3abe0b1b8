// How long a full re-score takes: the kernel against DuckDB and PostgreSQL doing the same rules in SQL on the same values in
// one run on one machine, after all of them have been found to give the same answer to the last digit.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { compile } from '../../domain/stars/kernel.ts';
import type { BulkResult } from '../../domain/stars/kernel.ts';
import { score } from '../../domain/stars/score.ts';
import { engineData, unitOf } from './data.ts';
import type { EngineData } from './data.ts';
import { scoringSql, unitColumns } from './sql.ts';

export type EngineBench = {
  units: number;
  criteria: number;
  /** Milliseconds: the fastest and the median of the rounds. */
  kernel: { best: number; median: number };
  duckdb: { best: number; median: number } | null;
  postgres: { best: number; median: number } | null;
  /** Median of the kernel ÷ median of the other; at most 1 and at most 0.1 are asked. */
  ratioDuckdb: number | null;
  ratioPostgres: number | null;
  /** Every database that ran gave level, total, rank, points and held of every unit exactly as the kernel did. */
  identical: boolean;
  /** One unit with all reasons, by the reference. */
  oneUnitMicroseconds: number;
  notes: string[];
};

type Row = Record<string, number | boolean>;

type Contender = {
  name: string;
  prepare(): Promise<void>;
  run(): Promise<void>;
  read(): Promise<Row[]>;
  close(): Promise<void>;
};

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1]!;
const summary = (times: number[]): { best: number; median: number } => ({
  best: Math.min(...times),
  median: median(times),
});

export async function benchEngine({ units = 50_000, criteria = 100, rounds = 7 } = {}): Promise<EngineBench> {
  const data = engineData(units, criteria);
  const kernel = compile(data.standard);
  const expected = kernel.run(data.table);
  const notes: string[] = [];
  const contenders = [await duckdb(data, notes), postgres(data, notes)].flatMap((one) => one ?? []);
  const times = new Map<string, number[]>([
    ['kernel', []],
    ...contenders.map((one): [string, number[]] => [one.name, []]),
  ]);
  let identical = true;
  for (const one of contenders) {
    await one.prepare();
    await one.run();
    const wrong = (await one.read()).filter((row) => !sameRow(row, expected)).length;
    identical &&= wrong === 0;
    if (wrong > 0) notes.push(`${one.name}: ${wrong} of ${units} units differ`);
  }
  // Rounds are interleaved, so that a slow moment of the machine falls on all of them.
  for (let round = 0; round < rounds; round += 1) {
    times.get('kernel')!.push(await timed(async () => void kernel.run(data.table)));
    for (const one of contenders) {
      if (one.name === 'postgres' && round >= 3) continue;
      times.get(one.name)!.push(await timed(() => one.run()));
    }
  }
  for (const one of contenders) await one.close();
  const of = (name: string): { best: number; median: number } | null => {
    const measured = times.get(name);
    return measured && measured.length > 0 ? summary(measured) : null;
  };
  const own = summary(times.get('kernel')!);
  const ratio = (other: { median: number } | null): number | null => other && own.median / other.median;
  return {
    units,
    criteria,
    kernel: own,
    duckdb: of('duckdb'),
    postgres: of('postgres'),
    ratioDuckdb: ratio(of('duckdb')),
    ratioPostgres: ratio(of('postgres')),
    identical: identical && contenders.length > 0,
    oneUnitMicroseconds: oneUnit(data),
    notes,
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function oneUnit(data: EngineData): number {
  const given = Array.from({ length: 200 }, (_, row) => unitOf(data, row));
  for (const unit of given) score(data.standard, unit);
  const started = performance.now();
  for (const unit of given) score(data.standard, unit);
  return ((performance.now() - started) / given.length) * 1000;
}

function sameRow(row: Row, expected: BulkResult): boolean {
  const u = Number(row.u);
  return (
    Number(row.level) === expected.level[u] &&
    Number(row.total) === expected.total[u] &&
    Number(row.rank) === expected.rank[u] &&
    expected.stars.every((star, s) => Number(row[`s${s}`]) === star.points[u] && Number(row[`h${s}`]) === star.held[u])
  );
}

/** Rows of `units` as text, for COPY or VALUES. */
function* unitRows(data: EngineData, list: [string, string], separator: string, none: string): Generator<string> {
  for (let row = 0; row < data.units; row += 1) {
    const values = data.raw.map((column) => {
      if (column.kind !== 'review') return column.values[row]! < 0 ? none : String(column.values[row]);
      const panel = column.panels[row];
      return panel ? `${list[0]}${panel.join(',')}${list[1]}` : none;
    });
    const vetoes = data.vetoed.map((flags) => (flags[row] === 1 ? 'true' : 'false'));
    yield [row, data.township[row], data.county[row], ...values, ...vetoes].join(separator);
  }
}

/** The few calls of @duckdb/node-api that are used; the package is no dependency of the project. */
type DuckConnection = {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRowObjects(): Row[] }>;
  closeSync(): void;
};
type DuckModule = { DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<DuckConnection> }> } };

/** DuckDB is installed into the cache folder when it is first needed; without it the comparison is left out and said so. */
async function duckdb(data: EngineData, notes: string[]): Promise<Contender | null> {
  const folder = join(process.cwd(), '.cache', 'bench');
  const entry = join(folder, 'node_modules', '@duckdb', 'node-api', 'lib', 'index.js');
  try {
    if (!existsSync(entry)) {
      mkdirSync(folder, { recursive: true });
      execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '@duckdb/node-api'], {
        stdio: 'ignore',
      });
    }
    const module = (await import(pathToFileURL(entry).href)) as DuckModule;
    const connection = await (await module.DuckDBInstance.create(':memory:')).connect();
    return {
      name: 'duckdb',
      async prepare() {
        await connection.run(`CREATE TABLE units (${unitColumns(data.standard, 'duckdb').join(', ')})`);
        const file = join(folder, `units-${process.pid}.csv`);
        await writeFile(file, `${[...unitRows(data, ['[', ']'], '|', '')].join('\n')}\n`);
        try {
          await connection.run(`COPY units FROM '${file}' (DELIMITER '|', HEADER false)`);
        } finally {
          await rm(file, { force: true });
        }
      },
      run: async () =>
        void (await connection.run(`CREATE OR REPLACE TABLE scored AS ${scoringSql(data.standard, 'duckdb')}`)),
      read: async () => (await connection.runAndReadAll('SELECT * FROM scored')).getRowObjects(),
      close: async () => connection.closeSync(),
    };
  } catch (error) {
    notes.push(
      `DuckDB is not available: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
    );
    return null;
  }
}

function postgres(data: EngineData, notes: string[]): Contender | null {
  const connectionString = process.env.DATABASE_URL ?? process.env.TEST_DATABASE_URL;
  if (!connectionString) {
    notes.push('PostgreSQL was not compared: no server is named in DATABASE_URL');
    return null;
  }
  const client = new pg.Client({ connectionString });
  return {
    name: 'postgres',
    async prepare() {
      await client.connect();
      await client.query(`CREATE TEMP TABLE units (${unitColumns(data.standard, 'postgres').join(', ')})`);
      let batch: string[] = [];
      const flush = async (): Promise<void> => {
        if (batch.length > 0) await client.query(`INSERT INTO units VALUES ${batch.join(',')}`);
        batch = [];
      };
      for (const row of unitRows(data, ["'{", "}'"], ',', 'NULL')) {
        batch.push(`(${row})`);
        if (batch.length === 1000) await flush();
      }
      await flush();
      await client.query('ANALYZE units');
    },
    async run() {
      await client.query('DROP TABLE IF EXISTS scored');
      await client.query(`CREATE TEMP TABLE scored AS ${scoringSql(data.standard, 'postgres')}`);
    },
    read: async () => (await client.query<Row>('SELECT * FROM scored')).rows,
    close: () => client.end(),
  };
}
