// The score of an attempt on the scale of ability: from its answers alone. What was believed before is no part of it.
import type { Answered } from '#assessment/irt/response.ts'
import { weightedLikelihood, type AbilityEstimate } from '#assessment/irt/weighted-likelihood.ts'
import { expected, population, posterior, scale } from '#record/capability/belief.ts'
import { likelihood } from '#record/evidence/likelihood.ts'

/** A normal description of an ability, on the scale of θ. */
export type Spread = { mean: number; sd: number }

export type AbilityScore = {
  /** Mean and deviation of the posterior with everybody, N(0, 1), as prior: the least error on average. */
  eap: Spread
  /** Weighted likelihood: the same for whomever it is, the one to report; null without answers. */
  wle: AbilityEstimate | null
}

/** Scores answers, each to another item; their order changes nothing, not even the last bit. */
export function score(answered: readonly Answered[]): AbilityScore {
  const sorted = answered.toSorted((one, other) => (one.item.id < other.item.id ? -1 : 1))
  return { eap: expectedAPosteriori(sorted), wle: weightedLikelihood(sorted) }
}

/**
 * Mean and deviation of the posterior on the 61 points of the scale; a share s of the points counts s·log P +
 * (1 − s)·log(1 − P).
 * Bock, R. D. & Mislevy, R. J. (1982). Adaptive EAP estimation of ability in a microcomputer environment. Applied
 * Psychological Measurement 6, 431–444.
 */
export function expectedAPosteriori(answered: readonly Answered[], prior: Spread = population): Spread {
  const traces = answered.map(({ item: { a, b, c }, share }) => {
    return { weight: 1, log: likelihood({ type: 'answer', share, a, b, c }, scale).log }
  })
  const grid = posterior(traces, prior)
  const mean = expected(grid, (theta) => theta)
  return { mean, sd: Math.sqrt(expected(grid, (theta) => (theta - mean) ** 2)) }
}
