// Compares what content quotes with the checked wordings, letter by letter, and finds what stands in quotation marks.
import { countHan } from '#course/han.ts'
import { wordings } from './quotations.ts'
import { said } from './said.ts'
import { variants } from './variants.ts'

/** What words in quotation marks are; `unknown` are the ones that nobody compared with anything. */
export type Verdict = 'checked' | 'variant' | 'said' | 'unknown'

/** Han characters alone: punctuation and line ends are the editor's. */
export const letters = (words: string) => words.replace(/[^\p{Script=Han}]/gu, '')

/** Each wording with the pieces that an ellipsis parts. */
const sources = wordings.map(({ work, words }) => ({ work, pieces: words.split('…').map(letters) }))
const named = new Set(variants.map(({ words }) => words))
const spoken = new Set(said)

/** True if each piece of the words, parted by ellipses, stands in a wording of this work. */
export function isChecked(work: string, words: string): boolean {
  const pieces = sources.filter((each) => work.includes(each.work)).flatMap((each) => each.pieces)
  return words.split(/…+/).every((part) => pieces.some((piece) => piece.includes(letters(part))))
}

/** True if the words stand in one wording; parts between ellipses or blanks to be filled in, in their order. */
export function standsSomewhere(words: string): boolean {
  const parts = words
    .split(/…+|_+/)
    .map(letters)
    .filter((part) => part !== '')
  return sources.some(({ pieces }) => standInOrder(parts, pieces.join('…')))
}

function standInOrder(parts: string[], text: string): boolean {
  let from = 0
  return parts.every((part) => {
    const at = text.indexOf(part, from)
    from = at + part.length
    return at >= 0
  })
}

/** All that stands in “…” and has three Han characters or more: fewer are a word that is spoken of, no quotation. */
export function woven(text: string): string[] {
  return [...text.matchAll(/“([^“”]+)”/g)]
    .map(([, words = '']) => words)
    .filter((words) => countHan(words) >= 3)
}

/** A checked wording first, so that an entry of the two lists that is also one counts as unused. */
export function judge(words: string): Verdict {
  if (standsSomewhere(words)) return 'checked'
  if (named.has(words)) return 'variant'
  return spoken.has(words) ? 'said' : 'unknown'
}

/** Shares five characters in a row with a wording: meant as a quotation of it, or of a part. */
export function isNearlyOne(words: string): boolean {
  const all = letters(words)
  return Array.from({ length: Math.max(0, all.length - 4) }, (_, at) => all.slice(at, at + 5)).some(
    standsSomewhere,
  )
}

/** The same words with one Han character replaced, once for each. */
export function withOneWrong(words: string, wrong = '甲'): string[] {
  return [...words.matchAll(/\p{Script=Han}/gu)]
    .filter(([letter]) => letter !== wrong)
    .map(({ index, 0: letter }) => words.slice(0, index) + wrong + words.slice(index + letter.length))
}

/** Every text in a value as it was read from YAML, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
