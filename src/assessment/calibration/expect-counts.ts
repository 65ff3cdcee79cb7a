// The first half of a step of EM: what the answers say of each person's ability under the present parameters, and so
// how many people of each ability are expected to have answered an item, and with how many points.
import type { Patterns } from '#assessment/calibration/patterns.ts'
import type { Quadrature } from '#assessment/calibration/quadrature.ts'
import type { ItemParameters } from '#record/evidence/likelihood.ts'

/** `seen` and `right` hold one stretch of as many values as there are points of θ for each item. */
export type Expectation = { logLikelihood: number; seen: Float64Array; right: Float64Array }

/** log P and log(1 − P) of each item at each point of θ, a stretch for each item. */
export type Curves = { logRight: Float64Array; logWrong: Float64Array }

/** A point of ability with less of a pattern's probability than this is passed over. */
const negligible = 1e-12

/** The curves of all items. */
export function curvesOf(items: readonly ItemParameters[], thetas: Float64Array): Curves {
  const points = thetas.length
  const logRight = new Float64Array(items.length * points)
  const logWrong = new Float64Array(items.length * points)
  items.forEach(({ a, b, c }, item) => {
    for (let k = 0; k < points; k += 1) {
      const odds = Math.exp(-a * (thetas[k]! - b))
      logRight[item * points + k] = Math.log(c + (1 - c) / (1 + odds))
      logWrong[item * points + k] = Math.log(((1 - c) * odds) / (1 + odds))
    }
  })
  return { logRight, logWrong }
}

/**
 * Writes the posterior of one pattern over the points of θ into `posterior` and returns the pattern's marginal
 * log-likelihood: Σ s·log P + (1 − s)·log(1 − P) over its answers, integrated over the population.
 */
export function posteriorOf(
  { starts, items, shares }: Patterns,
  pattern: number,
  { logRight, logWrong }: Curves,
  logWeights: Float64Array,
  posterior: Float64Array,
): number {
  const points = logWeights.length
  posterior.set(logWeights)
  for (let answer = starts[pattern]!; answer < starts[pattern + 1]!; answer += 1) {
    const share = shares[answer]!
    const from = items[answer]! * points
    if (share === 1) for (let k = 0; k < points; k += 1) posterior[k]! += logRight[from + k]!
    else if (share === 0) for (let k = 0; k < points; k += 1) posterior[k]! += logWrong[from + k]!
    else {
      for (let k = 0; k < points; k += 1) {
        posterior[k]! += share * logRight[from + k]! + (1 - share) * logWrong[from + k]!
      }
    }
  }
  let highest = -Infinity
  for (let k = 0; k < points; k += 1) if (posterior[k]! > highest) highest = posterior[k]!
  let total = 0
  for (let k = 0; k < points; k += 1) total += posterior[k] = Math.exp(posterior[k]! - highest)
  for (let k = 0; k < points; k += 1) posterior[k]! /= total
  return highest + Math.log(total)
}

/** The stretch of points outside of which a posterior is negligible: from the first to before the last. */
export function stretchOf(posterior: Float64Array, least = negligible): [number, number] {
  let first = 0
  let last = posterior.length
  while (first < last && posterior[first]! < least) first += 1
  while (last > first && posterior[last - 1]! < least) last -= 1
  return [first, last]
}

/** Expected counts of all items under the present parameters (Bock & Aitkin 1981, eqs 14–17). */
export function expectCounts(
  patterns: Patterns,
  params: readonly ItemParameters[],
  { thetas, weights }: Quadrature,
): Expectation {
  const points = thetas.length
  const { counts, starts, items, shares } = patterns
  const curves = curvesOf(params, thetas)
  const logWeights = weights.map(Math.log)
  const posterior = new Float64Array(points)
  const seen = new Float64Array(params.length * points)
  const right = new Float64Array(params.length * points)
  let logLikelihood = 0
  for (let pattern = 0; pattern < counts.length; pattern += 1) {
    const count = counts[pattern]!
    logLikelihood += count * posteriorOf(patterns, pattern, curves, logWeights, posterior)
    const [first, last] = stretchOf(posterior)
    for (let answer = starts[pattern]!; answer < starts[pattern + 1]!; answer += 1) {
      const share = shares[answer]! * count
      const from = items[answer]! * points
      for (let k = first; k < last; k += 1) seen[from + k]! += count * posterior[k]!
      if (share > 0) for (let k = first; k < last; k += 1) right[from + k]! += share * posterior[k]!
    }
  }
  return { logLikelihood, seen, right }
}
