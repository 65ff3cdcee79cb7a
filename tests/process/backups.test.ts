// What the process does by itself about backups: it makes them, and finds out whether they are worth anything.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { newestBackup, type Backup } from '#db/backups.server.ts'
import { write } from '#db/database.server.ts'
import { backupsOf, mediaOf, testingOf } from '#db/place.ts'
import { media } from '#db/schema/library.ts'
import { backupState, keepBackups, testBackup } from '#process/backups.server.ts'
import { log } from '#process/log.server.ts'
import { record } from '#record/record.server.ts'
import { storeRoot } from '#record/root.server.ts'
import * as happen from '../record/happenings.ts'
import { freshDatabase } from '../support/database.ts'

log.level = 'silent'
const place = freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-11-26T08:00:00.000Z')

const picture = `${createHash('sha256').update('picture').digest('hex')}.png`

beforeAll(async () => {
  mkdirSync(mediaOf(place.dataDir))
  writeFileSync(join(mediaOf(place.dataDir), picture), 'picture')
  const hash = picture.slice(0, 64)
  await write((tx) => tx.insert(media).values({ hash, extension: 'png', bytes: 7, createdAt: clock.iso }))
  for (let i = 0; i < 30; i++) await record(happen.answered({ person: `p${i % 5}`, item: `itm-${i}` }))
  await storeRoot()
})

const newest = () => newestBackup(place.dataDir) as Backup
const state = () => backupState(place.dataDir)

test('before the first backup the page says that there is none', async () => {
  expect(await state()).toEqual({ count: 0, newest: null, tested: null })
})

test('a backup is made when one is due, tested at once for the first time, and not made again that day', async () => {
  await keepBackups(place.dataDir)
  clock.advance(3_600)
  await keepBackups(place.dataDir)
  const { name, manifest } = newest()
  expect(manifest).toMatchObject({ reason: 'schedule', events: 30, chains: 5, media: [picture] })
  expect(await state()).toEqual({
    count: 1,
    newest: { name, at: manifest.createdAt, ageSeconds: 3_600, bytes: manifest.database.bytes, events: 30 },
    tested: { at: '2026-11-26T08:00:00.000Z', backup: name, ok: true, said: [] },
  })
  expect(existsSync(testingOf(place.dataDir))).toBe(false)
})

test('each night there is another, and each week one is tested', async () => {
  for (let hour = 0; hour < 24 * 7; hour++) {
    clock.advance(3_600)
    await keepBackups(place.dataDir)
  }
  const { count, tested } = await state()
  expect([count, tested?.at]).toEqual([8, '2026-12-03T08:00:00.000Z'])
}, 120_000)

/** Overwrites a page near the end of a file. */
function spoil(file: string) {
  writeSync(openSync(file, 'r+'), Buffer.alloc(4096, 7), 0, 4096, statSync(file).size - 3 * 4096)
}

test('a backup that was damaged on the disk is found by the test, which is done again with the next', async () => {
  spoil(join(newest().path, 'lianxue.db'))
  const bad = await testBackup(place.dataDir, newest())
  expect(bad.ok).toBe(false)
  expect(bad.said[0]).toMatch(/的数据库不完整或被改过：.+校验值不符。\n请换一份备份。/)
  expect((await state()).tested).toEqual(bad)
  clock.advance(86_400)
  await keepBackups(place.dataDir)
  expect((await state()).tested).toMatchObject({ ok: true, backup: newest().name, at: clock.iso })
})

test('a backup whose database was damaged together with its hash is found all the same', async () => {
  const { path, manifest } = newest()
  spoil(join(path, 'lianxue.db'))
  const bytes = readFileSync(join(path, 'lianxue.db'))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  writeFileSync(
    join(path, 'manifest.json'),
    JSON.stringify({ ...manifest, database: { ...manifest.database, sha256 } }),
  )
  const { ok, said } = await testBackup(place.dataDir, newest())
  expect([ok, said.length]).toEqual([false, 1])
  expect(said[0]).toMatch(/的数据库坏了（.+）。\n请换一份备份。/)
})

test('a manifest that tells of another record than its database is found', async () => {
  clock.advance(86_400)
  await keepBackups(place.dataDir)
  const { path, manifest } = newest()
  writeFileSync(join(path, 'manifest.json'), JSON.stringify({ ...manifest, root: 'a'.repeat(64) }))
  const { said } = await testBackup(place.dataDir, newest())
  expect(said).toEqual([expect.stringContaining('的总校验值对不上')])
})

test('a picture that the backups have lost is found', async () => {
  clock.advance(86_400)
  await keepBackups(place.dataDir)
  writeFileSync(join(backupsOf(place.dataDir), 'media', picture), 'spoilt')
  expect((await testBackup(place.dataDir, newest())).said).toEqual([`媒体文件 ${picture} 坏了。`])
  rmSync(join(backupsOf(place.dataDir), 'media', picture))
  expect((await testBackup(place.dataDir, newest())).said).toEqual([`媒体文件 ${picture} 不见了。`])
})
