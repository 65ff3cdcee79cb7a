// The points of ability over which a calibration integrates, and how much of the population N(0, 1) each stands for.

/** Points of θ in ascending order, and the share of the population at each; the shares sum to 1. */
export type Quadrature = { thetas: Float64Array; weights: Float64Array }

/** Beyond six deviations lie two persons in a thousand million. */
const reach = 6

/**
 * Equally spaced points over N(0, 1). For a smooth function that vanishes at both ends the error of equal steps falls
 * faster than any power of the step (Trefethen & Weideman 2014, SIAM Review 56, 385–458): 61 points give the
 * log-likelihood of LSAT 6 to ten digits, and hold for a posterior down to a deviation of 0.15.
 */
export function quadratureOf(points = 61): Quadrature {
  const step = (2 * reach) / (points - 1)
  const thetas = Float64Array.from({ length: points }, (_, point) => -reach + point * step)
  const densities = thetas.map((theta) => Math.exp(-0.5 * theta * theta))
  const total = densities.reduce((sum, density) => sum + density, 0)
  return { thetas, weights: densities.map((density) => density / total) }
}
