// Restoring: the data of the backup and nothing else is there afterwards, or everything is as it was.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeBackup } from '#db/backup.server.ts'
import { backupsIn, type Backup } from '#db/backups.server.ts'
import { closeDatabase, openDatabase, read, write } from '#db/database.server.ts'
import { untold } from '#db/lock.server.ts'
import { backupsOf, databaseOf, mediaOf } from '#db/place.ts'
import { openPlain } from '#db/plain-client.server.ts'
import { media } from '#db/schema/library.ts'
import { audit, login, person, session, slip } from '#db/schema/people.ts'
import { event } from '#db/schema/record.ts'
import { useSettings, settings } from '#env.ts'
import { erasePerson } from '#people/erase.server.ts'
import { restore } from '#process/restore.server.ts'
import { verifyCommands } from '#process/verify.server.ts'
import { record } from '#record/record.server.ts'
import * as happen from '../record/happenings.ts'
import { oldDatabase } from '../support/old-database.ts'

let folder = ''
/** A DATA_DIR with one event, a session, a picture, a backup of these, and one event more. */
let template = ''
let picture = ''
let backedUp = ''
let dataDir = ''
let backup: Backup
let copies = 0

const quiet = () => undefined

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxue-restore-'))
  template = join(folder, 'template')
  await openDatabase(template)
  const [at, iso] = [new Date(), new Date().toISOString()]
  const bytes = 'a picture'
  const hash = createHash('sha256').update(bytes).digest('hex')
  picture = `${hash}.png`
  mkdirSync(mediaOf(template))
  writeFileSync(join(mediaOf(template), picture), bytes)
  await write(async (tx) => {
    await tx.insert(media).values({ hash, extension: 'png', bytes: bytes.length, createdAt: iso })
    await tx.insert(person).values({ id: 'p1', number: 'QX1001', name: '杨小燕', createdAt: iso })
    await tx
      .insert(login)
      .values({ id: 'p1', name: '杨', email: 'p1@x', emailVerified: true, createdAt: at, updatedAt: at })
    const times = { expiresAt: new Date(at.getTime() + 1e9), createdAt: at, updatedAt: at }
    await tx.insert(session).values({ id: 's1', token: 'token-1', userId: 'p1', ...times })
  })
  backedUp = (await record(happen.observed({ person: 'p1' }))).id
  await makeBackup(template, { reason: 'command' }, quiet)
  await record(happen.observed({ person: 'p1', observedOn: '2026-03-02' }))
  await closeDatabase()
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => fresh())

function fresh() {
  dataDir = join(folder, `copy-${(copies += 1)}`)
  cpSync(template, dataDir, { recursive: true })
  backup = backupsIn(backupsOf(dataDir))[0] as Backup
}

const said: string[] = []
const bringBack = (from = 'newest', replaceForeign = false) => {
  said.length = 0
  return restore(dataDir, { from, replaceForeign }, { ...untold, say: (line) => said.push(line) })
}

/** Opens the database, looks, and closes it. */
async function opened<T>(look: () => Promise<T>): Promise<T> {
  await openDatabase(dataDir)
  try {
    return await look()
  } finally {
    await closeDatabase()
  }
}
const eventsThere = () =>
  opened(async () => (await read.select({ id: event.id }).from(event)).map(({ id }) => id))

const replaced = () => readdirSync(dataDir).filter((name) => name.startsWith('replaced-'))

test('what was backed up is back, and what it replaces lies beside it', async () => {
  rmSync(join(mediaOf(dataDir), picture))
  const done = await bringBack()
  expect(done).toContain(`已恢复备份 ${backup.path}：1条学习记录`)
  expect(done).toContain('比恢复以前少1条：是备份以后才有的。')
  expect(done).toContain(`原来的数据移到了 ${join(dataDir, replaced()[0] ?? '')}，没有删除。`)
  expect(done).toContain('现在可以启动：npm start')
  expect(await eventsThere()).toEqual([backedUp])
  expect(readFileSync(join(mediaOf(dataDir), picture), 'utf8')).toBe('a picture')
  const client = openPlain(join(dataDir, replaced()[0] ?? '', 'lianxue.db'))
  expect((await client.execute('SELECT count(*) FROM event')).rows[0]?.[0]).toBe(2)
  client.close()
  expect(await opened(() => read.select({ act: audit.act, actor: audit.actorId }).from(audit))).toEqual([
    { act: 'data-restored', actor: 'process' },
  ])
})

test('nobody is signed in after it, whatever the backup holds, and no one-time code is valid', async () => {
  // A backup as a careless hand would make it, sessions and all.
  const file = join(backup.path, 'lianxue.db')
  const client = openPlain(file)
  await client.execute("INSERT INTO session VALUES ('s2', 'token-2', 'p1', 4000000000000, 1, 1, NULL, NULL)")
  await client.execute("INSERT INTO slip VALUES ('code', 'p1', 'p1', '2026', '2099', NULL)")
  client.close()
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex')
  const manifest = { ...backup.manifest, database: { bytes: 1, sha256 } }
  writeFileSync(join(backup.path, 'manifest.json'), JSON.stringify(manifest))
  const done = await bringBack()
  expect(done).toContain('所有人都已退出登录，没用过的口令条和一次性链接都作废了。')
  expect(
    await opened(async () => [await read.select().from(session), await read.select().from(slip)]),
  ).toEqual([[], []])
  const bytes = readFileSync(databaseOf(dataDir))
  expect(bytes.includes('token-1') || bytes.includes('token-2')).toBe(false)
})

test('whoever was erased since the backup does not come back with it', async () => {
  await opened(() => erasePerson('p1', 'officer-1'))
  expect(await bringBack()).toContain('备份以后删除过1个人的个人信息，已再次删除。')
  const { people, payloads } = await opened(async () => ({
    people: await read.select({ name: person.name, number: person.number }).from(person),
    payloads: await read.select({ payload: event.payload }).from(event),
  }))
  expect(people).toEqual([{ name: '已删除', number: 'erased-p1' }])
  expect(payloads).toEqual([{ payload: null }])
  expect(readFileSync(databaseOf(dataDir)).includes('调解室里先听双方说完')).toBe(false)
})

test('a damaged picture is mended, and kept aside as it was', async () => {
  writeFileSync(join(mediaOf(dataDir), picture), 'spoilt')
  await bringBack()
  expect(readFileSync(join(mediaOf(dataDir), picture), 'utf8')).toBe('a picture')
  expect(readFileSync(join(dataDir, replaced()[0] ?? '', 'media', picture), 'utf8')).toBe('spoilt')
})

test('a picture that the backup lacks is named, and everything else is back', async () => {
  rmSync(join(backupsOf(dataDir), 'media', picture))
  rmSync(join(mediaOf(dataDir), picture))
  await bringBack()
  expect(said).toEqual([`媒体文件 ${picture} 备份里没有，或已损坏，没有恢复。`])
  expect(await eventsThere()).toEqual([backedUp])
})

test('on a new machine the folder of a backup is enough', async () => {
  const source = join(folder, 'stick')
  cpSync(backupsOf(dataDir), source, { recursive: true })
  dataDir = join(folder, 'new-machine')
  const done = await bringBack(join(source, backup.name))
  expect(done).not.toContain('原来的数据移到了')
  expect(await eventsThere()).toEqual([backedUp])
  expect(readFileSync(join(mediaOf(dataDir), picture), 'utf8')).toBe('a picture')
})

test('a database that cannot be read any more is replaced all the same', async () => {
  writeFileSync(databaseOf(dataDir), 'nothing that could be read'.repeat(500))
  await bringBack()
  expect(await eventsThere()).toEqual([backedUp])
  expect(readFileSync(join(dataDir, replaced()[0] ?? '', 'lianxue.db'), 'utf8')).toContain('nothing that')
})

/** Every file with its hash, the lock's own left out. */
const files = () =>
  readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(lock\.db|lianxue\.db-)/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
    .sort()

/** The refusal, after nothing was changed; the database is still the one that was there. */
async function refused(from?: string): Promise<string> {
  const before = files()
  const error = await bringBack(from).then(
    () => null,
    (each: Error & { hint?: string }) => each,
  )
  expect(error?.name).toBe('Refusal')
  expect(files()).toEqual(before)
  expect(await eventsThere()).toHaveLength(2)
  return `${error?.message} ${error?.hint}`
}

const changeManifest = (change: object) =>
  writeFileSync(join(backup.path, 'manifest.json'), JSON.stringify({ ...backup.manifest, ...change }))

test.each<[string, () => void, RegExp]>([
  [
    'was cut off',
    () => truncateSync(join(backup.path, 'lianxue.db'), 100_000),
    /的数据库不完整或被改过：应有\d+字节，读到100000字节，校验值不符。 请换一份备份。/,
  ],
  ['has no database', () => rmSync(join(backup.path, 'lianxue.db')), /里没有 lianxue\.db。 请换一份备份。/],
  [
    'has half a manifest',
    () => truncateSync(join(backup.path, 'manifest.json'), 100),
    /manifest\.json 不完整或被改过/,
  ],
  ['tells of more than it has', () => changeManifest({ root: 'no root' }), /manifest\.json 不完整或被改过/],
  [
    'is of a newer schema',
    () => changeManifest({ program: '9.1.0', schema: { ...backup.manifest.schema, when: 4e12 } }),
    /是更新的程序做的，现在的程序（.+）读不了。 请先装上 9\.1\.0 或更新的版本，再恢复。/,
  ],
  ['is of a newer form', () => changeManifest({ format: 2 }), /是更新的程序做的.+请先装上做这份备份的版本/],
  [
    'is of another county',
    () => changeManifest({ databaseId: crypto.randomUUID() }),
    /来自另一个廉学数据库.+没有恢复。 .+--replace-foreign/,
  ],
])('a backup that %s is refused, and nothing was changed', async (_, damage, says) => {
  damage()
  expect(await refused(backup.path)).toMatch(says)
})

test('another county’s backup is taken when that is what is wanted', async () => {
  changeManifest({ databaseId: crypto.randomUUID() })
  await bringBack(backup.path, true)
  expect(await eventsThere()).toEqual([backedUp])
})

test('another county is noticed also where the database is gone but its backups are not', async () => {
  const foreign = join(folder, 'foreign')
  cpSync(backup.path, foreign, { recursive: true })
  const manifest = { ...backup.manifest, databaseId: crypto.randomUUID() }
  writeFileSync(join(foreign, 'manifest.json'), JSON.stringify(manifest))
  rmSync(databaseOf(dataDir))
  await expect(bringBack(foreign)).rejects.toThrow('来自另一个廉学数据库')
})

test.each([
  ['a folder that is none', () => folder, /不是廉学的备份。/],
  ['a folder of several', () => backupsOf(dataDir), /请写其中一份，例如 --from /],
  ['nothing at all', () => join(folder, 'nowhere'), /不是廉学的备份。/],
])('%s is no backup', async (_, from, says) => {
  expect(await refused(from())).toMatch(says)
})

test('while the site runs nothing is restored', async () => {
  await openDatabase(dataDir)
  await expect(bringBack()).rejects.toThrow('廉学正在运行，没有恢复。')
  await closeDatabase()
  expect(await eventsThere()).toHaveLength(2)
})

test('a backup from before the last migration is brought up to date', async () => {
  const old = join(folder, 'old')
  await oldDatabase(old, 3, 20)
  await openDatabase(old)
  await closeDatabase()
  const [before] = backupsIn(backupsOf(old))
  expect(before?.manifest.schema.tag).toBe('0001_search')
  dataDir = old
  await bringBack()
  expect(await eventsThere()).toHaveLength(60)
})

test('backups of the history that was replaced are no evidence against the one that goes on', async () => {
  await openDatabase(dataDir)
  await makeBackup(dataDir, { reason: 'command' }, quiet)
  await closeDatabase()
  await bringBack(backup.path)
  await openDatabase(dataDir)
  useSettings({ ...settings, dataDir })
  await record(happen.observed({ person: 'p1', observedOn: '2026-03-02' }))
  const verify = () => verifyCommands['verify']?.({}, quiet, quiet)
  expect(await verify()).toBe('核对完了：2条学习记录、1个人的链、0个夜间总校验值、1份备份，全部对得上。')
  await makeBackup(dataDir, { reason: 'command' }, quiet)
  expect(await verify()).toContain('2份备份，全部对得上。')
  await closeDatabase()
})

test('killed before any change of any file, a restore has done nothing or all, and the next start says what to do', async () => {
  const restorer = join(import.meta.dirname, '../support/restorer.ts')
  const run = (killAt: number) =>
    spawnSync(process.execPath, [restorer, dataDir, 'newest', String(killAt)], { encoding: 'utf8' })
  rmSync(join(mediaOf(template), picture))
  fresh()
  const changes = Number(run(0).stdout)
  expect(changes).toBeGreaterThan(8)
  const seen = new Set<string>()
  for (let killAt = 1; killAt <= changes; killAt++) {
    fresh()
    expect(run(killAt).signal).toBe('SIGKILL')
    const lines: string[] = []
    const start = () => openDatabase(dataDir, {}, { ...untold, say: (line) => lines.push(line) })
    const error = await start().then(
      () => null,
      (each: Error) => each,
    )
    if (error) {
      expect(error.message).toMatch(/^上一次恢复没有做完。没有启动，原来的数据没有动。$/m)
      expect(error.message).toMatch(/^要恢复，请再运行一次：npm run restore -- --from .+$/m)
      rmSync(join(dataDir, 'restoring'), { recursive: true })
      await start()
    }
    const there = await read.select({ id: event.id }).from(event)
    await closeDatabase()
    const state = `${error ? 'refused' : 'started'} ${there.length}`
    expect(['started 2', 'refused 2', 'started 1']).toContain(state)
    expect(existsSync(join(dataDir, 'restored'))).toBe(false)
    if (state === 'started 1') expect(replaced()).toHaveLength(1)
    // And the command itself can be given again.
    if (!seen.has(state)) await bringBack(backup.path)
    if (!seen.has(state)) expect(await eventsThere()).toEqual([backedUp])
    seen.add(state)
  }
  expect([...seen].sort()).toEqual(['refused 2', 'started 1', 'started 2'])
}, 300_000)
