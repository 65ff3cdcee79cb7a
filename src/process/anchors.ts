// Which backups tell of the history of this database: after a restore those that were made since the backup that was
// restored tell of another.
import type { Backup } from '#db/backups.server.ts'

const prefix = 'restored:'

/** Name of the `mark` row of a restore at an instant; its value is when the backup had been made. */
export const restoredMark = (at: string) => `${prefix}${at}`

/** The backups that this database must agree with. `marks` are all rows of `mark`. */
export function anchorsFor(
  backups: readonly Backup[],
  ownId: string,
  marks: readonly { name: string; value: string }[],
): Backup[] {
  const restores = marks.filter(({ name }) => name.startsWith(prefix))
  return backups.filter(
    ({ manifest: { databaseId, createdAt } }) =>
      databaseId === ownId &&
      !restores.some(({ name, value }) => createdAt > value && createdAt <= name.slice(prefix.length)),
  )
}
