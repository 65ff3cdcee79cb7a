// Somebody tells of what they face, gets three cases with reasons, and nothing of what they wrote leaves the browser.
import { get } from 'node:http'
import { gzipSync } from 'node:zlib'
import { expect, test, type Page, type Request } from '@playwright/test'
import { startSite, type Site } from '../support/site.ts'
import { nothing, watch } from './watch.ts'

test.use({ viewport: { width: 390, height: 844 } })

let site: Site
test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

const told = '我们院子的垃圾桶摆了半年，各家还是混着倒，夏天臭得很，开会白天又叫不齐人'

/** All that the browser asks for from now on. */
function askedBy(page: Page): Request[] {
  const asked: Request[] = []
  page.context().on('request', (request) => asked.push(request))
  return asked
}

/** Everything of a request in which words could hide, decoded as far as it goes. */
async function wordsOf(request: Request): Promise<string> {
  const headers = Object.values(await request.allHeaders())
  const all = [request.url(), request.postData() ?? '', ...headers].join('\n')
  return `${all}\n${all.replace(/(?:%[0-9a-f]{2})+/gi, (code) => Buffer.from(code.replaceAll('%', ''), 'hex').toString())}`
}

/** Any two neighbouring characters of what was told would betray it. */
const pairs = [...told].slice(1).map((letter, i) => `${[...told][i]}${letter}`)

async function tell(page: Page) {
  await page.getByLabel('遇到了什么事').pressSequentially(told)
  await page.getByRole('radio', { name: '社区' }).check()
  await page.getByLabel('固定场地').check()
  await page.getByRole('button', { name: '找三个相近的' }).click()
}

test('a person tells what they face and gets three cases, why, and what differs; the words stay', async ({
  page,
}) => {
  const seen = watch(page)
  const asked = askedBy(page)
  await page.goto(`${site.origin}/cases`)
  await page.getByRole('link', { name: '说说眼前的事，找相近的' }).click()
  await page.waitForLoadState('networkidle')
  const before = asked.length
  await tell(page)

  await expect(page.getByRole('heading', { name: '相近的三个' })).toBeFocused()
  const cases = page.locator('section.found ol > li')
  await expect(cases).toHaveCount(3)
  const first = cases.first()
  await expect(first.getByRole('link', { name: /党群夜话/ })).toBeVisible()
  await expect(first.locator('mark', { hasText: '垃圾桶摆了' })).toBeVisible()
  await expect(first).toContainText('它是在村里做的，放到社区')
  await expect(first).toContainText('它要有固定场地，你说眼下缺。')
  for (const each of await cases.all()) await expect(each.locator('mark').first()).toBeVisible()

  await page.waitForTimeout(1_500)
  expect(asked.slice(before).map((request) => request.url())).toEqual([])
  expect(new URL(page.url()).search).toBe('')

  await first.getByRole('link', { name: /背后的一课/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.goBack()
  await page.goto(`${site.origin}/cases/find`)
  await tell(page)
  await cases.first().getByRole('heading').getByRole('link').click()
  await expect(page.getByRole('heading', { level: 2, name: '局限' })).toBeVisible()
  await expect(page.getByRole('complementary', { name: '展签' })).toContainText('据文章')

  await page.waitForLoadState('networkidle')
  const betrayed: string[] = []
  for (const request of asked) {
    const words = await wordsOf(request)
    if (pairs.some((pair) => words.includes(pair))) betrayed.push(request.url())
  }
  expect(betrayed).toEqual([])
  expect(asked.length).toBeGreaterThan(10)
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  expect(kept).toBe('[{},{}]')
  expect(seen).toEqual(nothing)
})

test('who writes nothing is told what to write, and what fits nothing leads to all cases', async ({
  page,
}) => {
  await page.goto(`${site.origin}/cases/find`)
  const box = page.getByLabel('遇到了什么事')
  await page.getByRole('button', { name: '找三个相近的' }).click()
  await expect(page.getByRole('alert')).toContainText('还没有写')
  await expect(box).toBeFocused()
  await box.fill('qwertz uiop')
  await page.getByRole('button', { name: '找三个相近的' }).click()
  await expect(page.getByRole('heading', { name: '没有找到相近的案例' })).toBeFocused()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await page.getByRole('link', { name: '看全部案例' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '案例' })).toBeVisible()
})

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })

  test('the finder says what it needs and leads to all cases, which can be read', async ({ page }) => {
    await page.goto(`${site.origin}/cases/find`)
    // A search for text passes over <noscript> itself.
    await expect(page.locator('noscript p').first()).toContainText('找案例要用到脚本')
    await expect(page.getByLabel('遇到了什么事')).toBeHidden()
    await page.locator('noscript a').first().click()
    await page.getByRole('heading', { level: 3 }).getByRole('link').first().click()
    for (const title of ['遇到的问题', '当时的条件', '做法', '需要什么', '局限'])
      await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible()
  })
})

test('the finder says how much script it costs', async ({ page }) => {
  const scripts = new Set<string>()
  page.on('response', (response) => {
    if (/\.m?js$/.test(new URL(response.url()).pathname)) scripts.add(response.url())
  })
  await page.goto(`${site.origin}/cases/find`)
  await expect(page.getByRole('button', { name: '找三个相近的' })).toBeEnabled()
  const inline = (await page.locator('script:not([src])').allTextContents()).map(
    (text) => gzipSync(text).length,
  )
  const files = await Promise.all([...scripts].map(weightOf))
  const total = [...inline, ...files].reduce((sum, bytes) => sum + bytes, 0)
  console.log(`/cases/find: ${(total / 1024).toFixed(1)} KB of script, gzip, in ${scripts.size} files`)
  expect(total).toBeLessThanOrEqual(mostScript)
})

/** Svelte, lunr, and the table of traditional characters. */
const mostScript = 56 * 1024

/** Bytes on the wire of a file, gzip. */
function weightOf(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => (bytes += chunk.length))
      response.on('end', () => resolve(bytes))
    }).on('error', reject)
  })
}
