// Cadres at the screen of a hall, in a real browser: in by phone and by PIN, study, leave; and nothing of them is left for
// whoever comes next. What only this person has is planted and looked for everywhere that a browser keeps anything.
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { letIn } from '../support/enrol-screen.ts'
import { goHome } from '../support/screen-views.ts'
import { startSite, type Site } from '../support/site.ts'
import { answerFirstCheck } from './at-screen.ts'
import { everythingKept, isSpelledIn } from './kept.ts'
import { signIn } from './study.ts'
import { nothing, watch, type Watch } from './watch.ts'

test.use({ actionTimeout: 20_000, locale: 'zh-CN' })
test.describe.configure({ mode: 'serial' })

const pin = '628514'
let site: Site
let hall: BrowserContext
let screen: Page
let seen: Watch

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  site = await startSite('demo')
  hall = await browser.newContext({ viewport: { width: 1080, height: 1920 }, locale: 'zh-CN' })
  screen = await hall.newPage()
  await screen.clock.install()
  seen = watch(screen)
  await letIn(browser, site.origin, screen, '云岭村')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

async function phoneOf(browser: Browser, number: string): Promise<Page> {
  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  await signIn(phone, site, number, 'lianxue-demo')
  await phone.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  return phone
}

/** Signs in with a phone; returns what belongs to this visit alone. */
async function enterByPhone(phone: Page): Promise<{ visit: string; code: string; cookie: string }> {
  await goHome(screen)
  const asked = screen.waitForResponse('**/kiosk/visit/ask')
  await screen.getByRole('button', { name: '记学时', exact: true }).click()
  const { visit } = (await asked).request().postDataJSON() as { visit: string }
  const { address } = (await (await asked).json()) as { address: string }
  await expect(screen.getByRole('img', { name: '用手机扫的登录二维码' })).toBeVisible()
  await phone.goto(address)
  await expect(phone.getByText('云岭村，一楼大厅')).toBeVisible()
  await expect(phone.getByText('能力图、测评、账号设置')).toBeVisible()
  await phone.getByRole('button', { name: '同意' }).click()
  await expect(phone.getByRole('heading', { name: '请看大屏' })).toBeVisible()
  await expect(screen.getByRole('button', { name: '我的学时' })).toBeVisible()
  return { visit, code: address.split('/').at(-1) ?? '', cookie: await cookieOfVisit() }
}

const cookiesOfVisit = async () => (await hall.cookies()).filter(({ name }) => name.endsWith('.kiosk'))
async function cookieOfVisit(): Promise<string> {
  const [cookie] = await cookiesOfVisit()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/kiosk', expires: -1 })
  return `${cookie?.name}=${cookie?.value}`
}

/** What the old cookie opens, asked from outside the browser with the token of the screen. */
async function statusOfOld(visit: string, cookie: string): Promise<number> {
  const reply = await fetch(`${site.origin}/kiosk/visit/me`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site.origin, 'x-kiosk': token, cookie },
    body: JSON.stringify({ visit }),
  })
  return reply.status
}
let token = ''

/** What every entry of a visit says before it is sealed. */
const kindsOfEntries = ['visit-began', 'visit-ended', 'studied', 'answered']

/** Nothing of these is left anywhere; and what waits to be sent cannot be read. */
async function expectNothingLeft(canaries: string[]) {
  const kept = await everythingKept(screen)
  for (const place of ['page', 'cache', 'database']) expect(Object.keys(kept).join()).toContain(place)
  const found = Object.entries(kept).flatMap(([place, text]) => {
    const words = place.startsWith('database') ? [...canaries, ...kindsOfEntries] : canaries
    return words.filter((word) => isSpelledIn(text, word)).map((word) => `${word} in ${place}`)
  })
  expect(found).toEqual([])
  expect(await cookiesOfVisit()).toEqual([])
}

test('a cadre comes in by phone, studies, answers and leaves: nothing is left, and the old cookie is dead at once', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  screen.on('request', (request) => (token = request.headers()['x-kiosk'] ?? token))
  const phone = await phoneOf(browser, 'trainer')
  await phone.goto(`${site.origin}/me`)
  const name =
    ((await phone.locator('.page-head p.soft').first().textContent()) ?? '').trim().split(/\s/)[0] ?? ''
  expect(name.length).toBeGreaterThan(1)
  const { visit, code, cookie } = await enterByPhone(phone)
  const canaries = [name, visit, code, cookie.split('=')[1] ?? '']

  await screen.getByRole('button', { name: '我的学时' }).click()
  await expect(screen.getByRole('heading', { name })).toBeVisible()
  await expect(screen.getByText(/学时/).first()).toBeVisible()
  // The canaries are there while they should be, so that looking for them means something.
  expect(JSON.stringify(await everythingKept(screen))).toContain(name)
  expect(await statusOfOld(visit, cookie)).toBe(200)

  await screen
    .getByRole('button', { name: /^(接着学|下一课|学一课)：/ })
    .first()
    .click()
  await expect(screen.getByText(`${name}，学时正在记`)).toBeVisible()
  await site.advance(70_000)
  await screen.clock.runFor(70_000)
  await answerFirstCheck(screen)
  await site.advance(10_000)
  await screen.clock.runFor(10_000)

  await goHome(screen).catch(() => undefined)
  const left = screen.getByRole('button', { name: '记学时', exact: true })
  await expect(left).toBeVisible()
  await expect.poll(() => statusOfOld(visit, cookie), { timeout: 1_000 }).toBe(410)
  await screen.clock.runFor(5_000)
  await expectNothingLeft(canaries)
  await screen.goBack()
  await screen.goForward().catch(() => undefined)
  await expect(screen.getByText(name)).toHaveCount(0)

  await expect
    .poll(
      async () => {
        await phone.goto(`${site.origin}/me/record`)
        return phone.locator('body').textContent()
      },
      { timeout: 60_000 },
    )
    .toMatch(/学习《.+》，在村里大屏上，有效/)
  expect(await phone.locator('body').textContent()).toMatch(/检查题“.+”，在村里大屏上，得/)
})

test('whoever goes away without a word is out after five minutes, and nothing is left', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const phone = await phoneOf(browser, 'officer')
  const { visit, code, cookie } = await enterByPhone(phone)
  await screen.getByRole('button', { name: '我的学时' }).click()
  const name = (await screen.locator('#me').textContent()) ?? ''
  expect(name.length).toBeGreaterThan(1)
  await screen.clock.fastForward(241_000)
  await expect(screen.getByText(name)).toBeVisible()
  await screen.clock.fastForward(62_000)
  await expect(screen.getByText(name)).toHaveCount(0)
  await expect.poll(() => statusOfOld(visit, cookie), { timeout: 1_000 }).toBe(410)
  await screen.clock.runFor(5_000)
  await expectNothingLeft([name, visit, code, cookie.split('=')[1] ?? ''])
})

async function chooseName(name: string) {
  await goHome(screen)
  await screen.getByRole('button', { name: '记学时', exact: true }).click()
  await screen.getByRole('button', { name, exact: true }).click()
}
async function give(digits: string) {
  for (const digit of digits) await screen.getByRole('button', { name: digit, exact: true }).click()
}

test('without a line a PIN waits sealed and the visit is called 待核; who takes the machine away reads nothing', async () => {
  test.setTimeout(120_000)
  await hall.setOffline(true)
  await chooseName('傅平安')
  await give(pin)
  await screen.getByRole('button', { name: '我的学时' }).click()
  await expect(screen.getByText('待核', { exact: true })).toBeVisible()
  await screen
    .getByRole('button', { name: /^(接着学|下一课|学一课)：/ })
    .first()
    .click()
  await screen.clock.runFor(70_000)
  await goHome(screen)
  await expect(screen.getByRole('button', { name: /条没送到/ })).toBeVisible()
  await expectNothingLeft([pin])
  await hall.setOffline(false)
  await screen.clock.runFor(120_000)
  await expect(screen.getByRole('button', { name: '有网', exact: true })).toBeVisible()
})

test('name and PIN let a cadre of the village in; five wrong ones lock the PIN at this screen', async () => {
  test.setTimeout(120_000)
  await chooseName('傅平安')
  await give(pin)
  await expect(screen.getByRole('button', { name: '我的学时' })).toBeVisible()
  await screen.getByRole('button', { name: '我的学时' }).click()
  await expect(screen.getByRole('heading', { name: '傅平安' })).toBeVisible()
  await screen.getByRole('button', { name: '学完了，退出' }).click()
  await expect(screen.getByRole('button', { name: '记学时', exact: true })).toBeVisible()

  await chooseName('傅平安')
  for (let i = 0; i < 5; i++) {
    await give('111222')
    await expect(screen.getByText('正在核对。')).toHaveCount(0)
    await expect(screen.getByText(/PIN不对/)).toBeVisible()
  }
  await give(pin)
  await expect(screen.getByText(/今天错了五次/)).toBeVisible()
  await expectNothingLeft([pin, '111222'])
  // A browser calls every refusal an error, and every look for a line that is not there.
  const errors = seen.errors.filter((error) => !/status of 4\d\d|ERR_INTERNET_DISCONNECTED/.test(error))
  expect({ ...seen, errors }).toEqual(nothing)
})

/** Takes the screen out of use, as an administrator does. @returns the page that says so. */
async function takeOutOfUse(browser: Browser): Promise<Page> {
  const desk = await (await browser.newContext()).newPage()
  await signIn(desk, site, 'admin', 'lianxue-demo')
  await desk.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  await desk.goto(`${site.origin}/admin/kiosks`)
  const unit = desk.getByRole('region', { name: '云岭村' })
  await unit.getByRole('link', { name: '一楼大厅' }).click()
  await desk.locator('summary', { hasText: '停用这台大屏' }).click()
  await desk.getByLabel('知道了，停用“一楼大厅”').check()
  await desk.getByRole('button', { name: '停用', exact: true }).click()
  await expect(desk.getByText('已经停用。它下次联网时清空自己。')).toBeVisible()
  return desk
}

test('a screen that is taken out of use says so, and keeps no name and no pack', async ({ browser }) => {
  test.setTimeout(120_000)
  const before = await everythingKept(screen)
  expect(before['database kiosk named']).toContain('傅平安')
  expect(Object.keys(before).join()).toContain('/kiosk/pack/')

  const desk = await takeOutOfUse(browser)
  await screen.clock.runFor(120_000)
  await expect(screen.getByRole('heading', { name: '这台机器已经停用' })).toBeVisible({ timeout: 60_000 })
  const left = async () => {
    const kept = Object.entries(await everythingKept(screen))
    const full = kept.filter(([place, text]) => /^(cache|database)/.test(place) && text !== '[[],[]]')
    const named = kept.filter(([, text]) => isSpelledIn(text, '傅平安'))
    return [...full, ...named].map(([place]) => place)
  }
  await expect.poll(left, { timeout: 30_000 }).toEqual([])
  await desk.reload()
  await expect(desk.locator('main')).toContainText('已经清空')

  await screen.getByRole('button', { name: '重新登记' }).click()
  await expect(screen.getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)).toBeVisible({ timeout: 60_000 })
})
