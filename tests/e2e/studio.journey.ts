// From a Word file to a lesson on show and down again: a trainer brings it in, mends it, asks a question about a
// sentence; two others read it; a learner studies it a second after it was published; it is withdrawn.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { startSite, type Site } from '../support/site.ts'
import { lessonTitle, makeLesson } from '../support/word-file.ts'
import { readThrough, readToTheEnd, signIn } from './study.ts'
import { nothing, watch } from './watch.ts'

test.use({ actionTimeout: 15_000 })

let site: Site

test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(() => site.stop())

async function enter(browser: Browser, number: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  await signIn(page, site, number, 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  return page
}

const tab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const saved = (page: Page) =>
  expect(page.locator('.desk [role=status]').first()).toHaveText(/^已保存/, { timeout: 20_000 })

test('a Word file becomes a lesson, is read by three people, studied and withdrawn', async ({ browser }) => {
  test.setTimeout(300_000)
  const trainer = await enter(browser, 'trainer')
  const seen = watch(trainer)

  // The file brings its title, headings, list, table, picture and footnote.
  await trainer.goto(`${site.origin}/studio/new`)
  await trainer.getByLabel('放在哪门课程').selectOption('crs-quanli')
  const mimeType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  const buffer = Buffer.from(await makeLesson())
  await trainer.getByLabel('Word文件').setInputFiles({ name: '会议室.docx', mimeType, buffer })
  await trainer.getByRole('button', { name: '开始写' }).click()
  await expect(trainer.getByRole('heading', { level: 1 })).toHaveText(lessonTitle, { timeout: 30_000 })
  const paper = trainer.getByRole('textbox', { name: '正文' })
  await expect(paper.getByRole('heading', { name: '借用之前' })).toBeVisible()
  await expect(paper.getByRole('listitem').first()).toHaveText('看会议室是否空着')
  await expect(paper.getByRole('cell', { name: '村民小组' })).toBeVisible()
  await expect(paper.locator('.picture img')).toHaveAttribute('alt', '会议室门口的公告栏，贴着一张登记表')
  await expect(paper.locator('.footnote')).toContainText('登记表由服务台保管')

  // A sentence more, in the editor, and a box by its form.
  await paper.getByText('村里的会议室大家都能用').click()
  await trainer.keyboard.press('End')
  await trainer.keyboard.insertText('谁用谁登记。')
  await trainer.getByRole('button', { name: '插入部件…' }).click()
  await trainer.getByRole('button', { name: /^提示框/ }).click()
  await trainer.getByLabel('小标题').fill('钥匙只交给登记的人')
  await trainer.getByRole('button', { name: '放进去' }).click()
  await paper.locator('.component .inside p').first().click()
  await trainer.keyboard.insertText('代领的，请写两个人的名字。')
  await saved(trainer)
  const preview = trainer.frameLocator('iframe[aria-hidden="false"]')
  await expect(preview.getByText('代领的，请写两个人的名字。')).toBeVisible({ timeout: 15_000 })

  // The label.
  await tab(trainer, '说明')
  await trainer.getByLabel('一两句话的介绍').fill('会议室怎样借、怎样还。')
  await trainer.getByText('廉洁与数字素养').click()
  await trainer.getByLabel('公开', { exact: true }).check()
  await trainer.getByRole('button', { name: '加一个出处' }).click()
  await trainer.getByLabel('书名、文件名或报道').fill('村会议室使用登记办法')
  await saved(trainer)
  await trainer.getByRole('button', { name: /^按字数算/ }).click()
  await saved(trainer)

  // A question about a sentence that was selected.
  await tab(trainer, '正文')
  await selectText(trainer, '谁用谁登记。')
  await trainer.getByRole('button', { name: '为这句话出题' }).click()
  await trainer.getByRole('button', { name: '用这句话出一道题' }).click()
  await trainer.getByLabel('题型').selectOption('true-false')
  await trainer.getByLabel('题干').fill('借会议室，由用的人来登记。')
  await trainer.getByRole('radio', { name: /^(对|正确|说得对)/ }).check()
  await trainer.getByLabel('解析').fill('谁用谁登记，钥匙才有着落。')
  await saved(trainer)
  await tab(trainer, '说明')
  await trainer.getByRole('button', { name: /^按字数算/ }).click()
  await saved(trainer)
  await expect(trainer.getByRole('link', { name: '去提交评审' })).toBeVisible()

  // Three readings by three people; the first is the author's.
  await trainer.getByRole('link', { name: '去提交评审' }).click()
  await trainer.getByRole('button', { name: '提交评审' }).click()
  await expect(trainer.getByText('已经提交')).toBeVisible()
  const review = new URL(trainer.url()).pathname
  const reviewer = await enter(browser, 'reviewer')
  const seenByReviewer = watch(reviewer)
  await reviewer.goto(`${site.origin}/studio`)
  await reviewer.getByRole('link', { name: lessonTitle }).click()
  await expect(reviewer.getByText(/这是新写的，共\d+节/)).toBeVisible()
  await reviewer.getByText('读稿子，选中一句，就带到下面').click()
  await reviewer.locator('[data-passages]').getByText('代领的，请写两个人的名字。').selectText()
  await expect(reviewer.getByLabel('说的是哪一句')).toHaveValue('代领的，请写两个人的名字。')
  await reviewer.getByRole('textbox', { name: '意见', exact: true }).fill('写明在哪里写名字。')
  await reviewer.getByRole('button', { name: '记下意见' }).click()
  await expect(reviewer.getByText('意见已经记下')).toBeVisible()
  await reviewer.getByLabel('通过', { exact: true }).check()
  await reviewer.getByRole('button', { name: '签字' }).click()
  await expect(reviewer.getByText('您的意见已经签下')).toBeVisible()
  const publisher = await enter(browser, 'publisher')
  await publisher.goto(site.origin + review)
  await publisher.getByLabel('通过', { exact: true }).check()
  await publisher.getByRole('button', { name: '签字' }).click()
  await publisher.getByRole('button', { name: '现在发布' }).click()
  await expect(publisher.getByText('已经发布，读者现在就能看到。')).toBeVisible()

  // A learner finds it at once, studies it and gets its minutes.
  const learner = await enter(browser, 'learner')
  const seenByLearner = watch(learner)
  await learner.clock.install()
  await learner.goto(`${site.origin}/courses/cunji-quanli`)
  await learner.getByRole('link', { name: new RegExp(lessonTitle) }).click()
  await expect(learner.getByText('代领的，请写两个人的名字。')).toBeVisible()
  await expect(learner.locator('footer.provenance')).toContainText('村会议室使用登记办法')
  await learner.clock.runFor(2_000)
  await readThrough(learner, site)
  const form = learner.locator('form.ask').first()
  await form.scrollIntoViewIfNeeded()
  await form.locator('input[name=choice][value="true"]').check()
  await form.getByRole('button', { name: '提交答案' }).click()
  await expect(form.getByText('答对了').first()).toBeVisible()
  await readToTheEnd(learner, site)
  const address = learner.url()

  // Withdrawn with a reason: the page says so, the lists and the search have it no longer, the hours stay.
  await publisher.getByRole('link', { name: '看发布以后怎样' }).click()
  await publisher.locator('summary', { hasText: '撤展' }).click()
  await publisher.getByLabel('为什么撤展').fill('登记办法正在修改，改好再展出')
  await publisher.getByRole('button', { name: '马上撤展' }).click()
  await expect(publisher.getByText('已经撤展，读者现在看不到了。')).toBeVisible()
  const gone = await learner.goto(address)
  expect(gone?.status()).toBe(410)
  await expect(learner.getByText('登记办法正在修改，改好再展出')).toBeVisible()
  await learner.goto(`${site.origin}/courses/cunji-quanli`)
  await expect(learner.getByText(lessonTitle)).toHaveCount(0)
  await learner.goto(`${site.origin}/search?q=${encodeURIComponent('会议室怎样借用')}`)
  await expect(learner.getByRole('link', { name: lessonTitle })).toHaveCount(0)
  await learner.goto(`${site.origin}/me/record`)
  await expect(learner.getByText(new RegExp(`学完《${lessonTitle}》`)).first()).toBeAttached()

  expect(seen).toEqual(nothing)
  expect(seenByReviewer).toEqual(nothing)
  expect(seenByLearner).toEqual(nothing)
})

test('what was typed before a crash is offered again, and two who write are merged', async ({ browser }) => {
  test.setTimeout(180_000)
  const first = await enter(browser, 'trainer')
  await first.goto(`${site.origin}/studio`)
  await first.getByRole('link', { name: '村口的公示栏' }).click()
  const desk = first.url()
  const paper = (page: Page) => page.getByRole('textbox', { name: '正文' })
  await expect(paper(first)).toBeVisible()
  await paper(first).getByText('村口的公示栏换了').click()
  await first.keyboard.press('End')

  // The line is gone: it is kept here, also when the page is closed without a word.
  await first.context().setOffline(true)
  await first.keyboard.insertText('没有网的时候写的。')
  await expect(first.getByText(/没有网络，已存在本机/)).toBeVisible({ timeout: 20_000 })
  const context = first.context()
  await first.close()
  await context.setOffline(false)
  const again = await context.newPage()
  await again.goto(desk)
  await again.getByRole('button', { name: '接着它写' }).click()
  await expect(paper(again)).toContainText('没有网的时候写的。')
  await saved(again)

  // Another opens it too; both change other places while neither sees the other's words.
  const second = await enter(browser, 'trainer2')
  await second.goto(desk)
  await expect(paper(second)).toContainText('没有网的时候写的。')
  await tab(second, '源码')
  await expect(second.locator('.cm-content').last()).toContainText('title: 村口的公示栏')
  await again.context().setOffline(true)
  await tab(second, '说明')
  await second.getByLabel('一句话的介绍').fill('字大了，看的人就多。')
  await saved(second)
  await paper(again).click()
  await again.keyboard.press('Control+End')
  await again.keyboard.insertText('末尾又写了一句。')
  await expect(again.getByText(/没有网络，已存在本机/)).toBeVisible({ timeout: 20_000 })
  await again.context().setOffline(false)
  await again.evaluate(() => dispatchEvent(new Event('online')))
  await expect(again.getByRole('region', { name: '合并两份稿子' })).toBeVisible({ timeout: 30_000 })
  await expect(again.getByText(/没有和您的改动重叠，已经合在一起/)).toBeVisible()
  await again.getByRole('button', { name: '采用这个结果' }).click()
  await saved(again)
  await second.reload()
  await expect(paper(second)).toContainText('末尾又写了一句。')
  await tab(second, '说明')
  await expect(second.getByLabel('一句话的介绍')).toHaveValue('字大了，看的人就多。')
})

/** Selects words in the editor as a mouse would. */
async function selectText(page: Page, words: string) {
  await page.evaluate((text) => {
    const paper = document.querySelector('.ProseMirror')
    if (!paper) throw new Error('There is no editor.')
    const walker = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.nodeValue?.indexOf(text) ?? -1
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + text.length)
      ;(paper as HTMLElement).focus()
      getSelection()?.removeAllRanges()
      getSelection()?.addRange(range)
      return
    }
    throw new Error('The words are not there.')
  }, words)
  await page.waitForTimeout(300)
}
