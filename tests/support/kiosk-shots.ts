// Pictures of every view of a screen in a village hall, upright and lying, for a person to look at.
//   node tests/support/kiosk-shots.ts <origin of a demo> <outDir>
// SHOT_ONLY=portrait takes only that shape; SHOT_VIEWS=home,story only those views; SHOT_PRESS=字再大些,字还要大 presses
// these buttons where a view has them.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { launchBrowser } from './browser.ts'
import { letIn } from './enrol-screen.ts'
import { screenBrowser } from './screen-browser.ts'
import { screenViews, shapes, viewsWithoutLine } from './screen-views.ts'

const [origin = '', folder = ''] = process.argv.slice(2)
if (!origin || !folder) {
  console.error('node tests/support/kiosk-shots.ts <origin> <outDir>')
  process.exit(1)
}
const { SHOT_ONLY: only = '', SHOT_VIEWS: chosen, SHOT_PRESS: pressed = '' } = process.env
mkdirSync(folder, { recursive: true })
const browser = await launchBrowser()
const screen = screenBrowser(origin, Number(new URL(origin).port))
const context = await screen.start()
const page = await openPage()

async function openPage(): Promise<Page> {
  const opened = await context.newPage()
  opened.setDefaultTimeout(20_000)
  opened.on('console', (message) => message.type() === 'error' && console.error(message.text().slice(0, 300)))
  opened.on('pageerror', (error) => console.error(String(error)))
  return opened
}

/** One view in all shapes; `open` is done for each. */
async function shoot(name: string, on: Page, open: (page: Page) => Promise<unknown> = async () => undefined) {
  if (chosen && !chosen.split(',').includes(name)) return
  for (const [shape, viewport] of Object.entries(shapes)) {
    if (!shape.includes(only)) continue
    await on.setViewportSize(viewport)
    await open(on).catch((error: unknown) => console.error(`${name}, ${shape}: ${String(error)}`))
    for (const button of pressed.split(',').filter(Boolean)) {
      const there = on.getByRole('button', { name: button, exact: true })
      if (await there.isVisible()) await there.click()
    }
    await on.waitForTimeout(500)
    await on.screenshot({ path: path.join(folder, `${name}-${shape}.png`) })
  }
}

async function shootAll(views: Record<string, (page: Page) => Promise<void>>) {
  for (const [name, open] of Object.entries(views)) await shoot(name, page, open)
}

async function revoke() {
  const desk = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await desk.goto(`${origin}/sign-in`)
  await desk.getByLabel('账号').fill('admin')
  await desk.getByLabel('密码').fill('lianxue-demo')
  await desk.getByRole('button', { name: '登录' }).click()
  await desk.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  await desk.goto(`${origin}/admin/kiosks`)
  await desk.getByRole('link', { name: '一楼大厅' }).last().click()
  await desk.locator('summary', { hasText: '停用' }).click()
  await desk.getByLabel(/^知道了/).check()
  await desk.getByRole('button', { name: '停用', exact: true }).click()
  await desk.getByText('已经停用').first().waitFor()
  await desk.context().close()
}

// The site of a demo answers under its own name only, which is always a secure context.
const plain = await openPage()
await plain.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }))
await shoot('insecure', plain, async (on) => {
  await on.goto(`${origin}/kiosk`)
  await on.getByText('缺的是').waitFor()
})
await plain.close()
await page.clock.install()
await page.goto(`${origin}/kiosk`)
await page.getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/).waitFor()
await shoot('enrol', page)
const installing = page.getByText(/MB，共/).waitFor({ timeout: 120_000 })
await Promise.all([installing.then(() => shoot('installing', page)), letIn(browser, origin, page, '云岭村')])

await shootAll(screenViews)
await context.setOffline(true)
await shootAll(viewsWithoutLine)

// The same word to the worker that the page passes on after a contact, fifty days later.
await page.evaluate(async () => {
  const { active } = await navigator.serviceWorker.ready
  const at = new Date(Date.now() + 50 * 86_400_000).toISOString()
  active?.postMessage({ is: 'heard', withdrawn: [], at }, [new MessageChannel().port2])
})
await page.reload()
await page.getByText('过了有效期').waitFor()
await shoot('expired', page)
await context.setOffline(false)
const second = await openPage()
await second.goto(`${origin}/kiosk`)
await second.getByText('另一个窗口').waitFor()
await shoot('second', second)
await second.close()
await revoke()
await page.clock.runFor(70_000)
await page.getByText('已经停用').waitFor()
await shoot('revoked', page)
await screen.remove()
await browser.close()
