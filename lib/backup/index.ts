export { type CreateBackupInput, type CreatedBackup, createBackup } from "#lib/backup/create-backup.ts";
export { type RestoreBackupInput, type RestoredBackup, restoreBackup } from "#lib/backup/restore-backup.ts";
