// What a text or a query is cut into. The very same function fills the index and reads the query, on the server, in the
// browser's case finder and in the static export, so nothing here may need a server or differ between browsers.
import { simplify } from '#simplify.ts'
import { stopWords } from '#search/stop-words.ts'

const runs = /(?<han>\p{Script=Han}+)|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+/gu

/** The letters by which texts are compared: half width, simplified, small. Its length may differ from the text's. */
export const plain = (text: string): string => simplify(text.normalize('NFKC')).toLowerCase()

/**
 * The tokens of a text in order, repeated as often as they stand in it: of Chinese every two neighbouring characters, of
 * other scripts words and numbers; no stop words, and nothing of a single character.
 * Words of a dictionary are not looked for: those of three characters and more are 1 in 100 here, changed no result
 * among 5,000 documents, and would differ with the sentence and with the version of ICU.
 */
export function segment(text: string): string[] {
  const found = [...plain(text).matchAll(runs)].flatMap(({ 0: run, groups }) =>
    groups?.han ? pairsOf(run) : [run],
  )
  return found.filter((token) => token.length > 1 && !stopWords.has(token))
}

/** Every two neighbours. */
function pairsOf(run: string): string[] {
  const letters = [...run]
  return letters.slice(1).map((letter, i) => `${letters[i]}${letter}`)
}

/** Every Chinese character by itself: of titles, for those who ask for a single one. */
export const lettersOf = (text: string): string[] => plain(text).match(/\p{Script=Han}/gu) ?? []
