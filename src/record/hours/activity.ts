// What a rule set counts beside online lessons: a day at the party school, a paper, a study group, each with its caps.
import { z } from 'astro/zod'

/** In what an activity is counted. */
export const Unit = z.enum(['day', 'half-day', 'hour', 'session', 'taught-hour', 'item'])
export type Unit = z.infer<typeof Unit>

export const Activity = z.strictObject({
  /** Named by the event whose hours fall under it. */
  id: z.string().regex(/^[a-z0-9-]+$/, '活动的 id 用小写字母、数字和连字符。'),
  title: z.string().min(1).max(60),
  /** The meter on which its hours stand. */
  meter: z.enum(['online', 'concentrated']),
  /** 学时 by unit, e.g. `{ day: 6, half-day: 3 }`; without it the hours are those that were approved. */
  gives: z.partialRecord(Unit, z.number().positive()).optional(),
  /** 学分 per 学时 whatever its nature, where the rule set says so; else the rule's own factors hold. */
  points: z.number().nonnegative().optional(),
  /** At most so many 学时 for one item (the same title) in a year. */
  capPerItem: z.number().positive().optional(),
  /** At most so many 学时 in a year for all items together. */
  capPerYear: z.number().positive().optional(),
})
export type Activity = z.infer<typeof Activity>

/** Sums of halves, quarters and tenths stay what they are on paper. */
export const exact = (amount: number) => Math.round(amount * 1000) / 1000

/** 学时 of so much of an activity, before caps; 0 for a unit in which it is not counted. */
export function activityHours(activity: Activity, done: Partial<Record<Unit, number>>): number {
  const parts = Unit.options.map((unit) => (activity.gives?.[unit] ?? 0) * (done[unit] ?? 0))
  return exact(parts.reduce((sum, part) => sum + part, 0))
}

/** Which cap made it less. */
export type Cut = 'item' | 'year'

/**
 * How much of `hours` (学时) still fits under the caps.
 * @param before what was credited so far in the year: for the same item, and for the activity.
 */
export function withinCaps(
  { capPerItem = Infinity, capPerYear = Infinity }: Activity,
  hours: number,
  before: { item: number; year: number },
): { hours: number; cut: Cut | null } {
  const leftOfItem = Math.max(0, capPerItem - before.item)
  const leftOfYear = Math.max(0, capPerYear - before.year)
  const fits = exact(Math.min(hours, leftOfItem, leftOfYear))
  if (fits >= hours) return { hours, cut: null }
  return { hours: fits, cut: leftOfItem <= leftOfYear ? 'item' : 'year' }
}
