export { type BackupOptions, createBackup } from './backup.ts';
export type { Manifest } from './manifest.ts';
export { type RestoreOptions, restoreBackup } from './restore.ts';
export { createRestoreHold, type HeldSends, type RestoreHold } from './restore-hold.ts';
