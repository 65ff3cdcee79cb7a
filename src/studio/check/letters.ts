// Finds words in a text whatever marks, spaces and widths are between and in them.
import { sameForm } from '#studio/check/passages.ts'

/** Where some words stand in a text; `to` is exclusive. */
export type Hit = { from: number; to: number }

/** What is left of a text, and where each sign of it stood. */
export type Bare = { signs: string; at: number[] }

/** Its letters and digits alone: quotation marks, commas and full stops are the editor's. */
export const lettersOf = (text: string): Bare => bare(text, /[\p{L}\p{N}]/u)

/** Everything but spaces: a full stop parts two words that are none together. */
export const withoutSpaces = (text: string): Bare => bare(text, /\S/u)

function bare(text: string, counts: RegExp): Bare {
  const signs = sameForm(text).split('')
  const at = signs.flatMap((sign, index) => (counts.test(sign) ? [index] : []))
  return { signs: at.map((index) => signs[index]).join(''), at }
}

/** All places of a word, itself made bare in the same way, as they are in the text that was made bare. */
export function findIn({ signs, at }: Bare, word: string): Hit[] {
  const hits: Hit[] = []
  if (word === '') return hits
  for (let found = signs.indexOf(word); found >= 0; found = signs.indexOf(word, found + word.length))
    hits.push({ from: at[found] ?? 0, to: (at[found + word.length - 1] ?? 0) + 1 })
  return hits
}

/** True if one of the words stands in the text, by letters alone. */
export function says(text: string, words: readonly string[]): boolean {
  const { signs } = lettersOf(text)
  return words.map((each) => lettersOf(each).signs).some((word) => word !== '' && signs.includes(word))
}
