// The whole country: search and subtree among 620,000 units, and how both grow on the way there.
import { type Ask, inProcess, timesOf } from '../lib/app.ts';
import { benchDatabase, type BenchDatabase } from '../lib/databases.ts';
import type { Bench, Growth, Measure } from '../lib/measure.ts';
import { nationalDivisions, rootCode } from '../lib/national.ts';
import { addPerson } from '../lib/people.ts';
import { asSystem } from '../lib/rural.ts';
import { dice, timed } from '../lib/timing.ts';
import { type BulkUnit, insertUnits } from '../../server/records/units/bulk.ts';

const batch = 5_000;
const endings = /(村民委员会|居民委员会|村委会|居委会|社区|村|镇|乡|街道办事处|街道|县|区|市|省)+$/;

interface Known {
  readonly name: string;
  readonly pinyin: string;
  readonly initials: string;
  readonly code: string;
}

/** What people type to find a unit: part of its name, of its reading, its initials, the beginning of its code. */
function typed({ name, initials, pinyin, code }: Known, way: number): string {
  const core = name.replace(endings, '') || name;
  if (way === 0) return core;
  if (way === 1) return pinyin.slice(0, Math.max(5, Math.floor(pinyin.length * 0.7)));
  if (way === 2) return initials;
  return code.slice(0, 9);
}

async function search(db: BenchDatabase, ask: Ask, count: number): Promise<number> {
  const { rows } = await db.run(
    `SELECT name, pinyin, initials, code FROM units TABLESAMPLE BERNOULLI (least(100, 300000.0 / (SELECT count(*) FROM units))) REPEATABLE (1) LIMIT 3000`,
  );
  const draw = dice(3);
  return timesOf(count, 0.95, (i) => {
    const q = typed(rows[draw(rows.length)] as Known, i % 4);
    return ask('GET', `/api/units?q=${encodeURIComponent(q)}&limit=20`);
  });
}

/** The first page of everything below a unit, with the count: units of all levels in turn, so that counties are half of them. */
async function subtree(db: BenchDatabase, ask: Ask, count: number): Promise<number> {
  const ids = async (type: string) =>
    (await db.run(`SELECT id FROM units WHERE type = $1 ORDER BY md5(code) LIMIT 200`, [type])).rows.map(
      (r) => (r as { id: number }).id,
    );
  const [cities, counties, townships] = [await ids('city'), await ids('county'), await ids('township')];
  const turns = [counties, townships, counties, cities];
  return timesOf(count, 0.95, (i) => {
    const of = turns[i % turns.length]!;
    return ask('GET', `/api/units?under=${of[i % of.length]}&limit=50`);
  });
}

async function load(db: BenchDatabase, units: readonly BulkUnit[], known: Map<string, { id: number; path: string }>) {
  for (let at = 0; at < units.length; at += batch) {
    const rows = units.slice(at, at + batch);
    const made = await asSystem(db).write((rq) => insertUnits(rq, rows, known));
    for (const unit of rows) if (unit.type !== 'village') known.set(unit.code, made.get(unit.code)!);
  }
}

async function run(bench: Bench) {
  const { real, units } = await nationalDivisions(bench.say);
  const db = await benchDatabase('units');
  const here = await inProcess(db);
  try {
    const { rows } = await db.run(
      `WITH i AS (SELECT nextval('units_id_seq')::int AS id) INSERT INTO units (id, code, type, name, unit_path, valid_from)
       SELECT id, $1, 'province', '全国', id || '.', '2020-01-01' FROM i RETURNING id, unit_path AS path`,
      [rootCode],
    );
    const root = rows[0] as { id: number; path: string };
    await addPerson(db, 'admin', 'admin', root.id);
    const ask = await here.as('admin');
    const known = new Map([[rootCode, root]]);
    const sizes = bench.quick ? [5_000] : [5_000, 50_000, 500_000, units.length];
    const points: Record<'search' | 'subtree', [number, number][]> = { search: [], subtree: [] };
    let done = 0;
    let ms = 0;
    for (const size of sizes) {
      bench.say(`${real ? 'real' : 'generated'} divisions: loading ${size} of ${units.length}`);
      ms += await timed(() => load(db, units.slice(done, size), known));
      done = size;
      await db.run('VACUUM ANALYZE units');
      bench.say(`search and subtree among ${size}`);
      const count = bench.quick ? 40 : 400;
      points.search.push([size, await search(db, ask, count)]);
      points.subtree.push([size, await subtree(db, ask, count)]);
    }
    const last = (list: [number, number][]) => list.at(-1)![1];
    const note = `${done} ${real ? 'real' : 'generated'} units`;
    const growth: Growth[] = [
      { what: 'search among units, p95', unit: 'ms', points: points.search.slice(0, 3) },
      { what: 'first page and count of a subtree, p95', unit: 'ms', points: points.subtree.slice(0, 3) },
    ];
    return {
      findings: [
        { bar: 'units.search', value: last(points.search), note },
        { bar: 'units.subtree', value: last(points.subtree), note },
        { bar: 'units.import', value: done / (ms / 1000) },
      ] as const,
      growth: bench.quick ? [] : growth,
    };
  } finally {
    await here.close();
    await db.drop();
  }
}

export const units: Measure = { name: 'units', minutes: 5, run };
