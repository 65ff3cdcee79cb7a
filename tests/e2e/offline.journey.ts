// Studying where the line comes and goes, and without a mouse: what was read and answered waits in the browser, goes
// out later, and is nobody else's; the page says so, and asks before it ceases to count.
import { expect, test, type Page, type Request } from '@playwright/test'
import { startSite, type Site } from '../support/site.ts'
import { silence } from './silence.ts'
import { answerRightly, chooseRightly, itemsIn, signIn } from './study.ts'

let site: Site
test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

const gongkai = '/courses/cunji-quanli/gongkai'
const items = itemsIn('02-cunji-quanli', '03-gongkai')
const single = items.find((item) => item.kind === 'single')
if (!single) throw new Error('The lesson has no question with one right choice.')

/** What the pages of this file have asked for and not been answered yet. */
const underWay = new Set<Request>()

/** Waits for it: a clock that is moved on meanwhile would make the page give up what is just on its way. */
async function quiet() {
  do await new Promise((resolve) => setTimeout(resolve, 40))
  while (underWay.size > 0)
}

async function enter(page: Page, number: string) {
  underWay.clear()
  page.on('request', (request) => void (request.url().includes('/study/') && underWay.add(request)))
  page.on('requestfinished', (request) => void underWay.delete(request))
  page.on('requestfailed', (request) => void underWay.delete(request))
  await page.clock.install()
  await signIn(page, site, number, 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
}

async function open(page: Page, address = gongkai) {
  const opened = page.waitForResponse(/\/study\/open$/)
  await page.goto(site.origin + address)
  await opened
  await expect(page.getByText(/本课记\d+分钟/)).toBeVisible()
}

/** Turns the wheel, and waits until the page has noticed: its clock is moved on at once. */
async function stir(page: Page, by: number) {
  const noticed = page.evaluate(
    () => new Promise<void>((done) => addEventListener('wheel', () => done(), { once: true })),
  )
  await page.mouse.wheel(0, by)
  await noticed
}

/** Time goes by for page and server; somebody stirs at the end of each half minute, unless they sit still. */
async function pass(page: Page, seconds: number, still = false) {
  for (let left = seconds; left > 0; left -= 30) {
    await site.advance(Math.min(30, left) * 1000)
    await page.clock.runFor(Math.min(30, left) * 1000)
    if (!still) await stir(page, left % 60 === 0 ? 60 : -40)
    await quiet()
  }
}

const minutesOn = async (page: Page) => Number(await page.locator('.minutes .clock b').innerText())
const form = (page: Page) => page.locator(`form#${single.id}`)
const handIn = (page: Page) =>
  form(page)
    .getByRole('button', { name: /提交答案|再答一次/ })
    .click()

/** The newest of one's record, as the learner reads it. */
async function newestRecord(page: Page) {
  await page.goto(`${site.origin}/me/record`)
  return page.getByRole('region', { name: '每一条记录' }).getByRole('listitem')
}

test('two minutes and an answer without a line are there when it is back', async ({ page, context }) => {
  await enter(page, 'officer')
  await open(page)
  await pass(page, 60)
  await chooseRightly(page, single)
  const before = await minutesOn(page)
  await context.setOffline(true)
  await pass(page, 120)
  await expect(
    page.getByText('没有网络。可以接着学，时间和答案先存在这台设备上，恢复后自动补报。'),
  ).toBeVisible()
  await handIn(page)
  await expect(form(page).getByText('没有网络，已先存在这台设备上，恢复后自动提交')).toBeVisible()
  await expect(page.getByText(/^等着补报：约[23]分钟，1道题的答案。$/)).toBeVisible()
  expect(await minutesOn(page)).toBe(before)

  await context.setOffline(false)
  await expect(form(page).getByText('答对了').first()).toBeVisible()
  await expect(page.getByText(/等着补报/)).toBeHidden()
  await pass(page, 30)
  await expect.poll(() => minutesOn(page)).toBeGreaterThanOrEqual(before + 2)
  await expect(page.getByText('没有计入')).toBeHidden()
  // The visit ends when the page is left.
  await expect(async () => {
    const rows = await newestRecord(page)
    await expect(rows.filter({ hasText: '断网时学、恢复后补报' }).first()).toContainText(/约[23]分钟/)
  }).toPass({ timeout: 15_000 })
})

test('who closes the page without a line has it when they open a lesson the next time', async ({
  page,
  context,
}) => {
  await enter(page, 'reviewer')
  await open(page)
  await pass(page, 60)
  await chooseRightly(page, single)
  await context.setOffline(true)
  await pass(page, 300)
  await handIn(page)
  await expect(page.getByText(/^等着补报：约[56]分钟，1道题的答案。$/)).toBeVisible()
  await page.close()
  await site.advance(180_000)

  const next = await context.newPage()
  await context.setOffline(false)
  await next.clock.runFor(180_000)
  const told = next.waitForResponse(/\/study\/answer$/)
  await open(next)
  await told
  await next.locator(`form#${single.id}`).scrollIntoViewIfNeeded()
  await expect(form(next).getByText('答对了').first()).toBeVisible()
  await expect(form(next).locator(`input[value="${String(single.key)}"]`)).toBeChecked()
  await expect.poll(() => minutesOn(next)).toBeGreaterThanOrEqual(5)
  const rows = await newestRecord(next)
  await expect(rows.filter({ hasText: '断网时学、恢复后补报' }).first()).toContainText(/约[56]分钟/)
  await expect(next.getByRole('region', { name: '没有计入的时间' })).not.toContainText('断网太久')
})

test('a site that is busy is waited for, and nothing is lost', async ({ page }) => {
  await enter(page, 'publisher')
  await open(page)
  await page.route('**/study/beat', (route) =>
    route.fulfill({ status: 503, headers: { 'retry-after': '20' }, json: { message: '', hint: '' } }),
  )
  await pass(page, 60)
  await expect(page.getByText(/网站暂时忙不过来/)).toBeVisible()
  await pass(page, 120)
  expect(await minutesOn(page)).toBe(0)
  await page.unroute('**/study/beat')
  await pass(page, 60)
  await expect.poll(() => minutesOn(page)).toBeGreaterThanOrEqual(3)
  await expect(page.getByText(/网站暂时忙不过来/)).toBeHidden()
})

test('on a phone the question comes to the lower edge, and a page that moves by itself is no reader', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await enter(page, 'trainer')
  await open(page, '/courses/qinglian-gushi/xuanyu')
  await page.mouse.wheel(0, 900)
  await pass(page, 30)
  const asked = page.getByRole('button', { name: '我在读' })
  for (let still = 0; still < 480 && !(await asked.isVisible()); still += 30) await pass(page, 30, true)
  await expect(asked).toBeInViewport()
  const before = await minutesOn(page)
  await pass(page, 510, true)
  await expect(page.getByText('有一会儿没有动作，先停住计时')).toBeAttached()
  expect(await minutesOn(page)).toBe(before)
})

test('who sits still is asked, may answer with one key, and is told what did not count', async ({ page }) => {
  await enter(page, 'trainer')
  await open(page)
  await pass(page, 30)
  const asked = page.getByText('还在读吗？动一动页面，或点“我在读”。')
  let still = 0
  for (; still < 480 && !(await asked.isVisible()); still += 30) await pass(page, 30, true)
  expect(still).toBeGreaterThanOrEqual(120)
  await expect(asked).toBeVisible()
  await page.getByRole('button', { name: '我在读' }).press('Enter')
  await expect(asked).toBeHidden()
  await pass(page, 30)
  await expect.poll(() => minutesOn(page)).toBeGreaterThanOrEqual(Math.floor((still + 30) / 60))
  await expect(page.getByText('没有计入')).toBeHidden()

  await pass(page, 510, true)
  await expect(page.getByText('有一会儿没有动作，先停住计时，这一段没有计入。')).toBeVisible()
  await page.mouse.wheel(0, 100)
  await pass(page, 60)
  await expect(page.getByText(/这一次有[89]分钟没有计入/)).toBeVisible()
  await page.getByRole('link', { name: '看说明' }).click()
  const refused = page.getByRole('region', { name: '没有计入的时间' })
  await expect(refused).toContainText('好一会儿没有翻动、点按或播放')
  await expect(refused.getByText('提出异议').first()).toBeVisible()
})

test('a lesson is done with keys alone, and without anything that scrolls', async ({ page }) => {
  test.setTimeout(180_000)
  await enter(page, 'audit')
  await open(page)
  const ends = page.locator('.section-end')
  await expect.poll(() => ends.count()).toBeGreaterThan(2)
  const count = await ends.count()
  const shape = await page.locator('article').boundingBox()
  await ends.first().focus()
  await expect(ends.first()).toHaveAccessibleName(/^这一节读完了：./)
  expect((await ends.first().boundingBox())?.height).toBeGreaterThan(40)
  await page.keyboard.press('Enter')
  await expect(ends.first()).toHaveText('这一节已记下')
  await page.locator('h1').evaluate((title) => (title.setAttribute('tabindex', '-1'), title.focus()))
  expect(await page.locator('article').boundingBox()).toEqual(shape)
  await page.evaluate(() => scrollTo(0, 0))

  // A screen reader presses what it reads, wherever the page stands.
  for (const button of await ends.all()) await button.evaluate((one: HTMLElement) => one.click())
  await expect(page.locator('.parts .list .done')).toHaveCount(count)
  expect(await page.evaluate(() => scrollY)).toBe(0)
  await pass(page, 60)
  for (const item of items) await answerRightly(page, item)
  const finished = page.getByText(/学完了，记\d+分钟/)
  for (let i = 0; i < 40 && !(await finished.isVisible()); i++) {
    await pass(page, 30, true)
    await page.keyboard.press('Shift')
  }
  await expect(finished).toBeVisible()
})

test('a recording counts while the page is in the background, and silence does not', async ({ page }) => {
  await enter(page, 'security')
  await page.route('**/media/lesson.wav', (route) =>
    route.fulfill({ body: silence(5), contentType: 'audio/wav' }),
  )
  await open(page)
  await pass(page, 30)
  await page.mouse.click(5, 300)
  await page.evaluate(async () => {
    const audio = document.createElement('audio')
    Object.assign(audio, { src: '/media/lesson.wav', loop: true, controls: true })
    document.querySelector('article')?.append(audio)
    await audio.play()
  })
  await setHidden(page, true)
  await pass(page, 180, true)
  await expect.poll(() => minutesOn(page)).toBeGreaterThanOrEqual(3)
  const before = await minutesOn(page)
  await page.evaluate(() => document.querySelector('audio')?.pause())
  await pass(page, 300, true)
  await setHidden(page, false)
  await pass(page, 30)
  expect(await minutesOn(page)).toBeLessThanOrEqual(before + 1)
  await expect(page.getByText('没有计入')).toBeHidden()
})

test('who signs out leaves nothing behind, and loses nothing', async ({ page, context }) => {
  await enter(page, 'reader')
  await open(page)
  await pass(page, 60)
  await chooseRightly(page, single)
  await context.setOffline(true)
  await pass(page, 120)
  await handIn(page)
  await expect(page.getByText(/^等着补报：约[23]分钟，1道题的答案。$/)).toBeVisible()
  await context.setOffline(false)
  await page.goto(`${site.origin}/account`)
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.waitForURL(`${site.origin}/`)
  expect(await keptIn(page)).toBe(0)

  await signIn(page, site, 'reader', 'lianxue-demo')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const rows = await newestRecord(page)
  await expect(rows.filter({ hasText: single.stem.slice(0, 8) }).first()).toBeVisible()
})

test('who is signed out meanwhile keeps everything; the next person at the browser neither sees nor sends it', async ({
  page,
  context,
}) => {
  await enter(page, 'learner')
  await open(page)
  await pass(page, 60)
  await chooseRightly(page, single)
  await context.setOffline(true)
  await pass(page, 120)
  await handIn(page)
  await context.clearCookies()
  await context.setOffline(false)
  await expect(page.getByText(/^登录已经过期，或者换了人登录。可以接着学/)).toBeVisible()
  await expect(page.getByText(/^等着补报：约[23]分钟，1道题的答案。$/)).toBeVisible()

  const sent: string[] = []
  page.on('request', (request) => sent.push(new URL(request.url()).pathname))
  await signIn(page, site, 'officer', 'lianxue-demo')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await open(page)
  await pass(page, 60)
  await expect(page.getByText(/等着补报/)).toBeHidden()
  expect(sent.filter((path) => path === '/study/answer')).toEqual([])

  await context.clearCookies()
  await signIn(page, site, 'learner', 'lianxue-demo')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await open(page)
  await expect.poll(() => sent.filter((path) => path === '/study/answer')).toHaveLength(1)
  await expect.poll(() => minutesOn(page)).toBeGreaterThanOrEqual(3)
})

test('an answer given before the question could be read is not taken, and stays chosen', async ({ page }) => {
  await enter(page, 'admin')
  await open(page)
  await chooseRightly(page, single)
  await handIn(page)
  await expect(form(page).getByText(/^题目还没读完吧？再读一读，\d+秒后再答。$/)).toBeVisible()
  await expect(form(page).locator(`input[value="${String(single.key)}"]`)).toBeChecked()
  await pass(page, 30)
  await handIn(page)
  await expect(form(page).getByText('答对了').first()).toBeVisible()
})

const keptIn = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('waiting')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const shelves = ['visit', 'answer']
          const tx = opening.result.transaction(shelves)
          const counts = shelves.map((name) => tx.objectStore(name).count())
          tx.oncomplete = () => resolve(counts.reduce((sum, { result }) => sum + result, 0))
        }
      }),
  )

/** As another tab in front of it does. */
async function setHidden(page: Page, hidden: boolean) {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (hidden ? 'hidden' : 'visible'),
    })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}
