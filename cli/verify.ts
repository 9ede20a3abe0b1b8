import { parseArgs } from 'node:util';
import { anchorFile, readAnchors } from '../server/platform/anchors.ts';
import { type Verdict, verifyJournal } from '../server/platform/verify.ts';
import { sql } from '../server/platform/db/sql.ts';
import { openInstance } from './instance.ts';
import type { Terminal } from './terminal.ts';

export const verifyHelp = {
  zh: `wuxing verify [--json]
  核对操作日志：逐行检查封存，指出被改动、删除或插入的行。
退出码：0 完好；1 发现问题。`,
  en: `wuxing verify [--json]
  Checks the journal against its seals, row by row, and names every row that was changed, removed or inserted.
Exit code: 0 intact; 1 something was found.`,
};

export async function verifyCommand(argv: readonly string[], t: Terminal): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { json: { type: 'boolean' } }, strict: true });
  const instance = await openInstance({ label: 'wuxing verify', secret: true });
  try {
    const progress = t.progress({ zh: '正在核对日志', en: 'Checking the journal' });
    const anchors = readAnchors(anchorFile(instance.dataFolder));
    const verdict = await instance.database.owner(async (tx) => {
      await tx.run(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY`);
      return verifyJournal(tx, { anchors, progress: progress.at });
    });
    progress.done();
    if (values.json) t.out(JSON.stringify(verdict, null, 2));
    else tell(verdict, t);
    return verdict.found === 0 ? 0 : 1;
  } finally {
    await instance.close();
  }
}

export function tell(verdict: Verdict, t: Terminal): void {
  for (const f of verdict.findings) t.out(`${f.words[t.lang]}${f.says ? `  [${f.says}]` : ''}`);
  const { rows, sealed, unsealed, seals, found } = verdict;
  const counted = {
    zh: `日志 ${rows} 行，已封存 ${sealed} 行（${seals} 个封存），待封存 ${unsealed} 行`,
    en: `${rows} rows, ${sealed} sealed (${seals} seals), ${unsealed} waiting for the next seal`,
  };
  if (found === 0) t.note({ zh: `${counted.zh}：完好。`, en: `${counted.en}: intact.` });
  else t.warn({ zh: `${counted.zh}：发现 ${found} 处问题。`, en: `${counted.en}: ${found} findings.` });
}
