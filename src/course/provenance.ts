// What every document says of itself: a permanent id, what it is, which path it serves, where it comes from, who
// compared it with its sources, and when somebody must look again.
import { z } from 'astro/zod'
import { Attribution } from '#course/attribution.ts'

/** A line of text that is not empty. */
export const line = (most: number) => z.string().trim().min(1).max(most)
const day = z.iso.date({ error: '写成年-月-日，如 2026-11-01。' })

/** A permanent id with its prefix: never changed, never used again, also when the file moves. */
export const permanentId = (prefix: string, example: string) =>
  z.string().regex(new RegExp(`^${prefix}-[a-z0-9][a-z0-9-]{0,60}$`), {
    error: `以 ${prefix}- 开头，只用小写字母、数字和连字符，如 ${prefix}-${example}。`,
  })

/** The three paths of integrity work: deterrence, institutions, culture. */
export const Path = z.enum(['不敢腐', '不能腐', '不想腐'])
export type Path = z.infer<typeof Path>

/** Indicators of the capability model, the main one first. */
export const indicators = z
  .array(
    z.string().regex(/^[a-z][a-z-]{1,60}$/, { error: '写能力模型里的指标代号，如 conflict-of-interest。' }),
  )
  .min(1)
  .max(4)

/** Where something comes from. */
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

/** The label beside every exhibit. */
export const provenance = {
  sources: z.array(Source).min(1).max(40),
  /** Of the main story or words. */
  attribution: Attribution,
  /** Who compared it with the sources, word for word. */
  checkedBy: line(60),
  checkedOn: day,
  /** The day by which somebody must check it again. */
  reviewBy: day,
}
