// A trainer pastes a paper with two faults, mends them on the page, without script, and enters the items; another trainer
// approves one, and it is in use. What is exported comes back as known, sealed items open with their passphrase only.
import { readFileSync } from 'node:fs'
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

const passphrase = '七个不相干的词：井 算盘 雨 布鞋'
const paper = `党务村务公开小测（2026年冬）

一、单选题
1．公开栏的字要写多大才合适？（Ｂ）
Ａ．越小越省纸　Ｂ．站着看得清
解析：看不清等于没贴。
依据：字要大，站着看得清。
2．公开栏的纸上要写明什么？
A. 只写标题
B. 日期和经手人
C. 什么也不写
答案：D
依据：纸上写明日期和经手人。

二、判断题
1．字小一点也行，反正没有人看。（×）
依据：字要大，站着能看清。
`

test('a paper with two faults is mended and entered by one trainer, and approved by another', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const trainer = await enter(browser, 'trainer', false)
  const seen = watch(trainer)

  // Everything of the paper is there, sound or not.
  await trainer.goto(`${site.origin}/items/import`)
  await trainer.getByLabel('粘贴题目').fill(paper)
  await trainer.getByLabel('都是哪项指标').selectOption('openness')
  await trainer.getByRole('button', { name: '读进来，先看每一道' }).click()
  await expect(trainer.getByText('可以收1道')).toBeVisible()
  await expect(trainer.getByText('有问题2道')).toBeVisible()
  await expect(trainer.getByText('答案里有D，选项里没有。')).toBeVisible()
  await expect(trainer.getByText(/依据这句话在.*找不到|没有出处，依据也没有/)).toBeVisible()
  await expect(trainer.getByRole('group', { name: /公开栏的字要写多大/ })).toContainText('站着看得清')
  await expect(trainer.getByText('有1行没有认作题目')).toBeVisible()

  // Both are mended in their own fields, one after the other.
  await mend(trainer, '第8行，第2题', ['答案：D', '答案：B'])
  await expect(trainer.getByText('还有1道要改。')).toBeVisible()
  await mend(trainer, '第16行，第1题', ['站着能看清', '站着看得清'])
  await expect(trainer.getByText('都改好了，可以收了。')).toBeVisible()
  await trainer.getByRole('button', { name: '收下3道开放题，等另一位教员核准' }).click()
  await expect(trainer.getByText('收下了3道，等另一位教员核准以后才会出给人做。')).toBeVisible()

  // Who wrote them cannot approve; another trainer can.
  await trainer.getByRole('link', { name: '看等核准的题' }).click()
  const address = await trainer
    .getByRole('link', { name: /公开栏的字要写多大/ })
    .last()
    .getAttribute('href')
  await trainer.goto(`${site.origin}${address}`)
  await expect(trainer.getByText('这道题是你写的，请另一位教员来核准。')).toBeVisible()
  const approver = await enter(browser, 'trainer2', true)
  await approver.goto(`${site.origin}${address}`)
  await approver.getByRole('button', { name: '核准，放进题库' }).click()
  await expect(approver.getByText('已经核准，可以出题了。')).toBeVisible()
  expect(seen).toEqual(nothing)

  // The same paper again is known.
  await trainer.goto(`${site.origin}/items/import`)
  await trainer.getByLabel('粘贴题目').fill(paper)
  await trainer.getByLabel('都是哪项指标').selectOption('openness')
  await trainer.getByRole('button', { name: '读进来，先看每一道' }).click()
  await expect(trainer.getByText('已有、不再收1道')).toBeVisible()
})

test('a file that is wrong loses nothing that was typed; exports come back; secure items leave sealed only', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const trainer = await enter(browser, 'trainer', false)
  await trainer.goto(`${site.origin}/items/import`)
  await trainer.getByLabel('粘贴题目').fill('你好，这里没有题。')
  await trainer.getByRole('button', { name: '读进来，先看每一道' }).click()
  await expect(trainer.getByText('里面没有认出题目。').first()).toBeVisible()
  await expect(trainer.getByLabel('粘贴题目')).toHaveValue('你好，这里没有题。')

  // Word of the whole bank, read again: everything is known.
  await trainer.goto(`${site.origin}/items/import`)
  await trainer.getByLabel('哪项指标', { exact: true }).selectOption('openness')
  const word = await download(trainer, 'Word')
  await upload(trainer, { name: word.name, buffer: word.buffer })
  await expect(trainer.getByText('有问题0道')).toBeVisible()
  await expect(trainer.getByText('可以收0道')).toBeVisible()
  await expect(trainer.getByText(/已有、不再收\d+道/)).toBeVisible()

  // A secure item is in no open file; sealed it comes back.
  await trainer.goto(`${site.origin}/items/import`)
  await trainer.getByLabel('粘贴题目').fill(paper.replace('公开栏的字要写多大', '密题：字要多大'))
  await trainer.getByLabel('都是哪项指标').selectOption('openness')
  await trainer.getByLabel('放进保密题库').check()
  await trainer.getByRole('button', { name: '读进来，先看每一道' }).click()
  await trainer.getByRole('button', { name: '收下1道保密题，等另一位教员核准' }).click()
  await trainer.goto(`${site.origin}/items/import`)
  expect((await download(trainer, 'JSON')).buffer.toString()).not.toContain('密题')
  await trainer.getByText(/^加密导出保密题/).click()
  await seal(trainer, '太短', '太短')
  await expect(trainer.getByText('口令太短，没有导出。')).toBeVisible()
  const [file] = await Promise.all([trainer.waitForEvent('download'), seal(trainer, passphrase, passphrase)])
  const sealed = { name: file.suggestedFilename(), buffer: readFileSync(await file.path()) }
  expect(sealed.name).toBe('保密题目.sealed')
  await upload(trainer, sealed, '不是这个口令，试一试而已')
  await expect(trainer.getByText('打不开：口令不对').first()).toBeVisible()
  await upload(trainer, sealed, passphrase)
  await expect(trainer.getByText('保密题目.sealed，放进保密题库。')).toBeVisible()
  await expect(trainer.getByText(/已有、不再收[1-9]\d*道/)).toBeVisible()
})

async function enter(browser: Browser, number: string, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, javaScriptEnabled })
  const page = await context.newPage()
  await signIn(page, site, number, 'lianxue-demo')
  await expect(page).not.toHaveURL(/sign-in/)
  return page
}

async function mend(page: Page, place: string, [before = '', after = '']: string[]) {
  const field = page.getByLabel(place)
  await field.fill((await field.inputValue()).replace(before, after))
  await page.getByRole('button', { name: '改好了，再看一遍' }).click()
}

async function download(page: Page, button: string) {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ])
  return { name: file.suggestedFilename(), buffer: readFileSync(await file.path()) }
}

async function upload(page: Page, file: { name: string; buffer: Buffer }, passphrase?: string) {
  await page.goto(`${site.origin}/items/import`)
  await page.getByLabel('或者选一个文件').setInputFiles({ ...file, mimeType: 'application/octet-stream' })
  if (passphrase) {
    await page.getByText('文件是加密导出的保密题').click()
    await page.getByLabel('导出时的口令').fill(passphrase)
  }
  await page.getByRole('button', { name: '读进来，先看每一道' }).click()
}

async function seal(page: Page, passphrase: string, again: string) {
  await page.getByLabel('口令', { exact: true }).fill(passphrase)
  await page.getByLabel('再写一遍').fill(again)
  await page.getByRole('button', { name: '加密导出' }).click()
}
