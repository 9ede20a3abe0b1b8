import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { period as periodShape } from '../domain/records/facts/index.ts';
import { sql } from '../server/platform/db/sql.ts';
import { system } from '../server/platform/rq.ts';
import { fillTemplate, standsOnSample, wordFile } from '../server/modules/reports/index.ts';
import { openInstance } from './instance.ts';
import { refused } from './refused.ts';
import { langOf, terminal } from './terminal.ts';

export const reportHelp = {
  zh: `wuxing report --template 模板 --unit 单位编码 --period 2026 --out 文件.docx
  按记录填好一份报告（公文格式）。缺数留空并标黄；共有几处空白会在最后说明。`,
  en: `wuxing report --template NAME --unit CODE --period 2026 --out FILE.docx
  Fills a report from the records, in official layout. What is missing stays a marked blank; how many there are is said.`,
};

const options = {
  template: { type: 'string' },
  unit: { type: 'string' },
  period: { type: 'string' },
  out: { type: 'string' },
} as const;

export async function reportCommand(argv: string[]): Promise<number> {
  const t = terminal(langOf(process.env, process.argv));
  const { values } = parseArgs({ args: argv, options, strict: true });
  const { template, unit: code, period, out } = values;
  if (!template || !code || !period || !out || !out.endsWith('.docx')) throw refused(reportHelp[t.lang]);
  if (!periodShape.safeParse(period).success)
    throw refused({ zh: `看不懂期间 ${period}。`, en: `${period} is not a period.` }[t.lang]);
  const instance = await openInstance({ label: 'wuxing report' });
  try {
    const made = await instance.database.read([''], async (db) => {
      const rq = { actor: system, db, now: instance.now(), lang: t.lang };
      const unit = await db.find<{ id: number }>(sql`SELECT id FROM units WHERE code = ${code}`);
      if (!unit)
        throw refused({ zh: `没有编码为 ${code} 的单位。`, en: `There is no unit with the code ${code}.` }[t.lang]);
      return { report: await fillTemplate(rq, unit.id, template, period), sample: await standsOnSample(rq) };
    });
    const { report, sample } = made;
    await writeFile(out, await wordFile(report.title, [report], { proof: null, signed: null, sample }));
    const n = report.figures.length - report.blanks;
    t.note({ zh: `已填 ${n} 处，空白 ${report.blanks} 处。`, en: `${n} numbers filled, ${report.blanks} blanks.` });
    return 0;
  } finally {
    await instance.close();
  }
}
