import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import { keptPeriods } from '../domain/records/facts/kept.ts';
import {
  displayOf,
  fewPersons,
  figureKeys,
  figures,
  isFigure,
  readPeriod,
  smallCell,
} from '../domain/records/facts/index.ts';
import { definitionOf } from '../domain/records/facts/definition.ts';
import type { Lang } from '../domain/words.ts';
import type { Database } from '../server/platform/db/database.ts';
import { sql } from '../server/platform/db/sql.ts';
import { system } from '../server/platform/rq.ts';
import { dayOf } from '../server/platform/time.ts';
import { figureValues, isBusy, keepFigures, proveKept } from '../server/records/facts/index.ts';
import { openInstance } from './instance.ts';
import { refused } from './refused.ts';
import { langOf, type Terminal, terminal } from './terminal.ts';

export const figuresHelp = {
  zh: `wuxing figures --unit 单位编码 --period 期间 [--key 指标] [--format json|csv]
wuxing figures --list [--format json|csv]
wuxing figures --recount [--unit 单位编码] [--period 期间]
  期间：2026、2026Q3、2026-11、2026-W47、to-date、planned:2027。缺数为 null，不是 0。
  --list 列出指标、名称、单位和口径。
  --recount 把留存的指标值逐个重新计算并核对（给出单位时只核对该单位及其下级）：全部一致退出码为 0；
            有出入时逐条列出并改正，退出码为 1。尚未计算的先行计算。期间限于留存的：本年、本年累计、本季、本月、上年。`,
  en: `wuxing figures --unit CODE --period PERIOD [--key KEY] [--format json|csv]
wuxing figures --list [--format json|csv]
wuxing figures --recount [--unit CODE] [--period PERIOD]
  Periods: 2026, 2026Q3, 2026-11, 2026-W47, to-date, planned:2027. What is missing is null and not 0.
  --list prints every key with its name, unit and definition.
  --recount counts every kept figure again and compares (of a unit and all below it, where one is named): exit 0 when all
            are equal; 1 when not, each difference named and put right. What was not counted yet is counted first. The
            period is one of those that are kept: the year, its running numbers, its quarter, its month, the year before.`,
};

const options = {
  unit: { type: 'string' },
  period: { type: 'string' },
  key: { type: 'string', multiple: true },
  format: { type: 'string' },
  list: { type: 'boolean' },
  recount: { type: 'boolean' },
} as const;

const csv = (rows: readonly Record<string, unknown>[]) => stringify([...rows], { header: true }).trimEnd();

const busyWaitMs = 500;
const busyTries = 240;

/** Counts what is not counted yet. A server that runs beside us counts, too; then its turn is waited for. */
async function countTheRest(database: Database, clock: () => Date): Promise<void> {
  const keeper = keepFigures(database, { clock });
  try {
    for (let tries = 1; ; tries++) {
      try {
        return await keeper.runOnce();
      } catch (error) {
        if (!isBusy(error) || tries >= busyTries) throw error;
        await new Promise((resolve) => setTimeout(resolve, busyWaitMs));
      }
    }
  } finally {
    await keeper.close();
  }
}

const noUnit = (code: string, lang: Lang) =>
  refused({ zh: `没有编码为 ${code} 的单位。`, en: `There is no unit with the code ${code}.` }[lang]);

/** Proves that what is kept is what counting gives. */
async function recountCommand(t: Terminal, code: string | undefined, period: string | undefined): Promise<number> {
  const instance = await openInstance({ label: 'wuxing figures' });
  try {
    const { database } = instance;
    const clock = instance.now;
    const kept = keptPeriods(dayOf(clock()));
    if (period !== undefined && !kept.includes(period))
      throw refused(
        {
          zh: `${period} 不是留存的期间；留存的是 ${kept.join('、')}。`,
          en: `${period} is not kept; kept are ${kept.join(', ')}.`,
        }[t.lang],
      );
    const unit =
      code === undefined
        ? undefined
        : await database.read([''], (db) =>
            db.find<{ path: string }>(sql`SELECT unit_path AS path FROM units WHERE code = ${code}`),
          );
    if (code !== undefined && !unit) throw noUnit(code, t.lang);
    const progress = t.progress({ zh: '正在重新计算', en: 'Counting again' });
    await countTheRest(database, clock);
    const { compared, differences } = await proveKept(database, {
      now: clock(),
      path: unit?.path ?? '',
      ...(period === undefined ? {} : { periods: [period] }),
      progress: progress.at,
    });
    progress.done();
    const missing = { zh: '缺数', en: 'missing' }[t.lang];
    for (const d of differences)
      t.out(`${d.unitCode} ${d.unitName}  ${d.key}  ${d.period}  ${d.kept ?? missing} → ${d.recounted ?? missing}`);
    t.note(
      differences.length === 0
        ? { zh: `已核对 ${compared} 个指标值，全部一致。`, en: `${compared} figures counted again: all equal.` }
        : {
            zh: `已核对 ${compared} 个指标值，${differences.length} 个有出入，已改正。`,
            en: `${compared} figures counted again: ${differences.length} differed and were put right.`,
          },
    );
    return differences.length === 0 ? 0 : 1;
  } finally {
    await instance.close();
  }
}

export async function figuresCommand(argv: string[]): Promise<number> {
  const t = terminal(langOf(process.env, process.argv));
  const { values } = parseArgs({ args: argv, options, strict: true });
  const { unit: code, period, format = 'json' } = values;
  if (format !== 'json' && format !== 'csv') throw refused(figuresHelp[t.lang]);
  if (values.list) {
    const rows = figureKeys.map((key) => {
      const { words, unit, expr } = figures[key]!;
      return { key, name: words[t.lang], unit: unit[t.lang], definition: definitionOf(expr)[t.lang] };
    });
    t.out(format === 'json' ? JSON.stringify(rows, null, 2) : csv(rows));
    return 0;
  }
  if (values.recount) return recountCommand(t, code, period);
  const keys = values.key ?? figureKeys;
  const unknown = keys.find((key) => !isFigure(key));
  if (unknown !== undefined)
    throw refused(
      { zh: `没有指标 ${unknown}；用 --list 查看。`, en: `There is no figure ${unknown}; --list shows them.` }[t.lang],
    );
  if (code === undefined || period === undefined) throw refused(figuresHelp[t.lang]);
  if (!readPeriod.safeParse(period).success)
    throw refused({ zh: `看不懂期间 ${period}。`, en: `${period} is not a period.` }[t.lang]);
  const instance = await openInstance({ label: 'wuxing figures' });
  try {
    const found = await instance.database.read([''], async (db) => {
      const unit = await db.find<{ id: number }>(sql`SELECT id FROM units WHERE code = ${code}`);
      if (!unit) return undefined;
      const rq = { actor: system, db, now: instance.now(), lang: t.lang };
      return (await figureValues(rq, keys, [unit.id], period)).get(unit.id)!;
    });
    if (!found) throw noUnit(code, t.lang);
    const rows = keys.map((key) => {
      const figure = figures[key]!;
      const counted = found.get(key);
      // What is printed is read by others than those who serve the few.
      const few = counted !== undefined && smallCell(figure, counted.value);
      const value = few ? undefined : counted;
      return {
        key,
        value: value ? Number(value.value) : null,
        display: few ? fewPersons : value ? displayOf(figure, value.value, 'plain', t.lang) : null,
        unit: figure.unit[t.lang],
        missing: counted === undefined,
        records: value?.records ?? 0,
        definition: definitionOf(figure.expr)[t.lang],
      };
    });
    t.out(format === 'json' ? JSON.stringify({ unit: code, period, figures: rows }, null, 2) : csv(rows));
    return 0;
  } finally {
    await instance.close();
  }
}
