// Taking a test on a phone: the line is lost in the middle, another device goes on, the result says how much and how sure,
// and the map moves. Without script as well; and never with a key on the page.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { readBankFile, readProcedures } from '#assessment/bank/bank-file.ts'
import type { Item } from '#quiz/question.ts'
import { fieldsOf, rightAnswer } from '#quiz/say-answer.ts'
import { startSite, type Site } from '../support/site.ts'
import { matchAll, putInOrder, signIn } from './study.ts'
import { nothing, watch } from './watch.ts'

test.use({ viewport: { width: 390, height: 844 } })

let site: Site
test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

const content = join(import.meta.dirname, '..', '..', 'content')
const filesIn = (folder: string) =>
  readdirSync(join(content, folder), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({
      file: `${folder}/${name}`,
      source: readFileSync(join(content, folder, name), 'utf8'),
    }))

/** The open bank with its keys, as its authors wrote it; no page of a test ever has them. */
const bank = (() => {
  const { procedures } = readProcedures(filesIn('procedures'))
  const items = filesIn('items').flatMap(({ file, source }) => {
    const read = readBankFile({ file, source }, procedures)
    return read.type === 'read' ? read.value.items : []
  })
  return new Map(items.map((item) => [item.id, item]))
})()

const paper = 'asm-lianjie'
const adaptive = 'asm-integrity'
const attempt = (page: Page) => page.locator('form.paper')
const at = (page: Page) => page.locator('.bar .place')
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** A question of the overview by its number and state. */
const named = (position: number, state: string) =>
  new RegExp(`第\\s*${position}\\s*题，\\s*${state.split('').join('\\s*')}`)

async function enter(page: Page, number: string) {
  await signIn(page, site, number, 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
}

/** The page is alive: its script has taken over. */
const alive = (page: Page) => page.waitForFunction(() => !document.querySelector('astro-island[ssr]'))

async function shownItem(page: Page): Promise<Item> {
  const id = await attempt(page).locator('input[name=item]').inputValue()
  const item = bank.get(id)
  if (!item) throw new Error(`${id} is not in the bank.`)
  return item
}

/** Answers the question that is shown, rightly, by what is seen. */
async function answerRightly(page: Page) {
  const item = await shownItem(page)
  const form = attempt(page)
  if (item.kind === 'order' && (await form.locator('select').count()) === 0)
    return putInOrder(form, item.steps, item.key)
  if (item.kind === 'match' && (await form.locator('select').count()) === 0) return matchAll(form, item)
  for (const [name, value] of fieldsOf(rightAnswer(item))) {
    const field = form.locator(`[name="${name}"]`).first()
    const more = form.getByRole('button', { name: /^接着看第/ })
    while (!(await field.isVisible()) && (await more.isVisible())) await more.click()
    const tag = await field.evaluate((one) => `${one.tagName} ${(one as HTMLInputElement).type}`)
    if (/SELECT/.test(tag)) await field.selectOption(value)
    else if (/radio|checkbox/.test(tag)) await form.locator(`[name="${name}"][value="${value}"]`).check()
    else await field.fill(value)
  }
}

async function faultsOf(page: Page): Promise<string[]> {
  const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const axe = await new AxeBuilder({ page }).withTags(standards).setLegacyMode(true).analyze()
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  return [
    ...axe.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`),
    ...(wide > 0 ? [`${wide} px wider than the screen`] : []),
  ]
}

/** Nothing that only the server may know stands in the page. */
async function expectNoKeys(page: Page) {
  const html = await page.content()
  for (const { id, rationale, passage } of bank.values()) {
    expect(html.includes(rationale), `rationale of ${id}`).toBe(false)
    if (html.includes(id)) expect(html.includes(`"${passage}"`), `passage of ${id}`).toBe(false)
  }
}

test('the line is lost in the middle, another device goes on, and the map moves', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000)
  await enter(page, 'learner')
  await page.getByRole('link', { name: '测评', exact: true }).click()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('link', { name: '廉洁与数字素养：自测卷' }).click()
  await expect(page.getByText('不排名次，没有合格线').first()).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await press(page, '开始')
  await alive(page)
  await expect(at(page)).toHaveText('第1题，共16题')
  await expect(page.getByText(/还有(29|30)分钟/)).toBeVisible()
  await expectNoKeys(page)
  expect(await faultsOf(page)).toEqual([])

  for (let n = 1; n <= 3; n++) {
    await answerRightly(page)
    await press(page, '下一题')
    await expect(at(page)).toHaveText(`第${n + 1}题，共16题`)
  }
  await expect(page.getByText('已保存')).toBeVisible()

  // The line goes: three more questions, and one mark.
  await page.context().setOffline(true)
  for (let n = 4; n <= 6; n++) {
    await answerRightly(page)
    await press(page, '下一题')
    await expect(at(page)).toHaveText(`第${n + 1}题，共16题`)
  }
  await page.getByLabel('标记，以后再看').check()
  await expect(page.getByText(/没有网络，4题存在这台设备上/)).toBeVisible()
  await page.getByText(/^全部题目/).click()
  await expect(page.getByRole('button', { name: named(5, '待交') })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])

  // Another device meanwhile: what had arrived is there.
  const other = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  const laptop = await other.newPage()
  const seen = watch(laptop)
  await enter(laptop, 'learner')
  await laptop.goto(`${site.origin}/assessments`)
  await laptop.getByRole('link', { name: '继续' }).click()
  await alive(laptop)
  await laptop.getByText(/^全部题目：答了3道，还有13道/).click()
  await expect(laptop.getByRole('button', { name: named(3, '已答') })).toBeVisible()
  await expect(laptop.getByRole('button', { name: named(4, '未答') })).toBeVisible()

  // The line is back: nothing was lost, and the other device hears of it.
  await page.context().setOffline(false)
  await expect(page.getByText('已保存')).toBeVisible({ timeout: 20_000 })
  await laptop.reload()
  await alive(laptop)
  await laptop.getByText(/^全部题目：答了6道，还有10道，标记了1道/).click()
  await laptop.getByRole('button', { name: named(7, '未答，标记') }).click()
  await expect(at(laptop)).toHaveText('第7题，共16题')
  for (let n = 7; n <= 14; n++) {
    await answerRightly(laptop)
    await press(laptop, '下一题')
    await expect(at(laptop)).toHaveText(`第${n + 1}题，共16题`)
  }
  // A call, and the page is gone before the answer was sent: it is there again.
  await answerRightly(laptop)
  await laptop.reload()
  await alive(laptop)
  await expect(at(laptop)).toHaveText('第15题，共16题')
  await press(laptop, '下一题')
  await press(laptop, '去交卷')
  await expect(laptop.getByRole('heading', { name: '交卷以前看一看' })).toBeVisible()
  await expect(laptop.getByText('还有1道没有答，或者没有答完')).toBeVisible()
  expect(await faultsOf(laptop)).toEqual([])
  await laptop.getByRole('link', { name: '去第16题' }).click()
  await alive(laptop)
  await answerRightly(laptop)
  await press(laptop, '去交卷')
  await expect(laptop.getByText('题都答了')).toBeVisible()
  await press(laptop, '交卷')

  await expect(laptop.getByRole('heading', { level: 1 })).toHaveText('廉洁与数字素养：自测卷的结果')
  await expect(laptop.getByText(/16\s*分，满分16分/)).toBeVisible()
  await expect(laptop.getByText(/换一份同样的卷子，多半会在\d+%到100%之间/)).toBeVisible()
  const moves = laptop.getByRole('region', { name: '能力图谱的变化' })
  await expect(moves.getByRole('listitem')).toHaveCount(4)
  await expect(moves).toContainText(/从.级（.*）到.级（.*）|还在.级（从.*到.*）|打开了：估计|记下\d条依据/)
  expect(await faultsOf(laptop)).toEqual([])
  await moves.getByRole('link', { name: '公开' }).click()
  await expect(laptop.getByRole('heading', { name: '公开：凭什么这样估计' })).toBeVisible()
  await expect(laptop.locator('#evidence').locator('xpath=../../..')).toContainText('自测')
  expect(seen).toEqual(nothing)

  // The first device hears that it is over.
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('廉洁与数字素养：自测卷的结果')
  await other.close()
})

test('when the time is up the answers that are there count, and what came later is kept and said', async ({
  page,
}) => {
  await enter(page, 'officer')
  await page.goto(`${site.origin}/assessments/${paper}`)
  await press(page, '开始')
  await alive(page)
  await answerRightly(page)
  await press(page, '下一题')
  await expect(page.getByText('已保存')).toBeVisible()
  await site.advance(30 * 60_000 + 11_000)
  await answerRightly(page)
  await expect(page.getByText('最后那个答案是到时间或交卷以后才收到的，已经存下，没有计分。')).toBeVisible()
  await expect(page.getByText('到时间自动交卷').first()).toBeVisible()
  await expect(page.getByText(/1道题的答案是到时间或交卷以后才收到的/)).toBeVisible()
  await expect(page.getByText(/1\s*分，满分16分/)).toBeVisible()
})

test('an adaptive test waits for the line with its next question, and ends by itself', async ({ page }) => {
  const seen = watch(page)
  await enter(page, 'trainer')
  await page.goto(`${site.origin}/assessments/${adaptive}`)
  await press(page, '开始')
  await alive(page)
  await answerRightly(page)
  await page.context().setOffline(true)
  await press(page, '下一题')
  await expect(page.getByText('下一题要等网络恢复才能出')).toBeVisible()
  await page.context().setOffline(false)
  await press(page, '下一题')
  await expect(at(page)).toHaveText('第2题')
  await expectNoKeys(page)
  // Without a word it does not go on.
  await press(page, '下一题')
  await expect(page.getByText(/还没有作答，请先答这一题|还没有选|还没有/).first()).toBeVisible()
  await expect(at(page)).toHaveText('第2题')
  expect(await faultsOf(page)).toEqual([])
  for (let n = 2; (await at(page).count()) > 0 && n < 12; n++) {
    await answerRightly(page)
    await press(page, '下一题')
    await expect(async () => {
      const now = await at(page)
        .textContent({ timeout: 200 })
        .catch(() => null)
      expect(now).not.toBe(`第${n}题`)
    }).toPass()
    await page.waitForLoadState()
  }
  await expect(page.getByText(/这一次的估计值是[−0-9.]+，误差正负/)).toBeVisible()
  await expect(page.getByText(/题数已满|已经测得够准/)).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  expect(seen.reports).toEqual([])
})

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })

  test('one question a page, saved with every step, resumed where it was, and handed in', async ({
    page,
  }) => {
    test.setTimeout(180_000)
    await enter(page, 'reviewer')
    await page.goto(`${site.origin}/assessments/${paper}`)
    await press(page, '开始')
    await expect(at(page)).toHaveText('第1题，共16题')
    for (let n = 1; n <= 5; n++) {
      await answerRightly(page)
      await press(page, '下一题')
      await expect(at(page)).toHaveText(`第${n + 1}题，共16题`)
    }
    await page.getByLabel('标记，以后再看').check()
    await page.getByText(/^全部题目：答了5道，还有11道/).click()
    await page.getByRole('button', { name: named(2, '已答') }).click()
    await expect(at(page)).toHaveText('第2题，共16题')
    await page.goto(`${site.origin}/assessments/${paper}`)
    await page.getByRole('link', { name: '继续' }).click()
    await page.getByText(/^全部题目：答了5道，还有11道，标记了1道/).click()
    await press(page, '交卷')
    await expect(page.getByText('还有11道没有答，或者没有答完')).toBeVisible()
    await expect(page.getByRole('link', { name: '去第6题' })).toHaveCount(2)
    await press(page, '交卷')
    await expect(page.getByText(/5\s*分，满分16分/)).toBeVisible()
    await expect(page.getByText('11道题没有答，或者没有答完，按0分算，不作能力的依据。')).toBeVisible()
    await expect(page.getByText('先学这几课')).toBeVisible()
  })

  test('an adaptive test too', async ({ page }) => {
    test.setTimeout(180_000)
    await enter(page, 'publisher')
    await page.goto(`${site.origin}/assessments/${adaptive}`)
    await press(page, '开始')
    await press(page, '下一题')
    await expect(page.getByText('还没有作答，请先答这一题。')).toBeVisible()
    for (let n = 1; (await at(page).count()) > 0; n++) {
      await expect(at(page)).toHaveText(`第${n}题`)
      await answerRightly(page)
      await press(page, '下一题')
    }
    await expect(page.getByText(/这一次的估计值是[−0-9.]+，误差正负/)).toBeVisible()
  })
})
