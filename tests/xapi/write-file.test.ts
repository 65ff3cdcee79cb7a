// `npm run statements`, run here and asked of the process that has the database.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { closeDatabase, openDatabase, read, write } from '#db/database.server.ts'
import { audit, person as people } from '#db/schema/people.ts'
import { settings, useSettings } from '#env.ts'
import { erasePerson } from '#people/erase.server.ts'
import { record } from '#record/record.server.ts'
import { statementsOf } from '#xapi/read-statements.server.ts'
import { statementsCommands } from '#xapi/write-file.server.ts'
import * as happen from '../record/happenings.ts'
import { brokenRules } from './xapi-rules.ts'

// Each command starts a process of its own.
vi.setConfig({ testTimeout: 120_000 })
happen.stoppedClock('2026-03-10T02:00:00.000Z')

const origin = 'http://localhost:4321'
const place = mkdtempSync(join(tmpdir(), 'lianxue-statements-'))
const dataDir = join(place, 'data')
const who = happen.somebody()
let outs = 0
const newFile = () => join(place, `${++outs}.json`)

beforeAll(async () => {
  useSettings({ ...settings, dataDir, origin })
  await openDatabase(dataDir, statementsCommands)
})
happen.underYunnan()
beforeAll(async () => {
  // More than one page.
  for (let i = 0; i < 230; i++) await record(happen.opened({ person: `p${i % 3}` }))
  for (const event of happen.finished(who)) await record(event)
  await record(happen.observed({ person: who, observedOn: '2026-02-01' }))
  await record(happen.attended({ person: who, on: '2026-02-28' }))
  const gone = happen.somebody()
  const createdAt = '2026-03-01T00:00:00.000Z'
  await write((tx) => tx.insert(people).values({ id: gone, number: 'QX2', name: '张三', createdAt }))
  await record(happen.opened({ person: gone }))
  await erasePerson(gone, 'process')
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

function run(...args: string[]): Promise<{ code: number | null; out: string[]; err: string }> {
  const secret = 'q8Zr4kPvT1xYw7LsNb3Hc6Jd9Fg2Ma5E'
  const env = { PATH: process.env['PATH'], DATA_DIR: dataDir, ORIGIN: origin, SECRET: secret }
  const file = join(import.meta.dirname, '../../src/commands/statements.ts')
  const child = spawn(process.execPath, [file, ...args], { env })
  return new Promise((resolve) => {
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.once('close', (code) => resolve({ code, out: out.trim().split('\n'), err: err.trim() }))
  })
}

type Line = { id: string; timestamp: string; stored: string }
const statementsIn = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Line[]

test('the running process writes all statements to a file that only its owner reads, and says how many', async () => {
  const file = newFile()
  const { code, out, err } = await run('--out', file)
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('写学习记录 100%')
  expect(out.at(-1)).toBe(
    `已写到 ${file}：235条xAPI记录，一行一条。另有1条的内容已经按要求删除，没有写。里面是每个人的学习记录，请妥善保管，用完删除。`,
  )
  const statements = statementsIn(file)
  expect(new Set(statements.map(({ id }) => id)).size).toBe(235)
  expect(statements.flatMap(brokenRules)).toEqual([])
  expect(statements[0]?.stored).toBe('2026-03-10T02:00:00.000Z')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(237)
  expect(readdirSync(place).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('who asks for some days gets what counts on these days, both ends with them', async () => {
  const file = newFile()
  await run('--out', file, '--from', '2026-02-01', '--to', '2026-02-28')
  expect(statementsIn(file).map(({ timestamp }) => timestamp)).toEqual([
    '2026-02-01T04:00:00.000Z',
    '2026-02-28T04:00:00.000Z',
  ])
  const none = newFile()
  const { out } = await run('--out', none, '--to', '2026-01-31')
  expect(out.at(-1)).toContain('0条xAPI记录')
  expect(statementsIn(none)).toEqual([])
})

test('a file that is there is not written over', async () => {
  const file = newFile()
  writeFileSync(file, 'mine')
  const { code, err } = await run('--out', file)
  expect(code).toBe(1)
  expect(err).toContain(`已经有文件 ${file}，没有改动。\n换一个文件名，或先移走它。`)
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

test('each file that was written is noted for the audit administrator', async () => {
  const noted = await read.select().from(audit).where(eq(audit.act, 'statements-written'))
  expect(noted.map(({ detail }) => (detail as { statements: number }).statements)).toEqual([235, 2, 0])
})

test('a person takes all of their own statements, and nothing of others', async () => {
  const own = await statementsOf(who)
  expect(own).toHaveLength(5)
  expect(own.flatMap(brokenRules)).toEqual([])
  expect(new Set(own.map(({ actor }) => actor.account.name))).toEqual(new Set([who]))
})

test.each([
  [[]],
  [['--out', 'x', '--from', '2026-02-30']],
  [['--out', 'x', '--from', '2026-03-02', '--to', '2026-03-01']],
  [['--out', 'x', '--into', 'y']],
])('an order that is not understood is answered with how it is given: %j', async (args) => {
  const { code, err } = await run(...args)
  expect(code).toBe(1)
  expect(err).toMatch(/用法：npm run statements -- --out 文件\.json/)
})

test('without a process the command does its work by itself', async () => {
  await closeDatabase()
  const file = newFile()
  const { code, err } = await run('--out', file)
  expect([code, err]).toEqual([0, ''])
  expect(statementsIn(file)).toHaveLength(235)
  expect(existsSync(`${file}.part`)).toBe(false)
})
