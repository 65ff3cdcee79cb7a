// Storage faults in the middle of a group. Three promises each time: what was acknowledged is on the disk as another
// connection sees it; who was not stored is told so in words; and writing goes on afterwards. The faults are real ones:
// another connection holds the file, a database may not grow, the system limits the size of files.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Client, type Transaction } from '@libsql/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { patience, WriteQueue } from '#db/queue.server.ts'
import { onStorageChange, storageFault } from '#db/storage.server.ts'
import { Refusal } from '#refusal.ts'

let folder = ''
let url = ''
let queue: WriteQueue
let opened = 0
/** Runs before each client that the queue opens. */
let beforeOpen: () => unknown = () => undefined
/** Runs on each client that the queue opens. */
let onOpen: (client: Client) => Promise<Client> = async (client) => client
const asUsual = { ...patience }

// The system would end the process that writes more than it may.
process.on('SIGXFSZ', () => undefined)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxue-faults-'))
  url = `file:${join(folder, 'x.db')}`
  opened = 0
  beforeOpen = () => undefined
  onOpen = async (client) => client
  Object.assign(patience, asUsual)
  const client = createClient({ url })
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute('CREATE TABLE t (id TEXT PRIMARY KEY, body BLOB)')
  client.close()
  queue = new WriteQueue(async () => {
    opened += 1
    beforeOpen()
    const fresh = createClient({ url, concurrency: 1 })
    await fresh.execute('PRAGMA journal_mode = WAL')
    await fresh.execute('PRAGMA synchronous = FULL')
    return onOpen(fresh)
  })
})
afterEach(async () => {
  limitFiles('unlimited')
  await queue.close()
  onStorageChange(() => undefined)
  rmSync(folder, { recursive: true, force: true })
})

/** No file may grow beyond so many bytes: what is written beyond fails with EFBIG, which SQLite calls an I/O error. */
function limitFiles(bytes: number | 'unlimited') {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`])
}

const insert = (id: string, bytes = 1) =>
  queue.add((tx) => tx.execute({ sql: 'INSERT INTO t VALUES (?, zeroblob(?))', args: [id, bytes] }))
const group = (prefix: string, n: number, bytes = 1) => names(prefix, n).map((id) => insert(id, bytes))
const names = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i}`)
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

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

/** Waits for all; each must have been refused for now, in words that name the reason. */
async function allRefused(writes: Promise<unknown>[], words: RegExp) {
  for (const outcome of await Promise.allSettled(writes)) {
    const refusal = outcome.status === 'rejected' ? (outcome.reason as Refusal) : null
    expect(refusal).toBeInstanceOf(Refusal)
    expect([refusal?.kind, refusal?.status]).toEqual(['busy', 503])
    expect(refusal?.message).toMatch(words)
    expect(refusal?.hint).toMatch(/^请过.*再试/)
  }
}

async function stillWrites() {
  const before = await onDisk()
  await Promise.all([insert('after1'), insert('after2')])
  await insert('after3')
  await queue.add((tx) =>
    tx.batch(['after4', 'after5'].map((id) => ({ sql: 'INSERT INTO t VALUES (?, 1)', args: [id] }))),
  )
  expect(await onDisk()).toEqual([...before, ...names('after', 6).slice(1)].toSorted())
  expect(storageFault).toBeNull()
}

/** Another connection has the file, as another program would, until it gives it back. */
async function hold(): Promise<() => Promise<void>> {
  const other = createClient({ url, concurrency: 1 })
  const held = await other.transaction('write')
  return async () => {
    await held.rollback()
    other.close()
  }
}

test('locked for a while: everybody waits, nobody hears of it, and the process goes on meanwhile', async () => {
  await insert('a')
  const giveBack = await hold()
  const ids = names('b', 20)
  const acknowledged = settle(group('b', 20), ids)
  let ticks = 0
  const ticking = setInterval(() => ticks++, 10)
  await pause(500)
  clearInterval(ticking)
  expect(ticks).toBeGreaterThan(3)
  expect(await onDisk()).toEqual(['a'])
  expect(storageFault).toBeNull()
  await giveBack()
  expect(await acknowledged).toEqual(ids)
  expect(await onDisk()).toEqual(['a', ...ids].toSorted())
  await stillWrites()
})

test('locked for too long: every write is refused in words, none of them appears later', async () => {
  patience.milliseconds = 150
  await insert('a')
  const giveBack = await hold()
  await allRefused(group('b', 20), /正被别的程序占用，这一步没有存下/)
  expect(storageFault).toMatchObject({ kind: 'locked', code: 'SQLITE_BUSY' })
  await giveBack()
  expect(await onDisk()).toEqual(['a'])
  await stillWrites()
})

test('who came later waits as long as who came first', async () => {
  patience.milliseconds = 600
  const giveBack = await hold()
  const first = insert('first')
  const refused = allRefused([first], /占用/)
  await pause(400)
  const later = insert('later')
  await refused
  await giveBack()
  await later
  expect(await onDisk()).toEqual(['later'])
  await stillWrites()
})

test('locked so that it cannot even be opened: everybody waits all the same', async () => {
  const giveBack = await hold()
  onOpen = async (client) => {
    const first = await client.transaction('write')
    return (first.close(), client)
  }
  const acknowledged = settle(group('b', 5), names('b', 5))
  await pause(100)
  await giveBack()
  expect(await acknowledged).toHaveLength(5)
  expect(opened).toBeGreaterThan(2)
  await stillWrites()
})

test('when more wait than can be kept in memory, the next are refused at once', async () => {
  patience.jobs = 50
  const giveBack = await hold()
  const waiting = settle(group('a', 50), names('a', 50))
  await allRefused([insert('b')], /同时提交的人太多/)
  await giveBack()
  expect(await waiting).toHaveLength(50)
  await stillWrites()
})

test('whoever watches hears once that writing fails, and that it goes again although nobody wrote', async () => {
  patience.milliseconds = 50
  const heard: (string | null)[] = []
  onStorageChange((fault) => heard.push(fault && fault.kind))
  const giveBack = await hold()
  await allRefused([...group('a', 3)], /占用/)
  await allRefused([insert('b')], /占用/)
  await giveBack()
  while (storageFault) await pause(50)
  expect(heard).toEqual(['locked', null])
  expect(await onDisk()).toEqual([])
})

test('FULL: who needs the room that is not there is told, the others of the group are stored', async () => {
  onOpen = async (client) => (await client.execute('PRAGMA max_page_count = 40'), client)
  const ids = [...names('a', 5), 'large', ...names('b', 5)]
  const writes = ids.map((id) => insert(id, id === 'large' ? 1_000_000 : 10))
  const acknowledged = await settle(writes, ids)
  expect(acknowledged).toEqual(ids.filter((id) => id !== 'large'))
  await allRefused([writes[5] ?? insert('none')], /存储空间满了，这一步没有存下/)
  expect(await onDisk()).toEqual(acknowledged.toSorted())
  expect(opened).toBeGreaterThan(1)
  await stillWrites()
})

test('FULL to the last page: nothing more is acknowledged until there is room again', async () => {
  onOpen = async (client) => (await client.execute('PRAGMA max_page_count = 12'), client)
  const ids = names('a', 60)
  const acknowledged = await settle(group('a', 60, 900), ids)
  expect(acknowledged.length).toBeGreaterThan(0)
  expect(acknowledged.length).toBeLessThan(60)
  expect(await onDisk()).toEqual(acknowledged.toSorted())
  await allRefused([insert('more', 20_000)], /存储空间满了/)
  expect(storageFault).toMatchObject({ kind: 'full', code: 'SQLITE_FULL' })
  onOpen = async (client) => (await client.execute('PRAGMA max_page_count = 100000'), client)
  await expect(insert('room again', 20_000)).resolves.toBeDefined()
  await stillWrites()
})

/** Makes a client write pages before its commit, so that a statement in the middle of the group meets the fault. */
const withSmallCache = async (client: Client) => (await client.execute('PRAGMA cache_size = 5'), client)

test.each([
  ['at a statement in the middle of the group', withSmallCache],
  ['at the commit', async (client: Client) => client],
])('an I/O error %s: each is tried alone, and what fits is stored once', async (_, prepare) => {
  onOpen = prepare
  await insert('a')
  limitFiles(60_000)
  const ids = names('b', 60)
  const acknowledged = await settle(group('b', 60, 2000), ids)
  expect(acknowledged.length).toBeGreaterThan(0)
  expect(acknowledged.length).toBeLessThan(60)
  expect(await onDisk()).toEqual(['a', ...acknowledged].toSorted())
  expect(storageFault).toMatchObject({ kind: 'broken', code: expect.stringContaining('SQLITE_IOERR') })
  limitFiles('unlimited')
  await stillWrites()
})

test('an I/O error that passes: the group is written on a fresh connection, each row once', async () => {
  limitFiles(100)
  beforeOpen = () => opened > 1 && limitFiles('unlimited')
  const ids = names('a', 10)
  expect(await settle(group('a', 10), ids)).toEqual(ids)
  expect(await onDisk()).toEqual(ids)
  expect(opened).toBe(2)
  await stillWrites()
})

test('an I/O error that does not pass: everything is refused in words and nothing is stored', async () => {
  limitFiles(100)
  await allRefused(group('a', 10), /存储出了故障，这一步没有存下/)
  limitFiles('unlimited')
  expect(await onDisk()).toEqual([])
  await stillWrites()
})

/** A client that reports its first commit as broken although it took place, which only a dying disk would do. */
function breakingAfterCommit(client: Client): Client {
  const begin = async () => {
    const tx = await client.transaction('write')
    const commit = async () => {
      await tx.commit()
      throw Object.assign(new Error('SQLITE_IOERR: disk I/O error'), { code: 'SQLITE_IOERR' })
    }
    return instead(tx, { commit } satisfies Partial<Transaction>)
  }
  return instead(client, { transaction: begin })
}

/** The same thing with some of its methods replaced. */
function instead<T extends object>(thing: T, methods: Partial<T>): T {
  return new Proxy(thing, {
    get(target, name) {
      const value = Reflect.get(name in methods ? methods : target, name, name in methods ? methods : target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

test('a commit that took place although it was reported broken counts nothing twice: the unique key decides', async () => {
  onOpen = async (client) => (opened === 1 ? breakingAfterCommit(client) : client)
  const outcomes = await Promise.allSettled(group('a', 5))
  expect(await onDisk()).toEqual(names('a', 5))
  expect(
    outcomes.every((outcome) => outcome.status === 'rejected' && /UNIQUE/.test(String(outcome.reason))),
  ).toBe(true)
  await stillWrites()
})

test('a database that cannot be opened for a while is reported, and opened when it can', async () => {
  renameSync(folder, `${folder}-away`)
  await allRefused([insert('a')], /存储出了故障/)
  expect(storageFault).toMatchObject({ kind: 'broken', code: 'SQLITE_CANTOPEN' })
  renameSync(`${folder}-away`, folder)
  await stillWrites()
})

test('a mistake of ours while opening is reported as one', async () => {
  onOpen = async () => Promise.reject(new Error('PRAGMA synchronous is 1, expected 2'))
  await expect(insert('a')).rejects.toThrow('PRAGMA synchronous is 1, expected 2')
  onOpen = async (client) => client
  await stillWrites()
})

test('the end waits for what is queued, even after a fault', async () => {
  limitFiles(100)
  beforeOpen = () => opened > 1 && limitFiles('unlimited')
  const writes = group('a', 300)
  const closed = queue.close()
  await Promise.all(writes)
  await closed
  expect(await onDisk()).toHaveLength(300)
})
