// Pages that are turned on the screen of a hall, without a line, on a machine six times slower than this one: from the
// touch until the next frame is painted.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { launchBrowser } from '../support/browser.ts'
import { letInBy } from '../support/enrol-screen.ts'
import { screenViews, shapes } from '../support/screen-views.ts'
import { slowness } from './cold-visit.ts'
import { quantile } from './load.ts'
import { startProcess } from './process.ts'
import { settingsIn } from './settings.ts'
import { atMost, figure, type Line } from './table.ts'

/** Of each shelf. */
const texts = 3
const target = 200

declare const touches: { wait: (count: number) => Promise<void>; take: () => number[] }

export async function measureKioskTurn(): Promise<Line[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  const site = startProcess('kiosk-site.ts', settingsIn(dataDir))
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({ viewport: shapes.portrait, locale: 'zh-CN' })
    const page = await context.newPage()
    await page.addInitScript(watchTouches)
    await letInBy(await site.ask<string>('origin'), page, (code) => site.ask('letIn', code))
    await context.setOffline(true)
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowness })
    return [
      lineOf('lesson', await turnAll(page, 'lessons', false)),
      lineOf('lesson with pinyin', await turnAll(page, 'lessons', true)),
      lineOf('story', await turnAll(page, 'stories', false)),
      lineOf('story with pinyin', await turnAll(page, 'stories', true)),
    ]
  } finally {
    await browser.close()
    await site.stop('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function lineOf(what: string, spans: number[]): Line {
  const median = figure(quantile(spans, 0.5))
  const worst = figure(Math.max(...spans))
  const more = `, median ${median} ms, worst ${worst} ms`
  const said = `${spans.length} pages of a ${what} turned, ${slowness}× slower, p95`
  return atMost(said, quantile(spans, 0.95), target, ' ms', more)
}

/** Turns all pages of the first texts of a shelf, there and back. @returns milliseconds for each page */
async function turnAll(page: Page, shelf: 'lessons' | 'stories', pinyin: boolean): Promise<number[]> {
  const spans: number[] = []
  for (let i = 0; i < texts; i++) {
    await screenViews[shelf]?.(page)
    await page.locator('.tile').nth(i).click()
    if (pinyin) await page.getByRole('button', { name: '加上拼音' }).click()
    const back = page.getByRole('button', { name: '上一页', exact: true })
    const next = page.getByRole('button', { name: '下一页', exact: true })
    await page.waitForFunction(() =>
      /共([2-9]|\d\d)页/.test(document.querySelector('.count')?.textContent ?? ''),
    )
    await page.evaluate(() => touches.take())
    let turned = 0
    for (const button of [next, back])
      while (await button.isEnabled()) {
        await button.click()
        await page.evaluate((count) => touches.wait(count), ++turned)
      }
    spans.push(...(await page.evaluate(() => touches.take())))
  }
  return spans
}

/** Runs in the page: notes how long each touch took, from the touch itself until a frame was painted. */
function watchTouches() {
  const spans: number[] = []
  addEventListener(
    'click',
    ({ timeStamp }) =>
      requestAnimationFrame(() => {
        // A message is heard after the frame that is due now was painted.
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => spans.push(performance.now() - timeStamp)
        port2.postMessage(null)
      }),
    { capture: true },
  )
  const wait = async (count: number) => {
    while (spans.length < count) await new Promise(requestAnimationFrame)
  }
  Object.assign(globalThis, { touches: { wait, take: () => spans.splice(0) } })
}
