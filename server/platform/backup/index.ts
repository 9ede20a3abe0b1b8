export { inspectBackup, type Manifest } from './manifest.ts';
export { isRestoreRefused, restoreBackup, type RestoreReport } from './restore.ts';
export { backupTask } from './schedule.ts';
export { type BackupReport, writeBackup } from './write.ts';
