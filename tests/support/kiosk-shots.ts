// Pictures of every view of a screen in a village hall, upright and lying, for a person to look at.
//   node tests/support/kiosk-shots.ts <origin of a demo> <outDir>
// SHOT_ONLY=portrait takes only that shape; SHOT_VIEWS=home,story only those views.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { launchBrowser } from './browser.ts'
import { letIn } from './enrol-screen.ts'
import { screenViews, shapes } from './screen-views.ts'

const [origin, folder] = process.argv.slice(2)
if (!origin || !folder) {
  console.error('node tests/support/kiosk-shots.ts <origin> <outDir>')
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const browser = await launchBrowser()
const page = await browser.newPage({ viewport: shapes.portrait, locale: 'zh-CN' })
page.on('console', (message) => message.type() === 'error' && console.error(message.text().slice(0, 300)))
page.on('pageerror', (error) => console.error(String(error)))
await page.goto(`${origin}/kiosk`)
await page.waitForTimeout(3000)
await page.screenshot({ path: path.join(folder, 'enrol-portrait.png') })
await letIn(browser, origin, page, '云岭村')
for (const [name, open] of Object.entries(screenViews)) {
  if (process.env.SHOT_VIEWS && !process.env.SHOT_VIEWS.split(',').includes(name)) continue
  for (const [shape, viewport] of Object.entries(shapes)) {
    if (!shape.includes(process.env.SHOT_ONLY ?? '')) continue
    await page.setViewportSize(viewport)
    await open(page)
    await page.waitForTimeout(600)
    await page.screenshot({ path: path.join(folder, `${name}-${shape}.png`) })
  }
}
await browser.close()
