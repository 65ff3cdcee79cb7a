// The first pack of a hall over the line of a village, and what comes when one lesson changes: in a real browser, by the
// service worker itself. On the line text is compressed, so a pack costs less than it holds.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { importLibrary } from '#course/import.server.ts'
import { libraryChanged } from '#course/library-change.server.ts'
import { randomFor } from '#demo/random.ts'
import { requireSettings } from '#env.ts'
import { packsAreBuilt } from '#kiosk/pack/current.server.ts'
import { contentDir } from '#process/library-at-start.server.ts'
import { startServer } from '#server.ts'
import { launchBrowser } from '../support/browser.ts'
import { bringModules, installPack, letScreenIn, packBeside, type LetIn } from '../support/kiosk-pack.ts'
import { freePort } from '../support/site.ts'
import { longestHold, watchLoop } from './hold.ts'
import { openSlowLine, type SlowLine } from './slow-line.ts'
import { atMost, figure, type Line } from './table.ts'

const wire = { kilobits: 1_000, roundTrip: 300, loss: 0.02 }
const said = '1 Mbit/s, 300 ms, 2 % loss'
const secret = 'a-secret-of-the-bench-0123456789-abcdefghij'
const megabytes = (bytes: number) => `${figure(bytes / 1e6)} MB`

type Fetched = { seconds: number; bytes: number }

/** Measures with the library as it comes with the product, which has no recordings: the hardest case for a delta. */
export async function measureKioskPack(): Promise<Line[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  const content = mkdtempSync(join(tmpdir(), 'lianxue-content-'))
  const port = await freePort()
  const line = await openSlowLine(() => port, wire, randomFor('slow line', 1))
  const screen = await letScreenIn(dataDir, secret)
  const ORIGIN = `http://localhost:${line.port}`
  const settings = requireSettings({
    ORIGIN,
    PORT: String(port),
    SECRET: secret,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
  })
  const running = await startServer(settings)
  watchLoop()
  const first = await packBeside(ORIGIN, screen.token)
  const hold = longestHold()
  const browser = await launchBrowser()
  try {
    const page = await (await browser.newContext()).newPage()
    // A page of the scope that asks for nothing by itself while the pack comes.
    await page.goto(`${ORIGIN}/kiosk/text/lsn-sizhi`, { waitUntil: 'networkidle' })
    await bringModules(page)
    const whole = await fetchPack(page, first.version, screen, line)
    await changeLesson(content, dataDir)
    const second = await packBeside(ORIGIN, screen.token, first.version)
    const delta = await fetchPack(page, second.version, screen, line)
    const lesson = `, ${figure(delta.bytes / 1e3)} KB in ${figure(delta.seconds)} s`
    return [
      { what: `first pack at ${said}`, measured: `${figure(whole.seconds)} s` },
      {
        what: '… bytes on the line',
        measured: `${megabytes(whole.bytes)} for ${megabytes(first.bytes)} in ${first.entries.length} files`,
      },
      atMost('one lesson changed: share of that', (100 * delta.bytes) / whole.bytes, 5, ' %', lesson),
      atMost('longest hold of the event loop while a pack is built', hold, 50, ' ms'),
    ]
  } finally {
    await browser.close()
    await running.close()
    await line.close()
    for (const folder of [dataDir, content]) rmSync(folder, { recursive: true, force: true })
  }
}

async function fetchPack(page: Page, version: string, screen: LetIn, line: SlowLine): Promise<Fetched> {
  line.takeDown()
  const began = performance.now()
  const { end } = await installPack(page, version, screen)
  if (end !== 'installed') throw new Error(`The pack was not installed: ${end}.`)
  return { seconds: (performance.now() - began) / 1000, bytes: line.takeDown() }
}

async function changeLesson(content: string, dataDir: string): Promise<void> {
  cpSync(contentDir, content, { recursive: true })
  const file = join(content, 'courses/01-jiafeng-jiaxun/01-sizhi/index.mdx')
  writeFileSync(file, readFileSync(file, 'utf8').replace('天黑了，门关着', '天刚黑，门关着'))
  await importLibrary({ contentDir: content, dataDir })
  libraryChanged('lsn-sizhi')
  await packsAreBuilt()
}
