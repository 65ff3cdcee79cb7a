// What may be said of a page, and how far a remark has come. Nobody's name is kept with it.
import { z } from 'astro/zod'
import { localBack } from '#people/back.ts'
import { starWords } from '#ui/star-words.ts'

/** A number with its words: 4 有用. */
export const sayStars = (stars: number) => `${stars} ${starWords[stars - 1] ?? ''}`

/** Letters that a remark may have. */
export const mostLetters = 1000

export const Remark = z.object({
  /** The page it is about; what is not one of ours counts as the first page. */
  page: z
    .string()
    .catch('/')
    .transform((page) => localBack(page) ?? '/'),
  stars: z.coerce
    .number({ error: '请从1到5里选一个。' })
    .int('请从1到5里选一个。')
    .min(1, '请从1到5里选一个。')
    .max(5, '请从1到5里选一个。')
    .nullable(),
  /** Empty where only stars were given. */
  text: z
    .string()
    .trim()
    .max(mostLetters, `请不要超过${mostLetters}个字。`)
    .refine((text) => !text.includes('\0'), '里面有看不见的字符，请删去后再送。'),
  /** `hall`: given at the screen of a village hall. */
  origin: z.enum(['reader', 'hall']),
})
export type Remark = z.output<typeof Remark>

/** How far a remark has come. */
export type RemarkState = 'received' | 'answered' | 'changed'

/** The words for it. */
export const stateNames: Record<RemarkState, string> = {
  received: '已收到',
  answered: '已答复',
  changed: '已改',
}

/** Changed is what was mended in a published revision; what is not answered has only arrived. */
export function stateOf(remark: { answer: string | null; changedIn: string | null }): RemarkState {
  if (remark.answer === null) return 'received'
  return remark.changedIn === null ? 'answered' : 'changed'
}
