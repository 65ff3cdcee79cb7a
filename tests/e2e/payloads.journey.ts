// What looks bad and was let through as text, in a real browser: a reader sees the words, and nothing runs, asks another
// address or breaks the content policy.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { goodItem, head } from '../course/sample.ts'
import { listenHere, type Listening } from '../support/http.ts'
import { plainParts } from '../support/payloads.ts'
import { startSite, type Site } from '../support/site.ts'
import { nothing, watch } from './watch.ts'

const example = join(import.meta.dirname, '../../content/courses/01-jiafeng-jiaxun')
// Pictures need a file beside the lesson.
const parts = plainParts.filter(([, part]) => !part.startsWith('!['))

let site: Site
let folder: string
let canary: Listening
const touched: string[] = []

test.beforeAll(async () => {
  test.setTimeout(240_000)
  canary = await listenHere((request, reply) => (touched.push(request.url ?? ''), reply.end()))
  folder = mkdtempSync(join(tmpdir(), 'lianxue-payloads-'))
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(async () => {
  await site.stop()
  await canary.close()
  rmSync(folder, { recursive: true, force: true })
})

const armed = (text: string) => text.replaceAll('CANARY_ORIGIN', canary.origin)

/** A course of one lesson that holds every part, as files. */
function writeCourse() {
  const course = join(folder, 'courses/09-kanzhehuai')
  const lesson = join(course, '01-wenzi')
  mkdirSync(lesson, { recursive: true })
  cpSync(join(example, 'cover.svg'), join(course, 'cover.svg'))
  const said = readFileSync(join(example, 'course.yaml'), 'utf8')
  writeFileSync(join(course, 'course.yaml'), said.replace('id: crs-jiafeng', 'id: crs-kanzhehuai'))
  const fields = Object.entries({ ...head, id: 'lsn-kanzhehuai' }).map(([name, value]) => `${name}: ${value}`)
  const sections = parts.map(([name, part]) => `### ${name.replaceAll('_', '\\_')}\n\n${armed(part)}`)
  const body = ['## 那天夜里', goodItem.passage, ...sections, '<Quiz item="itm-kanzhehuai-1" />']
  writeFileSync(join(lesson, 'index.mdx'), ['---', ...fields, '---', '', body.join('\n\n'), ''].join('\n'))
  writeFileSync(join(lesson, 'items.yaml'), JSON.stringify([{ ...goodItem, id: 'itm-kanzhehuai-1' }]))
}

test('text that looks like a program is read, and does nothing', async ({ page }) => {
  writeCourse()
  const told = await site.command('content-import', ['--from', folder])
  expect(told).not.toContain('第')
  const seen = watch(page)
  const elsewhere: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(site.origin)) elsewhere.push(request.url())
  })
  await page.goto(`${site.origin}/courses/kanzhehuai/wenzi`)
  await page.waitForLoadState('networkidle')
  const text = (await page.locator('main').textContent()) ?? ''
  expect(parts.filter(([, , shows]) => !text.includes(armed(shows))).map(([name]) => name)).toEqual([])

  // Whatever waits for a pointer or a key gets one.
  for (const link of await page.locator('main a[href="/help"]').all()) await link.hover()
  expect(await page.evaluate(() => 'effect' in globalThis)).toBe(false)
  expect(await page.locator('main :is([onclick], [onerror], [onload], iframe, object)').count()).toBe(0)
  expect(elsewhere).toEqual([])
  expect(touched).toEqual([])
  expect(seen).toEqual(nothing)
})
