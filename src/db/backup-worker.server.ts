// Makes one backup, in a thread of its own with a connection of its own: it reads a snapshot while others write, and
// nobody waits for it. Started by backup.server.ts.
import { chmodSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { Client } from '@libsql/client'
import { backupName, backupsIn, namesIn, sharedMedia } from '#db/backups.server.ts'
import { rootOf } from '#db/chain-root.ts'
import { copyHashed, flush, hashOfFile } from '#db/copy-file.server.ts'
import { backupFormat, mediaName, ownIdMark, type Manifest } from '#db/manifest.ts'
import { appliedTo, knownMigrations } from '#db/migrate.server.ts'
import { databaseName, databaseOf, mediaOf } from '#db/place.ts'
import { openPlain } from '#db/plain-client.server.ts'
import { programVersion } from '#db/program-version.server.ts'
import { purge } from '#db/purge.server.ts'

export type Task = { dataDir: string; place: string; part: string; reason: Manifest['reason']; at: string }
export type Report = { copied: true } | { media: [done: number, all: number] } | { done: string }

const { dataDir, place, part, reason, at } = workerData as Task
const report = (what: Report) => parentPort?.postMessage(what)
const file = join(part, databaseName)

async function copyDatabase() {
  const live = openPlain(databaseOf(dataDir))
  // The copy is flushed bit by bit by backup.server.ts; one great flush would hold up the commits of others.
  await live.execute('PRAGMA synchronous = OFF')
  await live.execute({ sql: 'VACUUM INTO ?', args: [file] })
  live.close()
  chmodSync(file, 0o600)
  report({ copied: true })
}

async function one(client: Client, sql: string) {
  return (await client.execute(sql)).rows[0]?.[0] ?? null
}

/** What the copy holds; all of the manifest that is read from the copy itself. */
async function facts(client: Client) {
  const heads = (await client.execute('SELECT person_id, head FROM chain')).rows
  const newest = (await appliedTo(client))?.at(-1)
  const { tag = '', when = 0, hash = '' } = knownMigrations().find((each) => each.when === newest) ?? {}
  return {
    databaseId: String(await one(client, `SELECT value FROM mark WHERE name = '${ownIdMark}'`)),
    schema: { tag, when, hash },
    events: Number(await one(client, 'SELECT count(*) FROM event')),
    lastSeq: Number(await one(client, 'SELECT max(seq) FROM event')),
    chains: heads.length,
    root: rootOf(heads.map((row) => ({ personId: String(row[0]), head: String(row[1]) }))),
  }
}

/** Brings the files of the library that the backups of this place do not have yet. */
async function copyMedia(names: readonly string[]) {
  const target = sharedMedia(place)
  mkdirSync(target, { recursive: true, mode: 0o700 })
  const there = new Set(namesIn(target))
  const missing: string[] = []
  for (const [i, name] of names.entries()) {
    const from = join(mediaOf(dataDir), name)
    const whole = mediaName.test(name) && (there.has(name) || (await bring(from, join(target, name))))
    if (!whole) missing.push(name)
    report({ media: [i + 1, names.length] })
  }
  flush(target)
  return { media: names.filter((name) => !missing.includes(name)), missing }
}

/** Copies a file that is named by its hash; false if it is not there or is not what its name says. */
async function bring(from: string, to: string): Promise<boolean> {
  if (!statSync(from, { throwIfNoEntry: false })?.isFile()) return false
  const hash = await copyHashed(from, `${to}.part`)
  const whole = basename(to).startsWith(hash)
  if (whole) renameSync(`${to}.part`, to)
  else await rm(`${to}.part`)
  return whole
}

/** A backup before a migration that was tried before is the same, byte for byte. */
const sameAs = (sha256: string) =>
  backupsIn(place).findLast(
    ({ manifest }) => manifest.reason === 'migration' && manifest.database.sha256 === sha256,
  )

function freeName(): string {
  const taken = new Set(namesIn(place))
  const name = backupName(at)
  let i = 2
  if (!taken.has(name)) return name
  while (taken.has(`${name}-${i}`)) i += 1
  return `${name}-${i}`
}

await copyDatabase()
const copy = openPlain(file)
await purge(copy)
const held = await facts(copy)
const { rows } = await copy.execute("SELECT hash || '.' || extension FROM media ORDER BY 1")
copy.close()
flush(file)
const sha256 = await hashOfFile(file)
const same = reason === 'migration' ? sameAs(sha256) : undefined
if (same) {
  await rm(part, { recursive: true })
  report({ done: same.path })
} else {
  const manifest: Manifest = {
    format: backupFormat,
    program: programVersion,
    reason,
    createdAt: at,
    ...held,
    database: { bytes: statSync(file).size, sha256 },
    ...(await copyMedia(rows.map((row) => String(row[0])))),
  }
  const text = JSON.stringify(manifest, null, 2)
  await writeFile(join(part, 'manifest.json'), text, { mode: 0o600, flush: true })
  flush(part)
  const path = join(place, freeName())
  renameSync(part, path)
  flush(place)
  report({ done: path })
}
