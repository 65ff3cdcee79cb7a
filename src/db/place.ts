// What lies in DATA_DIR, by name.
import { join } from 'node:path'

/** The database; while it is open SQLite keeps `-wal` and `-shm` beside it. */
export const databaseName = 'lianxue.db'
export const databaseFiles = [databaseName, `${databaseName}-wal`, `${databaseName}-shm`]
export const databaseOf = (dataDir: string) => join(dataDir, databaseName)

/** A new database while it is made: what has the real name is always whole. */
export const newDatabaseOf = (dataDir: string) => join(dataDir, `${databaseName}.new`)

/** Files of the library, named by their hash. */
export const mediaOf = (dataDir: string) => join(dataDir, 'media')

/** Backups, a folder each, and `media/`, which they share. */
export const backupsOf = (dataDir: string) => join(dataDir, 'backups')

/** Where a backup is restored for a test. */
export const testingOf = (dataDir: string) => join(dataDir, 'testing-backup')

/** What a restore prepares; renamed to `restored/` once it is whole, which decides that it will be in force. */
export const restoringOf = (dataDir: string) => join(dataDir, 'restoring')
export const restoredOf = (dataDir: string) => join(dataDir, 'restored')

/** Where a restore moves the data that it replaces begins with this. */
export const replacedPrefix = 'replaced-'
