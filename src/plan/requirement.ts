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
