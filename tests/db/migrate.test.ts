// From the schema before 0002 to the present one: nothing is lost, whoever is killed when. LONG=1 for many rounds.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backupsIn } from '#db/backups.server.ts'
import { closeDatabase, openDatabase, read } from '#db/database.server.ts'
import { appliedTo, knownMigrations } from '#db/migrate.server.ts'
import { backupsOf, databaseOf } from '#db/place.ts'
import { openPlain } from '#db/plain-client.server.ts'
import { untold } from '#db/lock.server.ts'
import { verifyRecord } from '#record/verify.server.ts'
import { contentThen, oldDatabase } from '../support/old-database.ts'

const rounds = process.env['LONG'] ? 50 : 8
const people = 10
const each = process.env['LONG'] ? 2_000 : 200

let folder = ''
let template = ''
let content = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxue-migrate-'))
  template = join(folder, 'template')
  await oldDatabase(template, people, each)
  content = await contentThen(template)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const copyOf = (from: string, name: string) => {
  const to = join(folder, name)
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('socket') })
  return to
}

/** Opens the database in a process of its own, which is killed so many ms after it begins; resolves with what it said. */
function openElsewhere(dataDir: string, killAfter?: number): Promise<{ said: string[]; took: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../support/opener.ts'), dataDir])
  return new Promise((resolve) => {
    let text = ''
    let began = 0
    child.stdout.on('data', (chunk: Buffer) => {
      if (text === '') {
        began = performance.now()
        if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter)
      }
      text += chunk.toString()
    })
    child.once('close', () => resolve({ said: text.trim().split('\n'), took: performance.now() - began }))
  })
}

/** How many migrations the files in a folder have, and whether they are whole; looked at in a copy. */
async function stateOf(dataDir: string): Promise<{ applied: number; check: string }> {
  const copy = copyOf(dataDir, 'look')
  const client = openPlain(databaseOf(copy))
  const applied = (await appliedTo(client))?.length ?? 0
  const check = String((await client.execute('PRAGMA integrity_check')).rows[0]?.[0])
  client.close()
  rmSync(copy, { recursive: true })
  return { applied, check }
}

const all = knownMigrations().length

test('the database of the version before is backed up, then migrated, and everything in it is there', async () => {
  const dataDir = copyOf(template, 'whole')
  const said: string[] = []
  const works = new Map<string, [number, number]>()
  await openDatabase(
    dataDir,
    {},
    {
      say: (line) => said.push(line),
      progress: (done, of, what) => works.set(what, [done, of]),
    },
  )
  const [backup] = backupsIn(backupsOf(dataDir))
  expect(said).toEqual([`升级数据库以前已备份到 ${backup?.path}。`])
  expect(backup?.manifest).toMatchObject({
    reason: 'migration',
    schema: { tag: '0001_search' },
    events: people * each,
    chains: people,
  })
  expect([...works.keys()]).toEqual(['检查数据库', '复制数据库', '升级数据库'])
  expect(works.get('升级数据库')?.[0]).toBe(works.get('升级数据库')?.[1])
  expect(await contentThen(dataDir)).toBe(content)
  // The credits of the old database are made up, not derived.
  expect((await verifyRecord(read, [], untold.progress, 'referenced')).faults).toEqual([])
  await closeDatabase()
  // The second time there is nothing to do.
  said.length = 0
  await openDatabase(dataDir, {}, { ...untold, say: (line) => said.push(line) })
  await closeDatabase()
  expect([said, backupsIn(backupsOf(dataDir)).length]).toEqual([[], 1])
})

test(`killed at any moment of the migration (${rounds} times): it was as before or it is done, and no row is lost`, async () => {
  const { took, said } = await openElsewhere(copyOf(template, 'timed'))
  expect(said.at(-1)).toBe('open')
  const seen = new Set<number>()
  for (let round = 0; round < rounds; round++) {
    const dataDir = copyOf(template, `round-${round}`)
    // Twice in a row, because the second finds what the first left.
    for (const again of [0, 1]) {
      await openElsewhere(dataDir, Math.random() * took * (again ? 0.6 : 1))
      const { applied, check } = await stateOf(dataDir)
      expect([2, all]).toContain(applied)
      expect(check).toBe('ok')
      seen.add(applied)
    }
    await openDatabase(dataDir)
    expect(await contentThen(dataDir)).toBe(content)
    await closeDatabase()
    expect(await stateOf(dataDir)).toEqual({ applied: all, check: 'ok' })
    // However often it was tried, there is one backup of what was before, and nothing half done beside it.
    expect(readdirSync(backupsOf(dataDir)).filter((name) => name !== 'media')).toHaveLength(1)
    rmSync(dataDir, { recursive: true })
  }
  expect(seen).toContain(2)
}, 900_000)
