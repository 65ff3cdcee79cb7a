// What is sent from the pages of halls on the phone.
import { z } from 'astro/zod'
import { hallKinds } from '#kiosk/hall/kinds.ts'

const session = z.string().max(40)
const line = z.string().trim().min(1).max(200)
const id = z.string().max(80)
const optional = <Inner extends z.ZodType>(inner: Inner) =>
  inner.nullish().transform((given) => given || null)

/** The lines of a text, without empty ones. */
export const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map((one) => one.trim())
    .filter(Boolean)

export const PlanForm = z.object({
  /** `<unit>|<kiosk>`; nothing after the stroke where no screen is used. */
  place: z.string({ error: '选在哪里开。' }).regex(/^[^|]{1,80}\|[^|]{0,80}$/, '选在哪里开。'),
  kind: z.enum(hallKinds, { error: '选一种。' }),
  title: z
    .string({ error: '写题目，大家在学习记录里看到的就是它。' })
    .trim()
    .min(1, '写题目，大家在学习记录里看到的就是它。')
    .max(100, '题目请控制在100个字以内。'),
  agenda: z
    .string()
    .nullish()
    .transform((text) => linesOf(text ?? ''))
    .pipe(z.array(line).max(12, '议程最多12行。')),
  lesson: optional(id),
  /** `now`, or a day and minute as `<input type="datetime-local">` sends them. */
  begin: z.enum(['now', 'later']),
  at: optional(z.string().regex(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})?$/, '选日期和时间。')),
})

export const AboutSession = z.object({ session })

export const EndForm = z.object({
  session,
  /** HH:MM in Shanghai; empty for now. */
  at: optional(z.string().regex(/^(\d{2}:\d{2})?$/, '时间写成 16:30 这样。')),
})

export const CheckInForm = z.object({
  session,
  slot: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number),
  code: z.string().max(40),
  /** When the code was seen, sealed by the page that saw it. */
  seen: z.iso.datetime({ precision: 3 }),
  seal: z.string().max(100),
})

export const CheckOutForm = z.object({
  session,
  /** Whom; oneself where it is missing. */
  person: optional(id),
  /** It was a slip: the person did not leave. */
  undo: z
    .string()
    .nullish()
    .transform((sent) => sent === 'yes'),
})

export const WriteInForm = z.object({
  session,
  who: z
    .string({ error: '写姓名或工号。' })
    .trim()
    .min(1, '写姓名或工号。')
    .max(40, '没有这么长的姓名或工号。'),
  since: z.enum(['start', 'now'], { error: '选从什么时候在。' }),
})

export const AskForm = z.object({ session, item: optional(id) })

export const AnswerForm = z.object({
  session,
  item: id,
  option: z
    .array(z.coerce.number().int().min(0).max(11), { error: '还没有选，请选一项。' })
    .min(1, '还没有选，请选一项。')
    .max(12),
})

export const HandsForm = z.object({
  session,
  item: id,
  hands: z.array(z.coerce.number().int().min(0).max(2_000)).min(1).max(12),
})

export const ConfirmForm = z.object({
  session,
  person: z.array(id).max(2_000),
  head: z
    .string({ error: '数一数在场的人，写下人数。' })
    .regex(/^\d{1,4}$/, '数一数在场的人，写下人数，用数字。')
    .transform(Number),
})

export const TakeOffForm = z.object({
  session,
  person: id,
  reason: z
    .string({ error: '写明为什么撤下，本人看得到。' })
    .trim()
    .min(2, '写明为什么撤下，本人看得到。')
    .max(200, '请控制在200个字以内。'),
})

export const MinutesForm = z.object({
  session,
  minutes: z
    .string()
    .max(10_000, '纪要请控制在一万字以内。')
    .nullish()
    .transform((text) => text ?? ''),
})
