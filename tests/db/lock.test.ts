import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeDatabase, openDatabase, read } from '#db/database.server.ts'
import { ask, DatabaseInUse, FoundWrong, takeLock } from '#db/lock.server.ts'
import { mark } from '#db/schema/process.ts'
import { Refusal } from '#refusal.ts'

let dataDir = ''
let children: ChildProcess[] = []

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lianxue-lock-'))
  children = []
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

/** Starts another process on the same folder; resolves with what it has said when it says `until` or ends. */
function holder(
  rows: number,
  until: (said: string[]) => boolean,
): Promise<{ child: ChildProcess; said: string[] }> {
  const child = spawn(process.execPath, [
    join(import.meta.dirname, '../support/holder.ts'),
    dataDir,
    String(rows),
  ])
  children.push(child)
  return new Promise((resolve) => {
    let text = ''
    const said = () => text.split('\n').filter(Boolean)
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (until(said())) resolve({ child, said: said() })
    })
    child.once('close', () => resolve({ child, said: said() }))
  })
}

const died = (child: ChildProcess) =>
  new Promise((resolve) => (child.once('close', resolve), child.kill('SIGKILL')))

test('while another process lives, its database cannot be opened a second time', async () => {
  const { child } = await holder(0, (said) => said.includes('open'))
  await expect(openDatabase(dataDir)).rejects.toThrow(DatabaseInUse)
  await expect(openDatabase(dataDir)).rejects.toThrow(/正由另一个进程使用。请先停止它/)
  await died(child)
})

test('a process that was killed leaves everything it acknowledged, and its place to the next', async () => {
  const { child, said } = await holder(5000, (lines) => lines.length > 200)
  await died(child)
  await openDatabase(dataDir)
  const names = new Set((await read.select().from(mark)).map((row) => row.name))
  for (const line of said.filter((each) => each !== 'open')) expect(names).toContain(`${child.pid}-${line}`)
  await closeDatabase()
})

test('of many that find a dead owner at once, one takes its place and the others hear of it', async () => {
  const { child } = await holder(0, (said) => said.includes('open'))
  await died(child)
  for (let round = 0; round < 20; round++) {
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => takeLock(dataDir, {})))
    const winners = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    expect(winners).toHaveLength(1)
    await winners[0]?.()
  }
  const others = await Promise.all(Array.from({ length: 4 }, () => holder(0, (said) => said.length > 0)))
  expect(others.map(({ said }) => said[0]).toSorted()).toEqual([
    'DatabaseInUse',
    'DatabaseInUse',
    'DatabaseInUse',
    'open',
  ])
})

test('after an orderly end nothing is left that the next must clear away', async () => {
  await openDatabase(dataDir)
  await closeDatabase()
  await openDatabase(dataDir)
  await closeDatabase()
  const client = createClient({ url: `file:${join(dataDir, 'lianxue.db')}` })
  expect((await client.execute("SELECT count(*) FROM mark WHERE name <> 'own-id'")).rows[0]?.[0]).toBe(0)
  client.close()
})

test('a command is done by the process that has the database, which tells how it goes', async () => {
  const commands = {
    rebuild: async (args: unknown, say: (line: string) => void) => {
      say('一半')
      say(`全部 ${JSON.stringify(args)}`)
      return '完成'
    },
    fail: async () => {
      throw new Error('没有这个单位。')
    },
  }
  await openDatabase(dataDir, commands)
  const said: string[] = []
  expect(await ask(dataDir, 'rebuild', { all: true }, (line) => said.push(line))).toBe('完成')
  expect(said).toEqual(['一半', '全部 {"all":true}'])
  await expect(ask(dataDir, 'fail', {}, () => undefined)).rejects.toThrow('没有这个单位。')
  await expect(ask(dataDir, 'drop', {}, () => undefined)).rejects.toThrow('没有这个命令：drop')
  await closeDatabase()
})

test('how far a command is comes through once per percent, and what it found wrong is no failure of its own', async () => {
  const commands = {
    check: async (_: unknown, __: unknown, progress: (done: number, all: number, what: string) => void) => {
      for (let i = 1; i <= 1000; i++) progress(i, 1000, '核对')
      throw new FoundWrong('有一处对不上。')
    },
  }
  await openDatabase(dataDir, commands)
  const steps: number[] = []
  const asked = ask(
    dataDir,
    'check',
    {},
    () => undefined,
    (done) => steps.push(done),
  )
  const found = await asked.catch((error: Error) => error)
  expect(found).toBeInstanceOf(FoundWrong)
  expect(found).toMatchObject({ message: '有一处对不上。' })
  expect([steps.length, steps.at(-1)]).toEqual([101, 1000])
  await closeDatabase()
})

test('a refusal comes through with what to do next', async () => {
  await openDatabase(dataDir, {
    no: async () => {
      throw new Refusal('busy', '磁盘满了。', '请清理。')
    },
  })
  await expect(ask(dataDir, 'no', {}, () => undefined)).rejects.toThrow('磁盘满了。\n请清理。')
  await closeDatabase()
})

test('who asks while the database is being opened is answered when it is open', async () => {
  const opening = openDatabase(dataDir, {
    count: async () => String((await read.select().from(mark)).length),
  })
  let answer: string | null = null
  while (answer === null) answer = await ask(dataDir, 'count', {}, () => undefined)
  expect(answer).toBe('1')
  await opening
  await closeDatabase()
})

test('nobody but the owner of the folder may speak to the process', async () => {
  await openDatabase(dataDir)
  expect(statSync(join(dataDir, 'socket')).mode & 0o777).toBe(0o600)
  expect(statSync(dataDir).mode & 0o077).toBe(0)
  await closeDatabase()
})

test('where no process runs there is nobody to ask', async () => {
  expect(await ask(dataDir, 'rebuild', {}, () => undefined)).toBeNull()
})

test('another process is asked in the same way, and one that dies meanwhile is reported', async () => {
  const { child } = await holder(0, (said) => said.includes('open'))
  expect(await ask(dataDir, 'hello', 'you', () => undefined)).toBe('hello you')
  await died(child)
  expect(await ask(dataDir, 'hello', 'you', () => undefined)).toBeNull()
})
