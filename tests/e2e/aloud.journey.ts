// A story page is light until somebody wants it read aloud.
import { expect, test, type Page } from '@playwright/test'
import { startSite, type Site } from '../support/site.ts'
import { silence } from './silence.ts'
import { said, withVoice } from './voice.ts'
import { nothing, watch } from './watch.ts'

let site: Site
const story = '/stories/hepu'

test.beforeAll(async () => {
  test.setTimeout(240_000)
  site = await startSite('demo')
})
test.afterAll(() => site.stop())

test('no script is loaded until 读给我听 is pressed; then sentence after sentence is said and marked', async ({
  page,
}) => {
  const seen = watch(page)
  const scripts: string[] = []
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()))
  await withVoice(page, 'zh-CN')
  await page.goto(site.origin + story, { waitUntil: 'networkidle' })
  expect(scripts).toEqual([])
  const text = await page.locator('.prose').innerText()

  await page.getByRole('button', { name: '读给我听' }).click()
  await expect(page.locator('.said').first()).toBeVisible()
  expect(scripts).toHaveLength(1)
  await expect.poll(async () => (await said(page)).length).toBeGreaterThan(2)
  await page.getByRole('button', { name: '停一停' }).click()
  const before = await said(page)
  const marked = (await page.locator('.said').allInnerTexts()).join('')
  expect(marked).toBe(before.at(-1)?.trim())

  await page.getByRole('button', { name: '上一句' }).click()
  await expect.poll(async () => (await said(page))[before.length]).toBe(before.at(-2))
  await page.getByRole('button', { name: '停一停' }).click()
  await expect(page.getByRole('button', { name: '接着读' })).toBeVisible()
  // Splitting into sentences changes nothing that is read.
  expect(await page.locator('.prose').innerText()).toBe(text)
  expect(seen).toEqual(nothing)
})

test('without a Chinese voice the button is not there', async ({ page }) => {
  await withVoice(page, 'en-US')
  await page.goto(site.origin + story, { waitUntil: 'networkidle' })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('button', { name: '读给我听' })).toBeHidden()
})

/** The story as if somebody had read it aloud: a mark for each of its sentences, half a second apart. */
async function withRecording(page: Page, recording: Buffer | null) {
  await page.route('**/media/reading.mp3', (route) =>
    recording ? route.fulfill({ body: recording, contentType: 'audio/wav' }) : route.abort(),
  )
  await page.goto(site.origin + story, { waitUntil: 'networkidle' })
  await page.locator('button[data-reader]').evaluate((button: HTMLButtonElement) => {
    button.parentElement?.removeAttribute('hidden')
    button.dataset['recording'] = '/media/reading.mp3'
    button.dataset['marks'] = Array.from({ length: 8 }, (_, i) => i / 2).join(' ')
  })
  await page.getByRole('button', { name: '读给我听' }).click()
}

test('a recording is played rather than a voice, goes on by itself and ends', async ({ page }) => {
  await withVoice(page, 'zh-CN')
  await withRecording(page, silence(5))
  await expect(page.getByRole('button', { name: '停一停' })).toBeVisible()
  await expect(page.getByRole('button', { name: '从头读' })).toBeVisible({ timeout: 15_000 })
  expect(await said(page)).toEqual([])
})

test('a recording that cannot be played gives way to the voice of the device', async ({ page }) => {
  await withVoice(page, 'zh-CN')
  await withRecording(page, null)
  await expect.poll(async () => (await said(page)).length).toBeGreaterThan(1)
  await expect(page.getByRole('button', { name: '停一停' })).toBeVisible()
})
