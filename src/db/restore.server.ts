// Puts a backup in the place of the database. All that can fail is done in DATA_DIR/restoring, while the data that is
// there stays as it is; its renaming to DATA_DIR/restored decides, and from then on every start carries on with the
// few renamings that are left. So whoever is killed leaves the old state or the new one.
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Client } from '@libsql/client'
import { now } from '#clock.server.ts'
import {
  backupAt,
  backupName,
  backupsIn,
  mediaPlaces,
  namesIn,
  newestBackup,
  type Backup,
} from '#db/backups.server.ts'
import { copyHashed, flush, hashOfFile } from '#db/copy-file.server.ts'
import type { Progress, Told } from '#db/lock.server.ts'
import type { Looked } from '#db/look-worker.server.ts'
import { isNewer, migrate } from '#db/migrate.server.ts'
import * as place from '#db/place.ts'
import { openPlain } from '#db/plain-client.server.ts'
import { programVersion } from '#db/program-version.server.ts'
import { purge } from '#db/purge.server.ts'
import { requireRoom } from '#db/room.server.ts'
import { Refusal } from '#refusal.ts'

type Plan = { from: string; replaced: string }

const planOf = (folder: string) => join(folder, 'plan.json')
const readPlan = (folder: string) => JSON.parse(readFileSync(planOf(folder), 'utf8')) as Plan

/** Where a restore that was broken off before it decided anything came from; null if there was none. */
export function brokenOffRestore(dataDir: string): string | null {
  const folder = place.restoringOf(dataDir)
  if (!existsSync(folder)) return null
  return existsSync(planOf(folder)) ? readPlan(folder).from : 'newest'
}

/**
 * The backup that is meant: `newest`, or the folder of one.
 * @throws Refusal if it is none, or this program cannot read it.
 */
export function findBackup(dataDir: string, from: string): Backup {
  if (from === 'newest') {
    const newest = newestBackup(dataDir)
    if (newest) return newest
    const where = place.backupsOf(dataDir)
    throw new Refusal('not-found', `${where} 里没有能用的备份。`, '请写备份的文件夹：--from 文件夹。')
  }
  const path = resolve(from)
  const outcome = backupAt(path)
  if (outcome.type === 'read') return requireKnown(outcome.backup)
  if (outcome.type === 'newer') throw tooNew(path, '')
  if (outcome.type === 'broken')
    throw new Refusal('invalid', `${path} 的 manifest.json 不完整或被改过。`, '请换一份备份。')
  const within = backupsIn(path).at(-1)
  const hint = within ? `请写其中一份，例如 --from ${within.path}` : '请写有 manifest.json 的文件夹。'
  throw new Refusal('not-found', `${path} 不是廉学的备份。`, hint)
}

function requireKnown(backup: Backup): Backup {
  if (isNewer([backup.manifest.schema.when])) throw tooNew(backup.path, backup.manifest.program)
  return backup
}

const tooNew = (path: string, version: string) =>
  new Refusal(
    'invalid',
    `备份 ${path} 是更新的程序做的，现在的程序（${programVersion}）读不了。`,
    version ? `请先装上 ${version} 或更新的版本，再恢复。` : '请先装上做这份备份的版本，再恢复。',
  )

/** What the database that is there says of itself; null if there is none, or it cannot be read. */
export function lookAt(dataDir: string): Promise<Looked | null> {
  const file = place.databaseOf(dataDir)
  if (!existsSync(file)) return Promise.resolve(null)
  // In a thread of its own the file is closed when the thread ends, and nothing holds it when it is moved.
  const worker = new Worker(new URL('./look-worker.server.ts', import.meta.url), { workerData: file })
  let looked: Looked | null = null
  return new Promise((resolve, reject) => {
    worker.on('message', (message: Looked | null) => (looked = message))
    worker.once('error', reject)
    worker.once('exit', () => resolve(looked))
  })
}

/**
 * Sees to it that a backup is of the database that is there, or that the other backups here are of.
 * @throws Refusal
 */
export function requireSameDatabase(dataDir: string, { path, manifest }: Backup, there: Looked | null) {
  const known = there?.databaseId ?? backupsIn(place.backupsOf(dataDir)).at(-1)?.manifest.databaseId
  if (known === undefined || known === null || known === manifest.databaseId) return
  throw new Refusal(
    'invalid',
    `备份 ${path} 来自另一个廉学数据库，不是 ${dataDir} 的。没有恢复。`,
    '请核对是不是拿错了备份。确实要换成那边的数据，在命令后面加 --replace-foreign；现有的数据会移到旁边，不删除。',
  )
}

/**
 * Copies the database of a backup into a folder and brings it to the schema of this code, without sessions.
 * @returns the file.
 * @throws Refusal if the copy is not what the manifest says, or there is no room for it.
 */
export async function prepareCopy({ path, manifest }: Backup, folder: string, progress: Progress) {
  const file = join(folder, place.databaseName)
  const { bytes, sha256 } = manifest.database
  requireRoom(folder, bytes)
  let copied = 0
  const step = (more: number) => progress((copied += more), bytes, '复制数据库')
  const hash = await copyHashed(join(path, place.databaseName), file, step).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new Refusal('invalid', `备份 ${path} 里没有 ${place.databaseName}。`, '请换一份备份。')
  })
  if (hash !== sha256)
    throw new Refusal(
      'invalid',
      `备份 ${path} 的数据库不完整或被改过：应有${bytes}字节，读到${copied}字节，校验值不符。`,
      '请换一份备份。',
    )
  const client = openPlain(file)
  try {
    await requireWhole(client)
    await purge(client)
    await migrate(client, progress)
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string }
    if (!/SQLITE_(CORRUPT|NOTADB)/.test(String(code))) throw error
    throw new Refusal('invalid', `备份 ${path} 的数据库坏了（${message}）。`, '请换一份备份。')
  } finally {
    client.close()
  }
  return file
}

/** Every page of the file is looked at, and every index compared with its table. */
async function requireWhole(client: Client) {
  const found = String((await client.execute('PRAGMA integrity_check(1)')).rows[0]?.[0])
  if (found !== 'ok') throw Object.assign(new Error(found.replace(/\s+/g, ' ')), { code: 'SQLITE_CORRUPT' })
}

/** Begins: what is prepared in the folder it returns comes into force by `commitRestore`. */
export function beginRestore(dataDir: string, { path }: Backup): string {
  const folder = place.restoringOf(dataDir)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o700 })
  const free = (name: string, i = 1): string => {
    const full = i === 1 ? name : `${name}-${i}`
    return existsSync(join(dataDir, full)) ? free(name, i + 1) : full
  }
  const replaced = free(`${place.replacedPrefix}${backupName(now().toISOString())}`)
  const plan: Plan = { from: path, replaced }
  writeFileSync(planOf(folder), JSON.stringify(plan), { flush: true })
  return folder
}

/** The files of a backup's library that are in neither place, or not whole. The others are in DATA_DIR afterwards. */
export async function restoreMedia(dataDir: string, backup: Backup, progress: Progress): Promise<string[]> {
  const { media, missing } = backup.manifest
  const target = place.mediaOf(dataDir)
  mkdirSync(target, { recursive: true, mode: 0o700 })
  const lost: string[] = []
  for (const [i, name] of [...media, ...missing].entries()) {
    if (!(await isWhole(target, name)) && !(await bring(dataDir, backup, name))) lost.push(name)
    progress(i + 1, media.length + missing.length, '恢复媒体文件')
  }
  return lost
}

const isWhole = async (folder: string, name: string) =>
  existsSync(join(folder, name)) && name.startsWith(await hashOfFile(join(folder, name)))

/** Copies one file from where the backup has it; what stands in its place and is damaged is kept aside. */
async function bring(dataDir: string, backup: Backup, name: string): Promise<boolean> {
  const target = join(place.mediaOf(dataDir), name)
  for (const folder of mediaPlaces(backup)) {
    const from = join(folder, name)
    if (!existsSync(from) || !name.startsWith(await copyHashed(from, `${target}.part`))) continue
    if (existsSync(target)) {
      const aside = join(dataDir, readPlan(place.restoringOf(dataDir)).replaced, 'media')
      mkdirSync(aside, { recursive: true, mode: 0o700 })
      linkSync(target, join(aside, name))
    }
    renameSync(`${target}.part`, target)
    return true
  }
  rmSync(`${target}.part`, { force: true })
  return false
}

/** Decides for what was prepared and puts it in force; returns where the former data lies, null if there was none. */
export function commitRestore(dataDir: string): string | null {
  flush(join(place.restoringOf(dataDir), place.databaseName))
  flush(place.restoringOf(dataDir))
  renameSync(place.restoringOf(dataDir), place.restoredOf(dataDir))
  flush(dataDir)
  return exchange(dataDir)
}

/** Carries on a restore that was broken off after it was decided. To be called before the database is opened. */
export function finishRestore(dataDir: string, { say }: Pick<Told, 'say'>): void {
  if (!existsSync(place.restoredOf(dataDir))) return
  const replaced = exchange(dataDir)
  say(`上一次恢复已接着做完，现在的数据来自备份。${replaced ? `原来的数据在 ${replaced}。` : ''}`)
}

/** Each step may have been done before; none of them deletes data. */
function exchange(dataDir: string): string | null {
  const folder = place.restoredOf(dataDir)
  const prepared = join(folder, place.databaseName)
  const aside = existsSync(planOf(folder)) ? join(dataDir, readPlan(folder).replaced) : null
  if (aside && existsSync(prepared)) {
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    for (const name of namesIn(dataDir).filter((each) => place.databaseFiles.includes(each)))
      renameSync(join(dataDir, name), join(aside, name))
    flush(aside)
    flush(dataDir)
    renameSync(prepared, place.databaseOf(dataDir))
    flush(dataDir)
  }
  rmSync(folder, { recursive: true })
  return aside && namesIn(aside).length > 0 ? aside : null
}
