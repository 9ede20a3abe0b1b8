import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../db/database.ts';
import type { FileStore } from '../files/index.ts';
import type { Task } from '../upkeep.ts';
import { type Anchor } from '../verify.ts';
import { writeBackup } from './write.ts';

const shape = /^wuxing-\d{8}-\d{6}\.tar\.gz$/;

export interface BackupPlan {
  readonly everyHours: number;
  readonly keep: number;
  readonly folder: string;
  readonly files: FileStore;
  readonly version: string;
  readonly clock: () => Date;
  readonly anchors: () => readonly Anchor[];
  /** Called when the journal in the backup was not as it was written. */
  readonly alarm: (found: number) => void;
}

/** A backup of its own accord, the newest `keep` of which stay. Files of any other name in the folder are left alone. */
export function backupTask(database: Database, plan: BackupPlan): Task {
  return {
    name: 'backup',
    everyHours: plan.everyHours,
    work: async () => {
      const now = plan.clock();
      const stamp = now.toISOString().replace(/\D/g, '');
      const name = `wuxing-${stamp.slice(0, 8)}-${stamp.slice(8, 14)}.tar.gz`;
      mkdirSync(plan.folder, { recursive: true, mode: 0o700 });
      const { verdict, snapshotMs } = await writeBackup(database, {
        file: join(plan.folder, name),
        files: plan.files,
        version: plan.version,
        now,
        anchors: plan.anchors(),
      });
      if (verdict.found > 0) plan.alarm(verdict.found);
      const kept = readdirSync(plan.folder)
        .filter((f) => shape.test(f))
        .sort()
        .reverse();
      for (const old of kept.slice(plan.keep)) rmSync(join(plan.folder, old), { force: true });
      return `${name}, ${snapshotMs} ms, ${verdict.found} findings in the journal`;
    },
  };
}
