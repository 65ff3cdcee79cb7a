// What is sent from the page of readings.
import { z } from 'astro/zod'

const draft = z.string().max(64)
const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `太长，请控制在${most}个字以内。`)
    .nullish()
    .transform((text) => text || null)

export const HandInForm = z.object({
  draft,
  /** Ticked: hours may be earned with it again. */
  newEdition: z.string().nullish(),
})

export const ReadingForm = z
  .object({
    draft,
    reading: z.enum(['reviewer', 'publisher']),
    verdict: z.enum(['passed', 'returned'], { error: '请选“通过”或“退回”。' }),
    /** Of what was on the page. */
    hash: z.string().max(64),
    text: words(500),
  })
  .refine(({ verdict, text }) => verdict === 'passed' || text !== null, {
    error: '退回要写明哪里要改。',
    path: ['text'],
  })

export const RemarkForm = z.object({
  draft,
  passage: z
    .string()
    .trim()
    .max(300, '选的原文太长，选一两句就够。')
    .nullish()
    .transform((passage) => passage ?? ''),
  /** Not `text`: the form of a reading stands on the same page. */
  said: z.string().trim().min(1, '请写上意见。').max(500, '太长，请控制在500个字以内。'),
})

export const SettleRemarkForm = z.object({ draft, remark: z.string().max(64) })
export const AboutDraftForm = z.object({ draft })

/** Local time of the county, as `<input type="datetime-local">` sends it; empty takes the plan back. */
export const ScheduleForm = z.object({
  draft,
  at: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, { error: '请选日期和时间。', abort: true })
    .refine((at) => !Number.isNaN(Date.parse(`${at}:00+08:00`)), { error: '没有这一天。', abort: true })
    .nullish()
    .transform((at) => (at ? new Date(`${at}:00+08:00`).toISOString() : null)),
})
