// The public part on a host of others: exported from the running site, put into a folder below somebody's address, and
// read, listened to and searched there, while nothing else on the network answers.
import { readdirSync, readFileSync, rmSync, mkdtempSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test, type Page } from '@playwright/test'
import sirv from 'sirv'
import { parse } from 'yaml'
import { exportQueries } from '../export/queries.ts'
import { heldOut, queries, type Query } from '../search/queries.ts'
import { startSite, type Site } from '../support/site.ts'
import { nothing, watch } from './watch.ts'

const below = '/wang/zhan'

let folder: string
let out: string
let site: Site
let isRunning = true
let host: Server
let home: string
let told: string

test.beforeAll(async () => {
  test.setTimeout(240_000)
  folder = mkdtempSync(join(tmpdir(), 'lianxue-exported-'))
  out = join(folder, 'out')
  site = await startSite('demo')
  told = await site.command('export', ['--out', out])
  const files = sirv(out, { dev: true })
  host = createServer((req, res) => {
    const notHere = () => void res.writeHead(404).end()
    if (!req.url?.startsWith(`${below}/`)) return notHere()
    req.url = req.url.slice(below.length)
    files(req, res, notHere)
  })
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  home = `http://127.0.0.1:${(host.address() as AddressInfo).port}${below}/`
})
test.afterAll(async () => {
  host?.close()
  if (isRunning) await site?.stop()
  for (const each of [folder, site?.dataDir]) rmSync(each, { recursive: true, force: true })
})

const namesIn = (dir: string) => readdirSync(dir, { recursive: true }).map(String)
const pages = () => namesIn(out).filter((name) => name.endsWith('.html'))
const textOf = (name: string) => readFileSync(join(out, name), 'utf8')

/** Lets a page ask its own host only; what it asks of others is gathered. */
async function alone(page: Page): Promise<string[]> {
  const elsewhere: string[] = []
  await page.route('**/*', (route) => {
    const url = route.request().url()
    if (url.startsWith(home)) return route.continue()
    elsewhere.push(url)
    return route.abort()
  })
  return elsewhere
}

test('a visitor goes from the first page to a story and a lesson, and back, on any host', async ({
  page,
}) => {
  const seen = watch(page)
  const elsewhere = await alone(page)
  await page.goto(home)
  await expect(page.getByText(/^约\d+分钟。这里只能读，学时要在网站上学才记$/)).toBeVisible()
  await expect(page.getByText('只有网站记着，登录以后在那里看。')).toBeVisible()
  await expect(page.getByText(/记入学时|去我的学习/)).toHaveCount(0)
  await page.getByRole('link', { name: '帮助与意见' }).click()
  await expect(page.getByText('这一页说的是网站。')).toBeVisible()
  await page.getByRole('link', { name: '故事', exact: true }).click()
  await page.getByRole('link', { name: '珍珠回到合浦' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('珍珠回到合浦')
  const picture = page.locator('.prose img').first()
  await picture.scrollIntoViewIfNeeded()
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0)

  await page.getByRole('link', { name: '课程', exact: true }).click()
  await page.getByRole('link', { name: '家风家训' }).click()
  await page.getByRole('link', { name: /^四知/ }).click()
  await expect(page.locator('.think').first()).toContainText('想一想')
  await expect(page.getByText(/检查题要在网站上答/)).toBeVisible()
  await expect(page.getByText(/导出日：\d+年\d+月\d+日。来自：.+撤展以网站为准/)).toBeVisible()
  expect(await page.locator('main :is(form, input, button:not(.aloud *))').count()).toBe(0)

  await page.getByRole('link', { name: '长辈版' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mode', 'elder')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('四知')
  await page.getByRole('link', { name: '字再大些' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-size', 'max')
  await page.getByRole('link', { name: '展厅', exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-size', 'max')
  expect([seen, elsewhere]).toEqual([nothing, []])
})

test('a story is read aloud by a voice of the device', async ({ page }) => {
  const seen = watch(page)
  await page.addInitScript(() => {
    const voice = { lang: 'zh-CN', localService: true }
    const synthesis = { getVoices: () => [voice], speak: () => {}, cancel: () => {} }
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
    Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: class {} })
  })
  for (const start of [home, pathToFileURL(`${out}/`).href]) {
    await page.goto(`${start}stories/hepu/index.html`)
    await page.getByRole('button', { name: '读给我听' }).click()
    await expect(page.locator('.said').first()).toBeVisible()
  }
  expect(seen).toEqual(nothing)
})

test('who tells what they face finds near cases, and every link leads to a page', async ({ page }) => {
  const seen = watch(page)
  const elsewhere = await alone(page)
  await page.goto(`${home}elder/cases/find/index.html`)
  await page.getByRole('textbox').fill('村里修路要占几户的菜地，谈了三回没谈拢，有人说干部偏心')
  await page.getByRole('button', { name: /找/ }).click()
  const links = page.locator('main ol a')
  await expect(links.first()).toBeVisible()
  for (const href of await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href)))
    expect(await fetch(href).then(({ status }) => status), href).toBe(200)
  await links.first().click()
  await expect(page.locator('html')).toHaveAttribute('data-mode', 'elder')
  expect([seen, elsewhere]).toEqual([nothing, []])
})

/** Addresses of the first five results. */
async function firstFive(page: Page, { q }: Query): Promise<string[]> {
  await page.getByRole('searchbox').fill(q)
  await page.locator('#told').evaluate((place) => place.replaceChildren())
  await page.getByRole('button', { name: '搜索' }).click()
  await expect(page.locator('#told > *')).toBeVisible()
  const links = page.locator('#found h2 a')
  const paths = await links.evaluateAll((all) =>
    all.map((link) => new URL((link as HTMLAnchorElement).href).pathname),
  )
  return paths.slice(0, 5).map((path) => path.slice(below.length).replace('/index.html', ''))
}

async function recallOf(page: Page, name: string, asked: Query[]): Promise<number> {
  const missed: string[] = []
  for (const query of asked) {
    const five = await firstFive(page, query)
    if (!query.expects.some((address) => five.includes(address))) missed.push(query.q)
  }
  const recall = (asked.length - missed.length) / asked.length
  console.log(`recall@5, ${name}: ${recall.toFixed(3)} of ${asked.length}`, ...missed)
  return recall
}

test('a search finds what was meant among the first five, without a server', async ({ page }) => {
  const seen = watch(page)
  const elsewhere = await alone(page)
  await page.goto(home)
  await page.getByRole('searchbox').fill('家风')
  await page.getByRole('button', { name: '搜索' }).click()
  await expect(page.locator('#found h2 a').first()).toContainText('家风')
  await expect(page.locator('#found mark').first()).toBeVisible()

  const ofTheSite = [...Object.values(queries).flat(), ...heldOut]
  expect(await recallOf(page, 'our own', exportQueries)).toBeGreaterThanOrEqual(0.95)
  expect(await recallOf(page, 'those of the site', ofTheSite)).toBeGreaterThanOrEqual(0.95)
  await firstFive(page, { q: 'qqqzzz', expects: [] })
  await expect(page.getByText('没有找到“qqqzzz”。')).toBeVisible()
  await firstFive(page, { q: '量子力学', expects: [] })
  await expect(page.getByText('没有找到“量子力学”，下面这些的标题里有其中的字。')).toBeVisible()
  await page.goto(`${home}search/index.html?q=${encodeURIComponent('合浦')}`)
  await page.locator('#found h2 a').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('珍珠回到合浦')
  expect([seen, elsewhere]).toEqual([nothing, []])
})

test('opened from a folder of one’s own, pages can be read, and the search says what it needs', async ({
  page,
}) => {
  const seen = watch(page)
  await page.goto(pathToFileURL(join(out, 'index.html')).href)
  await page.getByRole('searchbox').fill('家风')
  await page.getByRole('button', { name: '搜索' }).click()
  await expect(page.getByText('从文件夹里直接打开时不能搜索')).toBeVisible()
  await page.getByRole('link', { name: '课程', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('课程')
  expect(seen).toEqual(nothing)
})

test('every page is whole, and everything it leads to is there', () => {
  const files = new Set(namesIn(out))
  expect(pages().length).toBeGreaterThan(100)
  for (const name of pages()) {
    const html = textOf(name)
    expect(html.endsWith('</html>'), name).toBe(true)
    expect(html, name).toContain('http-equiv="content-security-policy"')
    expect(html, name).not.toMatch(/method="POST"|\s[\w-]+="\/(?!\/)|modulepreload/)
    for (const [, way = ''] of html.matchAll(
      /\s(?:href|src|action|data-reader|component-url|renderer-url)="(\.[^"#]*)/g,
    ))
      expect(files.has(join(name, '..', way)), `${name} → ${way}`).toBe(true)
  }
})

test('nothing that explains an answer has left the site', () => {
  const content = join(import.meta.dirname, '..', '..', 'content', 'courses')
  const rationales = namesIn(content)
    .filter((name) => name.endsWith('items.yaml'))
    .flatMap((name) => parse(readFileSync(join(content, name), 'utf8')) as { rationale: string }[])
    .map(({ rationale }) => rationale)
  expect(rationales.length).toBeGreaterThan(20)
  const all = namesIn(out)
    .filter((name) => /\.(?:html|json|js)$/.test(name))
    .map(textOf)
    .join('\n')
  expect(all).not.toMatch(
    /"(?:key|accept|rationale|difficulty)"|&quot;(?:key|accept|rationale|difficulty)&quot;/,
  )
  expect(rationales.filter((rationale) => all.includes(rationale))).toEqual([])
})

test('the folder says of every file what it is, and an export without the running site is the same', async () => {
  expect(told).toMatch(/完成：共\d+个文件/)
  const manifest = () => JSON.parse(textOf('manifest.json')) as { files: Record<string, string> }
  const before = manifest().files
  expect(Object.keys(before).toSorted()).toEqual(
    namesIn(out)
      .filter((name) => /\.[\w]+$/.test(name) && name !== 'manifest.json')
      .toSorted(),
  )
  expect(await site.command('export', ['--out', folder])).toMatch(/不是空的，也不是以前导出的/)
  expect(await site.command('export', [])).toMatch(/用法：npm run export -- --out 目录/)
  await site.stop('keep')
  isRunning = false
  expect(await site.command('export', ['--demo', '--out', out])).toMatch(/完成/)
  expect(manifest().files).toEqual(before)
})
