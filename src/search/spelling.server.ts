// What was perhaps meant: words in the title of a result that sound as the query does, or differ in one character.
import { plain } from '#search/segment.ts'
import { asHeard, syllablesOf } from '#search/sound.server.ts'

const longestWord = 8

/**
 * The query with what stands nowhere in the library put right by the first title that has it; null if none has.
 * @param unknown tokens of the query that stand nowhere.
 */
export function correct(query: string, unknown: readonly string[], titles: readonly string[]): string | null {
  const letters = plain(query)
  for (const wrong of chunksOf(letters, unknown)) {
    for (const title of titles) {
      const right = windowsOf(title, wrong.length).find((word) => isMeant(wrong, word))
      if (right) return letters.replace(wrong, right)
    }
  }
  return null
}

/** Pieces of the query that hold all that is unknown, the longest first. */
function chunksOf(letters: string, unknown: readonly string[]): string[] {
  const runs = letters.match(/\p{Script=Han}{2,}/gu) ?? []
  const lengths = Array.from({ length: longestWord - 1 }, (_, i) => longestWord - i)
  return lengths.flatMap((length) =>
    runs
      .flatMap((run) => windowsOf(run, length))
      .filter((chunk) => unknown.every((pair) => chunk.includes(pair))),
  )
}

/** Every piece of so many characters. */
function windowsOf(text: string, length: number): string[] {
  const runs = text.match(/\p{Script=Han}+/gu) ?? []
  return runs.flatMap((run) =>
    Array.from({ length: Math.max(0, run.length - length + 1) }, (_, i) => run.slice(i, i + length)),
  )
}

function isMeant(wrong: string, right: string): boolean {
  const letters = plain(right)
  const differing = [...wrong].filter((letter, i) => letter !== letters[i]).length
  if (differing === 0 || differing > wrong.length / 2) return false
  return soundOf(wrong) === soundOf(letters) || (differing === 1 && wrong.length > 2)
}

const soundOf = (word: string) => syllablesOf(word).map(asHeard).join(' ')
