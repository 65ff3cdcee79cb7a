// Figures that only one article has, or that are easily misread: content/checks/doubtful-figures.yaml.
import { z } from 'astro/zod'
import { line } from '#course/provenance.ts'
import { adviceOn, brief } from '#studio/check/advice.ts'
import type { Advice } from '#studio/check/advice.ts'
import { cautions } from '#studio/check/cautions.ts'
import { says } from '#studio/check/letters.ts'
import { isSameNumber, numbersIn } from '#studio/check/numbers.ts'
import { around, sameForm, spanOf } from '#studio/check/passages.ts'
import type { Sentence } from '#studio/check/passages.ts'

export const DoubtfulFigure = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, { error: '只用小写字母、数字和连字符，如 lunxun。' }),
  /** The figures, each as one number: 30万, 92%. Other ways to write the same number are found too. */
  figures: z
    .array(
      line(20).refine((figure) => numbersIn(sameForm(figure)).length === 1, {
        error: '每项写一个数，如 30万 或 92%。',
      }),
    )
    .min(1)
    .max(8),
  /** One of these stands in the sentence when the figure is meant; a bare 92% may be anything. */
  about: z.array(line(20)).min(1).max(8),
  /** The words that make it honest, the one to advise first. */
  heeded: z.array(line(20)).min(1).max(6),
  /** What is commonly written. */
  written: line(200),
  /** What is known. */
  known: line(300),
  /** Where that is known from. */
  source: line(300),
})
export type DoubtfulFigure = z.infer<typeof DoubtfulFigure>

/** Doubtful figures without the words that say so in their sentence, the one before or the one after. */
export function adviseFigures(
  sentences: readonly Sentence[],
  source: string,
  list: readonly DoubtfulFigure[],
): Advice[] {
  const entries = list.map((entry) => ({
    ...entry,
    wanted: entry.figures.flatMap((figure) => numbersIn(sameForm(figure))),
  }))
  return sentences.flatMap((sentence) => {
    const found = numbersIn(sentence.text)
    return entries.flatMap(({ wanted, about, heeded, known }) => {
      const number = found.find((each) => wanted.some((figure) => isSameNumber(figure, each)))
      if (!number || !says(sentence.text, about)) return []
      const [from, to] = [sentence.from + number.from, sentence.from + number.to]
      if (says(around(sentences, sentence.passage, from, to), [...heeded, ...cautions])) return []
      const words = sentence.text.slice(number.from, number.to)
      return [
        adviceOn(source, spanOf(sentence.passage, from, to), {
          kind: 'figure',
          message: `“${brief(words)}”这个数要当心：${known}`,
          mend: `写明“${heeded[0]}”，或改用核实过的数；不要拿它作题目的答案。`,
        }),
      ]
    })
  })
}
