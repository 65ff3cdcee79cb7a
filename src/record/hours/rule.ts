// An hour rule: how minutes of finished lessons become 学时. A published rule is a file in content/hour-rules.
import { z } from 'astro/zod'

/** One step of a rule; the first that fits decides. A step without a bound fits everything. */
const step = z.strictObject({
  /** Fits up to and including so many minutes. */
  atMostMinutes: z.number().positive().optional(),
  /** Fits below so many minutes. */
  underMinutes: z.number().positive().optional(),
  /** Learning hours (学时) that it gives. */
  hours: z.number().nonnegative(),
})

export const HourRule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string().min(1),
  title: z.string(),
  /** The document that publishes the rule. */
  source: z.string(),
  url: z.url().optional(),
  /** Whether minutes are summed over a course or taken lesson by lesson. */
  per: z.enum(['course', 'lesson']),
  /** First day on which it holds. */
  from: z.iso.date(),
  /** Share of the nominal minutes that must have been studied actively, 0–1. */
  completionRatio: z.number().min(0).max(1),
  steps: z.array(step).min(1),
  /** What a passed test adds, 学时. */
  testBonusHours: z.number().nonnegative().optional(),
})
export type HourRule = z.infer<typeof HourRule>

/** Learning hours (学时) for so many minutes of one course (or lesson); none for none. */
export function hoursFor(rule: HourRule, minutes: number): number {
  if (minutes <= 0) return 0
  const step = rule.steps.find(
    ({ atMostMinutes, underMinutes }) =>
      (atMostMinutes === undefined || minutes <= atMostMinutes) &&
      (underMinutes === undefined || minutes < underMinutes),
  )
  return step?.hours ?? 0
}

/** Seconds of active study that a lesson of so many nominal minutes asks for. */
export function neededSeconds(rule: HourRule, minutes: number): number {
  return Math.round(minutes * 60 * rule.completionRatio)
}
