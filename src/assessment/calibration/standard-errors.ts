// How sure a calibration is of each parameter: from the observed information, that is the information which the answers
// would carry if every ability were known, less what is lost because none is (Louis 1982, JRSS B 44, 226–233).
import { boundAt, bounds, parameterNames, type ParameterName } from '#assessment/calibration/bounds.ts'
import { curvesOf, posteriorOf, stretchOf, type Expectation } from '#assessment/calibration/expect.ts'
import { fitOf, type Counts } from '#assessment/calibration/fit.ts'
import type { Patterns } from '#assessment/calibration/patterns.ts'
import type { Priors } from '#assessment/calibration/prior.ts'
import type { Quadrature } from '#assessment/calibration/quadrature.ts'
import { inverseDiagonal } from '#assessment/calibration/solve.ts'
import type { ItemParameters } from '#record/evidence/likelihood.ts'

export type StandardErrors = Record<ParameterName, number | null>

type Asked = {
  patterns: Patterns
  items: readonly ItemParameters[]
  free: readonly ParameterName[]
  /** Whether all items share one slope. */
  common: boolean
  quadrature: Quadrature
  expected: Expectation
  priorsOf: (item: number) => Priors
}

/** What is lost is a mean over people: so many patterns, evenly taken, give it to two or three in a hundred. */
const mostPatterns = 1000
/** Points of a posterior that matter for its variance. */
const negligible = 1e-5
const nudge = 1e-4

/** A difference that stays within the bounds. */
const nudgeOf = (name: ParameterName, value: number) =>
  Math.min(nudge, ...bounds[name].map((bound) => Math.abs(value - bound) / 2))

/** Standard errors of each item's a, b, c; null where the parameter was not estimated, lies at a bound or is unknown. */
export function standardErrorsOf(asked: Asked): StandardErrors[] {
  const { items, free, common } = asked
  const places = placesOf(asked)
  const size = 1 + Math.max(-1, ...places.flat().map((place) => place ?? -1))
  const matrix = new Float64Array(size * size)
  addWhole(asked, places, matrix, size)
  takeLost(asked, places, matrix, size)
  const diagonal = inverseDiagonal(matrix, size)
  const errorAt = (place: number | null) => {
    const variance = place === null ? NaN : diagonal[place]!
    return variance > 0 ? Math.sqrt(variance) : null
  }
  return items.map((_, item) => {
    const [a, b, c] = places[item]!.map(errorAt)
    return { a: a!, b: b!, c: c! }
  })
}

/**
 * Row of each free parameter in the information matrix, null where there is none. Difficulties come first and lower
 * asymptotes last: where the answers cannot tell two apart, it is the later one that is said to be unknown.
 */
function placesOf({ items, free, common }: Asked): (number | null)[][] {
  const places: (number | null)[][] = items.map(() => [null, null, null])
  let next = 0
  for (const name of ['b', 'a', 'c'] as const) {
    if (!free.includes(name)) continue
    const shared = common && name === 'a'
    if (shared) next += 1
    items.forEach((item, i) => {
      if (boundAt(name, item[name]) === 0) {
        places[i]![parameterNames.indexOf(name)] = shared ? next - 1 : next++
      }
    })
  }
  return places
}

/** The curvature of each item's fit at the expected counts, by differences of its slope. */
function addWhole(
  { items, quadrature: { thetas }, expected, priorsOf }: Asked,
  places: (number | null)[][],
  matrix: Float64Array,
  size: number,
): void {
  items.forEach((item, i) => {
    const counts: Counts = { ...expected, from: i * thetas.length }
    const slopeAt = (name: ParameterName, by: number) =>
      fitOf({ ...item, [name]: item[name] + by }, thetas, counts, priorsOf(i)).slope
    parameterNames.forEach((name, column) => {
      const at = places[i]![column]
      if (at === null || at === undefined) return
      const by = nudgeOf(name, item[name])
      const [after, before] = [slopeAt(name, by), slopeAt(name, -by)]
      places[i]!.forEach((row, place) => {
        if (row === null || row < at) return
        matrix[row * size + at]! -= (after[place]! - before[place]!) / (2 * by)
      })
    })
  })
}

/** Σ over people of the covariance that the slopes have because their ability is not known. */
function takeLost(
  { patterns, items, quadrature }: Asked,
  places: (number | null)[][],
  matrix: Float64Array,
  size: number,
): void {
  const { thetas, weights } = quadrature
  const points = thetas.length
  const curves = curvesOf(items, thetas)
  const logWeights = weights.map(Math.log)
  const posterior = new Float64Array(points)
  const stride = Math.max(1, Math.ceil(patterns.counts.length / mostPatterns))
  let [taken, all] = [0, 0]
  patterns.counts.forEach((count, pattern) => {
    all += count
    if (pattern % stride === 0) taken += count
  })
  for (let pattern = 0; pattern < patterns.counts.length; pattern += stride) {
    posteriorOf(patterns, pattern, curves, logWeights, posterior)
    const weight = (patterns.counts[pattern]! * all) / taken
    takePattern({ patterns, pattern, posterior, weight }, items, thetas, places, matrix, size)
  }
}

type Person = { patterns: Patterns; pattern: number; posterior: Float64Array; weight: number }

function takePattern(
  { patterns, pattern, posterior, weight }: Person,
  items: readonly ItemParameters[],
  thetas: Float64Array,
  places: (number | null)[][],
  matrix: Float64Array,
  size: number,
): void {
  const [first, last] = stretchOf(posterior, negligible)
  const [from, to] = [patterns.starts[pattern]!, patterns.starts[pattern + 1]!]
  const rows = new Set<number>()
  for (let answer = from; answer < to; answer += 1) {
    for (const row of places[patterns.items[answer]!]!) if (row !== null) rows.add(row)
  }
  const sorted = Int32Array.from(rows).sort()
  const slopes = new Float64Array((last - first) * size)
  const mean = new Float64Array(size)
  for (let k = first; k < last; k += 1) {
    for (let answer = from; answer < to; answer += 1) {
      const item = patterns.items[answer]!
      addSlopes(items[item]!, patterns.shares[answer]!, thetas[k]!, places[item]!, slopes, (k - first) * size)
    }
    for (const row of sorted) mean[row]! += posterior[k]! * slopes[(k - first) * size + row]!
  }
  for (let k = first; k < last; k += 1) {
    const here = (k - first) * size
    const part = weight * posterior[k]!
    for (let x = 0; x < sorted.length; x += 1) {
      const row = sorted[x]!
      const left = part * (slopes[here + row]! - mean[row]!)
      for (let y = 0; y <= x; y += 1) {
        const column = sorted[y]!
        matrix[row * size + column]! -= left * (slopes[here + column]! - mean[column]!)
      }
    }
  }
}

/** The slope of one answer's log-likelihood by a, b and c at one ability. */
function addSlopes(
  { a, b, c }: ItemParameters,
  share: number,
  theta: number,
  [atA, atB, atC]: (number | null)[],
  slopes: Float64Array,
  here: number,
): void {
  const known = 1 / (1 + Math.exp(-a * (theta - b)))
  const p = c + (1 - c) * known
  const left = share - p
  if (typeof atA === 'number') slopes[here + atA]! += (left * known * (theta - b)) / p
  if (typeof atB === 'number') slopes[here + atB]! -= (left * known * a) / p
  if (typeof atC === 'number') slopes[here + atC]! += left / (p * (1 - c))
}
