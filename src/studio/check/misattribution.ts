// Words that are commonly said to be somebody's and are not, or not surely: content/checks/misattributions.yaml.
import { z } from 'astro/zod'
import { line } from '#course/provenance.ts'
import { adviceOn } from '#studio/check/advice.ts'
import type { Advice } from '#studio/check/advice.ts'
import { cautions } from '#studio/check/cautions.ts'
import { findIn, lettersOf, says } from '#studio/check/letters.ts'
import { around, spanOf } from '#studio/check/passages.ts'
import type { Passage, Sentence } from '#studio/check/passages.ts'

const few = (most: number) => z.array(line(40)).max(most)

export const Misattribution = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, { error: '只用小写字母、数字和连字符，如 shihuiyin。' }),
  /** The words by which it is known, each in one of its readings; only letters are compared. */
  words: few(8).min(1),
  /** Names to which they are wrongly given; when one stands near, the writer is warned. Empty: always. */
  names: few(8),
  /** What stands near when the writer knows: the right name, or a word of caution of its own. */
  heeded: few(12),
  /** Nobody's for sure: a Quote of it must not be labelled certain. */
  unsure: z.boolean(),
  /** What is commonly written. */
  written: line(200),
  /** What is known. */
  known: line(300),
  /** How to write it. */
  write: line(200),
  /** Where that is known from. */
  source: line(300),
})
export type Misattribution = z.infer<typeof Misattribution>

/** Quotations near a name that is not their author's, and doubtful ones that are shown as certain. */
export function adviseAttribution(
  passages: readonly Passage[],
  sentences: readonly Sentence[],
  source: string,
  list: readonly Misattribution[],
): Advice[] {
  const entries = list.map((entry) => ({ entry, words: entry.words.map((each) => lettersOf(each).signs) }))
  return passages.flatMap((passage) => {
    const text = lettersOf(passage.text)
    return entries.flatMap(({ entry, words }) => {
      const hit = words
        .flatMap((each) => findIn(text, each))
        .find(({ from, to }) => isWrong(entry, passage, around(sentences, passage, from, to)))
      if (!hit) return []
      const message = `${entry.written}${entry.known}`
      const span = spanOf(passage, hit.from, hit.to)
      return [adviceOn(source, span, { kind: 'attribution', message, mend: entry.write })]
    })
  })
}

function isWrong(entry: Misattribution, { quote }: Passage, near: string): boolean {
  if (says(near, [...entry.heeded, ...cautions])) return false
  if (entry.unsure && quote) return quote.attribution === 'certain'
  return entry.names.length === 0 || says(near, entry.names)
}
