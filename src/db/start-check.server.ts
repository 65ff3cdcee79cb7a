// Looks at what lies in DATA_DIR before it is opened: never an empty database where there was one, never a damaged,
// foreign or newer one. Who is refused is told which command brings the data back.
import { createReadStream, existsSync, statSync } from 'node:fs'
import type { Client } from '@libsql/client'
import { newestBackup, namesIn } from '#db/backups.server.ts'
import type { Progress } from '#db/lock.server.ts'
import { appliedTo, isNewer } from '#db/migrate.server.ts'
import { openPlain } from '#db/plain-client.server.ts'
import { backupsOf, databaseName, databaseOf, mediaOf, replacedPrefix, restoringOf } from '#db/place.ts'
import { programVersion } from '#db/program-version.server.ts'
import { brokenOffRestore } from '#db/restore.server.ts'

/** The data must not be opened; the message says why and what to do, in Chinese. */
export class DataRefused extends Error {
  constructor(...lines: string[]) {
    super(lines.join('\n'))
    this.name = 'DataRefused'
  }
}

/** What to do when the database cannot be used. */
function wayBack(dataDir: string): string {
  const newest = newestBackup(dataDir)
  if (!newest)
    return `${backupsOf(dataDir)} 里没有能用的备份。请把存在别处的备份拿来，运行：npm run restore -- --from 备份的文件夹`
  const { name, manifest } = newest
  return `最近的备份是 ${name}（${manifest.events}条学习记录）。要恢复，请运行：npm run restore -- --from newest`
}

/** Signs that there was a database here before. */
function tracesIn(dataDir: string): string[] {
  const filled = [mediaOf(dataDir), backupsOf(dataDir)].filter((folder) => namesIn(folder).length > 0)
  const beside = namesIn(dataDir).filter(
    (name) => name.startsWith(replacedPrefix) || name === `${databaseName}-wal`,
  )
  return [...filled, ...beside]
}

/**
 * Whether DATA_DIR is new or holds a database that may be opened.
 * @throws DataRefused
 */
export async function requireSound(dataDir: string, progress: Progress): Promise<'new' | 'there'> {
  const file = databaseOf(dataDir)
  const from = brokenOffRestore(dataDir)
  if (from !== null)
    throw new DataRefused(
      `上一次恢复没有做完。没有启动，原来的数据没有动。`,
      `要恢复，请再运行一次：npm run restore -- --from ${from}`,
      `不恢复了，请删除 ${restoringOf(dataDir)} 再启动。`,
    )
  if (!existsSync(file)) {
    const traces = tracesIn(dataDir)
    if (traces.length === 0) {
      hadOpen.add(file)
      return 'new'
    }
    throw new DataRefused(
      `没有找到数据库 ${file}，但这里有以前的数据（${traces.join('、')}）。没有启动，也没有新建空的数据库。`,
      wayBack(dataDir),
      '如果是要从头开始，请把 DATA_DIR 设为另一个空的目录。',
    )
  }
  await requireReadable(dataDir, file, progress)
  return 'there'
}

/**
 * Databases that this process has had open. SQLite keeps its locks with the file: to open such a file for reading and
 * close it again would drop them, and whoever looks into it from outside would take the log away.
 */
const hadOpen = new Set<string>()

/** Smaller ones are looked through at each start: this much takes a fraction of a second. */
const smallBytes = 256 * 1024 * 1024

/** An orderly end leaves no log behind (see `closeDatabase`). */
const endedBadly = (file: string) => (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0

async function requireReadable(dataDir: string, file: string, progress: Progress) {
  const damaged = (why: string) =>
    new DataRefused(
      `数据库 ${file} 坏了（${why}）。没有启动，文件没有改动。`,
      wayBack(dataDir),
      '坏的文件请不要删除：恢复时会把它移到旁边，以后也许还能取出一些。',
    )
  const { size } = statSync(file)
  if (size === 0) throw damaged('是空的')
  const thorough = size <= smallBytes || endedBadly(file)
  if (thorough && !hadOpen.has(file)) await readThrough(file, size, progress)
  hadOpen.add(file)
  let client: Client | undefined
  try {
    client = openPlain(file)
    await client.execute('PRAGMA query_only = ON')
    if (thorough) {
      const found = String((await client.execute('PRAGMA quick_check(1)')).rows[0]?.[0])
      if (found !== 'ok') throw damaged(found.replace(/\s+/g, ' '))
    }
    await requireOurs(client, dataDir, file)
  } catch (error) {
    const code = String((error as { code?: unknown }).code)
    throw /SQLITE_(CORRUPT|NOTADB)/.test(code) ? damaged(code) : error
  } finally {
    client?.close()
  }
}

/** Read in order it comes from the disk five times as fast as in the order of the check. */
async function readThrough(file: string, size: number, progress: Progress) {
  let read = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }))
    progress((read += (chunk as Buffer).length), size, '检查数据库')
}

async function requireOurs(client: Client, dataDir: string, file: string) {
  const applied = await appliedTo(client)
  if (applied === null || applied.length === 0)
    throw new DataRefused(
      `${file} 不是廉学的数据库。没有启动，文件没有改动。`,
      wayBack(dataDir),
      '如果放错了文件，请把原来的 lianxue.db 放回来。',
    )
  if (isNewer(applied))
    throw new DataRefused(
      `数据库 ${file} 由更新的程序写过，现在的程序（${programVersion}）不认识。没有启动，文件没有改动。`,
      '请装上原来那个较新的版本再启动。',
      `确实要用现在的程序，只能退回升级以前的备份。${wayBack(dataDir)}`,
    )
}
