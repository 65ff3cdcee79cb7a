// What one event shows about one person and one indicator. Derived from events, may be thrown away and derived
// again; whatever it needs of the moment (difficulty, calibration, severity) was in force at its time and is kept here.
import { z } from 'astro/zod'

/** Ways of answering; each piece carries a share of points. A scenario is a situation with several good or bad moves. */
export const answerKinds = [
  'practice',
  'unsupervised-test',
  'supervised-test',
  'scenario',
  'procedure',
] as const

/** Every kind of evidence, in the order in which people are told of them. */
export const evidenceKinds = [...answerKinds, 'observation'] as const

export type EvidenceKind = (typeof evidenceKinds)[number]

/** The author's own word on how hard an item is; all there is until the item is calibrated. */
export const Difficulty = z.enum(['easy', 'medium', 'hard'])
export type Difficulty = z.infer<typeof Difficulty>

/** Item parameters found from answers (three-parameter logistic model, logistic metric, D = 1). */
export const Calibration = z.strictObject({
  /** Discrimination: the slope where the item measures best, per unit of ability. */
  a: z.number().positive().max(10),
  /** Difficulty: the ability at which knowing and not knowing are equally likely. */
  b: z.number().min(-10).max(10),
  /** Lower asymptote: the chance of a right answer without knowing. */
  c: z.number().min(0).lt(1),
  /** The dated version these numbers come from. */
  version: z.string().min(1),
})
export type Calibration = z.infer<typeof Calibration>

const piece = {
  /** The event's id and a suffix, so that one event may show several things. */
  id: z.string().min(1),
  personId: z.string().min(1),
  /** The indicator it speaks about (content/capabilities/). */
  indicator: z.string().min(1),
  /** The event it was derived from. */
  eventId: z.string().min(1),
  /** The event's effective time, ISO UTC. */
  at: z.iso.datetime(),
}

/** An answer, or a run through a scenario or a procedure. */
export const AnsweredEvidence = z.strictObject({
  ...piece,
  kind: z.enum(answerKinds),
  /** The item, scenario or procedure that was answered. */
  item: z.string().min(1),
  /** Set where nobody watched: a scenario or procedure then counts as any test at home. */
  unsupervised: z.literal(true).optional(),
  /** Share of the points earned, 0 to 1. */
  share: z.number().min(0).max(1),
  /** The author's label. */
  difficulty: Difficulty,
  /** Chance of full points by guessing: 1/options for a choice, 0 for a fill-in. */
  guessing: z.number().min(0).lt(1),
  /** The calibration in force at that time, or null when the item had none; it replaces label and guessing. */
  calibration: Calibration.nullable(),
})
export type AnsweredEvidence = z.infer<typeof AnsweredEvidence>

/** Someone who was there saw what the person did, and names the level whose anchor fits. */
export const ObservedEvidence = z.strictObject({
  ...piece,
  kind: z.literal('observation'),
  /** The level that the rater named, 1 to 5. */
  level: z.int().min(1).max(5),
  rater: z.string().min(1),
  /** How far this rater reads too low, on the ability scale (negative: too high); null when not yet known. */
  severity: z.number().nullable(),
})
export type ObservedEvidence = z.infer<typeof ObservedEvidence>

/** One piece of evidence. */
export const Evidence = z.discriminatedUnion('kind', [AnsweredEvidence, ObservedEvidence])
export type Evidence = z.infer<typeof Evidence>
