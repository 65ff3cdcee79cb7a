// A screen in a browser, let into a hall as its keeper and an administrator would do it.
import { expect, type Browser, type Page } from '@playwright/test'

const patience = 120_000

/** Lets the screen in whose code stands on `page`, as the demo's administrator; waits until it shows its first picture. */
export const letIn = (browser: Browser, origin: string, page: Page, village: string): Promise<void> =>
  letInBy(origin, page, (code) => approveAsAdministrator(browser, origin, code, village))

/** The same, with another way to approve the code. */
export async function letInBy(
  origin: string,
  page: Page,
  approve: (code: string) => Promise<unknown>,
): Promise<void> {
  await page.goto(`${origin}/kiosk`)
  const code = page.getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
  await expect(code).toBeVisible({ timeout: patience })
  await approve((await code.textContent()) ?? '')
  await expect(page.getByRole('button', { name: '轻触屏幕' })).toBeVisible({ timeout: patience })
}

/** Lets in whatever screen shows this code. @param playlist as `selectOption` takes it. */
export async function approveAsAdministrator(
  browser: Browser,
  origin: string,
  code: string,
  village: string,
  playlist: { index: number } | { label: string } = { index: 1 },
): Promise<void> {
  const desk = await browser.newContext({ locale: 'zh-CN' })
  const admin = await desk.newPage()
  await admin.goto(`${origin}/sign-in`)
  await admin.getByLabel('账号').fill('admin')
  await admin.getByLabel('密码').fill('lianxue-demo')
  await admin.getByRole('button', { name: '登录' }).click()
  await admin.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  await admin.goto(`${origin}/admin/kiosks`)
  const form = admin.locator('form:has(input[name="code"])')
  await form.locator('input[name="code"]').fill(code)
  await form.locator('input[name="name"]').fill('一楼大厅')
  const unit = form.locator('select[name="unit"]')
  const value = await unit.locator('option', { hasText: village }).first().getAttribute('value')
  await unit.selectOption(value)
  await form.locator('select[name="playlist"]').selectOption(playlist)
  await form.getByRole('button').first().click()
  await admin.waitForLoadState('networkidle')
  await desk.close()
}
