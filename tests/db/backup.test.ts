// Backups: made while others write, whole or not at all, without what would open an account.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { now } from '#clock.server.ts'
import { makeBackup } from '#db/backup.server.ts'
import { backupName, backupsIn, newestBackup } from '#db/backups.server.ts'
import { read, write } from '#db/database.server.ts'
import { untold } from '#db/lock.server.ts'
import { backupsOf, mediaOf } from '#db/place.ts'
import { openPlain } from '#db/plain-client.server.ts'
import { prepareCopy } from '#db/restore.server.ts'
import { media } from '#db/schema/library.ts'
import { login, person, session, slip, twoFactor, verification } from '#db/schema/people.ts'
import { record } from '#record/record.server.ts'
import { verifyCopy } from '#record/verify-copy.server.ts'
import { verifyRecord } from '#record/verify.server.ts'
import * as happen from '../record/happenings.ts'
import { freshDatabase } from '../support/database.ts'

const place = freshDatabase()
happen.underYunnan()

let elsewhere = ''
beforeAll(() => void (elsewhere = mkdtempSync(join(tmpdir(), 'lianxue-elsewhere-'))))
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }))

const back = (out?: string) => makeBackup(place.dataDir, { reason: 'command', out }, () => undefined)

test('a backup under load holds everything that was acknowledged before it began, and every chain in it holds', async () => {
  const acknowledged: string[] = []
  let going = true
  const writer = async (who: string) => {
    while (going) {
      const { id } = await record(happen.answered({ person: who, item: `itm-${acknowledged.length}` }))
      acknowledged.push(id)
    }
  }
  const writers = Array.from({ length: 8 }, (_, i) => writer(`busy-${i}`))
  while (acknowledged.length < 200) await new Promise((resolve) => setTimeout(resolve, 5))
  const before = [...acknowledged]
  const backup = await back()
  const during = acknowledged.length - before.length
  going = false
  await Promise.all(writers)
  expect(during).toBeGreaterThan(0)

  const file = await prepareCopy(backup, elsewhere, () => undefined)
  const { faults, events } = await verifyCopy(file, backup, () => undefined)
  expect(faults).toEqual([])
  expect(events).toBe(backup.manifest.events)
  const client = openPlain(file)
  const held = new Set((await client.execute('SELECT id FROM event')).rows.map((row) => row[0]))
  client.close()
  expect(before.filter((id) => !held.has(id))).toEqual([])
  // … and nothing of what came meanwhile is lost in the database itself.
  const { rows } = { rows: await read.all<{ id: string }>('select id from event') }
  const there = new Set(rows.map(({ id }) => id))
  expect(acknowledged.filter((id) => !there.has(id))).toEqual([])
  expect(
    (await verifyRecord(read, [{ name: backup.name, ...backup.manifest }], untold.progress)).faults,
  ).toEqual([])
})

test('nothing in a backup opens an account: sessions, half-done sign-ins and one-time codes are not in its bytes', async () => {
  const at = new Date()
  const iso = at.toISOString()
  const secrets = ['tkn-3f9c2a77d1e84b', 'vrf-88c1d0e2a4b6f9', 'slp-0d4e7a1b5c9f23']
  await write(async (tx) => {
    await tx.insert(person).values({ id: 'p1', number: 'QX1001', name: '杨小燕', createdAt: iso })
    await tx
      .insert(login)
      .values({ id: 'p1', name: '杨小燕', email: 'p1@x', emailVerified: true, createdAt: at, updatedAt: at })
    const [token = '', value = '', codeHash = ''] = secrets
    const times = { expiresAt: new Date(at.getTime() + 1e9), createdAt: at, updatedAt: at }
    await tx.insert(session).values({ id: 's1', token, userId: 'p1', ...times })
    await tx.insert(verification).values({ id: 'v1', identifier: 'x', value, ...times })
    await tx
      .insert(slip)
      .values({ codeHash, personId: 'p1', createdBy: 'p1', createdAt: iso, expiresAt: iso })
    await tx.insert(twoFactor).values({ id: 't1', secret: 'sealed', backupCodes: 'sealed', userId: 'p1' })
  })
  const { path } = await back()
  const bytes = readFileSync(join(path, 'lianxue.db'))
  expect(secrets.filter((secret) => bytes.includes(secret))).toEqual([])
  // Without its second step an account would open with the password alone.
  expect(bytes.includes('sealed')).toBe(true)
  expect(bytes.includes('杨小燕')).toBe(true)
  expect(await read.select().from(session)).toHaveLength(1)
})

test('only the owner of the folder may read a backup', async () => {
  const { path } = await back()
  expect(statSync(path).mode & 0o077).toBe(0)
  expect(statSync(backupsOf(place.dataDir)).mode & 0o077).toBe(0)
  for (const name of readdirSync(path)) expect(statSync(join(path, name)).mode & 0o077).toBe(0)
})

/** Puts a file in the library as an import does. */
async function addMedia(bytes: string): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex')
  mkdirSync(mediaOf(place.dataDir), { recursive: true })
  writeFileSync(join(mediaOf(place.dataDir), `${hash}.png`), bytes)
  const createdAt = now().toISOString()
  await write((tx) => tx.insert(media).values({ hash, extension: 'png', bytes: bytes.length, createdAt }))
  return `${hash}.png`
}

test('pictures and recordings are copied once for all backups, by their hash; damaged ones are named, not kept', async () => {
  const [good, damaged, gone] = [await addMedia('a'), await addMedia('b'), await addMedia('c')]
  writeFileSync(join(mediaOf(place.dataDir), damaged), 'x')
  rmSync(join(mediaOf(place.dataDir), gone))
  const { manifest } = await back()
  expect(manifest.media).toEqual([good])
  expect(manifest.missing.toSorted()).toEqual([damaged, gone].toSorted())
  const shared = join(backupsOf(place.dataDir), 'media')
  expect(readdirSync(shared)).toEqual([good])
  const before = statSync(join(shared, good)).mtimeMs
  // What is damaged later in the library does not reach the backup.
  writeFileSync(join(mediaOf(place.dataDir), good), 'spoilt')
  expect((await back()).manifest.media).toEqual([good])
  expect(statSync(join(shared, good)).mtimeMs).toBe(before)
  expect(readFileSync(join(shared, good), 'utf8')).toBe('a')
})

test('what was broken off is no backup, and the next one clears it away', async () => {
  const broken = join(backupsOf(place.dataDir), 'part-2026-01-01-003000')
  mkdirSync(broken)
  writeFileSync(join(broken, 'lianxue.db'), 'half')
  const named = join(backupsOf(place.dataDir), '2026-01-02-003000')
  mkdirSync(named)
  const before = backupsIn(backupsOf(place.dataDir))
  expect(before.map(({ name }) => name)).not.toContain('2026-01-02-003000')
  await back()
  expect(existsSync(broken)).toBe(false)
  rmSync(named, { recursive: true })
})

test('two that are asked for at once are made one after the other, under names of their own', async () => {
  const [one, two] = await Promise.all([back(), back()])
  expect(one.name).not.toBe(two.name)
  expect(newestBackup(place.dataDir)?.name).toBe(two.name)
})

test('another place gets a backup that stands by itself, and nothing there is ever removed', async () => {
  const out = join(elsewhere, 'disk')
  for (let i = 0; i < 3; i++) await back(out)
  expect(backupsIn(out)).toHaveLength(3)
  const { manifest } = backupsIn(out)[0] ?? (await back(out))
  expect(readdirSync(join(out, 'media'))).toEqual(manifest.media)
})

test('the newest fourteen are kept, and with them the files that they name', async () => {
  const shared = join(backupsOf(place.dataDir), 'media')
  const late = await addMedia('late')
  await write((tx) => tx.delete(media))
  const stray = readdirSync(shared)
  expect(stray).toHaveLength(1)
  for (let i = 0; i < 14; i++) await back()
  const kept = backupsIn(backupsOf(place.dataDir))
  expect(kept).toHaveLength(14)
  expect(kept.map(({ name }) => name)).toEqual(kept.map(({ name }) => name).toSorted())
  expect(readdirSync(shared)).toEqual([])
  expect(existsSync(join(mediaOf(place.dataDir), late))).toBe(true)
})

test('a backup is named by the time in China, so that names are in order', () => {
  expect(backupName('2026-11-26T16:30:00.000Z')).toBe('2026-11-27-003000')
})

test('it tells how far it is, up to the end', async () => {
  const steps: string[] = []
  await makeBackup(place.dataDir, { reason: 'command' }, (done, all, what) =>
    steps.push(`${what} ${Math.floor((done / all) * 100)}%`),
  )
  expect(steps).toContain('复制数据库 100%')
})
