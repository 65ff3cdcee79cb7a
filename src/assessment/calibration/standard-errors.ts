// How sure a calibration is of each parameter: from the observed information, that is the information which the answers
// would carry if every ability were known, less what is lost because none is (Louis 1982, JRSS B 44, 226–233).
import { boundAt, bounds, parameterNames, type ParameterName } from '#assessment/calibration/bounds.ts'
import { curvesOf, posteriorOf, stretchOf, type Expectation } from '#assessment/calibration/expect-counts.ts'
import { fitOf, type Counts } from '#assessment/calibration/fit.ts'
import type { Patterns } from '#assessment/calibration/patterns.ts'
import type { Priors } from '#assessment/calibration/prior.ts'
import type { Quadrature } from '#assessment/calibration/quadrature.ts'
import { inverseDiagonal } from '#assessment/calibration/solve.ts'
import type { ItemParameters } from '#record/evidence/likelihood.ts'

export type StandardErrors = Record<ParameterName, number | null>

/** Row of each item's a, b and c in the information matrix; null where it has none. */
type Places = (number | null)[][]

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

/** Points of a posterior that matter for its variance. */
const negligible = 1e-5
const nudge = 1e-4

/** A difference that stays within the bounds. */
const nudgeOf = (name: ParameterName, value: number) =>
  Math.min(nudge, ...bounds[name].map((bound) => Math.abs(value - bound) / 2))

/** Standard errors of each item's a, b, c; null where the parameter was not estimated, lies at a bound or is unknown. */
export function standardErrorsOf(asked: Asked): StandardErrors[] {
  const { items } = asked
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
function placesOf({ items, free, common }: Asked): Places {
  const places: Places = items.map(() => [null, null, null])
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
  places: Places,
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
  { patterns, items, quadrature: { thetas, weights } }: Asked,
  places: Places,
  matrix: Float64Array,
  size: number,
): void {
  const curves = curvesOf(items, thetas)
  const logWeights = weights.map(Math.log)
  const posterior = new Float64Array(thetas.length)
  for (let pattern = 0; pattern < patterns.counts.length; pattern += 1) {
    posteriorOf(patterns, pattern, curves, logWeights, posterior)
    const [first, last] = stretchOf(posterior, negligible)
    const rows = rowsOf(patterns, pattern, places)
    const slopes = new Float64Array((last - first) * size)
    for (let answer = patterns.starts[pattern]!; answer < patterns.starts[pattern + 1]!; answer += 1) {
      const [item, share] = [patterns.items[answer]!, patterns.shares[answer]!]
      for (let k = first; k < last; k += 1) {
        addSlopes(items[item]!, share, thetas[k]!, places[item]!, slopes, (k - first) * size)
      }
    }
    const masses = posterior.subarray(first, last)
    takeCovariance(centred(slopes, masses, patterns.counts[pattern]!, rows, size), rows, matrix, size)
  }
}

/** Rows of the matrix that a pattern's answers touch, in ascending order. */
function rowsOf({ starts, items }: Patterns, pattern: number, places: Places): Int32Array {
  const rows = new Set<number>()
  for (let answer = starts[pattern]!; answer < starts[pattern + 1]!; answer += 1) {
    for (const row of places[items[answer]!]!) if (row !== null) rows.add(row)
  }
  return Int32Array.from(rows).sort()
}

/** Slopes at each ability less their mean, times the root of what the ability stands for; only the rows asked for. */
function centred(slopes: Float64Array, masses: Float64Array, count: number, rows: Int32Array, size: number) {
  const vectors = Array.from(masses, () => new Float64Array(rows.length))
  for (let x = 0; x < rows.length; x += 1) {
    const row = rows[x]!
    let mean = 0
    for (let k = 0; k < masses.length; k += 1) mean += masses[k]! * slopes[k * size + row]!
    vectors.forEach((vector, k) => {
      vector[x] = Math.sqrt(count * masses[k]!) * (slopes[k * size + row]! - mean)
    })
  }
  return vectors
}

/** Takes Σ vᵀv off the lower half, four vectors at a time: this is where the time of large samples goes. */
function takeCovariance(vectors: Float64Array[], rows: Int32Array, matrix: Float64Array, size: number): void {
  const zero = new Float64Array(rows.length)
  for (let first = 0; first < vectors.length; first += 4) {
    const [p = zero, q = zero, r = zero, s = zero] = vectors.slice(first, first + 4)
    for (let x = 0; x < rows.length; x += 1) {
      const from = rows[x]! * size
      const [px, qx, rx, sx] = [p[x]!, q[x]!, r[x]!, s[x]!]
      for (let y = 0; y <= x; y += 1) {
        matrix[from + rows[y]!]! -= px * p[y]! + qx * q[y]! + rx * r[y]! + sx * s[y]!
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
