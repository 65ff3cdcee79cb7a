// What must not happen while somebody uses the pages, gathered from one page as it happens.
import type { ConsoleMessage, Page } from '@playwright/test'

export type Watch = {
  /** Reports that the content policy was broken. */
  reports: string[]
  /** Errors in the console and uncaught ones of scripts. */
  errors: string[]
  /** Texts of dialogs; a naughty string that runs opens one. */
  dialogs: string[]
}

const refused = /^Failed to load resource: the server responded with a status of 4\d\d/

/** A browser calls it an error that a visitor's study is answered with 401, or a page itself with 404 or 410. */
function isExpected(message: ConsoleMessage, page: Page): boolean {
  const { url } = message.location()
  if (!refused.test(message.text())) return false
  return /\/study\/open$/.test(url) || url === page.url()
}

/** Watches a page from now on. */
export function watch(page: Page): Watch {
  const seen: Watch = { reports: [], errors: [], dialogs: [] }
  page.on('request', (request) => {
    if (request.url().endsWith('/csp-report')) seen.reports.push(request.postData() ?? '')
  })
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message, page)) seen.errors.push(message.text())
  })
  page.on('pageerror', (error) => seen.errors.push(String(error)))
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  return seen
}

/** Nothing was seen. */
export const nothing: Watch = { reports: [], errors: [], dialogs: [] }
