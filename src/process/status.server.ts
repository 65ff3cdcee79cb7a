// The state of the process and its machine, gathered for /admin/status.
import { statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { desc } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { queueLength, read } from '#db/database.server.ts'
import { event } from '#db/schema/record.ts'
import { storageFault } from '#db/storage.server.ts'
import { settings } from '#env.ts'
import { backupState } from '#process/backups.server.ts'
import type { Status } from '#process/judge-status.ts'
import { errorCount } from '#process/troubles.server.ts'

/** The clock of the machine against one that nobody can set: their difference at the start. */
const atStart = Date.now() - performance.now()

/** Everything that is judged, as of now. */
export async function status(): Promise<Status> {
  const { dataDir } = settings
  const [newest] = await read.select({ at: event.receivedAt }).from(event).orderBy(desc(event.seq)).limit(1)
  const { bavail, blocks, bsize } = await statfs(dataDir)
  const backups = await backupState(dataDir)
  return {
    at: now().toISOString(),
    seconds: Math.floor(process.uptime()),
    clock: {
      movedSeconds: (Date.now() - performance.now() - atStart) / 1000,
      newestEventAt: newest?.at ?? null,
    },
    disk: { freeBytes: bavail * bsize, totalBytes: blocks * bsize, databaseBytes: bytesOf(dataDir) },
    backup: {
      newestAt: backups.newest?.at ?? null,
      bytes: backups.newest?.bytes ?? 0,
      count: backups.count,
      testedAt: backups.tested?.at ?? null,
      testedOk: backups.tested?.ok ?? null,
    },
    queue: {
      waiting: queueLength(),
      fault: storageFault?.kind ?? null,
      since: storageFault?.since ?? null,
    },
    errors: errorCount(),
  }
}

/** The database with what waits beside it. */
function bytesOf(dataDir: string): number {
  return ['lianxue.db', 'lianxue.db-wal']
    .map((name) => statSync(join(dataDir, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0)
}
