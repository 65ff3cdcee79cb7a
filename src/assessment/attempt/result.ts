// What came of an attempt. Computed once at handing in (and again when graders have given their points), from the
// answers of this attempt alone: what was believed before may choose items and is never in it.
import { z } from 'astro/zod'

const Score = z.strictObject({
  /** Points of items graded so far, one point an item whatever its kind; partly right in proportion. */
  earned: z.number(),
  /** Items graded so far. */
  possible: z.number(),
  /** Standard error of earned / possible, 0 to 1: how far another paper of this sort might differ. */
  error: z.number(),
})

export const Result = z.strictObject({
  shown: z.int(),
  answered: z.int(),
  late: z.int(),
  withdrawn: z.int(),
  /** Items that wait for graders. */
  waiting: z.int(),
  score: Score,
  /** By indicator. */
  areas: z.array(z.strictObject({ indicator: z.string(), earned: z.number(), possible: z.number() })),
  /** Of a test of one dimension: weighted likelihood estimate and standard error, θ. Null where there is none. */
  estimate: z
    .strictObject({ dimension: z.string(), theta: z.number(), se: z.number(), provisional: z.boolean() })
    .nullable(),
  /** Why an adaptive test ended; null for a fixed one. */
  stopped: z.enum(['precise', 'length', 'no-item', 'person', 'time']).nullable(),
})
export type Result = z.infer<typeof Result>
