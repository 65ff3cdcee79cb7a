// The page of a unit: an officer looks at the whole and at one indicator, and what is hidden is in no answer of the site.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { expect, test, type Page } from '@playwright/test'
import { startSite, type Site } from '../support/site.ts'
import { signIn } from './study.ts'

const indicator = 'four-deliberations'
/** Of one village; in no other cell. By reached, not reached, evidence does not say. */
const canary = [3571, 2803, 1545]
const few = [3, 0, 0]
const shownTogether = '7922'
const secrets = [...canary, 7919, 3574]

let site: Site
let dataDir: string
let township: string
test.beforeAll(async () => {
  test.setTimeout(240_000)
  dataDir = mkdtempSync(join(tmpdir(), 'lianxue-units-'))
  cpSync(process.env['DEMO_DATA'] ?? '', dataDir, { recursive: true })
  township = await plant()
  site = await startSite('demo', { DATA_DIR: dataDir })
})
test.afterEach(({}, info) => void (info.status === info.expectedStatus || console.log(site.printed())))
test.afterAll(async () => {
  await site.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Gives two villages of 白石镇 these counts at one indicator, and those above them the sums; returns its id. */
async function plant(): Promise<string> {
  const client = createClient({ url: `file:${join(dataDir, 'lianxue.db')}`, concurrency: 1 })
  const { rows } = await client.execute('SELECT id, parent_id, name FROM unit ORDER BY path')
  const town = rows.find(({ name }) => name === '白石镇')
  const [first, second] = rows.filter(({ parent_id }) => parent_id === town?.['id'])
  const whole = few.map((n, i) => n + (canary[i] ?? 0))
  await client.execute({ sql: 'DELETE FROM unit_total WHERE indicator = ?', args: [indicator] })
  for (const [unit, [reached = 0, notReached = 0, uncertain = 0]] of [
    [first?.['id'], few],
    [second?.['id'], canary],
    [town?.['id'], whole],
    [town?.['parent_id'], whole],
  ] as [string, number[]][]) {
    const counts = [reached, notReached, uncertain, 0, 0, notReached, uncertain, reached, 0]
    const args = [unit, indicator, ...counts]
    await client.execute({ sql: `INSERT INTO unit_total VALUES (${args.map(() => '?').join(', ')})`, args })
  }
  client.close()
  return String(town?.['id'])
}

const open = async (page: Page, who: string, address: string) => {
  await signIn(page, site, who, 'lianxue-demo')
  await expect(page.getByRole('heading', { name: '我的学习' })).toBeVisible()
  return page.goto(site.origin + address)
}

test('an officer reads the share of an indicator; the hidden counts are in no page and no file', async ({
  page,
}) => {
  await open(page, 'officer', `/units/${township}`)
  await expect(page.getByRole('heading', { name: '白石镇：会做什么' })).toBeVisible()
  await page.getByRole('columnheader', { name: '四议两公开' }).getByRole('link').click()
  await expect(page.getByRole('heading', { name: '四议两公开：整体分布' })).toBeVisible()
  await expect(page.getByText('有把握达标的占45%，另有20%证据不足，所以在45%到65%之间。')).toBeVisible()
  const whole = page.getByRole('row', { name: /^合计/ }).getByRole('cell')
  expect(await whole.allTextContents()).toEqual(expect.arrayContaining([expect.stringMatching(/45\s*–65/)]))
  for (const part of [`?indicator=${indicator}`, '/report', '/map.csv', '/map.json']) {
    const text = await (await page.request.get(`${site.origin}/units/${township}${part}`)).text()
    expect(text).toContain(shownTogether)
    for (const secret of secrets) expect(text).not.toMatch(new RegExp(`(?<![\\w-])${secret}(?![\\w-])`))
  }
})

test('on a phone the page is short: health is a sentence until it is opened, and no room stands empty', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open(page, 'officer', `/units/${township}`)
  await expect(page.getByRole('heading', { name: /分布$/ })).toHaveCount(0)
  const health = page.getByRole('region', { name: '学习健康度' })
  await expect(health.getByText(/证据不旧.*。/).first()).toBeVisible()
  const figure = health.getByRole('heading', { name: '证据不旧' })
  await expect(figure).toBeHidden()
  await health.getByText('逐项看').click()
  await expect(figure).toBeVisible()
  await page.setViewportSize({ width: 1366, height: 768 })
  await health.getByText('逐项看').evaluate((summary) => summary.closest('details')?.removeAttribute('open'))
  await expect(figure).toBeVisible()
})

test('a trainer sees what was published, and no way to persons', async ({ page }) => {
  await open(page, 'trainer', `/units/${township}`)
  await expect(page.getByText(/按季度公布|还没有公布过数/)).toBeVisible()
  await expect(page.getByRole('link', { name: '这里的人（按名册）' })).toHaveCount(0)
})

test('whoever is not over a unit finds no such page', async ({ page }) => {
  for (const address of [`/units/${township}`, '/units', `/units/${township}/map.csv`]) {
    const reply = await open(page, 'learner', address)
    expect(reply?.status()).toBe(404)
    await page.context().clearCookies()
  }
})

test('the report is two sheets of A4, in 长辈版 too', async ({ page }) => {
  await open(page, 'officer', `/units/${township}/report`)
  for (const looks of ['standard.normal.light', 'elder.max.dark']) {
    await page.context().addCookies([{ name: 'looks', value: looks, url: site.origin }])
    await page.reload()
    const pdf = await page.pdf({ preferCSSPageSize: true })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(2)
  }
})
