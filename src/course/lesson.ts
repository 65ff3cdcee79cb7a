// The frontmatter of a lesson: what its author must say about it. This schema is the manual.
import { z } from 'astro/zod'
import { indicators, line, Path, permanentId, provenance } from '#course/provenance.ts'

export const Lesson = z.strictObject({
  id: permanentId('lsn', 'sizhi'),
  /** The heading that readers see. */
  title: line(60),
  /** One or two sentences for lists and search results. */
  summary: line(300),
  /** Nominal minutes: what a finished lesson is worth. Must fit the length of the text (minutes.ts). */
  minutes: z.int().min(1).max(240),
  /** Raised by one only when the lesson is new enough to be studied and credited again; a mended typo is no edition. */
  edition: z.int().min(1).max(999),
  path: Path,
  /** What the lesson teaches. */
  indicators,
  ...provenance,
})
export type Lesson = z.infer<typeof Lesson>
