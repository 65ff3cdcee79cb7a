// Journeys in a real Chromium that npm brings; each starts its own server on a port of its own.
import { defineConfig } from '@playwright/test'
import { browserOptions } from '../support/browser.ts'

export default defineConfig({
  testDir: '.',
  globalSetup: './prepare.ts',
  testMatch: '*.journey.ts',
  workers: 2,
  timeout: 120_000,
  retries: 0,
  outputDir: '../../test-results',
  use: {
    browserName: 'chromium',
    launchOptions: await browserOptions(),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    trace: 'off',
  },
})
