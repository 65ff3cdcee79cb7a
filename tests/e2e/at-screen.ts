// What people do at the screen of a hall, by touch alone.
import { expect, type Page } from '@playwright/test'
import type { Site } from '../support/site.ts'

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
  await expect(screen.getByText('你答的：').first()).toBeVisible()
}
