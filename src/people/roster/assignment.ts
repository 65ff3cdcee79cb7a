// An assignment ties a person to a unit and a post for a time: who holds what, and the form that adds one.
import { z } from 'astro/zod'

/** A post that may be held; the list comes from content/capabilities/posts. */
export type Post = { id: string; name: string }

/** An assignment as it stands; `toOn` is its last day, null while it lasts; `mine` if it is the reader's to end. */
export type Held = {
  id: string
  unitId: string
  post: string
  fromOn: string
  toOn: string | null
  main: boolean
  mine: boolean
}

const months = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** True for a day that the calendar has, from 1950 to 2100. */
export function isDay(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number)
  if (!year || !month || !day || year < 1950 || year > 2100 || day > (months[month - 1] ?? 0)) return false
  return month !== 2 || day < 29 || (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** The day before a day. */
export function dayBefore(on: string): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

/** `YYYY-MM-DD`, a real day. */
export const day = z.string({ error: '写上日期。' }).refine(isDay, '日期写成2026-03-01这样，要写到日。')

/** An assignment that somebody asks for; it lasts until it is ended. */
export const WantedAssignment = z.object({
  /** The unit where the post is held. */
  unitId: z.string({ error: '选一个单位。' }),
  /** Id of the post. */
  post: z.string({ error: '选一个职务。' }),
  /** First day of it, Asia/Shanghai. */
  fromOn: day,
  /** 主职; a person has one on any day. */
  main: z.boolean(),
})
export type WantedAssignment = z.infer<typeof WantedAssignment>
