// What may be assumed of item parameters before anybody answered. Off unless asked for.
import type { ItemParameters } from '#record/evidence/likelihood.ts'

/** Each may be left out. */
export type Priors = {
  /** Lognormal: log a has this mean and deviation. */
  a?: { meanLog: number; sdLog: number }
  /** Normal. */
  b?: { mean: number; sd: number }
  /** Beta. */
  c?: { alpha: number; beta: number }
}

/**
 * Mild priors: most discriminations between 0.4 and 2.7, difficulties within four deviations, and a chance of guessing
 * around 0.2 that weighs as much as twenty people (Mislevy 1986, Psychometrika 51, 177–195).
 */
export const usualPriors: Priors = {
  a: { meanLog: 0, sdLog: 0.5 },
  b: { mean: 0, sd: 2 },
  c: { alpha: 5, beta: 17 },
}

/** A parameter's log-density up to a constant, its first derivative, and the second with its sign turned. */
type Pull = { value: number; slope: number; curve: number }

const none: Pull = { value: 0, slope: 0, curve: 0 }

const ofA = (a: number, { meanLog, sdLog }: { meanLog: number; sdLog: number }): Pull => {
  const far = (Math.log(a) - meanLog) / sdLog ** 2
  return {
    value: -Math.log(a) - (far * (Math.log(a) - meanLog)) / 2,
    slope: -(1 + far) / a,
    curve: (1 / sdLog ** 2 - 1 - far) / a ** 2,
  }
}

const ofB = (b: number, { mean, sd }: { mean: number; sd: number }): Pull => {
  const far = (b - mean) / sd ** 2
  return { value: (-far * (b - mean)) / 2, slope: -far, curve: 1 / sd ** 2 }
}

const ofC = (c: number, { alpha, beta }: { alpha: number; beta: number }): Pull => ({
  value: (alpha - 1) * Math.log(c) + (beta - 1) * Math.log1p(-c),
  slope: (alpha - 1) / c - (beta - 1) / (1 - c),
  curve: (alpha - 1) / c ** 2 + (beta - 1) / (1 - c) ** 2,
})

/** What the priors say of an item, in the order a, b, c. */
export function pullsOf({ a, b, c }: ItemParameters, priors: Priors): [Pull, Pull, Pull] {
  return [
    priors.a ? ofA(a, priors.a) : none,
    priors.b ? ofB(b, priors.b) : none,
    priors.c ? ofC(c, priors.c) : none,
  ]
}
