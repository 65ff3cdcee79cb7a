// The main job: a cadre signs in, studies a lesson, answers its checks, gets hours with a receipt that says why, and
// sees the capability map move, with the evidence behind it.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { startSite, type Site } from '../support/site.ts'
import { answerRightly, itemsIn, readThrough, readToTheEnd, signIn } from './study.ts'

let site: Site

test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

test('a cadre studies a lesson, gets credit with a receipt, and sees the map move for a reason', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const reports: string[] = []
  page.on(
    'request',
    (request) => request.url().endsWith('/csp-report') && reports.push(request.postData() ?? ''),
  )
  await page.clock.install()
  await signIn(page, site, 'learner', 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  const doneBefore = await onlineHours(page)

  // The next step says why.
  const next = page.getByRole('region', { name: '下一步' }).getByRole('listitem').first()
  await expect(next.getByText('为什么是这一步')).toBeVisible()
  await expect(next.getByText(/目标[一二三四五]级/)).toBeVisible()
  await expect(next.getByRole('link', { name: /^去[学练测]$/ })).toBeVisible()

  // A lesson that was begun goes on where it stopped.
  await page.getByRole('region', { name: '接着学' }).getByRole('link', { name: '继续' }).click()

  const title = await page.getByRole('heading', { level: 1 }).innerText()
  const folder = folders[new URL(page.url()).pathname.split('/').at(-1) ?? ''] ?? ''
  const items = itemsIn('01-jiafeng-jiaxun', folder)
  await page.clock.runFor(2_000)
  await expect(page.getByText(/本课记\d+分钟/)).toBeVisible()
  await readThrough(page, site)
  for (const item of items) await answerRightly(page, item)
  await readToTheEnd(page, site)

  // The receipt says which lesson, how many minutes, by which rule.
  await page.goto(`${site.origin}/me/record`)
  const entry = page
    .getByRole('region', { name: '网络自学' })
    .getByRole('listitem')
    .filter({ hasText: title })
  await expect(entry).toContainText(/本课\d+分钟，本课程今年累计\d+分钟，按.+合计[\d.]+学时/)
  await expect(entry).toContainText('yunnan-2024@')
  await expect(page.getByText('一条连着一条，没有改动过')).toBeVisible()
  await expect(page.getByRole('region', { name: '每一条记录' })).toContainText(`学完《${title}》`)

  // The meter holds what the receipt says, and the map the answers with their shares.
  await page.goto(`${site.origin}/me`)
  expect(await onlineHours(page)).toBeGreaterThanOrEqual(doneBefore)
  const indicator = items[0]?.indicator ?? ''
  await page.goto(`${site.origin}/me?indicator=${indicator}`)
  const evidence = page.locator('section', { has: page.locator('#evidence') })
  // Inside the quotation marks of the list a quotation has single ones.
  const stem = (items[0]?.stem ?? '').replaceAll('“', '‘').replaceAll('”', '’')
  await expect(evidence).toContainText(stem.slice(0, 12))
  await expect(evidence).toContainText('各条相加')
  expect(await sumOfShares(evidence)).toBeCloseTo(0, 6)
  expect(await page.content()).toContain('</html>')
  expect(reports).toEqual([])
})

test('who has the time but not the sections is told which, and led there', async ({ page }) => {
  await page.clock.install()
  await signIn(page, site, 'officer', 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  await page.goto(`${site.origin}/courses/cunji-quanli/gongkai`)
  await expect(page.getByText(/本课记\d+分钟/)).toBeVisible()
  const wanting = page.getByText(/^时间够了，还有\d节没看到末尾，还有\d道检查题没答对。$/)
  for (let half = 0; half < 60 && !(await wanting.isVisible()); half++) {
    await page.mouse.wheel(0, half % 2 === 0 ? 40 : -40)
    await site.advance(30_000)
    const beaten = page.waitForResponse(/\/study\/beat$/, { timeout: 3_000 }).catch(() => null)
    await page.clock.runFor(30_000)
    await beaten
  }
  const there = page.getByRole('link', { name: /^去看“/ }).last()
  const { width = 0 } = (await there.boundingBox()) ?? {}
  expect(width).toBeGreaterThan(40)
  await there.click()
  await expect(page).toHaveURL(/#s\d$/)
})

/** Lesson address → folder of its source. */
const folders: Record<string, string> = {
  sizhi: '01-sizhi',
  'tuijin-fengzha': '02-tuijin-fengzha',
  'baozheng-jiaxun': '03-baozheng-jiaxun',
  'jian-yu-lin': '04-jian-yu-lin',
  liuchixiang: '05-liuchixiang',
}

async function onlineHours(page: Page): Promise<number> {
  const meter = page.locator('.meter', { hasText: '网络自学' })
  return Number.parseFloat(await meter.locator('.figure').innerText())
}

/** Shares on the page minus the estimate they should add up to. */
async function sumOfShares(evidence: Locator): Promise<number> {
  const number = (text: string) => Number(text.replace('−', '-').replace(/[^-+.\d]/g, ''))
  const shares = (await evidence.locator('.share').allInnerTexts()).map(number)
  expect(shares.length).toBeGreaterThan(0)
  return shares.reduce((sum, share) => sum + share, 0) - number(await evidence.locator('.sum b').innerText())
}
