// The one guarded way to the database: `read` for looking, `write` for changing, `guarded` for better-auth.
// Reads use one query-only connection; everything that writes is a job of one queue on a second connection.
import {
  createClient,
  type Client,
  type InArgs,
  type InStatement,
  type ResultSet,
  type Transaction,
} from '@libsql/client'
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { makeBackup } from '#db/backup.server.ts'
import { flush } from '#db/copy-file.server.ts'
import { throwWithoutValues } from '#db/hide-values.ts'
import { ownIdMark } from '#db/manifest.ts'
import { appliedTo, migrate, pendingAfter } from '#db/migrate.server.ts'
import { databaseOf, newDatabaseOf } from '#db/place.ts'
import { openPlain } from '#db/plain-client.server.ts'
import { WriteQueue, type Bulk } from '#db/queue.server.ts'
import { takeLock, untold, type Commands, type Told } from '#db/lock.server.ts'
import { finishRestore } from '#db/restore.server.ts'
import { requireSound } from '#db/start-check.server.ts'

export type Database = LibSQLDatabase<Record<string, never>> & { $client: Pick<Client, 'execute'> }

/** For looking only: any write through it fails. */
export let read: Database
/** A client for libraries that bring their own SQL: reads go to the reader, writes become jobs of the queue. */
export let guarded: Client

let queue: WriteQueue
let reader: Client
let release: () => Promise<void>

/**
 * Runs a job that writes. It shares a commit with the other jobs of this turn and is answered after that commit.
 * The job may be run a second time after a storage fault, so it must change nothing outside the database,
 * and it awaits nothing but its own statements.
 */
export function write<T>(job: (tx: Database) => Promise<T>): Promise<T> {
  return queue.add((tx) => job(through(tx))).catch(throwWithoutValues)
}

/** The fast way for a hot path: the rows that arrive in one turn are written by one statement, without drizzle. */
export function writeRow<Row>(bulk: Bulk<Row>, row: Row): Promise<void> {
  return queue.addRow(bulk, row)
}

/** How many writes wait for their turn; near 0 in a healthy process. */
export const queueLength = () => queue.length

/** Drizzle over one transaction: only `execute` and `batch` are ever called by it inside a job. */
function through(tx: Transaction): Database {
  return drizzle(tx as unknown as Client)
}

async function openClient(file: string, readOnly: boolean): Promise<Client> {
  // A file that was taken away while the process runs must not come back empty.
  if (!existsSync(file))
    throw Object.assign(new Error('The database file is gone.'), { code: 'SQLITE_CANTOPEN' })
  const client = createClient({ url: `file:${file}`, concurrency: 1 })
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute('PRAGMA synchronous = FULL')
  await client.execute('PRAGMA foreign_keys = ON')
  await client.execute('PRAGMA cache_size = -65536')
  if (readOnly) await client.execute('PRAGMA query_only = ON')
  await assertPragmas(client, readOnly)
  return client
}

/** Pragmas hold for one connection only; a driver that opened another would lose them silently. */
async function assertPragmas(client: Client, readOnly: boolean) {
  const expected = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, query_only: readOnly ? 1 : 0 }
  for (const [name, value] of Object.entries(expected)) {
    const got = (await client.execute(`PRAGMA ${name}`)).rows[0]?.[0]
    if (got !== value) throw new Error(`PRAGMA ${name} is ${String(got)}, expected ${value}`)
  }
}

/**
 * Opens (and if need be creates and migrates) the database in a folder, taking its lock. `commands` are answered as
 * soon as it is open; `told` hears of what takes long.
 * @throws DatabaseInUse if another process has it open, DataRefused if what lies there must not be opened.
 */
export async function openDatabase(
  dataDir: string,
  commands: Commands = {},
  told: Told = untold,
): Promise<void> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const opened = Promise.withResolvers<void>()
  release = await takeLock(dataDir, afterwards(commands, opened.promise))
  try {
    finishRestore(dataDir, told)
    if ((await requireSound(dataDir, told.progress)) === 'new') await create(dataDir)
    else await bringUpToDate(dataDir, told)
    const file = databaseOf(dataDir)
    reader = await openClient(file, true)
    read = drizzle(reader)
    queue = new WriteQueue(() => openClient(file, false))
    guarded = guard()
    opened.resolve()
  } catch (error) {
    opened.reject(error)
    await release()
    throw error
  }
}

/** Whoever asks while the database is being opened waits until it is. */
function afterwards(commands: Commands, opened: Promise<void>): Commands {
  opened.catch(() => undefined)
  const waiting = Object.entries(commands).map(([name, run]): [string, Commands[string]] => [
    name,
    (...asked) => opened.then(() => run(...asked)),
  ])
  return Object.fromEntries(waiting)
}

/** Makes an empty database, under another name until it is whole. */
async function create(dataDir: string) {
  const file = newDatabaseOf(dataDir)
  for (const left of [file, `${file}-journal`]) rmSync(left, { force: true })
  const client = openPlain(file)
  await migrate(client, untold.progress)
  await giveId(client)
  client.close()
  renameSync(file, databaseOf(dataDir))
  flush(dataDir)
}

/** The name by which backups know whose they are. */
async function giveId(client: Client) {
  const { rows } = await client.execute({ sql: 'SELECT 1 FROM mark WHERE name = ?', args: [ownIdMark] })
  if (rows.length > 0) return
  await client.execute({ sql: 'INSERT INTO mark VALUES (?, ?)', args: [ownIdMark, randomUUID()] })
}

/** Migrates a database, after a backup of it as it was. */
async function bringUpToDate(dataDir: string, { say, progress }: Told) {
  const client = await openClient(databaseOf(dataDir), false)
  try {
    await giveId(client)
    if (pendingAfter((await appliedTo(client)) ?? []).length === 0) return
    const { path } = await makeBackup(dataDir, { reason: 'migration' }, progress)
    say(`升级数据库以前已备份到 ${path}。`)
    await migrate(client, progress)
  } finally {
    client.close()
  }
}

/** Waits for queued writes, closes both connections, gives the lock back. */
export async function closeDatabase(): Promise<void> {
  await queue.close()
  await emptyLog().catch(() => undefined)
  reader.close()
  await release()
}

/** What is left in the log tells the next start that the end was not orderly. */
async function emptyLog() {
  // A connection that has read nothing yet is refused as if others were reading.
  await reader.execute('SELECT count(*) FROM mark')
  await reader.execute('PRAGMA wal_checkpoint(TRUNCATE)')
}

const isRead = (statement: InStatement | string) =>
  /^\s*select\b/i.test(typeof statement === 'string' ? statement : statement.sql)

/** The libSQL client interface on top of `read` and the queue; interactive transactions are refused. */
function guard(): Client {
  const execute = (statement: InStatement, args?: InArgs): Promise<ResultSet> => {
    const whole = typeof statement === 'string' ? { sql: statement, args: args ?? [] } : statement
    return isRead(whole) ? reader.execute(whole) : queue.add((tx) => tx.execute(whole))
  }
  const refuse = () =>
    Promise.reject(new Error('Use write(job): interactive transactions would bypass the queue.'))
  return {
    execute: execute as Client['execute'],
    batch: (statements) => queue.add((tx) => tx.batch(statements as InStatement[])),
    transaction: refuse,
    migrate: refuse,
    executeMultiple: refuse,
    sync: refuse,
    reconnect: refuse,
    close: () => undefined,
    closed: false,
    protocol: 'file',
  }
}
