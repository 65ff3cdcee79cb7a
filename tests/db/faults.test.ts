// Storage faults in the middle of a group. Three promises each time: what was acknowledged is on the disk as another
// connection sees it; what failed is reported; and writing goes on afterwards.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Client, type Transaction } from '@libsql/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WriteQueue } from '#db/queue.server.ts'

let folder = ''
let url = ''
let queue: WriteQueue
let opened = 0
/** Runs on each client that the queue opens. */
let onOpen: (client: Client) => Promise<Client> = async (client) => client

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxue-faults-'))
  url = `file:${join(folder, 'x.db')}`
  opened = 0
  onOpen = async (client) => client
  const client = createClient({ url })
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute('CREATE TABLE t (id TEXT PRIMARY KEY, body BLOB)')
  client.close()
  queue = new WriteQueue(async () => {
    opened += 1
    const fresh = createClient({ url, concurrency: 1 })
    await fresh.execute('PRAGMA synchronous = FULL')
    return onOpen(fresh)
  })
})
afterEach(async () => {
  await queue.close()
  rmSync(folder, { recursive: true, force: true })
})

const insert = (id: string, bytes = 1) =>
  queue.add((tx) => tx.execute({ sql: 'INSERT INTO t VALUES (?, zeroblob(?))', args: [id, bytes] }))
const group = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => insert(`${prefix}${i}`))

/** The ids on the disk, from a connection of its own. */
async function onDisk(): Promise<string[]> {
  const client = createClient({ url })
  const { rows } = await client.execute('SELECT id FROM t')
  client.close()
  return rows.map((row) => String(row['id'])).toSorted()
}

/** Waits for all and returns the ids that were acknowledged. */
async function settle(writes: Promise<unknown>[], ids: string[]): Promise<string[]> {
  const outcomes = await Promise.allSettled(writes)
  return ids.filter((_, i) => outcomes[i]?.status === 'fulfilled')
}

async function stillWrites() {
  const before = await onDisk()
  await Promise.all([insert('after1'), insert('after2')])
  await insert('after3')
  expect(await onDisk()).toEqual([...before, 'after1', 'after2', 'after3'].toSorted())
}

const names = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i}`)

test('BUSY: while another connection holds the file every write is reported as failed, and none appears later', async () => {
  await insert('a')
  const other = createClient({ url, concurrency: 1 })
  const held = await other.transaction('write')
  const outcomes = await Promise.allSettled(group('b', 20))
  expect(
    outcomes.every((outcome) => outcome.status === 'rejected' && /BUSY|locked/.test(String(outcome.reason))),
  ).toBe(true)
  await held.rollback()
  other.close()
  expect(await onDisk()).toEqual(['a'])
  await stillWrites()
})

test('BUSY that passes: the group is written after all, each row once', async () => {
  await insert('a')
  const other = createClient({ url, concurrency: 1 })
  const held = await other.transaction('write')
  onOpen = async (client) => (await held.rollback(), client)
  const acknowledged = await settle(group('b', 20), names('b', 20))
  expect(acknowledged).toHaveLength(20)
  expect(await onDisk()).toEqual(['a', ...acknowledged].toSorted())
  other.close()
  await stillWrites()
})

test('FULL: who needs the room that is not there is told, the others of the group are stored', async () => {
  onOpen = async (client) => (await client.execute('PRAGMA max_page_count = 40'), client)
  const ids = [...names('a', 5), 'large', ...names('b', 5)]
  const writes = ids.map((id) => insert(id, id === 'large' ? 1_000_000 : 10))
  const acknowledged = await settle(writes, ids)
  expect(acknowledged).toEqual(ids.filter((id) => id !== 'large'))
  await expect(writes[5]).rejects.toThrow(/full/i)
  expect(await onDisk()).toEqual(acknowledged.toSorted())
  expect(opened).toBeGreaterThan(1)
  await stillWrites()
})

test('FULL to the last page: nothing more is acknowledged until there is room again', async () => {
  onOpen = async (client) => (await client.execute('PRAGMA max_page_count = 12'), client)
  const ids = names('a', 60)
  const acknowledged = await settle(
    ids.map((id) => insert(id, 900)),
    ids,
  )
  expect(acknowledged.length).toBeGreaterThan(0)
  expect(acknowledged.length).toBeLessThan(60)
  expect(await onDisk()).toEqual(acknowledged.toSorted())
  onOpen = async (client) => (await client.execute('PRAGMA max_page_count = 100000'), client)
  await expect(insert('still full', 20_000)).resolves.toBeDefined()
  await stillWrites()
})

/** The same thing with some of its methods replaced. */
function instead<T extends object>(thing: T, methods: Partial<T>): T {
  return new Proxy(thing, {
    get(target, name) {
      const value = Reflect.get(name in methods ? methods : target, name, name in methods ? methods : target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** A client whose transactions fail as a broken disk makes them, at the statement or the commit of that number. */
function breaking(client: Client, at: { execute?: number; commit?: number; afterwards?: boolean }): Client {
  let executed = 0
  let committed = 0
  const broken = () => Object.assign(new Error('SQLITE_IOERR: disk I/O error'), { code: 'SQLITE_IOERR' })
  const begin = async () => {
    const tx = await client.transaction('write')
    const execute: Transaction['execute'] = async (statement) => {
      if (++executed === at.execute) throw broken()
      return tx.execute(statement)
    }
    const executeMultiple = async (sql: string) => {
      if (++executed === at.execute) throw broken()
      return tx.executeMultiple(sql)
    }
    const commit = async () => {
      const breaks = ++committed === at.commit
      if (breaks && !at.afterwards) throw broken()
      await tx.commit()
      if (breaks) throw broken()
    }
    return instead(tx, { execute, executeMultiple, commit })
  }
  return instead(client, { transaction: begin })
}

test.each([
  ['at a statement in the middle of the group', { execute: 14 }],
  ['while the savepoint is set', { execute: 13 }],
  ['at the commit', { commit: 1 }],
])('an I/O error %s: the group is written on a fresh connection, each row once', async (_, at) => {
  onOpen = async (client) => (opened === 1 ? breaking(client, at) : client)
  const ids = names('a', 10)
  const acknowledged = await settle(group('a', 10), ids)
  expect(acknowledged).toEqual(ids)
  expect(await onDisk()).toEqual(ids.toSorted())
  expect(opened).toBe(2)
  await stillWrites()
})

test('an I/O error that does not pass: everything is reported as failed and nothing is stored', async () => {
  onOpen = async (client) => breaking(client, { execute: 2 })
  const outcomes = await Promise.allSettled(group('a', 10))
  expect(outcomes.map((outcome) => outcome.status)).toEqual(Array.from({ length: 10 }, () => 'rejected'))
  expect(await onDisk()).toEqual([])
  onOpen = async (client) => client
  await stillWrites()
})

test('a commit that took place although it was reported broken counts nothing twice: the unique key decides', async () => {
  onOpen = async (client) => (opened === 1 ? breaking(client, { commit: 1, afterwards: true }) : client)
  const outcomes = await Promise.allSettled(group('a', 5))
  expect(await onDisk()).toEqual(names('a', 5))
  expect(
    outcomes.every((outcome) => outcome.status === 'rejected' && /UNIQUE/.test(String(outcome.reason))),
  ).toBe(true)
  await stillWrites()
})

test('a database that cannot be opened for a while is reported, and opened when it can', async () => {
  onOpen = async () => {
    throw Object.assign(new Error('SQLITE_CANTOPEN'), { code: 'SQLITE_CANTOPEN' })
  }
  await expect(insert('a')).rejects.toThrow('CANTOPEN')
  onOpen = async (client) => client
  await stillWrites()
})

test('the end waits for what is queued, even after a fault', async () => {
  onOpen = async (client) => (opened === 1 ? breaking(client, { execute: 5 }) : client)
  const writes = group('a', 300)
  const closed = queue.close()
  await Promise.all(writes)
  await closed
  expect(await onDisk()).toHaveLength(300)
})
