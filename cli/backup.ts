import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { version } from '../server/platform/version.ts';
import { anchorFile, readAnchors } from '../server/platform/anchors.ts';
import { writeBackup } from '../server/platform/backup/index.ts';
import { fileStoreFrom } from '../server/platform/files/index.ts';
import { openInstance } from './instance.ts';
import { refused } from './refused.ts';
import type { Terminal } from './terminal.ts';
import { tell } from './verify.ts';

export const backupHelp = {
  zh: `wuxing backup --out 文件.tar.gz
  把整个平台（数据库和上传的文件）写入一个文件，运行中也可以做；同时核对日志。可以恢复到两种数据库中的任一种。
退出码：0 完成；1 已完成，但日志有问题；2 参数有误。`,
  en: `wuxing backup --out FILE.tar.gz
  Writes the whole instance (database and uploaded files) into one file, also while it is in use, and checks the journal.
  It can be restored into either kind of database.
Exit code: 0 done; 1 done, but something is wrong with the journal; 2 bad usage.`,
};

export async function backupCommand(argv: readonly string[], t: Terminal): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { out: { type: 'string' } }, strict: true });
  if (!values.out) throw refused(backupHelp[t.lang]);
  const file = resolve(values.out);
  if (existsSync(file)) throw refused({ zh: `${file} 已存在。`, en: `${file} exists already.` }[t.lang]);
  mkdirSync(dirname(file), { recursive: true });
  const instance = await openInstance({ label: 'wuxing backup', secret: true });
  try {
    const progress = t.progress({ zh: '正在备份', en: 'Backing up' });
    const { manifest, verdict } = await writeBackup(instance.database, {
      file,
      files: fileStoreFrom(process.env, instance.dataFolder),
      version,
      now: new Date(),
      anchors: readAnchors(anchorFile(instance.dataFolder)),
      progress: progress.at,
    });
    progress.done();
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const { count, missing } = manifest.files;
    t.note({
      zh: `${file}：${manifest.tables.length} 张表，${rows} 行，${count} 个文件。`,
      en: `${file}: ${manifest.tables.length} tables, ${rows} rows, ${count} files.`,
    });
    if (missing.length > 0)
      t.warn({
        zh: `${missing.length} 个上传的文件不在存储中：${missing.slice(0, 5).join('、')}`,
        en: `${missing.length} uploaded files are not in the store: ${missing.slice(0, 5).join(', ')}`,
      });
    tell(verdict, t);
    return verdict.found === 0 && missing.length === 0 ? 0 : 1;
  } finally {
    await instance.close();
  }
}
