// The map of a person: an answer, an observation and a year of time move it, with reasons that add up; another sees it
// and is seen; it goes on one sheet of paper; and suggestions can be switched off.
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test'
import { startSite, type Site } from '../support/site.ts'
import { itemsIn, signIn } from './study.ts'

let site: Site

test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

const password = 'lianxue-demo'
/** Somebody of the township of `officer` with an account and no evidence yet. */
const newcomer = 'QX1012'
const lesson = '/courses/cunji-quanli/gongkai'
const items = itemsIn('02-cunji-quanli', '03-gongkai')

async function enter(browser: Browser, who: string, script = true): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: script })
  const page = await context.newPage()
  await signIn(page, site, who, password)
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  return page
}

const number = (text: string) => Number(text.replace('−', '-').replace(/[^-.\d]/g, ''))
const evidenceOn = (page: Page): Locator => page.getByRole('region', { name: /：凭什么这样估计$/ })

/** The estimate of an indicator as the page proves it: the pieces of evidence, whose numbers must add up to the sum. */
async function proven(page: Page): Promise<{ sum: number; pieces: number; error: number | null }> {
  const region = evidenceOn(page)
  await expect(region).toBeVisible()
  const shares = (await region.locator('.share').allInnerTexts()).map(number)
  const sum = shares.length > 0 ? number(await region.locator('.sum b').innerText()) : 0
  expect(shares.reduce((total, share) => total + share, 0)).toBeCloseTo(sum, 6)
  const said = await region.innerText()
  const estimate = /估计值(−?[\d.]+)，误差正负([\d.]+)/.exec(said)
  // Where there is an estimate, it is what the list adds up to.
  if (estimate) expect(number(estimate[1] ?? '')).toBeCloseTo(sum, 6)
  return { sum, pieces: shares.length, error: estimate ? number(estimate[2] ?? '') : null }
}

test('an answer, an observation and a year of time move the map, and the reasons add up each time', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  // Without a script: everything is in the page.
  const learner = await enter(browser, newcomer, false)
  const officer = await enter(browser, 'officer', false)
  const item = items.find(({ kind }) => kind === 'true-false')
  if (item?.kind !== 'true-false') throw new Error('The lesson asks no true or false.')
  const look = async () => {
    await learner.goto(`${site.origin}/me?indicator=${item.indicator}`)
    return proven(learner)
  }
  const before = await look()

  await learner.goto(site.origin + lesson)
  const form = learner.locator(`form#${item.id}`)
  await site.advance(60_000)
  await form.locator(`input[name=choice][value="${String(item.key)}"]`).check()
  await form.getByRole('button', { name: '提交答案' }).click()
  const answered = await look()
  // One kind of evidence: the pane stays shut, and the list says what it holds.
  expect([before.pieces, answered.pieces, answered.error]).toEqual([0, 1, null])
  expect(answered.sum).toBeGreaterThan(0)

  await officer.goto(`${site.origin}/people`)
  const name = (await learner.locator('.page-head .soft').innerText()).split(/\s/)[0] ?? ''
  await officer.getByRole('link', { name, exact: true }).first().click()
  await observe(officer, item.indicator)
  const observed = await look()
  expect(observed.pieces).toBe(2)
  expect(observed.error).toBeLessThan(1)
  expect(observed.sum).toBeGreaterThan(answered.sum)
  await expect(evidenceOn(learner)).toContainText('先问清了双方要什么')

  await site.advance(365 * 86_400_000)
  await signIn(learner, site, newcomer, password)
  const later = await look()
  expect(later.pieces).toBe(observed.pieces)
  expect(Math.abs(later.sum)).toBeLessThan(Math.abs(observed.sum))
  expect(later.error).toBeGreaterThan(observed.error ?? NaN)
  await expect(evidenceOn(learner)).toContainText('1年前')

  // Back by the months: what is shown of that time adds up as well, and nothing of it is called today's.
  const region = learner.getByRole('region', { name: '能力图谱' })
  await region.getByRole('link', { name: '前一个月' }).click()
  await expect(region).toContainText(/这是\d+年\d+月\d+日那天的样子。/)
  await expect(learner).toHaveURL(new RegExp(`indicator=${item.indicator}`))
  expect((await proven(learner)).pieces).toBe(later.pieces)
  const asOf = (on: string) =>
    learner.goto(`${site.origin}/me?asOf=${on}&indicator=${item.indicator}`).then(() => proven(learner))
  const day = new Date(Date.now() + 60_000 + 8 * 3_600_000).toISOString().slice(0, 10)
  expect(await asOf(day)).toEqual(observed)
  await region.getByRole('link', { name: '回到今天' }).click()
  expect(await proven(learner)).toEqual(later)
  await asOf('2026-02-30')
  await expect(region).toContainText('没有“2026-02-30”这一天，下面是今天的样子。')
  expect(await learner.content()).toContain('</html>')
})

/** The officer records on the page for it what was seen, at the fifth level. */
async function observe(officer: Page, indicator: string) {
  const person = new URL(officer.url()).pathname
  await officer.goto(`${site.origin}${person}/observe?indicator=${indicator}`)
  await officer.locator('input[name=level][value="5"]').check()
  await officer.locator('textarea[name=note], input[name=note]').first().fill('先问清了双方要什么')
  await officer.locator('main form:has([name=level]) button').first().click()
}

test('the slider moves by itself once there is a script, and keeps the indicator', async ({ browser }) => {
  const learner = await enter(browser, 'learner')
  await learner.goto(`${site.origin}/me?indicator=openness`)
  const slider = learner.getByRole('slider')
  await expect(slider).toHaveAttribute('aria-valuetext', '今天')
  // With keys the month is said, and shown only when asked for.
  await slider.focus()
  await slider.press('ArrowLeft')
  const said = (await slider.getAttribute('aria-valuetext')) ?? ''
  expect(said).toMatch(/^\d+年\d+月$/)
  await slider.press('Enter')
  await expect(learner.getByRole('region', { name: '能力图谱' })).toContainText(`这是${said}`)
  await expect(learner).toHaveURL(/indicator=openness/)
  const box = await learner.getByRole('slider').boundingBox()
  if (!box) throw new Error('There is no slider.')
  await learner.mouse.click(box.x + 4, box.y + box.height / 2)
  await expect(learner).toHaveURL(/month=\d+/)
  await expect(learner.getByRole('link', { name: '前一个月' })).toHaveCount(0)
})

test('whoever looks, prints or downloads is seen, and a sheet of paper is one page', async ({ browser }) => {
  test.setTimeout(240_000)
  const officer = await enter(browser, 'officer')
  await officer.goto(`${site.origin}/people`)
  const people = await officer
    .locator('main a[href^="/people/"]')
    .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname))
  const learner = await enter(browser, 'learner')
  const name = (await learner.locator('.page-head .soft').innerText()).split(/\s/)[0] ?? ''
  await officer.getByRole('link', { name, exact: true }).first().click()
  const own = new URL(officer.url()).pathname
  await expect(officer.getByText('你看过这一页，本人能看到。')).toBeVisible()
  for (const format of ['xlsx', 'csv', 'json']) {
    const reply = await officer.request.get(`${site.origin}${own}/map.${format}`)
    expect(reply.status()).toBe(200)
    expect(reply.headers()['content-disposition']).toContain(`capability-map.${format}`)
  }
  const json = await (await officer.request.get(`${site.origin}${own}/map.json?asOf=2026-05-31`)).json()
  expect(json).toMatchObject({ asOf: '2026-05-31' })

  // The fullest, and everybody else of the township, the emptiest among them; in every look of the screen the same.
  const looks = ['standard.normal.light', 'elder.max.dark']
  for (const [i, address] of [own, ...people].entries()) {
    const manner = looks[i % 2] ?? ''
    await officer.context().addCookies([{ name: 'looks', value: manner, url: site.origin }])
    expect([address, await pagesOf(officer, address)]).toEqual([address, 1])
  }
  await lengthen(officer, own)
  expect(await countPages(officer)).toBe(1)

  await learner.goto(`${site.origin}/me`)
  const seen = learner.getByRole('region', { name: '谁看过我的记录' })
  await expect(seen).toContainText('张杏芳')
  for (const what of ['学时与能力图谱', '能力图谱（打印页）', '能力图谱（下载Excel）', '能力图谱（下载CSV）'])
    await expect(seen).toContainText(what)
  expect((await officer.request.get(`${site.origin}${own}/map.csv?asOf=2099-01-01`)).status()).toBe(400)
  expect(
    (await learner.request.get(`${site.origin}${people[0] === own ? people[1] : people[0]}/sheet`)).status(),
  ).toBe(404)
})

async function pagesOf(page: Page, person: string): Promise<number> {
  await page.goto(`${site.origin}${person}/sheet`)
  await expect(page.getByText('结果只用来安排学习，不作为任用、考核等人事决定的自动依据。')).toBeVisible()
  return countPages(page)
}

async function countPages(page: Page): Promise<number> {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
  return [...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length
}

/** As long as names get: three posts in units with long names, and a seventh dimension of four indicators. */
async function lengthen(page: Page, person: string) {
  await page.goto(`${site.origin}${person}/sheet`)
  await page.evaluate(() => {
    const paper = document.querySelector('.paper')
    const [name, posts] = [paper?.querySelector('h2'), paper?.querySelector('header p')]
    if (!paper || !name || !posts) throw new Error('There is no sheet.')
    name.textContent = `阿卜杜热合曼·买买提吐尔逊·艾合买提江　能力图谱`
    posts.textContent = Array(3).fill('清溪县白石镇云岭新型农村社区居民委员会党组织书记').join('，')
    const last = paper.querySelector('tbody:last-of-type')
    last?.after(last.cloneNode(true))
  })
}

test('suggestions say why, can be switched off without a script, and then nobody sees them', async ({
  browser,
}) => {
  const learner = await enter(browser, 'learner', false)
  await learner.goto(`${site.origin}/me`)
  const next = learner.getByRole('region', { name: '下一步', exact: true })
  const steps = next.locator('li.step')
  await expect(steps).toHaveCount(3)
  for (const step of await steps.all()) {
    await expect(step).toContainText(/目标[二三四]级/)
    const gains = (await step.locator('.gain').allTextContents()).map(number)
    const whole = number((await step.locator('.whole').textContent()) ?? '')
    expect(gains.reduce((sum, gain) => sum + gain, 0)).toBeCloseTo(whole, 6)
    // Who reckons with what is printed comes to what is printed.
    for (const row of await step.locator('tbody tr').all()) {
      const [gap, taken, gain] = (await row.locator('td').allTextContents()).map(number)
      if (gain !== undefined) expect(Math.abs((gap ?? NaN) * (taken ?? NaN) - gain)).toBeLessThan(0.02)
    }
  }
  const name = (await learner.locator('.page-head .soft').innerText()).split(/\s/)[0] ?? ''
  const officer = await enter(browser, 'officer', false)
  await officer.goto(`${site.origin}/people`)
  await officer.getByRole('link', { name, exact: true }).first().click()
  await expect(officer.getByRole('heading', { name: '下一步', exact: true })).toBeVisible()

  await next.getByRole('button', { name: '关掉学习建议' }).click()
  const open = learner.getByRole('region', { name: '还不能说达标的指标' })
  await expect(open).toContainText('学习建议已经关掉，不再计算。')
  await expect(open.locator('dt').first()).toHaveText('政治素养')
  await expect(learner.locator('li.step')).toHaveCount(0)
  await officer.reload()
  await expect(officer.getByRole('heading', { name: '能力图谱' })).toBeVisible()
  await expect(officer.getByRole('heading', { name: '下一步', exact: true })).toHaveCount(0)
  await expect(officer.getByText('学习建议')).toHaveCount(0)

  await learner.goto(`${site.origin}/account`)
  await learner.getByRole('button', { name: '打开学习建议' }).click()
  await expect(learner.getByText('学习建议已经打开。')).toBeVisible()
  await learner.goto(`${site.origin}/me`)
  await expect(learner.locator('li.step')).toHaveCount(3)
})
