// Who owes how many hours: one file of content/requirements, with its legal basis.
import { z } from 'astro/zod'

export const Requirement = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  /** `all`, or the category of a post. */
  category: z.string(),
  /** Online self-study and concentrated training are two meters; the one never counts for the other. */
  meter: z.enum(['online', 'concentrated']),
  /** Learning hours (学时) within the period. */
  hours: z.number().positive(),
  period: z.enum(['year', 'five-years']),
  /**
   * Order of ranks among those to whom the make-up rule for promotions applies (条例 2023: whoever was promoted without
   * having met the requirement completes it within a year); without it a category has no part in that.
   */
  rank: z.int().positive().optional(),
  basis: z.string(),
  source: z.string(),
  /** First day on which it holds. */
  from: z.iso.date(),
  /** `primary`: seen in a copy of the text itself; `secondary`: only in a report of it. */
  certainty: z.enum(['primary', 'secondary']),
  /** What else the rule asks for, in words. */
  note: z.string().optional(),
})
export type Requirement = z.infer<typeof Requirement>

/**
 * The period in which a day lies, of requirements that have one length of it: the calendar year, or five of them from
 * the first year of the oldest of these requirements.
 */
export function periodOf(
  group: readonly Pick<Requirement, 'period' | 'from'>[],
  on: string,
): { from: string; to: string } {
  const year = Number(on.slice(0, 4))
  if (group[0]?.period !== 'five-years') return { from: `${year}-01-01`, to: `${year}-12-31` }
  const first = Math.min(...group.map(({ from }) => Number(from.slice(0, 4))))
  const start = first + Math.floor((year - first) / 5) * 5
  return { from: `${start}-01-01`, to: `${start + 4}-12-31` }
}
