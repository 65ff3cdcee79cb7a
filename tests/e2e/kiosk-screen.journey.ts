// The screen of a hall as its visitors find it: let in, every view in the three shapes of a screen, pages that are turned,
// a game against the clock, a search by sounds, and what is touched brought within reach.
import { expect, test, type Page } from '@playwright/test'
import { approveAsAdministrator, letIn, letInBy } from '../support/enrol-screen.ts'
import { screenBrowser } from '../support/screen-browser.ts'
import { goHome, screenViews, shapes, viewsWithoutLine } from '../support/screen-views.ts'
import { startSite, type Site } from '../support/site.ts'
import { said, withVoice } from './voice.ts'
import { nothing, watch } from './watch.ts'

let site: Site
test.beforeAll(async () => {
  test.setTimeout(300_000)
  site = await startSite('demo')
})
test.afterAll(() => site.stop())

const leastTarget = 72
const leastLetters = 24

/** What of the view in sight is too small to be touched or read, as a person would name it. */
const tooSmall = (page: Page) =>
  page.evaluate(
    ([target, letters]) => {
      const inSight = (element: Element) => {
        const { top, bottom, width, height } = element.getBoundingClientRect()
        return width > 1 && height > 1 && bottom > 0 && top < innerHeight && !element.closest('.unseen')
      }
      const named = (element: Element) => `${element.tagName} ${element.textContent?.trim().slice(0, 20)}`
      const touched = [
        ...document.querySelectorAll(
          '.kiosk :is(button, label.choice, select, textarea, input:not(.choice input))',
        ),
      ]
        .filter(inSight)
        .filter((element) => {
          const { width, height } = element.getBoundingClientRect()
          return Math.min(width, height) < target - 0.5
        })
      const read = [...document.querySelectorAll('.kiosk *')].filter(
        (element) =>
          inSight(element) &&
          [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()) &&
          parseFloat(getComputedStyle(element).fontSize) < letters - 0.1,
      )
      const beyond = document.documentElement.scrollWidth > innerWidth ? ['wider than the screen'] : []
      return [
        ...touched.map((one) => `target: ${named(one)}`),
        ...read.map((one) => `text: ${named(one)}`),
        ...beyond,
      ]
    },
    [leastTarget, leastLetters] as const,
  )

test('a screen is let in by its code, and everything on it can be touched and read by people of seventy', async ({
  browser,
}) => {
  test.setTimeout(900_000)
  // With a microphone, as a screen has one.
  const screen = screenBrowser(site.origin, Number(new URL(site.origin).port))
  const context = await screen.start()
  const page = context.pages()[0] as Page
  page.setDefaultTimeout(30_000)
  await page.clock.install()
  const seen = watch(page)
  await letIn(browser, site.origin, page, '云岭村')
  const measure = async (views: typeof screenViews, shape: string) => {
    for (const [view, open] of Object.entries(views)) {
      await open(page)
      await page.waitForTimeout(100)
      expect.soft(await tooSmall(page), `${view}, ${shape}`).toEqual([])
    }
  }
  for (const shape of ['portrait', 'low'] as const) {
    await page.setViewportSize(shapes[shape])
    await measure(screenViews, shape)
  }
  expect(seen).toEqual(nothing)
  await page.setViewportSize(shapes.wide)
  await context.setOffline(true)
  await measure(viewsWithoutLine, 'wide')
  await context.setOffline(false)

  await page.setViewportSize(shapes.portrait)
  await goHome(page)
  await page.getByRole('button', { name: '字再大些' }).click()
  await page.getByRole('button', { name: '字还要大' }).click()
  await screenViews.lesson?.(page)
  expect.soft(await tooSmall(page), 'a lesson in the largest letters').toEqual([])

  // Turned to the end and back; the pages before the last leave nothing behind on this machine.
  const next = page.getByRole('button', { name: '下一页', exact: true })
  // Pages are counted once the text is there.
  await expect(page.getByText(/^第1页/)).not.toHaveText(/共1页/)
  const first = await page.getByText(/^第1页/).textContent()
  while (await next.isEnabled()) await next.click()
  await expect(page.getByText('手机上接着看')).toBeVisible()
  const back = page.getByRole('button', { name: '上一页', exact: true })
  while (await back.isEnabled()) await back.click()
  await expect(page.getByText(/^第1页/)).toHaveText(first ?? '')

  expect(await page.evaluate(() => [history.length, localStorage.length, sessionStorage.length])).toEqual([
    2, 0, 0,
  ])
  await page.getByRole('button', { name: '结束', exact: true }).click()
  await page.getByRole('button', { name: '结束', exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-letters', '1')
  await screen.remove()
})

test('a story is read aloud sentence by sentence, the spoken one marked, and so is a view without a text', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const context = await browser.newContext({ viewport: shapes.portrait })
  const page = await context.newPage()
  await withVoice(page, 'zh-CN')
  await letIn(browser, site.origin, page, '云岭村')
  await screenViews.story?.(page)
  const first = (await page.locator('.prose p').first().textContent())?.trim() ?? ''
  await page.getByRole('button', { name: '读给我听', exact: true }).click()
  await expect(page.locator('.said').first()).toBeVisible()
  await expect.poll(async () => (await said(page)).length).toBeGreaterThan(2)
  expect(first.startsWith((await said(page))[0]?.trim() ?? '?')).toBe(true)
  await page.getByRole('button', { name: '停一停', exact: true }).click()

  await goHome(page)
  await page.getByRole('button', { name: '读给我听', exact: true }).click()
  await expect.poll(async () => (await said(page)).join()).toContain('今天想看什么？')
  await context.close()
})

test('what is touched comes within reach, a game ends after its minute, and 四知 is found by its sounds', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const context = await browser.newContext({ viewport: shapes.portrait })
  const page = await context.newPage()
  await page.clock.install()
  // With everything that the county has, and so with 四知.
  await letInBy(site.origin, page, (code) =>
    approveAsAdministrator(browser, site.origin, code, '云岭村', { label: '平日' }),
  )
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const middle = shapes.portrait.height / 2

  await goHome(page)
  const doors = page.getByRole('navigation', { name: '四扇门' }).getByRole('button')
  expect((await doors.first().boundingBox())?.y).toBeLessThan(middle)
  await button('移到低处').click()
  for (const view of ['home', 'stories', 'lessons', 'rate']) {
    await screenViews[view]?.(page)
    await expect(page.locator('.kiosk .stage button').first()).toBeVisible()
    expect(await highest(page), `${view}, 移到低处`).toBeGreaterThanOrEqual(middle)
  }
  await button('移回高处').click()

  await screenViews.game?.(page)
  await button('一分钟').click()
  await page.getByRole('button', { name: /^一个人答/ }).click()
  await expect(page.getByText(/^第1题/)).toBeVisible()
  await page.clock.fastForward(50_000)
  await expect(page.getByRole('timer')).toHaveText(/^还有(10|9|8|7)秒/)
  await page.clock.fastForward(11_000)
  await expect(page.getByRole('heading', { name: '这次没有答' })).toBeVisible()

  await screenViews.found?.(page)
  await expect(page.locator('.tile', { hasText: '四知' }).first()).toBeVisible()
  await context.close()
})

/** How high up on the screen something is to be touched; not what is above every view. */
const highest = (page: Page) =>
  page
    .locator('.kiosk :is(.stage, footer) button')
    .evaluateAll((all) => Math.min(...all.map((one) => one.getBoundingClientRect().top)))

test('a machine that is full says so and no longer that hours are counted, until there is room again', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const context = await browser.newContext({ viewport: shapes.portrait })
  const page = await context.newPage()
  await page.clock.install()
  await letIn(browser, site.origin, page, '云岭村')
  await screenViews['lesson-signed-in']?.(page)
  const counted = page.locator('.counted')
  await expect(counted).toContainText('学时正在记')
  const storage = await context.newCDPSession(page)
  /** The browser looks at its quota anew only every few seconds. */
  const studyUntil = (words: string) =>
    expect(async () => {
      await page.locator('.prose').click({ position: { x: 5, y: 5 } })
      await page.clock.runFor(61_000)
      await expect(counted).toContainText(words, { timeout: 3_000 })
    }).toPass({ timeout: 90_000 })
  const full = page.getByText('这台机器存满了，从现在起做的都记不下来。')
  await storage.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: 1 })
  await studyUntil('现在学的记不下来')
  await expect(full).toBeVisible()
  await storage.send('Storage.overrideQuotaForOrigin', { origin: site.origin })
  await studyUntil('学时正在记')
  await expect(full).toHaveCount(0)
  await context.close()
})

test('the machine is kept awake from the first code on, and again when the system took that back', async ({
  browser,
}) => {
  const page = await browser.newPage()
  await page.clock.install()
  // A browser without a window has no wake lock of its own.
  await page.addInitScript(() => {
    const locks: { released: boolean }[] = []
    const request = (type: string) => {
      const lock = { type, released: false }
      locks.push(lock)
      return Promise.resolve(lock)
    }
    Object.defineProperty(navigator, 'wakeLock', { value: { request } })
    Object.assign(globalThis, { locks })
  })
  const locks = () => page.evaluate(() => (globalThis as unknown as { locks: { released: boolean }[] }).locks)
  await page.goto(`${site.origin}/kiosk`)
  await expect(page.getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)).toBeVisible()
  expect(await locks()).toEqual([{ type: 'screen', released: false }])
  await page.clock.fastForward(60_000)
  expect(await locks()).toHaveLength(1)
  await page.evaluate(() =>
    Object.assign((globalThis as unknown as { locks: object[] }).locks[0] ?? {}, { released: true }),
  )
  await page.clock.fastForward(60_000)
  await expect.poll(locks).toHaveLength(2)
  await page.close()
})

test('pages are turned without a line on a machine that is six times slower', async ({ browser }) => {
  test.setTimeout(300_000)
  const context = await browser.newContext({ viewport: shapes.portrait })
  const page = await context.newPage()
  await letIn(browser, site.origin, page, '竹溪村')
  await context.setOffline(true)
  await screenViews.lesson?.(page)
  await page.getByRole('button', { name: '加上拼音' }).click()
  const slow = await context.newCDPSession(page)
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  const turns = await page.evaluate(async () => {
    const next = [...document.querySelectorAll('button')].find((one) => one.textContent === '下一页')
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    const spans: number[] = []
    for (let i = 0; i < 5 && next && !next.disabled; i++) {
      const from = performance.now()
      next.click()
      await frame()
      spans.push(Math.round(performance.now() - from))
    }
    return spans
  })
  expect(turns.length).toBeGreaterThan(2)
  console.log(`pages turned on a slow machine, ms: ${turns.join(', ')}`)
  await context.close()
})
