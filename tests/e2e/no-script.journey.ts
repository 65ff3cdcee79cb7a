// Everything that matters works before, and without, the script: reading, answering, signing in, the looks, feedback.
import { expect, test, type Locator, type Page } from '@playwright/test'
import type { Item } from '#quiz/question.ts'
import { startSite, type Site } from '../support/site.ts'
import { itemsIn, signIn } from './study.ts'
import { nothing, watch } from './watch.ts'

test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })

let site: Site
test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

const sizhi = '/courses/jiafeng-jiaxun/sizhi'
const items = [
  ...itemsIn('01-jiafeng-jiaxun', '01-sizhi'),
  ...itemsIn('01-jiafeng-jiaxun', '02-tuijin-fengzha'),
]

/** One item of a kind, and the address of its lesson. */
function oneOf(kind: Item['kind']): { item: Item; address: string } {
  const item = items.find((one) => one.kind === kind)
  if (!item) throw new Error(`There is no question of kind ${kind}.`)
  const address = item.id.startsWith('itm-sizhi') ? sizhi : '/courses/jiafeng-jiaxun/tuijin-fengzha'
  return { item, address }
}

/** Chooses the right answer with what the browser itself has: boxes, selects, a line of text. */
async function fillIn(form: Locator, item: Item) {
  const choose = (value: string) => form.locator(`input[name=choice][value="${value}"]`).check()
  if (item.kind === 'single') await choose(item.key)
  if (item.kind === 'true-false') await choose(String(item.key))
  if (item.kind === 'multiple') for (const key of item.key) await choose(key)
  if (item.kind === 'fill-in') await form.locator('input[name=text]').fill(item.key.accept[0] ?? '')
  if (item.kind === 'order')
    for (const [place, step] of item.key.entries())
      await form.locator(`select[name="place-${step}"]`).selectOption(String(place + 1))
  if (item.kind === 'match')
    for (const [left, right] of Object.entries(item.key))
      await form.locator(`select[name="match-${left}"]`).selectOption(right)
}

/** What the form holds now, as it would be sent. */
async function heldBy(form: Locator): Promise<string[]> {
  const chosen = form.locator('input[name=choice]:checked, input[name=text], select')
  return Promise.all((await chosen.all()).map((one) => one.inputValue()))
}

const send = (form: Locator) => form.getByRole('button', { name: /提交答案|再答一次/ }).click()

test('a lesson is read whole, with its quotations, pictures and questions', async ({ page }) => {
  await page.goto(site.origin)
  await page.getByRole('link', { name: '开始学习' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('article h2')).not.toHaveCount(0)
  await expect(page.locator('form.ask')).toHaveCount(5)
  // A search for text passes over what stands in <noscript>.
  await expect(page.locator('noscript p')).toBeVisible()
  await expect(page.locator('noscript p')).toHaveText('这一页的计时要用到脚本。正文和检查题照常可用。')
  expect((await page.locator('article').innerText()).length).toBeGreaterThan(1_000)
})

for (const kind of ['single', 'multiple', 'true-false', 'order', 'match', 'fill-in'] as const) {
  test(`a ${kind} question is answered by a plain form, and says in its place why`, async ({ page }) => {
    const { item, address } = oneOf(kind)
    await page.goto(site.origin + address)
    const form = page.locator(`form#${item.id}`)

    await send(form)
    expect(new URL(page.url()).hash).toBe(`#${item.id}`)
    await expect(form.locator('.say.care')).toBeVisible()
    await expect(form).not.toContainText(item.rationale)

    await fillIn(form, item)
    const filled = await heldBy(form)
    await send(form)
    await expect(form.getByText('答对了').first()).toBeVisible()
    await expect(form).toContainText(item.rationale)
    await expect(form.locator('blockquote')).toContainText(item.passage)
    await expect(form).toContainText('没有登录，这一次不计入学习记录。')
    expect(await heldBy(form)).toEqual(filled)
    await expect(page.getByText('答对了').filter({ visible: true })).not.toHaveCount(0)
    expect(await page.locator('form.ask:has(.say)').count()).toBe(1)
  })
}

test('a wrong answer leads back to the passage', async ({ page }) => {
  const { item, address } = oneOf('true-false')
  await page.goto(site.origin + address)
  const form = page.locator(`form#${item.id}`)
  await form.locator(`input[name=choice][value="${String(item.kind === 'true-false' && !item.key)}"]`).check()
  await send(form)
  await expect(form).toContainText('还差一步')
  await form.getByRole('link', { name: '回到原文所在的一节' }).click()
  const section = new URL(page.url()).hash
  expect(section).toMatch(/^#s\d$/)
  await expect(page.locator(section)).toBeInViewport()
})

test('who is signed in has the answer in the record', async ({ page }) => {
  await signIn(page, site, 'learner', 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  const { item, address } = oneOf('match')
  await page.goto(site.origin + address)
  const form = page.locator(`form#${item.id}`)
  await fillIn(form, item)
  await send(form)
  await expect(form.getByText('答对了').first()).toBeVisible()
  await expect(form).not.toContainText('没有登录')
  await page.goto(`${site.origin}/me/record`)
  const newest = page.getByRole('region', { name: '每一条记录' }).getByRole('listitem').first()
  await expect(newest).toContainText(/答/)
})

test('a wrong password is said at its field; the right one leads back to where one came from, and out again', async ({
  page,
}) => {
  await page.goto(`${site.origin}/me/record`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('登录')
  await page.getByLabel('账号').fill('learner')
  await page.getByLabel('密码').fill('not-the-password')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByText('账号或密码不对')).toBeVisible()
  await expect(page.getByLabel('账号')).toHaveValue('learner')
  await expect(page.getByLabel('密码')).toHaveValue('')
  await page.getByLabel('密码').fill('lianxue-demo')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('学习记录和回执')
  await page.goto(`${site.origin}/account`)
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.goto(`${site.origin}/me`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('登录')
})

const attribute = (page: Page, name: string) => page.locator('html').getAttribute(name)

test('长辈版 and 深色 stay chosen from page to page', async ({ page }) => {
  const seen = watch(page)
  await page.goto(site.origin + sizhi)
  await page.getByRole('button', { name: '长辈版' }).click()
  expect(new URL(page.url()).pathname).toBe(sizhi)
  expect(await attribute(page, 'data-mode')).toBe('elder')
  await page.getByRole('button', { name: '字再大些' }).click()
  expect(await attribute(page, 'data-size')).toBe('max')
  await page.getByRole('button', { name: '深色' }).click()
  await page.goto(`${site.origin}/help`)
  expect(await attribute(page, 'data-mode')).toBe('elder')
  expect(await attribute(page, 'data-size')).toBe('max')
  expect(await attribute(page, 'data-theme')).toBe('dark')
  await page.getByRole('button', { name: '标准版' }).click()
  await page.getByRole('button', { name: '浅色' }).click()
  expect(await attribute(page, 'data-mode')).toBe('standard')
  expect(await attribute(page, 'data-theme')).toBe('light')
  expect(seen).toEqual(nothing)
})

test('one can say what is wrong with a page, and comes back to it', async ({ page }) => {
  await page.goto(site.origin + sizhi)
  await page.getByText('说说这一页').click()
  await page.getByLabel('哪里不对、哪里不好用').fill('字太小，看不清。')
  await page.getByRole('button', { name: '送出' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('收到了，谢谢')
  await page.getByRole('link', { name: '回到刚才那一页' }).click()
  expect(new URL(page.url()).pathname).toBe(sizhi)
})
