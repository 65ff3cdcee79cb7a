// The answer to a remark as it is sent.
import { z } from 'astro/zod'

export const AnswerFeedbackForm = z.object({
  remark: z.string().max(64),
  /** When it was answered last, as the form knew; empty for the first answer. */
  answeredAt: z
    .string()
    .max(40)
    .nullish()
    .transform((at) => at ?? ''),
  answer: z.string().trim().min(5, '请写一句完整的话，至少5个字。').max(500, '太长，请控制在500个字以内。'),
  /** Ticked: it is mended in what readers see now. */
  changed: z.string().nullish(),
})
export type AnswerFeedbackForm = z.output<typeof AnswerFeedbackForm>
