// Who owes how many hours: one file of content/requirements, with its legal basis.
import { z } from 'astro/zod'

const RequirementShape = z.strictObject({
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
   * Order of ranks in which one post's requirement takes the place of another's (条例 2023: by level): of one meter only
   * that of the highest rank held is owed, whatever its period, and what was left of it at a promotion is completed
   * within a year. Without it a category has no part in that, and its hours stand beside the others.
   */
  rank: z.int().positive().optional(),
  basis: z.string(),
  source: z.string(),
  /** First day on which it holds. */
  from: z.iso.date(),
  /** Last day on which it holds, once another one takes its place. */
  until: z.iso.date().optional(),
  /** `primary`: seen in a copy of the text itself; `secondary`: only in a report of it. */
  certainty: z.enum(['primary', 'secondary']),
  /** What else the rule asks for, in words. */
  note: z.string().optional(),
})

/** A requirement that does not end before it begins. */
export const Requirement = RequirementShape.refine(
  ({ from, until }) => until === undefined || until >= from,
  {
    path: ['until'],
    error: '失效日 until 比生效日 from 还早。核对两个日期。',
  },
)
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
