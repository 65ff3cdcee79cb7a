// A pack in a real browser: installed in parts though the worker is stopped, shown without a line, renewed by what changed.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { contentDir } from '#process/library-at-start.server.ts'
import {
  bringModules,
  installPack,
  letScreenIn,
  packBeside,
  type KioskPack,
  type LetIn,
} from '../support/kiosk-pack.ts'
import { startSite, type Site } from '../support/site.ts'
import { nothing, watch } from './watch.ts'

declare const kioskPack: KioskPack

const secret = 'a-secret-for-one-hall-0123456789-abcdefghij'
const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-hall-'))
const content = mkdtempSync(join(tmpdir(), 'lianxue-content-'))
let site: Site
let screen: LetIn

test.beforeAll(async () => {
  test.setTimeout(240_000)
  screen = await letScreenIn(dataDir, secret)
  site = await startSite('start', { DATA_DIR: dataDir, SECRET: secret })
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(async () => {
  await site.stop()
  for (const folder of [dataDir, content]) rmSync(folder, { recursive: true, force: true })
})

const textOf = (page: Page, path: string) =>
  page.evaluate(async (address) => {
    const reply = await fetch(address)
    return `${reply.status} ${await reply.text()}`
  }, `/kiosk/pack/${path}`)

async function stopWorker(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await session.detach()
}

test('a hall gets its pack, lives from it without a line, and a changed lesson comes as little more than itself', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const seen = watch(page)
  const first = await packBeside(site.origin, screen.token)
  await page.goto(`${site.origin}/kiosk`)
  await bringModules(page)
  expect(await page.evaluate(() => kioskPack.packState())).toBeNull()

  // The browser stops the worker in the middle; what is there stays.
  const begun = await installPack(page, first.version, screen, 2)
  expect(begun.end).toContain('enough')
  await stopWorker(page)
  const ended = await installPack(page, first.version, screen)
  expect(ended.end).toBe('installed')
  expect(ended.progress[0]?.done).toBeGreaterThan(begun.progress[1]?.done ?? Infinity)
  expect(await page.evaluate(() => kioskPack.packState())).toMatchObject({
    ...{ version: first.version, bytes: first.bytes, ended: false },
  })

  await page.context().setOffline(true)
  await stopWorker(page)
  await page.reload()
  await expect(page).toHaveTitle(/廉学/)
  await bringModules(page)
  expect(await textOf(page, 'text/lsn-sizhi.html')).toMatch(/^200 <div class="prose".*天黑了，门关着/s)
  expect((await textOf(page, 'contents.json')).includes('"lsn-sizhi"')).toBe(true)
  expect((await page.evaluate(() => kioskPack.searchPack('悬鱼'))).ids[0]).toBe('lsn-xuanyu')
  expect((await installPack(page, 'county.other', screen)).end).toBe('failed')
  await page.context().setOffline(false)

  cpSync(contentDir, content, { recursive: true })
  const file = join(content, 'courses/01-jiafeng-jiaxun/01-sizhi/index.mdx')
  writeFileSync(file, readFileSync(file, 'utf8').replace('天黑了，门关着', '天刚黑，门关着'))
  await site.command('content-import', ['--from', content])
  const second = await packBeside(site.origin, screen.token, first.version)
  expect(await textOf(page, 'text/lsn-sizhi.html')).toContain('天黑了')
  const renewed = await installPack(page, second.version, screen)
  expect(renewed.end).toBe('installed')
  const kept = new Set(first.entries.map(({ hash }) => hash))
  const fetched = second.entries
    .filter(({ hash }) => !kept.has(hash))
    .reduce((sum, { bytes }) => sum + bytes, 0)
  expect(fetched).toBeLessThan(0.05 * second.bytes)
  expect(await textOf(page, 'text/lsn-sizhi.html')).toContain('天刚黑')

  await page.evaluate(() => kioskPack.packHeard(['lsn-sizhi'], new Date().toISOString()))
  expect(await textOf(page, 'text/lsn-sizhi.html')).toBe('410 ')
  // Said as a word: the contents are too long to be printed.
  expect((await textOf(page, 'contents.json')).includes('"lsn-sizhi"')).toBe(false)
  // A clock that says the pack has ended: nothing of it is shown, the program that says so is.
  await page.evaluate(() => kioskPack.packHeard([], new Date(Date.now() + 50 * 86_400_000).toISOString()))
  expect(await textOf(page, 'contents.json')).toBe('410 ')
  await page.reload()
  await expect(page).toHaveTitle(/廉学/)
  await bringModules(page)
  await page.evaluate(() => kioskPack.forgetPacks())
  expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(0)
  expect(seen.reports).toEqual(nothing.reports)
})
