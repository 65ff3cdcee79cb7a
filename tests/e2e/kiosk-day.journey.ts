// A day in a hall without a line: let in and left alone by its line, a screen serves visitors, two cadres, a hall of twelve
// and a family story; a part is carried away by hand; its power is cut; when the line is back, everything has arrived once,
// and what was withdrawn is gone.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { and, count, eq, isNotNull } from 'drizzle-orm'
import { closeDatabase, openDatabase, read } from '#db/database.server.ts'
import { hallAttendance } from '#db/schema/hall.ts'
import { kioskEntry } from '#db/schema/kiosk.ts'
import { feedback } from '#db/schema/people.ts'
import type { Contents } from '#kiosk/pack/contents.ts'
import { chaosProxy, type ChaosProxy } from '../support/chaos-proxy.ts'
import { letIn } from '../support/enrol-screen.ts'
import { fillHall } from '../support/fill-hall.ts'
import { screenBrowser, type ScreenBrowser } from '../support/screen-browser.ts'
import { goHome, screenViews } from '../support/screen-views.ts'
import { startSite, type Site } from '../support/site.ts'
import { answerFirstCheck, giveNameAndPin, pass, tellStory, touch, visit } from './at-screen.ts'
import { handIn, takeAway } from './carry-away.ts'
import { everythingKept, isSpelledIn } from './kept.ts'
import { signIn } from './study.ts'
import { nothing, watch, type Watch } from './watch.ts'

test.use({ actionTimeout: 30_000 })
test.describe.configure({ mode: 'serial' })
const patience = { timeout: 90_000 }

const village = '云岭村'
const hostName = '傅平安'
/** Of everybody in the hall. */
const secret = '628514'
const story = { title: '石磨底下的钥匙', teller: '磨坊老人' }
const inHall = 12

let site: Site
let line: ChaosProxy
let hall: ScreenBrowser
let cadres: { name: string; number: string }[] = []

test.beforeAll(async () => {
  test.setTimeout(300_000)
  site = await startSite(
    'demo',
    {},
    async (dataDir) => void (cadres = await fillHall(dataDir, village, inHall)),
  )
  const { port } = new URL(site.origin)
  line = await chaosProxy(() => Number(port))
  hall = screenBrowser(site.origin, line.port)
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(async () => {
  await hall.remove()
  await line.close()
  await site.stop()
})

/** Opens a page of the site, whole. */
async function open(page: Page, path: string) {
  const reply = await page.goto(site.origin + path)
  expect(reply?.status()).toBe(200)
  expect(await reply?.text()).toMatch(/<\/html>\s*$/)
}

async function deskOf(browser: Browser, number: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await signIn(page, site, number, 'lianxue-demo')
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  return page
}

/** The line in sight of everybody: whether there is one, and what waits. */
const lineOf = (screen: Page) => screen.locator('.line')

/** The line is dead, and the browser knows it as little or as much as a browser does. */
async function loseLine(screen: Page) {
  line.arm({ cut: { way: 'up', after: 0 } })
  await screen.context().setOffline(true)
}

/** Signs in without a line, studies a minute, answers a check and leaves. */
async function study(screen: Page, name: string) {
  await goHome(screen)
  await touch(screen, '记学时')
  await giveNameAndPin(screen, name, secret)
  await touch(screen, '我的学时')
  await expect(screen.getByText('待核', { exact: true })).toBeVisible()
  await touch(screen, /^(接着学|下一课|学一课)：/)
  await expect(screen.getByText(`${name}，学时正在记（待核）`)).toBeVisible()
  await pass(screen, site, 70_000)
  await answerFirstCheck(screen)
  await pass(screen, site, 5_000)
  await goHome(screen)
  await expect(screen.getByText(name)).toHaveCount(0)
}

/** The host carries what waits to where there is a line, ten minutes away; the screen keeps it all the same. */
async function carryAway(screen: Page, browser: Browser) {
  const taken = await takeAway(screen)
  await site.advance(10 * 60_000)
  await screen.clock.fastForward(10 * 60_000)
  const phone = await deskOf(browser, 'learner')
  await handIn(phone, taken)
  await phone.context().close()
  await goHome(screen)
  await expect(lineOf(screen)).toHaveText(`没有网，照常使用，还有${taken.waiting}条没送到`)
}

/** The host opens a session at the screen, eleven check in, they study, and after an hour the host confirms the list. */
async function studyTogether(screen: Page): Promise<string> {
  await screenViews.hall?.(screen)
  await touch(screen, '主持人登录')
  await giveNameAndPin(screen, hostName, secret)
  await touch(screen, '现在开一场')
  await touch(screen, /^选一课/)
  await screen.locator('.tile').first().click()
  await touch(screen, '开始，请大家报到')
  const title = (await screen.getByRole('heading', { name: /三会一课/ }).textContent()) ?? ''
  const others = cadres.filter(({ name }) => name !== hostName)
  for (const { name } of others) {
    await touch(screen, /没带手机/)
    await giveNameAndPin(screen, name, secret)
    await expect(screen.getByText(`${name}，收到了。`, { exact: false })).toBeVisible()
  }
  await expect(screen.getByText(`${others.length} 人已报到`)).toBeVisible()

  await touch(screen, '问大家')
  await touch(screen, /多一人$/)
  await touch(screen, '收题')
  await touch(screen, '学这一课')
  await touch(screen, '下一页')
  await touch(screen, '回到报到')
  await site.advance(60 * 60_000)
  await screen.clock.fastForward(60 * 60_000)

  await touch(screen, '结束这一场')
  await touch(screen, '主持人登录')
  await giveNameAndPin(screen, hostName, secret)
  await touch(screen, '都在，全打勾')
  await touch(screen, '下一步')
  await expect(screen.getByRole('status').getByText(String(inHall), { exact: true })).toBeVisible()
  await touch(screen, '下一步')
  await touch(screen, '大家谈了体会。')
  await touch(screen, '确认名单，结束')
  await expect(screen.getByRole('heading', { name: '这一场结束了' })).toBeVisible()
  return title
}

/** Nothing of what was done that day can be read from the machine. */
async function expectSealed(screen: Page) {
  const kept = Object.entries(await everythingKept(screen))
  expect(kept.some(([place]) => place.startsWith('database kiosk entry'))).toBe(true)
  const words = [secret, story.title, story.teller]
  const kinds = ['visit-began', 'answered', 'hall-in', 'story-told']
  const found = kept.flatMap(([place, text]) =>
    [...words, ...(place.startsWith('database') ? kinds : [])]
      .filter((word) => isSpelledIn(text, word))
      .map((word) => `${word} in ${place}`),
  )
  expect(found).toEqual([])
}

async function withdraw(browser: Browser, document: string) {
  const desk = await deskOf(browser, 'publisher')
  await open(desk, `/studio/library/${document}`)
  await desk.locator('summary', { hasText: '撤展' }).click()
  await desk.getByLabel('为什么撤展').fill('引文归属有疑，正在复核')
  await desk.getByRole('button', { name: '马上撤展' }).click()
  await expect(desk.getByText('已经撤展，读者现在看不到了。')).toBeVisible()
  await desk.context().close()
}

/** @returns what the record says of the study and the answers of a visit, once these words stand in it. */
async function expectInRecord(browser: Browser, number: string, words: string | RegExp): Promise<string[]> {
  const phone = await deskOf(browser, number)
  const said = async () => {
    await open(phone, '/me/record')
    return phone.locator('main').textContent()
  }
  await expect.poll(said, patience).toMatch(words)
  const record = (await said()) ?? ''
  expect(record).toMatch(/学习《.+》，在村里大屏上，.*断网时学、恢复后补报/)
  expect(record).toMatch(/检查题“.+”，在村里大屏上，得/)
  await phone.context().close()
  return record.match(/(学习《[^》]+》|检查题“[^”]+”)，在村里大屏上，[^\d]+[\d.]+/g) ?? []
}

const expectClean = (seen: Watch) => {
  // A browser calls it an error that there is no line.
  const errors = seen.errors.filter((error) => !/^Failed to load resource/.test(error))
  expect({ ...seen, errors }).toEqual(nothing)
}

test('a day without a line, a power cut, and everything arrives', async ({ browser }) => {
  test.setTimeout(600_000)
  let screen = (await hall.start()).pages()[0] as Page
  await screen.clock.install()
  let seen = watch(screen)
  await letIn(browser, site.origin, screen, village)
  const { stories, lessons } = (await screen.evaluate(() =>
    fetch('/kiosk/pack/contents.json').then((reply) => reply.json()),
  )) as Contents
  const withdrawn = stories.at(-1)
  if (!withdrawn) throw new Error('The pack has no story.')

  await loseLine(screen)
  await pass(screen, site, 80_000)
  await expect(lineOf(screen)).toHaveText(/^没有网，照常使用/, patience)
  await visit(screen)
  const [first, second] = cadres.filter(({ name }) => name !== hostName)
  if (!first || !second) throw new Error('There are too few cadres.')
  await study(screen, first.name)
  await carryAway(screen, browser)
  const carried = await expectInRecord(
    browser,
    first.number,
    /学习《.+》，在村.+检查题“.+”，在村.+学习《.+》，在村/,
  )
  await study(screen, second.name)
  const title = await studyTogether(screen)
  await tellStory(screen, story)
  await goHome(screen)
  const waiting = (await lineOf(screen).textContent()) ?? ''
  expect(waiting).toMatch(/还有\d+条没送到/)
  const entries = Number(/\d+/.exec(waiting)?.[0])
  expect(entries).toBeGreaterThan(inHall + 10)
  const at = await screen.evaluate(() => Date.now())
  expectClean(seen)

  await hall.cutPower()
  const again = await hall.start()
  screen = again.pages()[0] as Page
  await again.setOffline(true)
  await screen.clock.install({ time: at })
  seen = watch(screen)
  await open(screen, '/kiosk')
  await expect(screen.getByRole('button', { name: '轻触屏幕' })).toBeVisible(patience)
  await goHome(screen)
  await expect(lineOf(screen)).toHaveText(waiting)
  await expectSealed(screen)
  await findStory(screen, withdrawn.title)
  await withdraw(browser, withdrawn.id)
  await expect(screen.getByText(withdrawn.title).first()).toBeVisible()

  line.arm()
  await again.setOffline(false)
  await expect(lineOf(screen)).toHaveText('有网', patience)
  await expect(screen.getByText('这一件已撤展')).toBeVisible(patience)
  await touch(screen, '回首页')
  await screenViews.stories?.(screen)
  await expect(screen.locator('.tile').first()).toBeVisible()
  await expect(screen.locator('.tile', { hasText: withdrawn.title })).toHaveCount(0)
  expectClean(seen)

  expect(await expectInRecord(browser, first.number, title)).toEqual(carried)
  await expectInRecord(browser, second.number, title)
  const host = await deskOf(browser, 'learner')
  await open(host, '/hall')
  await host.getByRole('link', { name: title }).first().click()
  for (const { name } of cadres) await expect(host.locator('main').getByText(name).first()).toBeVisible()
  await host.context().close()
  const desk = await deskOf(browser, 'reviewer')
  await open(desk, '/studio/told')
  const told = desk.locator('li', { hasText: story.title }).first()
  await expect(told).toContainText(story.teller)
  const voice = await told.locator('audio').getAttribute('src')
  expect((await desk.request.get(site.origin + voice)).status()).toBe(200)
  await desk.context().close()

  await hall.cutPower()
  await site.stop('keep')
  await openDatabase(site.dataDir)
  const counted = await read
    .select({ state: kioskEntry.state, all: count() })
    .from(kioskEntry)
    .groupBy(kioskEntry.state)
  expect(counted).toEqual([{ state: 'settled', all: entries }])
  const stayed = await read
    .select({ all: count() })
    .from(hallAttendance)
    .where(isNotNull(hallAttendance.eventId))
  expect(stayed[0]?.all).toBe(inHall)
  const stars = and(eq(feedback.page, lessons[0]?.address ?? ''), eq(feedback.origin, 'hall'))
  expect((await read.select().from(feedback).where(stars)).map((one) => one.stars)).toEqual([5])
  await closeDatabase()
})

/** Turns the shelf until a story is on it, and opens it. */
async function findStory(screen: Page, title: string) {
  await screenViews.stories?.(screen)
  const tile = screen.locator('.tile', { hasText: title })
  await expect(screen.locator('.tile').first()).toBeVisible()
  while (!(await tile.isVisible())) await touch(screen, '下一页')
  await tile.click()
  await expect(screen.getByText(/^第1页/)).toBeVisible()
}
