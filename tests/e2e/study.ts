// What a learner does in a lesson, through the page alone: reads to the end while time passes, and answers checks.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { parse } from 'yaml'
import type { Item } from '#quiz/question.ts'
import type { Site } from '../support/site.ts'

const courses = join(import.meta.dirname, '..', '..', 'content', 'courses')

/** The items of a lesson with their keys, as the author wrote them; the page itself never has the keys. */
export function itemsIn(course: string, folder: string): Item[] {
  return parse(readFileSync(join(courses, course, folder, 'items.yaml'), 'utf8')) as Item[]
}

/** Signs in on the form and waits for the page behind it. */
export async function signIn(page: Page, site: Site, number: string, password: string) {
  await page.goto(`${site.origin}/sign-in`)
  await page.getByLabel('账号').fill(number)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

/** Fills in the right answer to one item and hands it in. */
export async function answerRightly(page: Page, item: Item) {
  const form = await chooseRightly(page, item)
  await form.getByRole('button', { name: /提交答案|再答一次/ }).click()
  await expect(form.getByText('答对了').first()).toBeVisible()
}

/** Fills in the right answer to one item. */
export async function chooseRightly(page: Page, item: Item): Promise<Form> {
  const form = page.locator(`form#${item.id}`)
  await form.scrollIntoViewIfNeeded()
  await page.waitForFunction(
    (id) => !document.getElementById(id)?.closest('astro-island')?.hasAttribute('ssr'),
    item.id,
  )
  if (item.kind === 'single') await form.locator(`input[name=choice][value="${item.key}"]`).check()
  if (item.kind === 'true-false')
    await form.locator(`input[name=choice][value="${String(item.key)}"]`).check()
  if (item.kind === 'multiple')
    for (const key of item.key) await form.locator(`input[name=choice][value="${key}"]`).check()
  if (item.kind === 'fill-in') await form.locator('input[name=text]').fill(item.key.accept[0] ?? '')
  if (item.kind === 'order') await putInOrder(form, item.steps, item.key)
  if (item.kind === 'match') await matchAll(form, item)
  return form
}

type Form = ReturnType<Page['locator']>

/** By the buttons 上移 and 下移 alone, as with a keyboard. */
export async function putInOrder(form: Form, steps: { id: string; text: string }[], key: string[]) {
  for (const [place, id] of key.entries()) {
    const text = steps.find((step) => step.id === id)?.text ?? ''
    const rows = form.locator('ol > li')
    let at = (await rows.allInnerTexts()).findIndex((row) => row.includes(text))
    if (place === 0 && at === 0) {
      await rows.nth(0).getByRole('button', { name: /下移/ }).click()
      at = 1
    }
    for (; at > place; at--) await rows.nth(at).getByRole('button', { name: /上移/ }).click()
  }
}

export async function matchAll(form: Form, { left, right, key }: Extract<Item, { kind: 'match' }>) {
  for (const part of left) {
    const partner = right.find(({ id }) => id === key[part.id])?.text ?? ''
    await form.getByRole('button', { name: new RegExp(`^${part.text}`) }).click()
    await form
      .getByLabel('可以配的')
      .getByRole('button', { name: new RegExp(`^.\\s*${partner}$`) })
      .click()
  }
}

/** Reads on until the page says that the lesson is finished: the clocks of page and server move, the learner scrolls. */
export async function readToTheEnd(page: Page, site: Site) {
  const finished = page.getByText(/学完了，记\d+分钟/)
  for (let half = 0; half < 60 && !(await finished.isVisible()); half++) {
    await page.mouse.wheel(0, half % 2 === 0 ? 700 : -300)
    await site.advance(30_000)
    const beaten = page.waitForResponse(/\/study\/beat$/, { timeout: 3_000 }).catch(() => null)
    await page.clock.runFor(30_000)
    await beaten
  }
  await expect(finished).toBeVisible()
}

/** Scrolls down as one who reads: goes on only when the page has had a frame to see what is in view. Takes a minute. */
export async function readThrough(page: Page, site: Pick<Site, 'advance'>) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  for (let y = 0; y < height; y += 400) {
    await page.evaluate(
      (top) =>
        new Promise<void>((shown) => {
          window.scrollTo(0, top)
          new IntersectionObserver((_, observer) => (observer.disconnect(), shown())).observe(document.body)
        }),
      y,
    )
    await page.clock.runFor(200)
  }
  await site.advance(60_000)
  await page.clock.runFor(60_000)
}
