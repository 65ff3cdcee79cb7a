// Sentences that are hard to follow when they are read aloud.
import { countHan } from '#course/han.ts'
import { adviceOn } from '#studio/check/advice.ts'
import type { Advice } from '#studio/check/advice.ts'
import { spanOf } from '#studio/check/passages.ts'
import type { Sentence } from '#studio/check/passages.ts'

/**
 * Chinese characters in a sentence from which on a split is advised. Our own figure: at the 250 characters a minute of
 * course/minutes.ts a sentence of 60 takes a quarter of a minute, longer than a listener holds its beginning. Of the
 * library's sentences nine in ten have at most 28, and the longest has 58.
 */
export const longSentence = 60

/** Sentences longer than that; a quotation keeps the length that its author gave it. */
export function adviseSentences(sentences: readonly Sentence[], source: string): Advice[] {
  return sentences.flatMap(({ passage, from, to, text }) => {
    const han = countHan(text)
    if (passage.quote || han <= longSentence) return []
    return [
      adviceOn(source, spanOf(passage, from, to), {
        kind: 'sentence',
        message: `这一句有${han}个字，念出来不容易听懂。`,
        mend: `在意思转折的地方断成两句，每句不超过${longSentence}字。`,
      }),
    ]
  })
}
