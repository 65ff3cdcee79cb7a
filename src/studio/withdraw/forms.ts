// What publishers send from the page of a document.
import { z } from 'astro/zod'

const letters = { least: 5, most: 200 }
const document = z.string().max(80)

/** Whoever reads it later was not there: a word or two explains nothing. */
const reason = z
  .string({ error: '写明原因。' })
  .trim()
  .min(letters.least, `写明原因，至少${letters.least}个字。`)
  .max(letters.most, `太长，请控制在${letters.most}字以内。`)
  .refine((text) => !text.includes('\0'), '里面有看不见的字符，请删去后再提交。')

/** Withdraws a document, or shows it again. */
export const ReasonForm = z.object({ document, reason })

/** `number` of the revision to go back to; `why`, because a page may hold both forms. */
export const RollBackForm = z.object({
  document,
  number: z.coerce.number({ error: '选退回到哪一次修订。' }).int().min(1),
  why: reason,
})

/** Letters that a reason may have. */
export const longestReason = letters.most

/** Which of two states of a document stays. */
export const FileConflictForm = z.object({
  document,
  keep: z.enum(['site', 'file'], { error: '选用站上的，还是用文件里的。' }),
})
