// The weighted likelihood estimate of ability: from the answers alone, finite also where all are right or all wrong, and
// without the outward pull of maximum likelihood or the pull to the middle of a prior.
// Warm, T. A. (1989). Weighted likelihood estimation of ability in item response theory. Psychometrika 54, 427–450.
import { chanceOfKnowing, standardError, type Answered } from '#assessment/irt/response.ts'
import { scale, thetaAt } from '#record/capability/belief.ts'
import { information, likelihood, type Grid } from '#record/evidence/likelihood.ts'

/** An estimate and its standard error, both on the scale of θ. */
export type AbilityEstimate = { theta: number; se: number }

const lowest = thetaAt(0)
const highest = thetaAt(scale.points - 1)

/**
 * The estimate within the scale (−4 to 4; beyond nobody is told from the next), and 1/√I there; null without answers.
 * Where a three-parameter likelihood has several peaks, the highest within the scale.
 */
export function weightedLikelihood(answered: readonly Answered[]): AbilityEstimate | null {
  if (answered.length === 0) return null
  const items = answered.map(({ item }) => item)
  const theta = rootNear(answered, peak(weightedScores(answered, scale)))
  return { theta, se: standardError(items, theta) }
}

/**
 * What is 0 at the estimate, ℓ′(θ) + J(θ)/(2·I(θ)), one value per grid point. ℓ′ = Σ P′(s − P)/(PQ), J = Σ P′P″/(PQ),
 * and for logistic items P″ = a(1 − 2σ)P′, so that J = Σ a(1 − 2σ)·I of each item. For c = 0 J/(2I) is the slope of
 * log √I, Jeffreys' prior; for c > 0 it is not.
 */
export function weightedScores(answered: readonly Answered[], grid: Grid): number[] {
  const slopes = answered.map(({ item: { a, b, c }, share }) => {
    return likelihood({ type: 'answer', share, a, b, c }, grid).slope
  })
  return Array.from({ length: grid.points }, (_, point) => {
    const theta = grid.start + point * grid.step
    let score = 0
    let bias = 0
    let told = 0
    answered.forEach(({ item }, i) => {
      const tells = information(item, theta)
      score += slopes[i]?.[point] ?? 0
      bias += item.a * (1 - 2 * chanceOfKnowing(item, theta)) * tells
      told += tells
    })
    return score + bias / (2 * told)
  })
}

/** The grid point at which the sum of the slopes so far, hence the weighted likelihood, is highest; and the slope there. */
function peak(slopes: readonly number[]): { theta: number; slope: number } {
  let height = 0
  let best = { point: 0, height }
  for (let point = 1; point < slopes.length; point += 1) {
    height += ((slopes[point - 1] ?? 0) + (slopes[point] ?? 0)) / 2
    if (height > best.height) best = { point, height }
  }
  return { theta: thetaAt(best.point), slope: slopes[best.point] ?? 0 }
}

/** The root beside the highest grid point, by bisection. It lies within one step, because there the slope turns. */
function rootNear(answered: readonly Answered[], { theta, slope }: { theta: number; slope: number }): number {
  let low = slope > 0 ? theta : theta - scale.step
  let high = slope > 0 ? theta + scale.step : theta
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    const [here = 0] = weightedScores(answered, { start: middle, step: 1, points: 1 })
    if (here > 0) low = middle
    else high = middle
  }
  return Math.min(highest, Math.max(lowest, (low + high) / 2))
}
