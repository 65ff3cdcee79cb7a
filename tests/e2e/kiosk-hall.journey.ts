// A hall studies together, with phones alone: the host begins, two scan, one is written in, a question is answered, the host
// ends and confirms, and the hours stand where everybody sees them. And at a screen, whose code is scanned off its picture.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { letIn } from '../support/enrol-screen.ts'
import { screenViews, shapes } from '../support/screen-views.ts'
import { startSite, type Site } from '../support/site.ts'
import { giveNameAndPin, pass, touch } from './at-screen.ts'
import { codeOn } from './scan.ts'
import { signIn } from './study.ts'
import { nothing, watch } from './watch.ts'

test.use({ actionTimeout: 15_000 })

let site: Site

test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

async function phoneOf(browser: Browser, number: string, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled })
  const page = await context.newPage()
  await signIn(page, site, number, 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  return page
}

const title = '十一月三会一课'
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

/** Opens what the code on the screen says now, as a camera would. */
async function scan(host: Page, phone: Page) {
  await host.reload()
  const address = await host.locator('#code a').getAttribute('href')
  await phone.goto(address ?? '')
}

test('a hall studies together, and who stayed and was confirmed has the hours', async ({ browser }) => {
  test.setTimeout(180_000)
  const host = await phoneOf(browser, 'learner')
  const seen = watch(host)
  const [first, second] = [await phoneOf(browser, 'QX1006'), await phoneOf(browser, 'QX1007', false)]

  await host.goto(`${site.origin}/hall`)
  await host.getByLabel('在哪里开').selectOption({ label: '云岭村（不用大屏）' })
  await host.getByLabel('题目').fill(title)
  await host.getByLabel('议程').fill('学一课\n议一议')
  await host.getByLabel('一起学哪一课').selectOption({ index: 1 })
  await press(host, '现在开始')
  await expect(
    host
      .getByText('开始了。')
      .or(host.getByRole('heading', { name: '在场的人' }))
      .first(),
  ).toBeVisible()

  for (const phone of [first, second]) {
    await scan(host, phone)
    await press(phone, '我在场，报到')
    await expect(phone.getByText('报到了。主持人确认名单以后记学时。')).toBeVisible()
  }
  await host.getByLabel('写入没有手机的人').fill('萧柳叶')
  await press(host, '写入名单')
  await expect(host.getByText('写入名单了。')).toBeVisible()
  await host.getByLabel('写入没有手机的人').fill('没有这个人')
  await press(host, '写入名单')
  await expect(host.getByText('本单位和上下级里没有这个人')).toBeVisible()
  await expect(host.locator('#live')).toContainText('4 人在场')

  await press(host, '放上屏幕和手机')
  await second.goto(host.url().replace(/\?.*/, ''))
  await second.getByRole('radio').first().check()
  await press(second, '交上去')
  await expect(second.getByText('只报总数，不记谁选了什么').first()).toBeVisible()
  await host.goto(host.url().replace(/\?.*/, ''))
  await expect(host.locator('#questions .counts').first()).toContainText('1人')

  await site.advance(40 * 60_000)
  await host.goto(host.url())
  await press(host, '结束这一场')
  await host.getByRole('link', { name: '都在，全部打勾' }).click()
  // Somebody who is on the list and not in the room.
  await host.getByRole('checkbox', { name: /QX1006/ }).uncheck()
  await host.getByLabel('数一数').fill('4')
  await press(host, '确认打勾的人在场')
  await expect(host.getByText('名单3人，数到4人。')).toBeVisible()
  await host.getByLabel('写几句').fill('学了一课，议了两件事。')
  await press(host, '存下纪要')
  await host.getByRole('link', { name: '打印纪要和签到表' }).click()
  await expect(host.getByRole('row', { name: /萧柳叶/ })).toBeVisible()
  await expect(host.getByText('议了两件事')).toBeVisible()
  await host.emulateMedia({ media: 'print' })
  await expect(host.getByRole('button', { name: '打印' })).toBeHidden()
  expect(await host.content()).toMatch(/<\/html>\s*$/)
  expect(seen).toEqual(nothing)

  await second.goto(`${site.origin}/me/record`)
  await expect(second.getByText(title).first()).toBeVisible()
  await expect(second.locator('main')).toContainText('按本平台的缺省')
  await first.goto(`${site.origin}/me/record`)
  await expect(first.getByText(title)).toHaveCount(0)
  await first.goto(`${site.origin}/hall`)
  await expect(first.getByText(/等主持人确认/).first()).toBeVisible()
})

test('who scans the code on the screen is on its list; a code that was passed on a minute later is worth nothing', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const hall = await browser.newContext({ viewport: shapes.portrait, locale: 'zh-CN' })
  const screen = await hall.newPage()
  await screen.clock.install()
  await letIn(browser, site.origin, screen, '云岭村')
  await screenViews.hall?.(screen)
  await touch(screen, '主持人登录')
  await giveNameAndPin(screen, '傅平安', '628514')
  await touch(screen, '现在开一场')
  await touch(screen, '开始，请大家报到')
  const heading = screen.getByRole('heading', { name: /三会一课/ })
  await expect(heading).toBeVisible()

  const [guest, late] = [await phoneOf(browser, 'QX1006'), await phoneOf(browser, 'QX1007')]
  const label = '报到的码，用自己的手机扫'
  const code = await codeOn(screen, label)
  await guest.goto(code)
  await expect(guest.getByRole('heading', { name: (await heading.textContent()) ?? '' })).toBeVisible()
  const name = (await guest.locator('form b').first().textContent()) ?? ''
  expect(name.length).toBeGreaterThan(1)
  await press(guest, '我在场，报到')
  await expect(guest.getByText('报到了。主持人确认名单以后记学时。')).toBeVisible()
  await pass(screen, site, 60_000)
  await expect(screen.getByRole('listitem').filter({ hasText: name })).toBeVisible()
  // The host is there, too.
  await expect(screen.getByText('2 人已报到')).toBeVisible()

  await late.goto(code)
  await expect(late.getByText('这个码已经换了。')).toBeVisible()
  const next = await codeOn(screen, label)
  expect(next).not.toBe(code)
  await late.goto(next)
  await expect(late.getByRole('button', { name: '我在场，报到' })).toBeVisible()
  await hall.close()
})
