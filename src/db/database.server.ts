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
import { migrate } from 'drizzle-orm/libsql/migrator'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { throwWithoutValues } from '#db/hide-values.ts'
import { WriteQueue, type Bulk } from '#db/queue.server.ts'
import { takeLock, type Commands } from '#db/lock.server.ts'

export type Database = LibSQLDatabase<Record<string, never>>

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
 * Opens (and if need be creates and migrates) the database in a folder, taking its lock.
 * @throws DatabaseInUse if another process has it open.
 */
export async function openDatabase(dataDir: string, commands: Commands = {}): Promise<void> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  release = await takeLock(dataDir, commands)
  try {
    const file = join(dataDir, 'lianxue.db')
    const migrating = await openClient(file, false)
    await migrate(drizzle(migrating), { migrationsFolder: join(import.meta.dirname, 'migrations') })
    migrating.close()
    reader = await openClient(file, true)
    read = drizzle(reader)
    queue = new WriteQueue(() => openClient(file, false))
    guarded = guard()
  } catch (error) {
    await release()
    throw error
  }
}

/** Waits for queued writes, closes both connections, gives the lock back. */
export async function closeDatabase(): Promise<void> {
  await queue.close()
  reader.close()
  await release()
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
