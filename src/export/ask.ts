// What a query asks of the export's index: tokens first, and where some stand nowhere, single characters of titles.
import { lettersOf, plain, segment } from '#search/segment.ts'
import { readPinyin, twosOf } from '#search/sound.server.ts'

/** More tokens than these only cost time. */
const mostTokens = 40
/** In more than a few words some two neighbours stand nowhere else, without being a mistake. */
const longestDoubt = 6

const some = (tokens: readonly string[]) => [...new Set(tokens)].slice(0, mostTokens)

/** What is looked up first: tokens, and what was typed as pinyin. */
export function tokensOf(query: string): string[] {
  const typed = query.match(/[\p{Script=Latin}\p{M}'’\s]+/gu) ?? []
  return some([...segment(query), ...typed.flatMap((letters) => twosOf(readPinyin(letters) ?? []))])
}

/**
 * What is looked up next, in titles alone: a character asked for by itself, and those of a slip of the pen.
 * @param unknown tokens that stand nowhere.
 */
export function lettersToTry(query: string, unknown: readonly string[]): string[] {
  const letters = lettersOf(query)
  if (letters.length === 1) return letters
  const length = plain(query).match(/[\p{L}\p{N}]/gu)?.length ?? 0
  return length > longestDoubt ? [] : some(lettersOf(unknown.join('')))
}
