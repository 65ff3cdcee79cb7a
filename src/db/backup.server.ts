// Makes backups: a folder with the database as it was at one moment, what it holds, and the files of the library.
// The work is done in a thread of its own (backup-worker.server.ts), so that others go on writing.
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { now } from '#clock.server.ts'
import type { Report, Task } from '#db/backup-worker.server.ts'
import { backupAt, backupName, clearUnfinished, prune, type Backup } from '#db/backups.server.ts'
import type { Progress } from '#db/lock.server.ts'
import type { Manifest } from '#db/manifest.ts'
import { backupsOf, databaseName, databaseOf } from '#db/place.ts'
import { noRoom, requireRoom } from '#db/room.server.ts'

type Wish = {
  reason: Manifest['reason']
  /** Where to put it instead of DATA_DIR/backups; nothing there is ever removed. */
  out?: string
}

let underWay: Promise<unknown> = Promise.resolve()

/**
 * Makes a backup of the database in DATA_DIR, which this process has open or is about to open. It gets its name when
 * it is whole; of those in DATA_DIR the newest 14 are kept. Two never run at the same time.
 * @throws Refusal `busy` when there is no room for it.
 */
export function makeBackup(dataDir: string, wish: Wish, progress: Progress): Promise<Backup> {
  const made = underWay.then(() => begin(dataDir, wish, progress))
  underWay = made.catch(() => undefined)
  return made
}

async function begin(dataDir: string, { reason, out }: Wish, progress: Progress): Promise<Backup> {
  const place = out ?? backupsOf(dataDir)
  const at = now().toISOString()
  const part = join(place, `part-${backupName(at)}`)
  mkdirSync(place, { recursive: true, mode: 0o700 })
  clearUnfinished(place)
  requireRoom(place, sizeOf(databaseOf(dataDir)) + sizeOf(`${databaseOf(dataDir)}-wal`))
  mkdirSync(part, { mode: 0o700 })
  try {
    const path = await run({ dataDir, place, part, reason, at }, progress)
    // A migration that fails again and again must not push out what is older.
    if (out === undefined && reason !== 'migration') prune(place)
    const outcome = backupAt(path)
    if (outcome.type !== 'read') throw new Error(`The backup at ${path} cannot be read: ${outcome.type}.`)
    return outcome.backup
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    throw isFull(error) ? noRoom(place) : error
  }
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0

const isFull = (error: unknown) => /SQLITE_FULL|ENOSPC/.test(String((error as Error).message))

function run(task: Task, progress: Progress): Promise<string> {
  const worker = new Worker(new URL('./backup-worker.server.ts', import.meta.url), { workerData: task })
  const flushing = flush(task, progress)
  let path: string | undefined
  return new Promise<string>((resolve, reject) => {
    worker.on('message', (report: Report) => {
      if ('copied' in report) {
        flushing.stop()
        progress(1, 1, '复制数据库')
      }
      if ('media' in report) progress(...report.media, '复制媒体文件')
      if ('done' in report) path = report.done
    })
    worker.once('error', reject)
    worker.once('exit', () => (path ? resolve(path) : reject(new Error('The backup thread ended early.'))))
  }).finally(flushing.stop)
}

const flushMilliseconds = 10

/**
 * Flushes the copy while it grows. The commits of others wait for the disk: after a few milliseconds' worth of the
 * copy they wait shortly, after all of it for a third of a second (measured with 850 MB).
 */
function flush({ dataDir, part }: Task, progress: Progress): { stop: () => void } {
  const all = sizeOf(databaseOf(dataDir))
  let going = true
  const loop = async () => {
    let copy: FileHandle | undefined
    while (going) {
      copy ??= await open(join(part, databaseName), 'r+').catch(() => undefined)
      await copy?.datasync()
      const bytes = (await copy?.stat())?.size ?? 0
      if (going) progress(Math.min(bytes, all), all, '复制数据库')
      await pause(flushMilliseconds)
    }
    await copy?.close()
  }
  loop().catch(() => undefined)
  return { stop: () => void (going = false) }
}
