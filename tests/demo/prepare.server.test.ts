import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeDatabase, openDatabase, write } from '#db/database.server.ts'
import { mark } from '#db/schema/process.ts'
import { clearUnfinished, seedVersion } from '#demo/prepare.server.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lianxue-demo-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

async function leaveBehind(...marks: { name: string; value: string }[]) {
  await openDatabase(dataDir)
  if (marks.length > 0) await write((tx) => tx.insert(mark).values(marks))
  await closeDatabase()
}
const database = () => existsSync(join(dataDir, 'lianxue.db'))

test('a demo whose seeding was interrupted starts over, and nothing else in its folder is touched', async () => {
  await leaveBehind({ name: 'demo', value: 'yes' })
  writeFileSync(join(dataDir, 'mine.txt'), 'mine')
  expect(await clearUnfinished(dataDir)).toBe(true)
  expect(database()).toBe(false)
  expect(existsSync(join(dataDir, 'mine.txt'))).toBe(true)
})

test('a demo of another version starts over', async () => {
  await leaveBehind({ name: 'demo', value: 'yes' }, { name: 'seeded', value: '0' })
  expect(await clearUnfinished(dataDir)).toBe(true)
  expect(database()).toBe(false)
})

test('a demo that is whole stays', async () => {
  await leaveBehind({ name: 'demo', value: 'yes' }, { name: 'seeded', value: seedVersion })
  expect(await clearUnfinished(dataDir)).toBe(false)
  expect(database()).toBe(true)
})

test('a database that is no demo is never removed', async () => {
  await leaveBehind()
  await clearUnfinished(dataDir)
  expect(database()).toBe(true)
})

test('an empty folder is ready for a new demo', async () => {
  expect(await clearUnfinished(dataDir)).toBe(true)
})
