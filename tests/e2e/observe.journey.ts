// Observed practice on a phone: a trainer records what he saw in a few touches, the person finds it on her map with the
// reason, he takes it back and it no longer counts. All of it without script too.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { startSite, type Site } from '../support/site.ts'
import { signIn } from './study.ts'
import { nothing, watch } from './watch.ts'

let site: Site

test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

const phone = { width: 390, height: 844 }

async function enter(browser: Browser, who: string, script: boolean): Promise<Page> {
  const context = await browser.newContext({ viewport: phone, javaScriptEnabled: script })
  const page = await context.newPage()
  await signIn(page, site, who, 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  return page
}

/** Opens the page on which a person is observed. */
async function openPerson(rater: Page, number: string): Promise<void> {
  await rater.getByRole('link', { name: '实务观察' }).click()
  await rater.getByLabel('姓名、工号或单位').fill(number)
  await rater.getByRole('button', { name: '找人' }).click()
  await rater.locator('.people a').first().click()
  await expect(rater.getByRole('heading', { name: '看到的是哪一项' })).toBeVisible()
}

/** The evidence of an indicator on a person's own page. */
async function evidenceOf(own: Page, indicator: string) {
  await own.goto(`${site.origin}/me?indicator=${indicator}`)
  return own.locator('section', { has: own.locator('h2#evidence') })
}

for (const [script, note, indicator, name] of [
  [true, '晒账时先念收支，再问大家有没有要问的，当场答了三个。', 'openness', '公开'],
  [false, '两家为地界争起来，先听完两边，再一起去量。', 'mediation', '矛盾调解'],
] as const) {
  test(`${script ? 'with' : 'without'} script: five touches, the person sees it with its reason, and taken back it no longer counts`, async ({
    browser,
  }) => {
    const own = await enter(browser, 'learner', script)
    const rater = await enter(browser, 'trainer', script)
    const seen = watch(rater)
    await openPerson(rater, 'learner')

    let touches = 0
    const touch = (what: ReturnType<Page['locator']>) => ((touches += 1), what.click())
    await touch(rater.getByRole('link', { name, exact: true }))
    const anchors = rater.getByRole('radio')
    await expect(anchors).toHaveCount(5)
    await touch(rater.locator('label.choice').nth(4))
    await expect(anchors.nth(4)).toBeChecked()
    await touch(rater.getByLabel('看到了什么'))
    await rater.keyboard.type(note)
    await touch(rater.getByRole('button', { name: '记下' }))
    const said = rater.getByRole('status')
    await expect(said).toContainText(`${name}，五级。${note}`)
    expect(touches).toBeLessThanOrEqual(5)

    const proof = await evidenceOf(own, indicator)
    const piece = proof.getByRole('listitem').filter({ hasText: note })
    await expect(piece).toContainText('现场看到的做法')
    await expect(piece).toContainText(`“${name}”对照五条行为记为五级`)
    await expect(piece).toContainText('实务观察，今天，分量1.00')
    await expect(piece).toContainText(/使估计变动[+−]\d\.\d\d/)
    expect(await own.content()).toContain('</html>')

    // The same once more is told apart from another view of the same day.
    await rater.getByRole('link', { name: '再记一项' }).click()
    await rater.getByRole('link', { name, exact: true }).click()
    await rater.locator('label.choice').nth(0).click()
    await rater.getByLabel('看到了什么').fill('另一个说法，写得不一样。')
    await rater.getByRole('button', { name: '记下' }).click()
    await expect(rater.getByText('这一项你已经记过五级，没有再记。')).toBeVisible()
    await expect(rater.getByLabel('看到了什么')).toHaveValue('另一个说法，写得不一样。')

    await rater.goto(`${site.origin}/observe`)
    const mine = rater.getByRole('region', { name: '我记的' })
    const row = mine.getByRole('listitem').filter({ hasText: note })
    await row.locator('summary').click()
    await row.getByLabel('选错了指标或级别').check()
    await row.getByRole('button', { name: '撤回这一条' }).click()
    await expect(mine.getByText('已经撤回，不再计入。')).toBeVisible()
    await expect(row).toHaveCount(0)

    await expect((await evidenceOf(own, indicator)).getByText(note)).toHaveCount(0)
    await own.goto(`${site.origin}/me/record`)
    const record = own.getByRole('region', { name: '每一条记录' })
    await expect(record).toContainText('记的人撤回：选错了指标或级别。')
    await expect(own.getByText('一条连着一条，没有改动过')).toBeVisible()
    expect(seen).toEqual(nothing)
  })
}

test('severity is shown to the rater alone; who may not observe finds no page', async ({ browser }) => {
  const officer = await enter(browser, 'officer', true)
  await officer.goto(`${site.origin}/observe`)
  const severity = officer.getByRole('region', { name: '我的尺度' })
  await expect(severity).toContainText(/你的尺度(比大家偏[严宽]约\d\.\d级|和大家差不多)。/)
  await expect(severity).toContainText('这不是对你的评价，只写给你自己看')

  const learner = await enter(browser, 'learner', true)
  await expect(learner.getByRole('link', { name: '实务观察' })).toHaveCount(0)
  for (const address of ['/observe', '/people/none/observe'])
    expect((await learner.goto(site.origin + address))?.status()).toBe(404)
})
