// The commands of the terminal as they are typed: beside the running process, which does the work, and without it.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { backupsIn } from '#db/backups.server.ts'
import { closeDatabase, openDatabase, write } from '#db/database.server.ts'
import { backupsOf } from '#db/place.ts'
import { event } from '#db/schema/record.ts'
import { settings, useSettings } from '#env.ts'
import { backupCommands } from '#process/backups.server.ts'
import { calibrateCommands } from '#process/calibrate.server.ts'
import { contentDir } from '#process/library-at-start.server.ts'
import { readRules } from '#process/rules-at-start.server.ts'
import { verifyCommands } from '#process/verify.server.ts'
import { useModel } from '#record/capability/model.server.ts'
import { rebuildCommands } from '#record/rebuild.server.ts'
import { record } from '#record/record.server.ts'
import * as happen from '../record/happenings.ts'

// Each command starts a process of its own.
vi.setConfig({ testTimeout: 120_000 })

let dataDir = ''

const open = () =>
  openDatabase(dataDir, { ...backupCommands, ...verifyCommands, ...rebuildCommands, ...calibrateCommands })

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'lianxue-command-'))
  useSettings({ ...settings, dataDir })
  const { model, posts } = readRules(contentDir)
  useModel(model, posts)
  await open()
  for (let i = 0; i < 12; i++) await record(happen.opened({ person: `p${i % 3}` }))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** Runs `npm run <command> -- …` and resolves with what it printed; the output is no terminal. */
function run(
  command: string,
  ...args: string[]
): Promise<{ code: number | null; out: string[]; err: string }> {
  const env = {
    PATH: process.env['PATH'],
    DATA_DIR: dataDir,
    ORIGIN: 'http://localhost:4321',
    SECRET: 'q8Zr4kPvT1xYw7LsNb3Hc6Jd9Fg2Ma5E',
  }
  const file = join(import.meta.dirname, `../../src/commands/${command}.ts`)
  const child = spawn(process.execPath, [file, ...args], { env })
  return new Promise((resolve) => {
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.once('close', (code) => resolve({ code, out: out.trim().split('\n'), err: err.trim() }))
  })
}

test('a backup is made by the running process, which tells how far it is', async () => {
  const { code, out, err } = await run('backup')
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('复制数据库 100%')
  const [made] = backupsIn(backupsOf(dataDir))
  expect(out.at(-1)).toMatch(
    new RegExp(`^已备份到 ${made?.path}：12条学习记录，3个人，数据库\\d+\\.\\d MB，媒体文件0个。$`),
  )
})

test('a record that holds is said to hold', async () => {
  const { code, out } = await run('verify')
  expect(code).toBe(0)
  expect(out.at(-1)).toBe('核对完了：12条学习记录、3个人的链、0个夜间总校验值、1份备份，全部对得上。')
})

test('what was derived is derived again with a bar', async () => {
  const { code, out } = await run('rebuild')
  expect(code).toBe(0)
  expect(out).toContain('推算3人的学时和能力 100%')
  expect(out.at(-1)).toMatch(/^完成：12条事件重新推算/)
})

test('before anybody took a test, calibrating says that labels stay', async () => {
  const { code, out } = await run('calibrate')
  expect(code).toBe(0)
  expect(out).toContain('校准题目 100%')
  expect(out.at(-1)).toBe('没有可以启用的参数，题目照旧用作者标的难度。')
})

test('a record that was changed is told event by event, and the command fails', async () => {
  const at = '2026-01-01T00:00:00.000Z'
  const of = (to: { at: string }) => write((tx) => tx.update(event).set(to).where(eq(event.seq, 5)))
  await of({ at })
  const { code, out, err } = await run('verify')
  expect(code).toBe(1)
  expect(out.join('\n')).toMatch(/人员 p1：seq 5，编号 .+：.*发生时间（at）.*被改过。/)
  expect(err).toMatch(/^核对完了：.+，有1处对不上，见上面。\n请保留现状/)
})

test('nothing is restored while the process runs, and it says what to do', async () => {
  const { code, err } = await run('restore', '--from', 'newest')
  expect([code, err]).toEqual([
    1,
    '没有完成：廉学正在运行，没有恢复。\n请先停止它（例如 systemctl stop lianxue），再恢复。',
  ])
})

test('without a process the same commands do their work by themselves', async () => {
  await closeDatabase()
  const restored = await run('restore', '--from', 'newest')
  expect([restored.code, restored.err]).toEqual([0, ''])
  expect(restored.out).toContain('复制数据库 100%')
  expect(restored.out).toContain('核对学习记录 100%')
  expect(restored.out.at(-1)).toContain('现在可以启动：npm start')
  const out = join(dataDir, 'elsewhere')
  expect((await run('backup', '--out', out)).code).toBe(0)
  expect(backupsIn(out)).toHaveLength(1)
  expect((await run('calibrate', '--apply')).code).toBe(0)
  expect((await run('verify')).code).toBe(0)
})

test('a database that must not be opened is refused by every command in its own words', async () => {
  rmSync(join(dataDir, 'lianxue.db'))
  for (const command of ['backup', 'verify', 'rebuild']) {
    const { code, err } = await run(command)
    expect(code).toBe(1)
    expect(err).toMatch(/^没有找到数据库 .+\n最近的备份是 .+npm run restore -- --from newest/)
  }
  const { code } = await run('restore', '--from', 'newest')
  expect(code).toBe(0)
  expect((await run('verify')).code).toBe(0)
})

test.each([
  ['restore'],
  ['restore', '--form', 'newest'],
  ['backup', '--into', 'x'],
  ['calibrate', '--model', '4pl'],
])('an order that is not understood is answered with how it is given: %s %s', async (command, ...args) => {
  const { code, err } = await run(command, ...args)
  expect(code).toBe(1)
  expect(err).toMatch(new RegExp(`用法：npm run ${command}`))
})
