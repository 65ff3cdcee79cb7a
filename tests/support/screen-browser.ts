// The browser of a screen: a profile on a disk that stays when the power is cut, and a line of its own to the site.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from '@playwright/test'
import { browserOptions } from './browser.ts'
import { shapes } from './screen-views.ts'

export type ScreenBrowser = {
  /** Starts it, with what its profile holds. */
  start: () => Promise<BrowserContext>
  /** Ends it as a power cut does: at once, in the middle of whatever it does. */
  cutPower: () => Promise<void>
  /** Ends it and removes its profile. */
  remove: () => Promise<void>
}

/** @param line port of this machine by which it reaches the site, which others reach directly. */
export function screenBrowser(origin: string, line: number): ScreenBrowser {
  const profile = mkdtempSync(join(tmpdir(), 'lianxue-screen-'))
  let running: BrowserContext | null = null
  return {
    start: async () => {
      const options = await browserOptions()
      const wires = [
        `--host-resolver-rules=MAP ${new URL(origin).host} 127.0.0.1:${line}`,
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ]
      running = await chromium.launchPersistentContext(profile, {
        ...{ ...options, args: [...(options.args ?? []), ...wires] },
        ...{ viewport: shapes.portrait, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
        permissions: ['microphone'],
      })
      return running
    },
    cutPower: async () => {
      const gone = running?.waitForEvent('close')
      for (const pid of processesOf(profile)) process.kill(pid, 'SIGKILL')
      await gone
      running = null
    },
    remove: async () => {
      await running?.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The processes that were started with a profile. */
function processesOf(profile: string): number[] {
  const isOfProfile = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(`--user-data-dir=${profile}`)
    } catch {
      return false // It has ended meanwhile.
    }
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isOfProfile(name))
    .map(Number)
}
