// Every page of the permission table in the looks and on the screens that people use, seen by who it is for: nothing
// that shuts somebody out (axe), nothing wider than the screen, nothing that breaks the content policy.
import { get } from 'node:http'
import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { declared } from '#people/permission.ts'
import { startSite, type Site } from '../support/site.ts'
import { signIn } from './study.ts'
import { notPages, visitsOf, type Visit, type Visitor } from './visits.ts'
import { watch } from './watch.ts'

const phone = { width: 390, height: 844 }
const screen = { width: 1366, height: 768 }
type Look = { name: string; viewport: typeof phone; looks: string }
const looks: Look[] = [
  { name: 'a phone, elder, dark', viewport: phone, looks: 'elder.normal.dark' },
  { name: 'a screen, light', viewport: screen, looks: 'standard.normal.light' },
]
/** For the pages that are used most. */
const otherLooks: Look[] = [
  { name: 'a phone, light', viewport: phone, looks: 'standard.normal.light' },
  { name: 'a phone, dark', viewport: phone, looks: 'standard.normal.dark' },
  { name: 'a phone, elder, largest', viewport: phone, looks: 'elder.max.light' },
  { name: 'a screen, dark', viewport: screen, looks: 'standard.normal.dark' },
  { name: 'a screen, elder', viewport: screen, looks: 'elder.normal.light' },
]

test.describe.configure({ mode: 'parallel' })

let site: Site
let visits: Record<string, Visit[]>
const states = new Map<Visitor, Awaited<ReturnType<BrowserContext['storageState']>>>()

test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000)
  site = await startSite('demo')
  for (const who of [
    'learner',
    'officer',
    'trainer',
    'reviewer',
    'publisher',
    'admin',
    'security',
    'audit',
  ] as const)
    await enter(browser, who)
  visits = visitsOf(await learnerOf(browser))
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

async function enter(browser: Browser, who: Visitor) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await signIn(page, site, who, 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  states.set(who, await context.storageState())
  await context.close()
}

/** Id of a person whom the officer sees and who has a full page: the second that the demo prints is the fullest. */
async function learnerOf(browser: Browser): Promise<string> {
  const context = await browser.newContext({ storageState: states.get('officer') })
  const page = await context.newPage()
  await page.goto(`${site.origin}/people`)
  const address = await page.locator('main a[href^="/people/"]').first().getAttribute('href')
  await context.close()
  return address?.split('/').at(-1) ?? ''
}

async function open(browser: Browser, as: Visitor, look: Look): Promise<Page> {
  const context = await browser.newContext({ viewport: look.viewport, storageState: states.get(as) })
  await context.addCookies([{ name: 'looks', value: look.looks, url: site.origin }])
  return context.newPage()
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** All that is wrong with a page as it stands, in words; none is well. */
async function faultsOf(page: Page): Promise<string[]> {
  const axe = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(standards)
    .setLegacyMode(true)
    .analyze()
  const shutOut = axe.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`,
  )
  const { wide, headings } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    headings: document.querySelectorAll('h1').length,
  }))
  return [
    ...shutOut,
    ...(wide > 0 ? [`${wide} px wider than the screen`] : []),
    ...(headings === 1 ? [] : [`${headings} headings of level 1`]),
    ...((await page.content()).trimEnd().endsWith('</html>') ? [] : ['does not end with </html>']),
  ]
}

async function look(page: Page, { address, then, status = 200 }: Visit): Promise<string[]> {
  const seen = watch(page)
  const response = await page.goto(`${site.origin}${address}`)
  const whole = (await response?.text())?.trimEnd().endsWith('</html>')
  const answered = response?.status()
  await then?.(page)
  const faults = await faultsOf(page)
  page.removeAllListeners()
  const happened = Object.values(seen).flat()
  return [
    ...faults,
    ...happened,
    ...(whole ? [] : ['was sent only in part']),
    ...(answered === status ? [] : [`was answered with ${answered}`]),
  ]
}

test('every address of the permission table is looked at here or known not to be a page', () => {
  const addresses = declared.addresses.filter((one) => one.startsWith('GET ')).map((one) => one.slice(4))
  expect([...Object.keys(visits), ...notPages].sort()).toEqual(addresses.sort())
})

for (const how of [...looks, ...otherLooks]) {
  test(`on ${how.name}: everybody can read it, nothing sticks out, nothing forbidden is tried`, async ({
    browser,
  }) => {
    test.setTimeout(600_000)
    const faults: Record<string, string[]> = {}
    const pages = new Map<Visitor, Page>()
    for (const visit of Object.values(visits).flat()) {
      if (otherLooks.includes(how) && !visit.often) continue
      const page = pages.get(visit.as) ?? (await open(browser, visit.as, how))
      pages.set(visit.as, page)
      const found = await look(page, visit)
      if (found.length > 0) faults[`${visit.as} ${visit.address}`] = found
    }
    expect(faults).toEqual({})
    expect(site.printed()).not.toContain('the content policy was broken')
  })
}

test('who is led astray sees a page that leads back', async ({ browser }) => {
  for (const how of looks) {
    const page = await open(browser, 'nobody', how)
    const response = await page.goto(`${site.origin}/no/such/page`)
    expect(response?.status()).toBe(404)
    expect(await faultsOf(page)).toEqual([])
    await page
      .getByRole('link', { name: /展厅|首页|课程/ })
      .first()
      .click()
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
})

const mostScript = 40 * 1024

test('a lesson with all its questions in view costs at most 40 KB of script', async ({ browser }) => {
  const how = looks[0] as Look
  for (const address of ['/courses/jiafeng-jiaxun/sizhi', '/courses/jiafeng-jiaxun/tuijin-fengzha']) {
    const page = await open(browser, 'learner', how)
    const scripts = new Set<string>()
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script' || /\.m?js$/.test(response.url()))
        scripts.add(response.url())
    })
    await page.goto(`${site.origin}${address}`)
    const questions = page.locator('astro-island:has(form.ask)')
    for (const question of await questions.all()) {
      await question.locator('form').scrollIntoViewIfNeeded()
      await expect(question).not.toHaveAttribute('ssr')
    }
    const inline = await page.locator('script:not([src])').allTextContents()
    const weights = await Promise.all([...scripts].map(weightOf))
    const total = [...weights, ...inline.map((text) => gzipSync(text).length)].reduce(
      (sum, bytes) => sum + bytes,
      0,
    )
    console.log(`${address}: ${(total / 1024).toFixed(1)} KB of script, gzip, in ${scripts.size} files`)
    expect(scripts.size).toBeGreaterThan(3)
    expect(total).toBeLessThanOrEqual(mostScript)
  }
})

/** Bytes on the wire of a file, gzip. */
function weightOf(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => (bytes += chunk.length))
      response.on('end', () =>
        response.headers['content-encoding'] === 'gzip'
          ? resolve(bytes)
          : reject(new Error(`${address} is not compressed.`)),
      )
    }).on('error', reject)
  })
}
