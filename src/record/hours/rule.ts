// An hour rule: how minutes of finished lessons become 学时. A published rule is a file in content/hour-rules. Stored
// versions of it stay readable for ever, so a new field is always optional.
import { z } from 'astro/zod'
import { Activity, exact } from '#record/hours/activity.ts'
import { contradictions } from '#record/hours/contradiction.ts'

/** One step of a rule; the first that fits decides. A step without a bound fits everything. */
const step = z.strictObject({
  /** Fits up to and including so many minutes. */
  atMostMinutes: z.number().positive().optional(),
  /** Fits below so many minutes. */
  underMinutes: z.number().positive().optional(),
  /** Learning hours (学时) that it gives. */
  hours: z.number().nonnegative(),
})

/** What somebody has to reach in a calendar year, 学时. */
const yearly = z.strictObject({
  /** Compulsory (必修). */
  compulsory: z.number().positive().optional(),
  /** Compulsory and elective together. */
  total: z.number().positive().optional(),
  /** Of the compulsory ones those online. */
  onlineCompulsory: z.number().positive().optional(),
})

const carryOver = z.union(
  [
    z.literal('none'),
    z.strictObject({
      to: z.literal('elective'),
      /** At most so many 学时 are carried over. */
      max: z.number().positive().optional(),
    }),
  ],
  { error: '不结转就写 none；结转到下一年的选修就写 to: elective，有上限再写 max。' },
)

const HourRuleShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string().min(1),
  title: z.string(),
  /** The document that publishes the rule. */
  source: z.string(),
  url: z.url().optional(),
  /** Whether minutes are summed over a course or taken lesson by lesson. */
  per: z.enum(['course', 'lesson']),
  /** First and last day on which it holds. */
  from: z.iso.date(),
  until: z.iso.date().optional(),
  /** Share of the nominal minutes that must have been studied actively, 0–1. */
  completionRatio: z.number().min(0).max(1),
  /** Share of a course's nominal minutes that must be finished within a year before the course gives anything, 0–1. */
  wholeCourse: z.number().positive().max(1).optional(),
  /** So many minutes make one 学时; `steps` or `rounding` then say what the rest below it gives. */
  unitMinutes: z.number().positive().optional(),
  /** The table of published steps: for all minutes, or with `unitMinutes` for the rest below one unit. */
  steps: z.array(step).min(1).optional(),
  /** The rest below one unit is taken in proportion and rounded down to a multiple of this; 1 leaves it out. */
  rounding: z.literal([0.1, 0.25, 0.5, 1]).optional(),
  /** 学分 per 学时, where the rule set counts them. */
  points: z
    .strictObject({ compulsory: z.number().nonnegative(), elective: z.number().nonnegative() })
    .optional(),
  /** What a passed test adds, 学时. */
  testBonusHours: z.number().nonnegative().optional(),
  /** What counts beside online lessons, with its caps. */
  activities: z.array(Activity).min(1).optional(),
  yearly: yearly.optional(),
  /** What becomes of hours beyond the yearly target. */
  carryOver: carryOver.optional(),
  /** What the published text leaves open and how it is filled here, for people to read. */
  note: z.string().optional(),
})

/** An hour rule that does not contradict itself. */
export const HourRule = HourRuleShape.check((rule) => {
  for (const { path, message } of contradictions(rule.value, hoursFor))
    rule.issues.push({ code: 'custom', input: rule.value, path, message })
})
export type HourRule = z.infer<typeof HourRuleShape>

/** Compulsory (必修) or a choice (选修). */
export type Nature = 'compulsory' | 'elective'

/** Learning hours (学时) for so many minutes of one course (or lesson); none for none. */
export function hoursFor(rule: HourRule, minutes: number): number {
  if (minutes <= 0) return 0
  const { unitMinutes: unit, steps = [], rounding = 1 } = rule
  if (unit === undefined) return hoursOfStep(steps, minutes)
  const whole = Math.floor(minutes / unit)
  if (steps.length > 0) return exact(whole + hoursOfStep(steps, minutes - whole * unit))
  // Counted in parts of a unit: ten tenths are one exactly.
  const parts = Math.round(1 / rounding)
  return Math.floor((minutes * parts) / unit) / parts
}

function hoursOfStep(steps: readonly z.infer<typeof step>[], minutes: number): number {
  if (minutes <= 0) return 0
  const fits = steps.find(
    ({ atMostMinutes, underMinutes }) =>
      (atMostMinutes === undefined || minutes <= atMostMinutes) &&
      (underMinutes === undefined || minutes < underMinutes),
  )
  return fits?.hours ?? 0
}

/** 学分 for so many 学时; null where the rule set counts none. What is not said to be compulsory is taken as elective. */
export function pointsFor(rule: HourRule, hours: number, nature: Nature | null): number | null {
  return rule.points ? exact(hours * rule.points[nature ?? 'elective']) : null
}

/** Seconds of active study that a lesson of so many nominal minutes asks for. */
export function neededSeconds(rule: HourRule, minutes: number): number {
  return Math.round(minutes * 60 * rule.completionRatio)
}

/** The activity of a rule set by its id, or null. */
export function activityOf(rule: HourRule, id: string | null): Activity | null {
  return rule.activities?.find((activity) => activity.id === id) ?? null
}
