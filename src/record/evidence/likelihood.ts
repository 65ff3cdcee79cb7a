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

/** Equally spaced values of θ: start, start + step, … */
export type Grid = { start: number; step: number; points: number }

/** A log-likelihood and its derivative, one value per grid point. */
export type Likelihood = { log: number[]; slope: number[] }

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
 * What a reading says along a grid: the log-likelihood up to a constant, s·log P + (1 − s)·log(1 − P) or a Gaussian,
 * and its derivative, which for an answer is a·σ·(s·(1 − c)(1 − σ)/P − (1 − s)), that is a·(s − P) when c = 0.
 */
export function likelihood(reading: Reading, grid: Grid): Likelihood {
  return reading.type === 'answer' ? ofAnswer(reading, grid) : ofObservation(reading, grid)
}

function ofAnswer({ a, b, c, share }: AnswerReading, { start, step, points }: Grid): Likelihood {
  const log = Array<number>(points)
  const slope = Array<number>(points)
  const ratio = Math.exp(-a * step)
  // e^(−a(θ − b)) from point to point: one multiplication instead of an exponential.
  let odds = Math.exp(-a * (start - b))
  for (let i = 0; i < points; i += 1, odds *= ratio) {
    const known = 1 / (1 + odds)
    const unknown = odds * known
    const right = c + (1 - c) * known
    // 1 − P is (1 − c)·unknown, exact also where an item is far too easy; the constant factor says nothing of θ.
    const forRight = share > 0 ? share * Math.log(right) : 0
    const forWrong = share < 1 ? (1 - share) * Math.log(unknown) : 0
    log[i] = forRight + forWrong
    slope[i] = a * known * ((share * (1 - c) * unknown) / right - (1 - share))
  }
  return { log, slope }
}

function ofObservation({ centre, sd }: ObservationReading, { start, step, points }: Grid): Likelihood {
  const log = Array<number>(points)
  const slope = Array<number>(points)
  for (let i = 0; i < points; i += 1) {
    const distance = (centre - start - i * step) / sd
    log[i] = -0.5 * distance ** 2
    slope[i] = distance / sd
  }
  return { log, slope }
}

/** Fisher information of an answer at θ, P′² / (P(1 − P)), which is a²·(1 − c)·σ²·(1 − σ)/P. */
export function information({ a, b, c }: ItemParameters, theta: number): number {
  const odds = Math.exp(-a * (theta - b))
  const known = 1 / (1 + odds)
  // Not 1 − known, which is 0 where an item is far too easy.
  const unknown = odds * known
  return (a ** 2 * (1 - c) * known ** 2 * unknown) / (c + (1 - c) * known)
}
