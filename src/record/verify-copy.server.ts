// Verifies a database that nobody has open, such as the copy that a restore has prepared, against what its backup
// says of it. What was derived is not derived again: `npm run verify` does so, and `npm run rebuild` mends it.
import { drizzle } from 'drizzle-orm/libsql'
import type { Backup } from '#db/backups.server.ts'
import type { Progress } from '#db/lock.server.ts'
import { openPlain } from '#db/plain-client.server.ts'
import { verifyRecord, type Verified } from '#record/verify.server.ts'

/** What the record in a file holds, and what is wrong with it. */
export async function verifyCopy(file: string, backup: Backup, progress: Progress): Promise<Verified> {
  const client = openPlain(file)
  try {
    await client.execute('PRAGMA query_only = ON')
    const anchor = { name: backup.name, ...backup.manifest }
    return await verifyRecord(drizzle(client), [anchor], progress, 'referenced')
  } finally {
    client.close()
  }
}
