// Nothing that is typed at the desk is lost between its tabs, on a slow line, beside somebody else, or by leaving.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { startSite, type Site } from '../support/site.ts'
import { signIn } from './study.ts'

test.use({ actionTimeout: 15_000 })

let site: Site

test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

/** A page at the desk of one story, with a line that takes so long to save. */
async function sitDown(browser: Browser, number: string) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  await signIn(page, site, number, 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  const line = { milliseconds: 0 }
  await page.route('**/studio/save', async (route) => {
    await new Promise((then) => setTimeout(then, line.milliseconds))
    await route.continue()
  })
  await page.goto(`${site.origin}/studio`)
  await page.getByRole('link', { name: '村口的公示栏' }).click()
  await expect(paper(page)).toBeVisible()
  return { page, line }
}

const paper = (page: Page) => page.getByRole('textbox', { name: '正文' })
const source = (page: Page) => page.locator('.cm-content').last()
const tab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const saved = (page: Page) =>
  expect(page.locator('.desk [role=status]').first()).toHaveText(/^已保存/, { timeout: 30_000 })

async function write(page: Page, words: string) {
  await paper(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText(words)
}

test('what was typed stands in every tab, also on a slow line, and arrives when the page is left', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const { page, line } = await sitDown(browser, 'trainer')

  await write(page, '甲处写的。')
  await tab(page, '说明')
  await tab(page, '正文')
  await expect(paper(page)).toContainText('甲处写的。')
  await write(page, '乙处写的。')
  await saved(page)

  line.milliseconds = 3000
  await write(page, '慢线上写的。')
  await tab(page, '源码')
  await expect(source(page)).toContainText('甲处写的。乙处写的。慢线上写的。', { timeout: 20_000 })
  await source(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText('\n源码里写的。\n')
  await tab(page, '说明')
  await tab(page, '源码')
  await expect(source(page)).toContainText('源码里写的。')
  await tab(page, '正文')
  await expect(paper(page)).toContainText('源码里写的。', { timeout: 20_000 })

  await write(page, '临走写的。')
  await page
    .getByRole('link', { name: /^(评审页|去提交评审)$/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: '三审' })).toBeVisible({ timeout: 20_000 })
  await page.goBack()
  await page.reload()
  await expect(paper(page)).toContainText(/慢线上写的。\s*源码里写的。临走写的。/)
  await page.context().close()
})

test('what was typed while somebody else saved goes into the merge, also after it was put off', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const { page: first, line } = await sitDown(browser, 'trainer')
  const { page: second } = await sitDown(browser, 'trainer2')
  const merge = first.getByRole('region', { name: '合并两份稿子' })

  line.milliseconds = 3000
  await tab(second, '说明')
  await second.getByLabel('一句话的介绍').fill('第二个人改的介绍。')
  await saved(second)
  const sending = first.waitForRequest('**/studio/save')
  await write(first, '先写的。')
  await sending
  await first.keyboard.insertText('送的时候写的。')
  await expect(merge).toContainText('先写的。送的时候写的。', { timeout: 30_000 })
  await merge.getByRole('button', { name: '先不合，回到我的稿子' }).click()
  await write(first, '没合就写的。')
  await first.getByRole('button', { name: '现在合并' }).click()
  await expect(merge).toContainText('先写的。送的时候写的。没合就写的。', { timeout: 30_000 })
  await merge.getByRole('button', { name: '采用这个结果' }).click()
  await saved(first)
  await second.reload()
  await expect(paper(second)).toContainText('先写的。送的时候写的。没合就写的。')
  await tab(second, '说明')
  await expect(second.getByLabel('一句话的介绍')).toHaveValue('第二个人改的介绍。')

  // A label that cannot be read is not offered as a form that forgets what is typed into it.
  await tab(second, '源码')
  await expect(source(second)).toBeVisible()
  await source(second).click()
  await second.keyboard.press('Control+Home')
  await second.keyboard.press('End')
  await second.keyboard.insertText('\nx: [')
  await tab(second, '说明')
  await expect(second.getByText('源码开头的说明有一处写法读不懂')).toBeVisible()
})
