// What lies in DATA_DIR is looked at before it is opened: nobody ever gets an empty database in place of his own.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeBackup } from '#db/backup.server.ts'
import { closeDatabase, openDatabase, read, write } from '#db/database.server.ts'
import { databaseOf } from '#db/place.ts'
import { openPlain } from '#db/plain-client.server.ts'
import { mark } from '#db/schema/process.ts'

let folder = ''
/** A DATA_DIR with a database and a backup of it. */
let whole = ''
let backup = ''
let dataDir = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxue-start-'))
  whole = join(folder, 'whole')
  await openDatabase(whole)
  await write((tx) => tx.insert(mark).values({ name: 'mine', value: 'x' }))
  backup = (await makeBackup(whole, { reason: 'command' }, () => undefined)).name
  await closeDatabase()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let copies = 0
beforeEach(() => {
  dataDir = join(folder, `copy-${(copies += 1)}`)
  cpSync(whole, dataDir, { recursive: true })
})

/** Every file with its hash, the lock's own left out. */
function filesOf(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(lock\.db.*|lianxue\.db-shm)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
    .sort()
}

/** Tries to open it; what it says, after nothing was changed. */
async function refusal(): Promise<string> {
  const before = filesOf(dataDir)
  const error = await openDatabase(dataDir).then(
    async () => (await closeDatabase(), null),
    (each: Error) => each,
  )
  expect(error?.name).toBe('DataRefused')
  expect(filesOf(dataDir)).toEqual(before)
  return error?.message ?? ''
}

const wayBack = () =>
  `最近的备份是 ${backup}（0条学习记录）。要恢复，请运行：npm run restore -- --from newest`

test('a new folder gets a database, and the next start finds it', async () => {
  const fresh = join(folder, 'fresh')
  await openDatabase(fresh)
  await write((tx) => tx.insert(mark).values({ name: 'first', value: 'x' }))
  await closeDatabase()
  await openDatabase(fresh)
  expect((await read.select().from(mark)).map(({ name }) => name)).toContain('first')
  await closeDatabase()
})

test('a first start that was killed while it made the database is a first start again', async () => {
  const fresh = join(folder, 'killed')
  mkdirSync(fresh)
  writeFileSync(join(fresh, 'lianxue.db.new'), 'half')
  await openDatabase(fresh)
  expect(await read.select().from(mark)).toHaveLength(1)
  await closeDatabase()
  expect(existsSync(join(fresh, 'lianxue.db.new'))).toBe(false)
})

test.each([
  ['backups', []],
  ['media', ['backups']],
  ['lianxue.db-wal', ['backups']],
  ['replaced-2026-01-01-000000', ['backups']],
])(
  'where %s shows an earlier life, a database that is gone is missed, not made anew',
  async (trace, without) => {
    for (const name of ['lianxue.db', 'lianxue.db-wal', 'lianxue.db-shm', ...without])
      rmSync(join(dataDir, name), { recursive: true, force: true })
    if (trace === 'lianxue.db-wal') writeFileSync(join(dataDir, trace), 'log')
    else if (trace !== 'backups') {
      mkdirSync(join(dataDir, trace))
      writeFileSync(join(dataDir, trace, 'a file'), 'x')
    }
    const said = await refusal()
    expect(said).toContain('没有启动，也没有新建空的数据库。')
    expect(said).toContain(trace)
    expect(said).toContain(
      trace === 'backups'
        ? wayBack()
        : '请把存在别处的备份拿来，运行：npm run restore -- --from 备份的文件夹',
    )
    expect(existsSync(databaseOf(dataDir))).toBe(false)
  },
)

/** Overwrites some bytes of the database. */
function overwrite(at: number, bytes: Buffer) {
  writeSync(openSync(databaseOf(dataDir), 'r+'), bytes, 0, bytes.length, at)
}

test.each<[string, () => void]>([
  ['is empty', () => truncateSync(databaseOf(dataDir))],
  ['was cut off', () => truncateSync(databaseOf(dataDir), 100 * 1024)],
  ['is another file', () => writeFileSync(databaseOf(dataDir), 'name,hours\n杨小燕,12\n'.repeat(500))],
  ['has no header', () => overwrite(0, Buffer.alloc(100, 7))],
  [
    'has a damaged page',
    () => overwrite(statSync(databaseOf(dataDir)).size - 3 * 4096, Buffer.alloc(4096, 7)),
  ],
])('a database that %s is refused, and the command that brings it back is named', async (_, damage) => {
  damage()
  const said = await refusal()
  expect(said).toMatch(/^数据库 .*lianxue\.db 坏了（.+）。没有启动，文件没有改动。$/m)
  expect(said).toContain(wayBack())
})

test('a database of another program is refused', async () => {
  for (const name of readdirSync(dataDir).filter((each) => each.startsWith('lianxue.db')))
    rmSync(join(dataDir, name))
  const client = openPlain(databaseOf(dataDir))
  await client.execute('CREATE TABLE books (title TEXT)')
  client.close()
  const said = await refusal()
  expect(said).toContain('不是廉学的数据库')
  expect(said).toContain(wayBack())
})

test('a database that a newer program has written is refused: the program is too old, not the data', async () => {
  const client = openPlain(databaseOf(dataDir))
  await client.execute("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 4000000000000)")
  await client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  client.close()
  const said = await refusal()
  expect(said).toMatch(/由更新的程序写过，现在的程序（\d+\.\d+\.\d+）不认识。没有启动，文件没有改动。/)
  expect(said).toContain('请装上原来那个较新的版本再启动。')
  expect(said).toContain(wayBack())
})

test('an orderly end leaves no log behind, by which the next start knows it from a power cut', () => {
  expect(statSync(`${databaseOf(whole)}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0)
})

test('a start does not wait for a program that holds the database for writing', async () => {
  const client = openPlain(databaseOf(dataDir))
  const held = await client.transaction('write')
  await openDatabase(dataDir)
  expect((await read.select().from(mark)).map(({ name }) => name)).toContain('mine')
  held.close()
  client.close()
  await closeDatabase()
})

test('whoever looks into the open database from outside takes nothing of it away, also where it was opened twice', async () => {
  await openDatabase(dataDir)
  await closeDatabase()
  await openDatabase(dataDir)
  await write((tx) => tx.insert(mark).values({ name: 'first', value: 'x' }))
  const look = `const { createClient } = await import('@libsql/client')
    const client = createClient({ url: 'file:' + process.argv[1] })
    console.log(String((await client.execute('SELECT count(*) FROM mark')).rows[0][0]))
    client.close()`
  const seen = () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '-e', look, databaseOf(dataDir)], {
        encoding: 'utf8',
      }),
    )
  const before = seen()
  await write((tx) => tx.insert(mark).values({ name: 'second', value: 'x' }))
  expect(seen()).toBe(before + 1)
  await closeDatabase()
})
