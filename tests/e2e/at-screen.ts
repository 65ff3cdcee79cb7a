// What people do at the screen of a hall, by touch alone.
import { expect, type Page } from '@playwright/test'
import { screenViews } from '../support/screen-views.ts'
import type { Site } from '../support/site.ts'

const patience = { timeout: 90_000 }

/** Touches the button of this name. */
export const touch = (screen: Page, name: string | RegExp) =>
  screen.getByRole('button', { name, exact: true }).first().click()

/** Finds a name on the list and gives a PIN. */
export async function giveNameAndPin(screen: Page, name: string, pin: string): Promise<void> {
  await touch(screen, name)
  for (const digit of pin) await touch(screen, digit)
}

/** Lets time go by, at the screen and at the site. */
export async function pass(screen: Page, site: Site, milliseconds: number): Promise<void> {
  await site.advance(milliseconds)
  await screen.clock.runFor(milliseconds)
}

/** Answers the first check of a lesson; whoever goes to it by keyboard gets the page on which it stands. */
export async function answerFirstCheck(screen: Page): Promise<void> {
  const choice = screen.locator('[data-item] form :is([type=radio], [type=checkbox])').first()
  await choice.focus()
  await screen.keyboard.press('Space')
  const form = screen.locator('[data-item] form').filter({ has: choice })
  const button = form.getByRole('button', { name: '答好了' })
  if (await button.isVisible()) await button.click()
  await expect(screen.getByText(/^.答的：/).first()).toBeVisible()
}

/** Turns all pages, as soon as there are any. */
export async function turnToTheEnd(screen: Page) {
  const back = screen.getByRole('button', { name: '上一页', exact: true })
  const next = screen.getByRole('button', { name: '下一页', exact: true })
  await expect(async () => {
    if (await next.isEnabled()) await next.click()
    await expect(back).toBeEnabled({ timeout: 500 })
    await expect(next).toBeDisabled({ timeout: 100 })
  }).toPass({ ...patience, intervals: [100] })
}

/** Reads a story, reads and rates a lesson, plays the game. */
export async function visit(screen: Page) {
  await screenViews.story?.(screen)
  await turnToTheEnd(screen)
  await expect(screen.getByText('回家聊一聊')).toBeInViewport()
  await screenViews.lesson?.(screen)
  await turnToTheEnd(screen)
  await expect(screen.getByText('这一课看完了')).toBeInViewport()
  await touch(screen, '评一评')
  await touch(screen, /很有用$/)
  await expect(screen.getByText(/^记下了：/)).toBeVisible()

  await screenViews.game?.(screen)
  await touch(screen, '不限时')
  await touch(screen, /^一个人答/)
  await expect(screen.getByText(/^第1题/)).toBeVisible()
  await screen.locator('button.option').first().click()
  const answered = screen.getByRole('button', { name: '答好了', exact: true })
  if (await answered.isVisible()) await answered.click()
  await touch(screen, '下一题')
  await touch(screen, '不答了')
  await expect(screen.getByRole('heading', { name: /^答了1题/ })).toBeVisible()
}

/** Tells a family story into the microphone. */
export async function tellStory(screen: Page, story: { title: string; teller: string }) {
  await screenViews.tell?.(screen)
  await touch(screen, '同意，讲出来')
  await touch(screen, '开始讲')
  const told = screen.getByRole('progressbar', { name: '讲了多久' })
  await expect.poll(() => told.evaluate((bar: HTMLProgressElement) => bar.value), patience).toBeGreaterThan(1)
  await touch(screen, '讲完了')
  await touch(screen, '就用这一遍')
  await screen.getByLabel('自己写').fill(story.title)
  await touch(screen, '下一步')
  await screen.getByLabel('自己写一个称呼').fill(story.teller)
  await touch(screen, '交上去')
  await expect(screen.getByRole('heading', { name: '收好了，谢谢您' })).toBeVisible(patience)
  await touch(screen, '记下了，回首页')
}
