// Backups in the running process: made each night, tested each week by restoring one, made by `npm run backup`; and
// what /admin/status says of them.
import { mkdirSync, rmSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { makeBackup } from '#db/backup.server.ts'
import { backupsIn, newestBackup, type Backup } from '#db/backups.server.ts'
import { read, write } from '#db/database.server.ts'
import type { Commands } from '#db/lock.server.ts'
import { backupsOf, testingOf } from '#db/place.ts'
import { mark } from '#db/schema/process.ts'
import { settings } from '#env.ts'
import { backupDue, testDue, type Tested } from '#process/backup-due.ts'
import { log } from '#process/log.server.ts'
import type { TestFaults, TestTask } from '#process/test-backup-worker.server.ts'

/** What there is of backups: the newest with its age and size, how many, and how the last test of one went. */
export type BackupState = {
  count: number
  newest: { name: string; at: string; ageSeconds: number; bytes: number; events: number } | null
  tested: Tested | null
}

export async function backupState(dataDir: string): Promise<BackupState> {
  const backups = backupsIn(backupsOf(dataDir))
  const newest = backups.at(-1)
  const tested = await lastTest()
  if (!newest) return { count: 0, newest: null, tested }
  const { createdAt: at, database, events } = newest.manifest
  const ageSeconds = Math.max(0, Math.round((now().getTime() - Date.parse(at)) / 1000))
  return {
    count: backups.length,
    newest: { name: newest.name, at, ageSeconds, bytes: database.bytes, events },
    tested,
  }
}

const testMark = 'backup-tested'

async function lastTest(): Promise<Tested | null> {
  const [row] = await read.select().from(mark).where(eq(mark.name, testMark))
  return row ? (JSON.parse(row.value) as Tested) : null
}

/**
 * Restores a backup beside the database, verifies every chain, root, count and file in it, and keeps the result as
 * the mark `backup-tested`. The database itself is not touched.
 */
export async function testBackup(dataDir: string, backup: Backup): Promise<Tested> {
  const folder = testingOf(dataDir)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o700 })
  const said = await inThread({ backup, folder }).finally(() =>
    rmSync(folder, { recursive: true, force: true }),
  )
  const tested: Tested = { at: now().toISOString(), backup: backup.name, ok: said.length === 0, said }
  const value = JSON.stringify(tested)
  await write((tx) =>
    tx
      .insert(mark)
      .values({ name: testMark, value })
      .onConflictDoUpdate({ target: mark.name, set: { value } }),
  )
  return tested
}

function inThread(workerData: TestTask): Promise<TestFaults> {
  const worker = new Worker(new URL('./test-backup-worker.server.ts', import.meta.url), { workerData })
  let faults: TestFaults | undefined
  return new Promise((resolve, reject) => {
    worker.once('message', (message: TestFaults) => (faults = message))
    worker.once('error', reject)
    worker.once('exit', () =>
      faults ? resolve(faults) : reject(new Error('The test of a backup ended early.')),
    )
  })
}

/** Makes a backup if one is due, and tests the newest if that is due. Called each hour. */
export async function keepBackups(dataDir: string): Promise<void> {
  // A test that was broken off has left a copy of everything.
  rmSync(testingOf(dataDir), { recursive: true, force: true })
  const newest = newestBackup(dataDir)
  if (backupDue(now().getTime(), newest && Date.parse(newest.manifest.createdAt))) {
    const { name, manifest } = await makeBackup(dataDir, { reason: 'schedule' }, () => undefined)
    const { events, root, database, missing } = manifest
    log.info({ backup: name, events, root, bytes: database.bytes }, 'a backup was made')
    if (missing.length > 0) log.error({ backup: name, missing }, 'files of the library are missing')
  }
  const backup = newestBackup(dataDir)
  if (!backup || !testDue(now().getTime(), backup.name, await lastTest())) return
  const { ok, said } = await testBackup(dataDir, backup)
  if (ok) log.info({ backup: backup.name }, 'a backup was restored for a test, and is whole')
  else
    log.error(
      { backup: backup.name, faults: said.length },
      'a backup was restored for a test, and is not whole',
    )
}

const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** The command behind `npm run backup`, for the running process and for a process of its own. */
export const backupCommands: Commands = {
  backup: async (args, say, progress) => {
    const { out } = args as { out?: string }
    const { path, manifest } = await makeBackup(settings.dataDir, { reason: 'command', out }, progress)
    const { events, chains, media, missing, database } = manifest
    if (missing.length > 0)
      say(`注意：有${missing.length}个媒体文件原来就不在或已损坏，没有备份：${missing.join('、')}`)
    return `已备份到 ${path}：${events}条学习记录，${chains}个人，数据库${megabytes(database.bytes)}，媒体文件${media.length}个。`
  },
}
