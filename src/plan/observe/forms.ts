// What raters send: one thing seen, and taking one back.
import { z } from 'astro/zod'

const id = z.string().max(80)

/** Longest line on what was seen. */
export const longestNote = 200

export const ObserveForm = z.object({
  person: id,
  indicator: id,
  level: z.coerce.number({ error: '选一条最像的。' }).int().min(1, '选一条最像的。').max(5, '选一条最像的。'),
  observedOn: z.iso.date({ error: '选哪一天看到的。' }),
  note: z
    .string({ error: '写一句看到了什么。' })
    .trim()
    .min(4, '写一句看到了什么，让本人看得懂。')
    .max(longestNote, `写在${longestNote}字以内。`)
    .refine((text) => !/[\p{Cc}\p{Cf}]/u.test(text.replace(/\s/g, '')), '里面有看不见的字符，请删去。')
    .transform((text) => text.replace(/\s+/g, ' ')),
})

/** Why an observation is taken back; the person reads it. */
export const reasons = {
  person: '记错了人',
  level: '选错了指标或级别',
  day: '写错了日子',
  words: '写得不合适，重新写',
} as const
export type Reason = keyof typeof reasons

export const TakeBackForm = z.object({
  event: z.uuid(),
  reason: z.enum(Object.keys(reasons) as [Reason, ...Reason[]], { error: '选一个原因。' }),
})
