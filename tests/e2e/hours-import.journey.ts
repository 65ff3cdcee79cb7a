// Hours earned elsewhere: an officer fills in the template and uploads it, another approves, the learner sees the hours
// with where they come from; taken back they are gone; and the archive that is downloaded is recognised as known.
import { readFileSync } from 'node:fs'
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
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

const title = '全省村（社区）党组织书记基层治理能力提升示范培训班（含现场教学）'

test('hours from elsewhere: template, upload, a wrong row, approval, the learner’s record, taking back, the archive', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const officer = await enter(browser, 'officer')
  const approver = await enter(browser, 'officer2')
  const learner = await enter(browser, 'learner')
  const seen = [officer, approver, learner].map(watch)
  const before = await concentrated(learner)

  // The template is filled in as a spreadsheet would: the sample row is forgotten, one number is wrong.
  await officer.goto(`${site.origin}/admin/hours/import`)
  const template = await download(officer, officer.getByRole('link', { name: '下载模板（CSV）' }))
  const [heading = [], sample = []] = parse(template, { bom: true, relax_column_count: true }) as string[][]
  const row = (changes: Record<string, string>) => {
    const cells: Record<string, string> = {
      ...{
        工号: 'learner',
        姓名: '傅平安',
        '培训班（课程）名称': title,
        培训方式: '集中培训',
        主办单位: '省委组织部',
      },
      ...{ 开始日期: '2026年5月11日', 结束日期: '2026/5/15', 认定学时: '40', 证书号: '省培2026-00318' },
      ...changes,
    }
    return heading.map((name) => cells[name] ?? '')
  }
  const file = stringify([heading, sample, row({}), row({ 工号: 'QX9999', 姓名: '某人' })])
  await upload(officer, '学时.csv', file)
  await expect(officer.getByRole('row', { name: /示例/ })).toContainText('这是模板里的示例，请删去这一行。')
  await expect(officer.getByRole('row', { name: /QX9999/ })).toContainText('不在你管的单位里，或者名册里没有')
  await expect(officer.getByText('新的1行', { exact: true })).toBeVisible()
  const wrong = await download(officer, officer.getByRole('link', { name: '下载有问题的行' }))
  expect(wrong).toContain('QX9999')
  expect(wrong).toContain('不在你管的单位里')
  expect(wrong).not.toContain('learner')

  // What is sound is stored, and waits for somebody else.
  await officer.getByRole('button', { name: '存下新的1行，交给别人核准' }).click()
  await expect(officer.getByText('存下了1行。等另一位培训管理员核准以后计入。')).toBeVisible()
  await expect(officer.getByText('要由另一位培训管理员核准')).toBeVisible()
  await expect(officer.getByRole('button', { name: '核准这一批' })).toHaveCount(0)
  expect(await concentrated(learner)).toBe(before)

  // The other officer approves; the learner sees the hours and where they come from.
  await approver.goto(`${site.origin}/admin/hours/import`)
  await approver.getByRole('link', { name: '学时.csv' }).click()
  await expect(approver.getByRole('row', { name: /傅平安/ })).toContainText(title)
  await approver.getByRole('button', { name: '核准这一批' }).click()
  await expect(approver.getByText('已经核准，1行记进了学习记录。')).toBeVisible()
  expect(await concentrated(learner)).toBe(before + 40)
  await learner.goto(`${site.origin}/me/record`)
  const entry = learner
    .getByRole('region', { name: '集中培训' })
    .getByRole('listitem')
    .filter({ hasText: title })
  await expect(entry).toContainText('省委组织部的记录，经核准转入40学时。')
  await expect(entry).toContainText('核准转入')

  // The archive holds it; uploaded again, every row of it is known.
  const own = await download(learner, learner.getByRole('link', { name: '下载培训档案（CSV）' }))
  expect(own).toContain('省培2026-00318')
  await approver.goto(`${site.origin}/admin/hours/import`)
  const archive = await download(approver, approver.getByRole('button', { name: '下载CSV' }))
  const rows = (parse(archive, { bom: true }) as string[][]).length - 1
  await upload(approver, '培训档案.csv', archive)
  await expect(approver.getByText(`已有、不再记${rows}行`)).toBeVisible()
  await expect(approver.getByText('新的0行', { exact: true })).toBeVisible()
  await expect(approver.getByText('有问题0行')).toBeVisible()

  // Taken back with a reason, they are gone; the record says why.
  await approver.goto(`${site.origin}/admin/hours/import`)
  await approver.getByRole('link', { name: '学时.csv' }).click()
  await approver.getByText('整批撤回').click()
  await approver.getByLabel('理由').fill('班次写错了')
  await approver.getByRole('button', { name: '撤回这一批' }).click()
  await expect(approver.getByText('已经撤回，这一批不再计入。')).toBeVisible()
  expect(await concentrated(learner)).toBe(before)
  await learner.goto(`${site.origin}/me/record`)
  await expect(learner.getByRole('region', { name: '每一条记录' })).toContainText(
    '转入的学时撤回：班次写错了',
  )
  await expect(learner.getByText('一条连着一条，没有改动过')).toBeVisible()
  expect(seen).toEqual([nothing, nothing, nothing])
})

async function enter(browser: Browser, who: string): Promise<Page> {
  const context = await browser.newContext({ acceptDownloads: true })
  const page = await context.newPage()
  await signIn(page, site, who, 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  return page
}

async function download(page: Page, from: Locator): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), from.click()])
  return readFileSync(await file.path(), 'utf8')
}

async function upload(page: Page, name: string, content: string) {
  await page.goto(`${site.origin}/admin/hours/import`)
  const file = { name, mimeType: 'text/csv', buffer: Buffer.from(content) }
  await page.getByLabel('Excel工作簿').setInputFiles(file)
  await page.getByRole('button', { name: '上传并看每一行' }).click()
  await expect(page.getByRole('heading', { name: '看一看每一行' })).toBeVisible()
}

/** 学时 on the meter of concentrated training. */
async function concentrated(page: Page): Promise<number> {
  await page.goto(`${site.origin}/me`)
  const meter = page.locator('.meter', { hasText: '集中培训' })
  return Number.parseFloat(await meter.locator('.figure').innerText())
}
