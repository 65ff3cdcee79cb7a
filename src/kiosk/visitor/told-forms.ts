// What reviewers send from the page of told stories.
import { z } from 'astro/zod'

const story = z.string().max(80)
/** Letters of a reason. */
export const longestReason = 200
const reason = z
  .string()
  .nullish()
  .transform((text) => (text ?? '').trim())
  .refine((text) => text.length <= longestReason, `请控制在${longestReason}个字以内。`)

export const ReviewToldForm = z.object({
  story,
  verdict: z.enum(['show', 'decline']),
  /** Asked for where it is declined. */
  reason,
})
export type ReviewToldForm = z.output<typeof ReviewToldForm>

export const TakeDownToldForm = z.object({
  story,
  reason: reason.refine((text) => text !== '', '请写为什么撤下，例如“讲的人要求”。'),
})
export type TakeDownToldForm = z.output<typeof TakeDownToldForm>
