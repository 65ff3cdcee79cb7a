// What a piece of evidence says about ability θ: its log-likelihood, the slope of it, and what an item could tell.
// Scale: the population has mean 0 and deviation 1; logistic metric, D = 1.
// Lord, F. M. (1980). Applications of Item Response Theory to Practical Testing Problems. Chs 2 and 4.
import type { Calibration, Difficulty, Evidence } from '#record/evidence/evidence.ts'

/** Item parameters of the three-parameter logistic model; c = 0 makes it the two-parameter one. */
export type ItemParameters = { a: number; b: number; c: number }

type AnswerReading = { type: 'answer'; share: number } & ItemParameters
type ObservationReading = { type: 'observation'; centre: number; sd: number }

/** A piece of evidence as the model reads it. */
export type Reading = AnswerReading | ObservationReading

/** A log-likelihood and its derivative, one value per θ. */
export type Likelihood = { log: Float64Array; slope: Float64Array }

/** Ability where an item of each label is half known: one deviation apart, so that a wrong label does little harm. */
const labelDifficulty: Record<Difficulty, number> = { easy: -1, medium: 0, hard: 1 }

/** A label says nothing of how sharply an item separates; usual items lie between 0.5 and 2. */
const labelDiscrimination = 1

/**
 * Deviation of one observer's reading. Two supervisors who rate the same person's work agree with r = .52
 * (Viswesvaran, Ones & Schmidt 1996, J. Appl. Psychol. 81, 557–574), and r = 1 / (1 + sd²) in a population of
 * deviation 1, hence 0.96.
 */
export const observationSd = Math.sqrt(1 / 0.52 - 1)

/** The parameters to read an answer by: the calibration, or the author's label until there is one. */
export function parametersOf(item: {
  difficulty: Difficulty
  guessing: number
  calibration: Calibration | null
}): ItemParameters {
  if (item.calibration) return { a: item.calibration.a, b: item.calibration.b, c: item.calibration.c }
  return { a: labelDiscrimination, b: labelDifficulty[item.difficulty], c: item.guessing }
}

/** The middle of a level on the θ scale; the two outer levels are taken as wide as their neighbours. */
export function levelCentre(level: number, cuts: readonly number[]): number {
  const first = cuts[0] ?? 0
  const last = cuts[cuts.length - 1] ?? 0
  const width = cuts.length > 1 ? (last - first) / (cuts.length - 1) : 1
  const below = cuts[level - 2] ?? first - width
  const above = cuts[level - 1] ?? last + width
  return (below + above) / 2
}

/** Turns evidence into a reading; a severe rater's level is moved up by the severity, a lenient one's down. */
export function readingOf(evidence: Evidence, cuts: readonly number[]): Reading {
  if (evidence.kind !== 'observation') {
    return { type: 'answer', share: evidence.share, ...parametersOf(evidence) }
  }
  const centre = levelCentre(evidence.level, cuts) + (evidence.severity ?? 0)
  return { type: 'observation', centre, sd: observationSd }
}

/**
 * What a reading says at each θ: the log-likelihood up to a constant, s·log P + (1 − s)·log(1 − P) or a Gaussian,
 * and its derivative, which for an answer is a·σ·(s·(1 − c)(1 − σ)/P − (1 − s)), that is a·(s − P) when c = 0.
 */
export function likelihood(reading: Reading, thetas: readonly number[]): Likelihood {
  return reading.type === 'answer' ? ofAnswer(reading, thetas) : ofObservation(reading, thetas)
}

function ofAnswer({ a, b, c, share }: AnswerReading, thetas: readonly number[]): Likelihood {
  const log = new Float64Array(thetas.length)
  const slope = new Float64Array(thetas.length)
  for (let i = 0; i < thetas.length; i += 1) {
    const logit = a * ((thetas[i] ?? 0) - b)
    const odds = Math.exp(-logit)
    const known = 1 / (1 + odds)
    const right = c + (1 - c) * known
    // 1 − P is (1 − c)(1 − σ); its logarithm this way stays exact where an item is far too easy.
    if (share > 0) log[i] = share * Math.log(right)
    if (share < 1) log[i] = (log[i] ?? 0) + (1 - share) * (Math.log(known) - logit)
    slope[i] = a * known * ((share * (1 - c) * odds * known) / right - (1 - share))
  }
  return { log, slope }
}

function ofObservation({ centre, sd }: ObservationReading, thetas: readonly number[]): Likelihood {
  const log = Float64Array.from(thetas, (theta) => -0.5 * ((centre - theta) / sd) ** 2)
  const slope = Float64Array.from(thetas, (theta) => (centre - theta) / sd ** 2)
  return { log, slope }
}

/** Fisher information of an answer at θ, P′² / (P(1 − P)), which is a²·(1 − c)·σ²·(1 − σ)/P. */
export function information({ a, b, c }: ItemParameters, theta: number): number {
  const known = 1 / (1 + Math.exp(-a * (theta - b)))
  return (a ** 2 * (1 - c) * known ** 2 * (1 - known)) / (c + (1 - c) * known)
}
