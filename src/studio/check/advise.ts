// All advice on one text. A source that cannot be read gets none: what is wrong with it the door says first.
import { z } from 'astro/zod'
import { normalise, parseSource } from '#course/parse.ts'
import type { Advice } from '#studio/check/advice.ts'
import { advisePictures } from '#studio/check/alternative-text.ts'
import { adviseFigures } from '#studio/check/doubtful-figure.ts'
import type { DoubtfulFigure } from '#studio/check/doubtful-figure.ts'
import { adviseAttribution } from '#studio/check/misattribution.ts'
import type { Misattribution } from '#studio/check/misattribution.ts'
import { passagesOf, sentencesOf } from '#studio/check/passages.ts'
import { adviseMinutes } from '#studio/check/reading-time.ts'
import { adviseSentences } from '#studio/check/sentence-length.ts'
import { adviseSources } from '#studio/check/source-named.ts'
import { adviseSensitive, adviseWithdrawn } from '#studio/check/watched-words.ts'
import type { WithdrawnPerson } from '#studio/check/watched-words.ts'

/** What texts are compared with. */
export type Lists = {
  misattributions: readonly Misattribution[]
  doubtfulFigures: readonly DoubtfulFigure[]
  /** The county's. */
  withdrawn: readonly WithdrawnPerson[]
  /** The county's. */
  sensitive: readonly string[]
}

const words = z.string().optional().catch(undefined)

/** The frontmatter of any kind, as far as it is written: a draft gets advice before it is complete. */
const Draft = z.looseObject({
  minutes: z.number().optional().catch(undefined),
  sources: z
    .array(z.looseObject({ work: words, place: words, note: words }))
    .optional()
    .catch(undefined),
})

/**
 * Advice on a lesson, story or case in reading order; places count in the source with one kind of line ending.
 * @param file what the source is called
 */
export function advise(source: string, file: string, lists: Lists): Advice[] {
  const parsed = parseSource(source, file, Draft)
  if (parsed.type === 'refused') return []
  const { tree, meta, place } = parsed
  const text = normalise(source)
  const passages = passagesOf(tree, text)
  const sentences = sentencesOf(passages)
  return [
    ...adviseMinutes(tree, meta.minutes, place('minutes')),
    ...(meta.sources ? adviseSources(tree, text, meta.sources) : []),
    ...adviseAttribution(passages, sentences, text, lists.misattributions),
    ...adviseFigures(sentences, text, lists.doubtfulFigures),
    ...adviseSentences(sentences, text),
    ...advisePictures(tree, text),
    ...adviseWithdrawn(passages, text, lists.withdrawn),
    ...adviseSensitive(passages, text, lists.sensitive),
  ].sort((a, b) => a.line - b.line || a.column - b.column)
}
