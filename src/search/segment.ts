// What a text or a query is cut into. The very same function fills the index and reads the query, on the server, in the
// browser's case finder and in the static export, so nothing here may need a server.
import { simplify } from '#search/simplify.ts'
import { stopWords } from '#search/stop-words.ts'

const runs = /(?<han>\p{Script=Han}+)|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+/gu
// Firefox has it from 125 on; without it a query only lacks the longer words.
const splitter = 'Segmenter' in Intl ? new Intl.Segmenter('zh', { granularity: 'word' }) : null

/** The letters by which texts are compared: half width, simplified, small. Its length may differ from the text's. */
export const plain = (text: string) => simplify(text.normalize('NFKC')).toLowerCase()

/**
 * The tokens of a text in order, repeated as often as they stand in it: of Chinese every two neighbouring characters
 * and ICU's words of three and more, of other scripts words and numbers; no stop words. A single Chinese character
 * between other signs is no token.
 */
export function segment(text: string): string[] {
  const found = [...plain(text).matchAll(runs)].flatMap(({ 0: run, groups }) =>
    groups?.han ? [...pairsOf(run), ...longWords(run)] : [run],
  )
  return found.filter((token) => !stopWords.has(token))
}

/** Every two neighbours. */
function pairsOf(run: string): string[] {
  const letters = [...run]
  return letters.slice(1).map((letter, i) => `${letters[i]}${letter}`)
}

function longWords(run: string): string[] {
  if (!splitter || run.length < 3) return []
  return [...splitter.segment(run)].map(({ segment: word }) => word).filter((word) => [...word].length > 2)
}
