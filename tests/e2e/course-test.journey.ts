// The test of a course: who knows it already passes and has its lessons; who does not is told what to study and when to
// come again. Without script as well, and never with a word on a single answer.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { parse } from 'yaml'
import type { Item } from '#quiz/question.ts'
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

const courses = {
  'jiafeng-jiaxun': '01-jiafeng-jiaxun',
  'cunji-quanli': '02-cunji-quanli',
  'qinglian-gushi': '03-qinglian-gushi',
  'hongse-wenhua': '04-hongse-wenhua',
}
type Course = keyof typeof courses

/** The items of a course's test with their keys, as their author wrote them; no page ever has the keys. */
function keysOf(course: Course): Map<string, Item> {
  const file = join(import.meta.dirname, '..', '..', 'content', 'courses', courses[course], 'test.yaml')
  return new Map((parse(readFileSync(file, 'utf8')) as Item[]).map((item) => [item.id, item]))
}

async function learner(page: Page) {
  await signIn(page, site, 'learner', 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
}

const questionsOf = (page: Page) => page.locator('form fieldset[id^=itm-]')
const handIn = (page: Page) => page.getByRole('button', { name: '交卷' }).click()
/** Longer than anybody needs to read ten questions. */
const readOn = () => site.advance(3 * 60_000)

/** Answers the questions of the paper, wrongly where it is said, and leaves some out. */
async function answer(
  page: Page,
  course: Course,
  { wrong = [], leave = [] }: { wrong?: number[]; leave?: number[] } = {},
) {
  const items = keysOf(course)
  const ids = await questionsOf(page).evaluateAll((all) => all.map((one) => one.id))
  for (const [index, id] of ids.entries()) {
    const item = items.get(id)
    if (!item) throw new Error(`${id} is not in the test of ${course}.`)
    if (!leave.includes(index + 1)) await fillIn(page.locator(`#${id}`), item, !wrong.includes(index + 1))
  }
}

async function fillIn(field: Locator, item: Item, right: boolean) {
  const check = (value: string) => field.locator(`input[value="${value}"]`).check()
  const other = (parts: { id: string }[], id?: string) => parts.find((part) => part.id !== id)?.id ?? ''
  if (item.kind === 'single') await check(right ? item.key : other(item.options, item.key))
  if (item.kind === 'true-false') await check(String(item.key === right))
  if (item.kind === 'multiple')
    for (const { id } of item.options) if (item.key.includes(id) === right) await check(id)
  if (item.kind === 'fill-in')
    await field.locator('input').fill(right ? (item.key.accept[0] ?? '') : '不记得')
  if (item.kind === 'order')
    for (const [place, step] of (right ? item.key : item.key.toReversed()).entries())
      await field.locator(`select[name$="place-${step}"]`).selectOption(String(place + 1))
  if (item.kind === 'match')
    for (const { id } of item.left)
      await field
        .locator(`select[name$="match-${id}"]`)
        .selectOption(right ? (item.key[id] ?? '') : other(item.right, item.key[id]))
}

test('who knows the course passes: its lessons are credited, and say so where they are', async ({ page }) => {
  const seen = watch(page)
  await learner(page)
  await page.goto(`${site.origin}/courses/qinglian-gushi`)
  await page.getByRole('link', { name: '做课程测试' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('清廉故事：课程测试')
  await expect(page.getByText('没有人看着，请一个人答')).toBeVisible()
  await expect(questionsOf(page)).toHaveCount(10)
  const asked = await questionsOf(page).evaluateAll((all) => all.map((one) => one.id))
  for (const { rationale, passage } of keysOf('qinglian-gushi').values()) {
    expect(await page.content()).not.toContain(rationale)
    expect(await page.content()).not.toContain(`"${passage}"`)
  }
  await page.reload()
  expect(await questionsOf(page).evaluateAll((all) => all.map((one) => one.id))).toEqual(asked)

  await answer(page, 'qinglian-gushi', { wrong: [1] })
  await readOn()
  await handIn(page)
  await expect(page.getByRole('heading', { name: '通过了' })).toBeVisible()
  expect(new URL(page.url()).search).toBe('')
  const result = page.getByRole('region', { name: '通过了' })
  await expect(result).toContainText(/9(\.\d+)?\s*分，满分\s*10\s*分/)
  await expect(result.getByText('免学', { exact: true }).first()).toBeVisible()
  // Nothing of a single question.
  for (const { rationale } of keysOf('qinglian-gushi').values())
    expect(await page.content()).not.toContain(rationale)
  await expect(questionsOf(page)).toHaveCount(0)

  await result.getByRole('link', { name: '看回执和每一行的依据' }).click()
  const online = page.getByRole('region', { name: '网络自学' })
  await expect(online.getByText(/通过课程测试（无人监考，9[\d.]*分\/10分），免学/).first()).toBeVisible()
  await expect(page.getByText(/《清廉故事》课程测试，无人监考，得9[\d.]*分/)).toBeVisible()
  expect(seen).toEqual(nothing)
})

test('who does not is told what to study, and the second try waits two weeks and asks new questions', async ({
  page,
}) => {
  await learner(page)
  const address = `${site.origin}/courses/cunji-quanli/test`
  await page.goto(address)
  const asked = await questionsOf(page).evaluateAll((all) => all.map((one) => one.id))
  // On another device the same paper, and on a third one that stays open.
  const later = await page.context().newPage()
  await later.goto(address)
  await answer(page, 'cunji-quanli', { wrong: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] })
  await answer(later, 'cunji-quanli')
  await readOn()
  await handIn(page)
  const result = page.getByRole('region', { name: '这一次没有通过' })
  await expect(result).toContainText('先学这几课')
  await expect(result.getByRole('listitem')).toHaveCount(3)
  await expect(result).toContainText(/\d{4}-\d\d-\d\d起可以再测/)

  // Right answers handed in after it count no more.
  await handIn(later)
  await expect(later.getByText('这份卷子先前已经交过，只算先交的那一次')).toBeVisible()
  await expect(later.getByRole('heading', { name: '这一次没有通过' })).toBeVisible()
  await page.goto(address)
  await expect(page.getByRole('button', { name: '交卷' })).toHaveCount(0)
  await expect(page.getByRole('heading', { name: '这一次没有通过' })).toBeVisible()

  await site.advance(14 * 86_400_000)
  await signIn(page, site, 'learner', 'lianxue-demo')
  await page.goto(address)
  await expect(questionsOf(page)).toHaveCount(10)
  const now = await questionsOf(page).evaluateAll((all) => all.map((one) => one.id))
  const unseen = [...keysOf('cunji-quanli').keys()].filter((id) => !asked.includes(id))
  expect(now).toEqual(expect.arrayContaining(unseen))
})

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })

  test('a paper that is too early or incomplete comes back with all that was answered, and completed it is taken', async ({
    page,
  }) => {
    await learner(page)
    await page.goto(`${site.origin}/courses/hongse-wenhua/test`)
    await answer(page, 'hongse-wenhua', { leave: [2, 7] })
    // Faster than it can be read: it comes back as it was, and the same answers are taken up a while later.
    await handIn(page)
    const missing = page.getByRole('status')
    await expect(missing).toContainText(/题目还没读完吧？再看一看，\d+秒后再交/)
    await expect(page.getByRole('heading', { name: '通过了' })).toHaveCount(0)
    await readOn()
    await handIn(page)
    await expect(missing).toContainText('还没有交上：有2道题没有答完')
    await expect(missing.getByRole('link')).toHaveText(['第2题', '第7题'])
    await missing.getByRole('link', { name: '第7题' }).click()
    await expect(questionsOf(page).nth(6)).toBeInViewport()
    await expect(questionsOf(page).nth(6).locator('.state.care')).toBeVisible()
    await expect(questionsOf(page).nth(0).locator('.state.care')).toHaveCount(0)
    await answer(page, 'hongse-wenhua', { leave: [1, 3, 4, 5, 6, 8, 9, 10] })
    await handIn(page)
    await expect(page.getByRole('heading', { name: '通过了' })).toBeVisible()
    await expect(page.getByRole('region', { name: '通过了' })).toContainText('10分，满分10分')
  })
})

test('who is not signed in is led to the form, and back to the test', async ({ page }) => {
  await page.goto(`${site.origin}/courses/jiafeng-jiaxun/test`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('登录')
  await page.getByLabel('账号').fill('learner')
  await page.getByLabel('密码').fill('lianxue-demo')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('家风家训：课程测试')
})
