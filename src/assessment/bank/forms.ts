// What trainers send from the page of an item.
import { z } from 'astro/zod'

const item = z.string().max(80)
const written = (empty: string, most: number) =>
  z
    .string({ error: empty })
    .trim()
    .min(1, empty)
    .max(most, `太长，请控制在${most}字以内。`)
    .refine((text) => !text.includes('\0'), '里面有看不见的字符，请删去后再提交。')

export const ApproveItemForm = z.object({ item })

export const RetireItemForm = z.object({
  item,
  reason: written('写明为什么停用，以后的人看得到。', 300),
})

export const PassageForm = z.object({
  item,
  source: written('写出自哪份资料的代号。', 64),
  passage: written('从资料里逐字复制一句。', 600),
})

export const ConflictForm = z.object({
  item,
  keep: z.enum(['site', 'file'], { error: '选留哪一边的。' }),
})
