// The pages of the studio, as those who write, read and publish see them.
import { expect, type Page } from '@playwright/test'
import type { Visit, Visitor } from './visits.ts'

const one = (as: Visitor, address: string, more: Partial<Visit> = {}) => [{ address, as, ...more }]

/** The draft that the demo has of a title. */
const open = (title: string) => async (page: Page) => {
  await page.getByRole('link', { name: title }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title)
  // Checks in a closed fold wait until it is opened.
  await page.waitForFunction(() => !document.querySelector('astro-island[ssr][client=only]'))
}

/** On the desk of the story that is being written, one of its sides. */
const side = (name: string) => async (page: Page) => {
  await open('村口的公示栏')(page)
  await page.getByRole('button', { name, exact: true }).click()
}

const openFolds = (page: Page) =>
  page.evaluate(() =>
    document.querySelectorAll('main details').forEach((fold) => ((fold as HTMLDetailsElement).open = true)),
  )

async function openPreview(page: Page) {
  await open('村口的公示栏')(page)
  await page.goto(`${page.url()}/preview?look=elder`)
}

async function openDocument(page: Page) {
  await page
    .getByRole('link', { name: /四议两公开/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('四议两公开')
  await openFolds(page)
}

async function remarkOnPage(page: Page) {
  await page.getByText('说说这一页').click()
  await page.getByLabel(/5.*很有用/).check()
  await page.getByRole('button', { name: '送出' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

export const studioVisits: Record<string, Visit[]> = {
  '/help/studio': one('nobody', '/help/studio', { often: true }),
  '/feedback/answers': one('nobody', '/feedback/answers'),
  '/feedback/[receipt]': one('nobody', '/stories/hepu', { then: remarkOnPage }),
  '/studio': [...one('trainer', '/studio', { often: true }), ...one('publisher', '/studio')],
  '/studio/new': one('trainer', '/studio/new', { often: true }),
  '/studio/drafts/[draft]': [
    ...one('trainer', '/studio', { often: true, then: open('村口的公示栏') }),
    ...one('trainer', '/studio', { then: side('说明') }),
    ...one('trainer', '/studio', { then: side('源码') }),
  ],
  '/studio/drafts/[draft]/preview': one('trainer', '/studio', { then: openPreview }),
  '/studio/drafts/[draft]/review': [
    ...one('reviewer', '/studio', {
      often: true,
      then: async (page) => {
        await open('四知')(page)
        await openFolds(page)
      },
    }),
    ...one('publisher', '/studio', { then: open('四议两公开') }),
  ],
  '/studio/library': one('trainer', '/studio/library', { often: true }),
  '/studio/library/[document]': one('publisher', '/studio/library?q=四议', {
    often: true,
    then: openDocument,
  }),
  '/studio/feedback': one('trainer', '/studio/feedback', { often: true }),
  '/studio/settings': one('publisher', '/studio/settings', { often: true }),
}
