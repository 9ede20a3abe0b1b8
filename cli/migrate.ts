import { parseArgs } from 'node:util';
import { migrate } from '../server/platform/db/migrate.ts';
import { openInstance } from './instance.ts';
import type { Terminal } from './terminal.ts';

export const migrateHelp = {
  zh: `wuxing migrate
  把数据库结构更新到本版本（wuxing serve 启动时也会自动更新）。`,
  en: `wuxing migrate
  Brings the database's schema forward to this version (wuxing serve does it at start, too).`,
};

export async function migrateCommand(argv: readonly string[], t: Terminal): Promise<number> {
  parseArgs({ args: [...argv], options: {}, strict: true });
  const instance = await openInstance({ label: 'wuxing migrate', migrate: false });
  try {
    const applied = await migrate(instance.ownerPool);
    for (const name of applied) t.out(name);
    t.note(
      applied.length === 0
        ? { zh: '数据库结构已是最新。', en: 'The schema is up to date.' }
        : { zh: `已应用 ${applied.length} 个迁移。`, en: `Applied ${applied.length} migrations.` },
    );
    return 0;
  } finally {
    await instance.close();
  }
}
