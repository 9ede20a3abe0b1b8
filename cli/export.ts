import { createWriteStream } from 'node:fs';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { isMetric, period as periodShape } from '../domain/records/facts/index.ts';
import type { SheetFormat } from '../domain/records/imports/index.ts';
import { sql } from '../server/platform/db/sql.ts';
import { type Rq, system } from '../server/platform/rq.ts';
import type { Reader } from '../server/platform/http/sending.ts';
import { exportFacts, type ExportTo, exportUnits } from '../server/records/imports/index.ts';
import { type Instance, openInstance } from './instance.ts';
import { refused } from './refused.ts';
import { langOf, type Terminal, terminal } from './terminal.ts';

export const exportHelp = {
  zh: `wuxing export units|facts [--out 文件.xlsx|文件.csv] [--format xlsx|csv] [--under 单位编码]
                  [--period 期间] [--metric 指标]
  不填 --out 则以 csv 写到标准输出。表头与导入模板一致，改好后可再导入。`,
  en: `wuxing export units|facts [--out FILE.xlsx|FILE.csv] [--format xlsx|csv] [--under CODE]
                  [--period PERIOD] [--metric KEY]
  Without --out it writes csv to standard output. Heads are those of the import, so the sheet can come back.`,
};

const options = {
  out: { type: 'string' },
  format: { type: 'string' },
  under: { type: 'string' },
  period: { type: 'string' },
  metric: { type: 'string' },
} as const;

async function underPath(instance: Instance, code: string | undefined, t: Terminal): Promise<string | undefined> {
  if (code === undefined) return undefined;
  const unit = await instance.database.read([''], (tx) =>
    tx.find<{ path: string }>(sql`SELECT unit_path AS path FROM units WHERE code = ${code}`),
  );
  if (!unit)
    throw refused({ zh: `没有编码为 ${code} 的单位。`, en: `There is no unit with the code ${code}.` }[t.lang]);
  return unit.path;
}

export async function exportCommand(argv: string[]): Promise<number> {
  const t = terminal(langOf(process.env, process.argv));
  const { values, positionals } = parseArgs({ args: argv, options, strict: true, allowPositionals: true });
  const [kind, ...rest] = positionals;
  const format = values.format ?? (values.out?.endsWith('.xlsx') ? 'xlsx' : 'csv');
  if ((kind !== 'units' && kind !== 'facts') || rest.length > 0 || (format !== 'xlsx' && format !== 'csv'))
    throw refused(exportHelp[t.lang]);
  const { metric, period } = values;
  if (metric !== undefined && !isMetric(metric)) throw refused(`--metric ${metric}`);
  if (period !== undefined && !periodShape.safeParse(period).success) throw refused(`--period ${period}`);
  const instance = await openInstance({ label: 'wuxing export' });
  try {
    const filter = { underPath: await underPath(instance, values.under, t), metric, period };
    const read: Reader = (work) =>
      instance.database.read([''], (db: Rq['db']) => work({ actor: system, db, now: instance.now(), lang: t.lang }));
    const out = new PassThrough();
    const to: ExportTo = { out, format: format as SheetFormat, lang: t.lang, now: instance.now() };
    const target = values.out === undefined ? process.stdout : createWriteStream(values.out);
    const written = pipeline(out, target, { end: values.out !== undefined });
    const rows = kind === 'units' ? await exportUnits(read, to, filter) : await exportFacts(read, to, filter);
    await written;
    t.note({ zh: `已导出 ${rows} 行。`, en: `${rows} rows exported.` });
    return 0;
  } finally {
    await instance.close();
  }
}
