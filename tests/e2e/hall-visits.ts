// The pages of halls on the phone, as hosts and those who check in see them.
import { expect, type Page } from '@playwright/test'
import { split } from '#kiosk/carry/frames.ts'
import { addressOnScreen } from './screen-code.ts'
import type { Visit, Visitor } from './visits.ts'

const one = (as: Visitor, address: string, more: Partial<Visit> = {}) => [{ address, as, ...more }]

/** A title of its own for each look: one stands in the record once a day. */
const newTitle = () => `走访${Date.now().toString(36)}${Math.floor(Math.random() * 1e6)}`

/** Begins a session with a lesson. */
async function begin(page: Page) {
  await page.getByLabel('题目').fill(newTitle())
  await page.getByLabel('议程').fill('学一课\n议一议')
  await page.getByLabel('一起学哪一课').selectOption({ index: 1 })
  await page.getByRole('button', { name: '现在开始' }).click()
  await expect(page.getByRole('heading', { name: '在场的人' })).toBeVisible()
}

async function ask(page: Page) {
  await begin(page)
  await page.getByRole('button', { name: '放上屏幕和手机' }).first().click()
  await expect(page.getByRole('heading', { name: '屏幕上的题' })).toBeVisible()
}

async function end(page: Page) {
  await begin(page)
  await page.getByRole('button', { name: '结束这一场' }).click()
  await expect(page.getByRole('heading', { name: '确认名单' })).toBeVisible()
}

async function confirm(page: Page) {
  await end(page)
  await page.getByRole('checkbox').first().check()
  await page.getByLabel('数一数').fill('3')
  await page.getByRole('button', { name: '确认打勾的人在场' }).click()
  await expect(page.getByRole('heading', { name: '确认过的名单' })).toBeVisible()
  await page.evaluate(() =>
    document.querySelectorAll('main details').forEach((fold) => ((fold as HTMLDetailsElement).open = true)),
  )
}

async function print(page: Page) {
  await confirm(page)
  await page.getByRole('link', { name: '打印纪要和签到表' }).click()
  await expect(page.getByRole('heading', { name: '签到表', exact: true })).toBeVisible()
}

const awake = (page: Page) => page.waitForFunction(() => !document.querySelector('astro-island[ssr]'))

/** Who carries for a screen hears what is wrong with a file. */
async function takeNoFile(page: Page) {
  await awake(page)
  const file = { name: '照片.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from('{') }
  await page.getByLabel('大屏存下的文件').setInputFiles(file)
  await expect(page.getByText('这不是大屏存下的文件')).toBeVisible()
}

/** One of two codes led here. */
async function scanOne(page: Page) {
  await awake(page)
  const [, frame = ''] = split(new Uint8Array(600))
  await page.evaluate((hash) => void (location.hash = hash), frame)
  await expect(page.getByText('还缺第1张')).toBeVisible()
}

/** Opens what a screen shows as a QR code. */
async function scanScreen(page: Page) {
  const browser = page.context().browser()
  if (!browser) throw new Error('A page of a test has a browser.')
  await page.goto(await addressOnScreen(browser, new URL(page.url()).origin))
  await expect(page.getByRole('heading', { name: '在大屏上登录' })).toBeVisible()
}

async function agreeToScreen(page: Page) {
  await scanScreen(page)
  await page.getByRole('button', { name: '同意' }).click()
  await expect(page.getByRole('heading', { name: '请看大屏' })).toBeVisible()
}

export const hallVisits: Record<string, Visit[]> = {
  '/hall/agree/[code]': [
    ...one('learner', '/hall', { often: true, then: scanScreen }),
    ...one('learner', '/hall', { then: agreeToScreen }),
  ],
  '/hall': [
    ...one('learner', '/hall', { often: true }),
    ...one('learner', '/hall', { then: (page) => page.getByRole('button', { name: '现在开始' }).click() }),
  ],
  '/hall/in': [
    ...one('learner', '/hall/in?s=0199d2a4-0000-7000-8000-000000000001&n=3&c=abcdefghijkl', { often: true }),
    ...one('learner', '/hall/in'),
    ...one('learner', '/hall/in?waiting'),
  ],
  '/hall/carry': [
    ...one('learner', '/hall/carry', { often: true }),
    ...one('learner', '/hall/carry', { then: takeNoFile }),
    ...one('learner', '/hall/carry', { often: true, then: scanOne }),
  ],
  '/hall/[session]': [
    ...one('learner', '/hall', { often: true, then: begin }),
    ...one('learner', '/hall', { then: ask }),
    ...one('learner', '/hall', { then: end }),
    ...one('learner', '/hall', { often: true, then: confirm }),
  ],
  '/hall/[session]/minutes': one('learner', '/hall', { often: true, then: print }),
}
