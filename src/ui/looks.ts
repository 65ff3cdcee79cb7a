// How a reader wants the pages to look. It travels in one cookie and is part of the key of every stored page,
// so that a page for everybody can still be large or dark.

/** A reader's choice of density, letter size and theme. */
export type Looks = {
  /** elder is 长辈版: body 20 px, targets 60 px, one column. */
  mode: 'standard' | 'elder'
  /** max doubles the letters of 长辈版; it has no effect on the standard look. */
  size: 'normal' | 'max'
  /** auto follows the reader's system. */
  theme: 'auto' | 'light' | 'dark'
}

/** What a reader sees who has chosen nothing. */
export const plainLooks: Looks = { mode: 'standard', size: 'normal', theme: 'auto' }

const choices = {
  mode: ['standard', 'elder'],
  size: ['normal', 'max'],
  theme: ['auto', 'light', 'dark'],
} as const

/** Takes over one pressed word (`elder`, `max`, `dark` …); a word not understood changes nothing. */
export function changeLooks(looks: Looks, word: string): Looks {
  const choice = Object.entries(choices).find(([, words]) => (words as readonly string[]).includes(word))
  return choice ? { ...looks, [choice[0]]: word } : looks
}

/** Reads the cookie `looks`; what is missing or not understood is as if nothing had been chosen. */
export function readLooks(cookie: string | undefined): Looks {
  return (cookie ?? '').split('.').reduce(changeLooks, plainLooks)
}

/** The cookie's value: the three choices in one order, so that equal looks are equal strings. */
export function writeLooks(looks: Looks): string {
  return `${looks.mode}.${looks.size}.${looks.theme}`
}
