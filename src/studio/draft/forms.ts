// What is sent from the pages of drafts that work without script.
import { z } from 'astro/zod'

const id = z.string().max(64)

export const StartForm = z.object({
  kind: z.enum(['lesson', 'story', 'case'], { error: '请选写什么。' }),
  /** May be left to the Word file. */
  title: z
    .string()
    .trim()
    .max(60, '题目太长，请控制在60个字以内。')
    .nullish()
    .transform((title) => title ?? ''),
  course: id.nullish(),
  unit: id.nullish(),
  /** A Word file to begin with. */
  file: z.instanceof(File).nullish(),
})

/** A new draft of a published document. */
export const StartFromForm = z.object({ document: id })

export const SaveForm = z.object({
  draft: id,
  version: z.coerce.number().int().min(0),
  source: z.string().max(262_144, '稿子太长，请分成几课。'),
})
