// The frontmatter of a lesson: what its author must say about it. This schema is the manual.
import { z } from 'astro/zod'
import { Attribution } from '#course/attribution.ts'

/** A line of text that is not empty. */
const line = (most: number) => z.string().trim().min(1).max(most)
const day = z.iso.date({ error: '写成年-月-日，如 2026-11-01。' })

/** The three paths of integrity work: deterrence, institutions, culture. */
export const Path = z.enum(['不敢腐', '不能腐', '不想腐'])
export type Path = z.infer<typeof Path>

/** Where something in the lesson comes from. */
export const Source = z.strictObject({
  /** The work, e.g. 《后汉书·杨震列传》. */
  work: line(200),
  /** Volume, chapter or article. */
  place: line(200).optional(),
  /** Where it can be read. */
  url: z.url({ protocol: /^https?$/, error: '写成 https:// 开头的完整网址。' }).optional(),
  /** What to mind: edition, variant, what the source does not say. */
  note: line(1000).optional(),
})
export type Source = z.infer<typeof Source>

export const Lesson = z.strictObject({
  /** Permanent: never changed, never used again, also when the file moves. */
  id: z.string().regex(/^lsn-[a-z0-9][a-z0-9-]{0,60}$/, {
    error: '以 lsn- 开头，只用小写字母、数字和连字符，如 lsn-sizhi。',
  }),
  /** The heading that readers see. */
  title: line(60),
  /** One or two sentences for lists and search results. */
  summary: line(300),
  /** Nominal minutes: what a finished lesson is worth. Must fit the length of the text (minutes.ts). */
  minutes: z.int().min(1).max(240),
  /** Raised by one only when the lesson is new enough to be studied and credited again; a mended typo is no edition. */
  edition: z.int().min(1).max(999),
  path: Path,
  /** Indicators of the capability model that the lesson teaches, the main one first. */
  indicators: z
    .array(
      z.string().regex(/^[a-z][a-z-]{1,60}$/, { error: '写能力模型里的指标代号，如 conflict-of-interest。' }),
    )
    .min(1)
    .max(4),
  sources: z.array(Source).min(1).max(40),
  /** Of the lesson's main story or words. */
  attribution: Attribution,
  /** Who compared it with the sources, word for word. */
  checkedBy: line(60),
  checkedOn: day,
  /** The day by which somebody must check it again. */
  reviewBy: day,
})
export type Lesson = z.infer<typeof Lesson>
