// The process itself, as `npm start` runs it: the real build, a real port, a real end.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase, openDatabase } from '#db/database.server.ts'
import { ask } from '#db/lock.server.ts'
import { buildIfNeeded } from '#process/build.server.ts'
import { requireOwnDatabase } from '#process/demo-mark.server.ts'
import { sendRaw, statusOf } from './support/http.ts'
import { otherSpellings, protectedPath } from './support/spellings.ts'

const start = join(import.meta.dirname, '../src/commands/start.ts')
const port = 20_000 + (process.pid % 20_000)
const origin = `http://localhost:${port}`
let dataDir = ''
let server: ChildProcess

const good = () => ({
  ORIGIN: origin,
  PORT: String(port),
  SECRET: 'q8Zr4kPvT1xYw7LsNb3Hc6Jd9Fg2Ma5E',
  DATA_DIR: dataDir,
})

/** Runs `npm start` and resolves when it listens or has ended. */
function run(
  env: Record<string, string>,
): Promise<{ child: ChildProcess; code: number | null; said: string }> {
  const child = spawn(process.execPath, [start], { env: { PATH: process.env['PATH'], ...env } })
  return new Promise((resolve) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('已启动')) resolve({ child, code: null, said })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('close', (code) => resolve({ child, code, said }))
  })
}

beforeAll(async () => {
  await buildIfNeeded(() => undefined)
  dataDir = mkdtempSync(join(tmpdir(), 'lianxue-server-'))
  const started = await run(good())
  if (started.code !== null) throw new Error(started.said)
  server = started.child
}, 300_000)
afterAll(() => {
  server?.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

const get = (path: string) =>
  sendRaw(
    port,
    `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
  )

test.each([
  ['too long for a page', 'a'.repeat(9_000), 414],
  ['too long for a request', encodeURIComponent('廉'.repeat(10_000)), 431],
])('a query %s is answered in words that say what to do', async (_, query, status) => {
  const reply = await get(`/search?q=${query}`)
  expect(statusOf(reply)).toBe(status)
  expect(reply).toContain('网址或要找的话太长，没有读。')
  expect(reply).toContain('搜索时写两百个字以内就够')
  expect(reply).toContain('</html>')
})

test('a connection on which nothing was asked ends without a word, a torn request with one', async () => {
  const [nothing, torn] = await Promise.all(
    ['', 'GET / HTTP/1.1\r\nHost: lo'].map((bytes) => sendRaw(port, bytes, 40_000)),
  )
  expect(nothing).toBe('')
  expect(statusOf(torn ?? '')).toBe(400)
}, 60_000)

test('it does not start without settings, and says what is missing', async () => {
  const { code, said } = await run({ DATA_DIR: dataDir })
  expect(code).toBe(1)
  expect(said).toMatch(/^设置有误，没有启动：\n {2}· ORIGIN：没有设置。.*\n {2}· SECRET：没有设置。.*\n$/)
})

test('it does not start a second time on the same data', async () => {
  const { code, said } = await run({ ...good(), PORT: String(port + 1) })
  expect([code, said]).toEqual([
    1,
    `数据目录 ${dataDir} 正由另一个进程使用。请先停止它，或让命令交给它执行。\n`,
  ])
})

test('it does not start on the data of a demo, and a demo not on real data', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lianxue-demo-'))
  await openDatabase(folder)
  await requireOwnDatabase(true, folder)
  await requireOwnDatabase(true, folder)
  await closeDatabase()
  const { code, said } = await run({ ...good(), DATA_DIR: folder, PORT: String(port + 1) })
  expect(code).toBe(1)
  expect(said).toContain(`${folder} 里是演示用的数据库，正式运行不能用它。`)
  rmSync(folder, { recursive: true })
})

test('it does not start on a port that is taken, and says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lianxue-port-'))
  const { code, said } = await run({ ...good(), DATA_DIR: folder })
  expect(code).toBe(1)
  expect(said).toContain(`端口 ${port} 已被别的程序占用。`)
  rmSync(folder, { recursive: true })
})

test('a page for everybody opens, whole, with all headers', async () => {
  const reply = await get('/help')
  expect(statusOf(reply)).toBe(200)
  expect(reply).toContain('</html>')
  expect(reply).toContain("default-src 'none'")
  expect(reply).toMatch(/script-src 'self' 'sha256-/)
  expect(reply).not.toMatch(/unsafe-inline|unsafe-eval|cdn-cache-control|cache-tag/i)
})

test('a protected page sends a stranger to sign in', async () => {
  const reply = await get(protectedPath)
  expect(statusOf(reply)).toBe(303)
  expect(reply).toMatch(/location: \/sign-in/i)
})

test.each(otherSpellings)('a protected page spelled with %s is not there: %s', async (_, path) => {
  const reply = await get(path)
  expect([400, 404]).toContain(statusOf(reply))
  expect(reply).not.toMatch(/location:/i)
})

test('its health can be asked and tells no secret', async () => {
  const response = await fetch(`${origin}/healthz`)
  expect(response.status).toBe(200)
  const health = await response.json()
  expect(health).toMatchObject({ status: 'ok', database: true, queued: 0, policyReports: 0 })
  expect(response.headers.get('cache-control')).toBe('no-store')
})

test('a report of a broken policy is counted', async () => {
  const report = {
    'csp-report': {
      'document-uri': `${origin}/help?x=1`,
      'violated-directive': 'img-src',
      'blocked-uri': 'https://x',
    },
  }
  const body = JSON.stringify(report)
  expect((await fetch(`${origin}/csp-report`, { method: 'POST', body })).status).toBe(204)
  expect(await (await fetch(`${origin}/healthz`)).json()).toMatchObject({ policyReports: 1 })
})

test('a beat without a session is refused in Chinese, before Astro', async () => {
  const response = await fetch(`${origin}/study/beat`, { method: 'POST', body: '{}', headers: { origin } })
  expect([response.status, await response.json()]).toMatchObject([401, { refused: 'signed-out' }])
})

test('commands reach it through its socket', async () => {
  await expect(ask(dataDir, 'no-such-command', {}, () => undefined)).rejects.toThrow('没有这个命令')
})

test('asked to stop, it answers what is under way, closes the database and ends well', async () => {
  const ended = new Promise((resolve) => server.once('close', resolve))
  const last = fetch(`${origin}/courses`)
  await new Promise((resolve) => setTimeout(resolve, 20))
  server.kill('SIGTERM')
  expect((await last).status).toBe(200)
  expect(await ended).toBe(0)
  await openDatabase(dataDir)
  await closeDatabase()
})
