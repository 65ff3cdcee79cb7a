// Pictures of pages for a person to look at: phone and screen, light, dark and 长辈版, whole pages.
//   node tests/support/shots.ts <baseUrl> <outDir> <path…>
// SHOT_USER and SHOT_PASSWORD sign in first; SHOT_ONLY=phone-elder takes only what matches.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser, BrowserContext } from '@playwright/test'
import { launchBrowser } from './browser.ts'

const screens = { phone: { width: 390, height: 844 }, screen: { width: 1366, height: 768 } }
const manners = {
  light: 'standard.normal.light',
  dark: 'standard.normal.dark',
  elder: 'elder.normal.light',
  largest: 'elder.max.light',
}

/** The signed-in cookies, from the sign-in page as a person uses it; empty without SHOT_USER. */
async function signIn(browser: Browser, base: string) {
  if (!process.env.SHOT_USER) return []
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(new URL('/me', base).href)
  await page.locator('input[name="number"]').fill(process.env.SHOT_USER)
  await page.locator('input[type="password"]').fill(process.env.SHOT_PASSWORD ?? 'lianxue-demo')
  await page.locator('form:has(input[type="password"]) button').click()
  await page.waitForLoadState('networkidle')
  const cookies = await context.cookies()
  await context.close()
  return cookies
}

async function shoot(context: BrowserContext, address: string, file: string) {
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`${address}: ${message.text().slice(0, 200)}`)
  })
  await page.goto(address, { waitUntil: 'networkidle' })
  await page.evaluate(() => document.fonts.ready)
  // as tall as the page, or what is fixed to the bottom edge would lie across its middle
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height })
  await page.screenshot({ path: file, fullPage: true })
  await page.close()
}

const [base, folder, ...paths] = process.argv.slice(2)
if (!base || !folder || paths.length === 0) {
  console.error('node tests/support/shots.ts <baseUrl> <outDir> <path…>')
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const browser = await launchBrowser()
const cookies = await signIn(browser, base)
for (const [screen, viewport] of Object.entries(screens)) {
  for (const [manner, looks] of Object.entries(manners)) {
    if (!`${screen}-${manner}`.includes(process.env.SHOT_ONLY ?? '')) continue
    const context = await browser.newContext({ viewport, locale: 'zh-CN' })
    await context.addCookies([...cookies, { name: 'looks', value: looks, url: base }])
    for (const address of paths) {
      const name = address.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'home'
      await shoot(context, new URL(address, base).href, path.join(folder, `${name}-${screen}-${manner}.png`))
    }
    await context.close()
  }
}
await browser.close()
