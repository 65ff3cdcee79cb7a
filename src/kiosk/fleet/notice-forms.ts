// What publishers send from the page of notices.
import { z } from 'astro/zod'

/** Letters that a notice may have: a title is read from three metres, a text while one passes. */
export const longestTitle = 30
export const longestText = 300
/** Days that a notice may hold. */
export const mostDays = 92

const unseen = '里面有看不见的字符，请删去后再提交。'
const isPlain = (text: string) => !/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(text)
const words = (what: string, most: number) =>
  z
    .string({ error: `请写${what}。` })
    .transform((text) => text.normalize('NFC').replaceAll('\r\n', '\n').trim())
    .refine((text) => text.length > 0, `请写${what}。`)
    .refine((text) => [...text].length <= most, `${what}太长，请控制在${most}个字以内。`)
    .refine(isPlain, unseen)

const day = z.iso.date('请选一天，写成 2026-12-01 这样。')
const time = z
  .string()
  .nullish()
  .transform((text) => text?.trim() || null)
  .refine((text) => text === null || /^([01]\d|2[0-3]):[0-5]\d$/.test(text), '写成 07:30 这样的时刻。')

export const NoticeForm = z.object({
  unit: z.string({ error: '选给哪个单位的大屏。' }).max(80),
  title: words('标题', longestTitle).refine((text) => !text.includes('\n'), '标题写成一行。'),
  /** Its text; each page has a field `text` already, for remarks. */
  says: words('正文', longestText),
  /** First and last day, Asia/Shanghai. */
  fromOn: day,
  toOn: day,
  /** Hours of the day; both or none. */
  from: time,
  to: time,
})
export type NoticeForm = z.output<typeof NoticeForm>

export const EndNoticeForm = z.object({ notice: z.string().max(80) })
