// How severe each rater is: by how much the levels that he names lie lower than those that others would name of the same
// people. Estimated over all raters at once, so that who sees abler people is not taken for lenient.
// Facets as in Linacre, J. M. (1989). Many-Facet Rasch Measurement; solved as a linear mixed model by best linear
// unbiased prediction (Henderson 1975, Biometrics 31, 423–447).
import { population } from '#record/capability/belief.ts'
import { observationSd } from '#record/evidence/likelihood.ts'

/** One observation, as it reads before its rater is known. */
export type Rated = {
  rater: string
  person: string
  indicator: string
  /** Middle of the level that was named, on the ability scale. */
  centre: number
  /** Weight by age, above 0 and at most 1. */
  weight: number
}

/** What all other evidence says of a person and an indicator; without any it is the population. */
export type OtherEvidence = (person: string, indicator: string) => { mean: number; sd: number }

/**
 * Deviation of severity among raters. Our choice: half a level, so that one in twenty is off by a whole one. It draws
 * the estimate of who has rated little towards 0.
 */
export const raterSd = 0.5

/**
 * Observations and persons that a rater needs before a value is put in force. Our choice: ten readings say more of him than
 * the spread of raters does (10/(0.96² + 0.8²) against 1/0.5², an error of 0.31 in place of 0.5), and among
 * five people no single one makes him look severe.
 */
export const readingsNeeded = 10
export const personsNeeded = 5

/** A change smaller than this is none: it would move no belief by anything that a page shows. */
export const leastChange = 0.05

const nobodyElse: OtherEvidence = () => population

/**
 * Severity of every rater, on the ability scale; positive reads too low. It is what has to be added to his readings on average,
 * so it holds for levels as they are, with open ends. Relative to all raters together: that everybody is severe
 * cannot be told from people being less able. The order of the readings changes nothing.
 */
export function severities(
  rated: readonly Rated[],
  otherEvidence: OtherEvidence = nobodyElse,
): Map<string, number> {
  const raters = [...new Set(rated.map(({ rater }) => rater))].sort()
  const place = new Map(raters.map((rater, i) => [rater, i]))
  const cells = cellsOf(rated, place, otherEvidence)
  // (Z′PZ + I/τ²) s = −Z′P(y − m), where P takes out what the people can do and the level of all raters together.
  const right = toRaters(cells, raters.length, (cell) => cell.offs).map((sum) => -sum)
  const left = (severity: readonly number[]) =>
    toRaters(cells, raters.length, (cell) => cell.raters.map((rater) => severity[rater] ?? 0)).map(
      (sum, i) => sum + (severity[i] ?? 0) / raterSd ** 2,
    )
  const found = conjugateGradients(left, right)
  return new Map(raters.map((rater, i) => [rater, found[i] ?? 0]))
}

/** Raters of whom enough was seen; none where there is only one, who would be compared with nobody. */
export function wellKnown(rated: readonly Pick<Rated, 'rater' | 'person'>[]): Set<string> {
  const byRater = Map.groupBy(rated, ({ rater }) => rater)
  const enough = [...byRater].filter(
    ([, own]) =>
      own.length >= readingsNeeded && new Set(own.map(({ person }) => person)).size >= personsNeeded,
  )
  return new Set(enough.length > 1 ? enough.map(([rater]) => rater) : [])
}

/** All readings of one person and indicator. */
type Cell = {
  raters: number[]
  /** How far each reading lies above what the other evidence says. */
  offs: number[]
  /** V⁻¹1. */
  ones: number[]
} & Tie

/** What makes V⁻¹: the precision of each reading, and v/(1 + v·Σ precision), by which they hang together. */
type Tie = { precisions: number[]; tie: number }

function cellsOf(
  rated: readonly Rated[],
  place: ReadonlyMap<string, number>,
  otherEvidence: OtherEvidence,
): Cell[] {
  const keyed = rated.map((one) => ({ ...one, key: JSON.stringify([one.person, one.indicator]) }))
  keyed.sort(
    (a, b) =>
      compare(a.key, b.key) || compare(a.rater, b.rater) || a.centre - b.centre || a.weight - b.weight,
  )
  return [...Map.groupBy(keyed, ({ key }) => key).values()].map((own) => {
    const { mean, sd } = otherEvidence(own[0]?.person ?? '', own[0]?.indicator ?? '')
    const precisions = own.map(({ weight }) => weight / observationSd ** 2)
    const made = { precisions, tie: sd ** 2 / (1 + sd ** 2 * sum(precisions)) }
    return {
      ...made,
      raters: own.map(({ rater }) => place.get(rater) ?? 0),
      offs: own.map(({ centre }) => centre - mean),
      ones: untied(
        made,
        own.map(() => 1),
      ),
    }
  })
}

/** Z′P x: x holds a value for each reading, the result one for each rater. */
function toRaters(cells: readonly Cell[], raters: number, valuesOf: (cell: Cell) => number[]): number[] {
  const parts = cells.map((cell) => ({ ...cell, values: untied(cell, valuesOf(cell)) }))
  const all = parts.reduce((total, { ones }) => total + sum(ones), 0)
  const level = parts.reduce((total, { values }) => total + sum(values), 0) / all
  const result = Array.from({ length: raters }, () => 0)
  for (const cell of parts) {
    cell.raters.forEach((rater, i) => {
      result[rater] = (result[rater] ?? 0) + (cell.values[i] ?? 0) - level * (cell.ones[i] ?? 0)
    })
  }
  return result
}

/** V⁻¹x for the readings of a cell: what they have in common is the person's, as far as that is not known otherwise. */
function untied({ precisions, tie }: Tie, values: readonly number[]): number[] {
  const weighted = precisions.map((precision, i) => precision * (values[i] ?? 0))
  const common = tie * sum(weighted)
  return weighted.map((value, i) => value - (precisions[i] ?? 0) * common)
}

/** Solves left(x) = right for a symmetric positive definite left side. Hestenes & Stiefel (1952). */
function conjugateGradients(left: (x: readonly number[]) => number[], right: readonly number[]): number[] {
  let found = right.map(() => 0)
  let rest = [...right]
  let direction = [...right]
  let size = dot(rest, rest)
  const enough = size * 1e-20
  for (let step = 0; step < 2 * right.length && size > enough && size > 0; step += 1) {
    const image = left(direction)
    const length = size / dot(direction, image)
    found = found.map((value, i) => value + length * (direction[i] ?? 0))
    rest = rest.map((value, i) => value - length * (image[i] ?? 0))
    const next = dot(rest, rest)
    direction = rest.map((value, i) => value + (next / size) * (direction[i] ?? 0))
    size = next
  }
  return found
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const dot = (one: readonly number[], other: readonly number[]) =>
  one.reduce((total, value, i) => total + value * (other[i] ?? 0), 0)
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
