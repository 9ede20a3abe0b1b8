import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { anchorFile, setAnchorsAside } from '../server/platform/anchors.ts';
import { inspectBackup, isRestoreRefused, type Manifest, restoreBackup } from '../server/platform/backup/index.ts';
import { fileStoreFrom } from '../server/platform/files/index.ts';
import { setJournalKey } from '../server/platform/journal.ts';
import { dataFolderOf, secretProblem } from '../server/settings.ts';
import { readDemoSecret } from './demo-secret.ts';
import { openInstance } from './instance.ts';
import { refused } from './refused.ts';
import type { Terminal } from './terminal.ts';
import { tell } from './verify.ts';

export const restoreHelp = {
  zh: `wuxing restore --in 文件.tar.gz [--check]
  把备份恢复到 DATABASE_URL 或 DATA_DIR 所指的空数据库；非空时拒绝。WUXING_SECRET 须与备份时相同。
  --check   只核对备份文件是否完好，不写入任何内容
退出码：0 完成；1 失败，或日志有问题；2 参数有误、目标非空。`,
  en: `wuxing restore --in FILE.tar.gz [--check]
  Puts a backup into the empty database that DATABASE_URL or DATA_DIR names; refuses one that is not empty. WUXING_SECRET
  must be the one of the instance that was backed up.
  --check   only checks that the file is whole; writes nothing
Exit code: 0 done; 1 failed, or something is wrong with the journal; 2 bad usage, or the target is not empty.`,
};

export async function restoreCommand(argv: readonly string[], t: Terminal): Promise<number> {
  const options = { in: { type: 'string' }, check: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...argv], options, strict: true });
  if (!values.in) throw refused(restoreHelp[t.lang]);
  const file = resolve(values.in);
  if (!existsSync(file)) throw refused({ zh: `没有文件 ${file}。`, en: `There is no file ${file}.` }[t.lang]);
  if (values.check) return check(file, t);
  const instance = await openInstance({ label: 'wuxing restore', migrate: false, secret: true });
  try {
    const manifest = await inspect(file, t);
    const progress = t.progress({ zh: '正在恢复', en: 'Restoring' });
    const files = fileStoreFrom(process.env, instance.dataFolder);
    const report = await restoreBackup(instance.database, instance.ownerPool, {
      file,
      manifest,
      files,
      progress: progress.at,
    });
    progress.done();
    setAnchorsAside(anchorFile(instance.dataFolder), new Date());
    t.note({
      zh: `已恢复 ${report.rows} 行、${report.files} 个文件。`,
      en: `Restored ${report.rows} rows and ${report.files} files.`,
    });
    tell(report.verdict, t);
    return report.verdict.found === 0 ? 0 : 1;
  } catch (error) {
    if (isRestoreRefused(error)) throw refused(error.message);
    throw error;
  } finally {
    await instance.close();
  }
}

async function inspect(file: string, t: Terminal): Promise<Manifest> {
  const reading = t.progress({ zh: '正在核对备份（字节）', en: 'Checking the backup (bytes)' });
  const { manifest, ours } = await inspectBackup(file, reading.at);
  reading.done();
  if (!ours)
    throw refused(
      {
        zh: '备份不是用这个 WUXING_SECRET 做的：请设置备份时的密钥。',
        en: 'The backup was not made with this WUXING_SECRET: set the secret of the instance that was backed up.',
      }[t.lang],
    );
  const { createdAt, version, tables, files } = manifest;
  t.note({
    zh: `备份完好：${createdAt}，版本 ${version}，${tables.length} 张表，${files.count} 个文件。`,
    en: `The backup is whole: ${createdAt}, version ${version}, ${tables.length} tables, ${files.count} files.`,
  });
  return manifest;
}

/** Needs the secret and the file, and touches no database. */
async function check(file: string, t: Terminal): Promise<number> {
  const secret = process.env['WUXING_SECRET'] ?? readDemoSecret(dataFolderOf(process.env)) ?? undefined;
  const problem = secretProblem(secret);
  if (problem) throw refused(problem);
  setJournalKey(secret ?? '');
  await inspect(file, t);
  return 0;
}
