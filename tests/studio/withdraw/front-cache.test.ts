// The real process: a page that was being made while its lesson was withdrawn is never shown to anybody after it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { lessonBySlug } from '#course/library.server.ts'
import { demoSettings } from '#env.ts'
import { findPage } from '#process/front-cache.server.ts'
import frontProvider from '#process/front-provider.ts'
import type { AstroHandler } from '#process/render.server.ts'
import { orRefusal, Refusal } from '#refusal.ts'
import { startServer, type Running } from '#server.ts'
import { restore, withdraw } from '#studio/withdraw/withdraw.server.ts'
import { publisher } from './publishers.ts'

vi.setConfig({ hookTimeout: 120_000, testTimeout: 60_000 })

const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-withdrawn-'))
const path = '/courses/jiafeng-jiaxun/sizhi'
let running: Running
/** What a page waits for after it has read the lesson. */
let before: Promise<void> | undefined
let rendered = 0

/** The page of a lesson, as its address in src/pages does: read, draw, say for whom. */
const astro: AstroHandler = async (req, res, next) => {
  const [, , course = '', slug = ''] = (req.url ?? '').split('/')
  const found = await lessonBySlug(course, slug).catch(orRefusal)
  if (found === null) return next()
  rendered++
  await before
  const type = { 'content-type': 'text/html' }
  if (found instanceof Refusal) return void res.writeHead(410, type).end(`<head></head>${found.message}`)
  const cached = frontProvider().setHeaders?.({ tags: ['library', found.id] }, new Request('http://x'))
  res.writeHead(200, { ...type, ...Object.fromEntries(cached ?? []) }).end(`<head></head>${found.meta.title}`)
}

beforeAll(async () => {
  const settings = { ...demoSettings({}), dataDir, port: 0, origin: 'http://localhost:0' }
  running = await startServer({ ...settings, logLevel: 'silent' }, { astro })
})
afterAll(async () => {
  await running.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const get = () => fetch(running.origin + path)
const kept = () => findPage(`${path} standard.normal.auto`)

test('a page begun before a withdrawal and finished after it is not kept, and nobody else is shown it', async () => {
  await get()
  await get()
  const soFar = rendered
  expect((await get()).status).toBe(200)
  expect([rendered, kept() !== null]).toEqual([soFar, true])
  await withdraw(publisher, 'lsn-sizhi', '引文归属有疑，正在复核')
  await restore(publisher, 'lsn-sizhi', '引文归属已经查清')
  expect(kept()).toBeNull()

  let go = () => undefined as void
  before = new Promise<void>((resolve) => (go = resolve))
  const early = get()
  await vi.waitFor(() => expect(rendered).toBe(soFar + 1))
  before = undefined
  await withdraw(publisher, 'lsn-sizhi', '引文归属有疑，正在复核')
  // Who asks after it does not wait for what was begun before.
  const after = await get()
  expect([after.status, await after.text()]).toEqual([
    410,
    expect.stringContaining('这一课已撤展：引文归属有疑，正在复核。') as string,
  ])
  go()
  expect((await early).status).toBe(200)
  expect(kept()).toBeNull()
  expect((await get()).status).toBe(410)

  await restore(publisher, 'lsn-sizhi', '引文归属已经查清')
  expect((await get()).status).toBe(200)
})
