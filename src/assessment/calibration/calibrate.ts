// Finds the parameters of items from answers alone: marginal maximum likelihood by EM (Bock & Aitkin 1981, Psychometrika
// 46, 443–459), where the people are a sample of N(0, 1) and nobody's ability is estimated.
import { boundAt, bounds, within, type ParameterName } from '#assessment/calibration/bounds.ts'
import { accelerate } from '#assessment/calibration/accelerate.ts'
import { expectCounts, type Expectation } from '#assessment/calibration/expect-counts.ts'
import { fitOf } from '#assessment/calibration/fit.ts'
import { maximizeCommon, maximizeItem } from '#assessment/calibration/maximize.ts'
import { lookAt, patternsOf, requireResponses } from '#assessment/calibration/patterns.ts'
import type { Responses, Seen } from '#assessment/calibration/patterns.ts'
import { pullsOf, type Priors } from '#assessment/calibration/prior.ts'
import { quadratureOf } from '#assessment/calibration/quadrature.ts'
import { standardErrorsOf, type StandardErrors } from '#assessment/calibration/standard-errors.ts'
import type { ItemParameters } from '#record/evidence/likelihood.ts'

/** `rasch` has one slope common to all items; it is estimated, because the population's deviation is fixed at 1. */
export type Model = 'rasch' | '2pl' | '3pl'

/** What is to be calibrated, and how. */
export type Sample = {
  /** People × items: share of points from 0 to 1, null where the item was not shown. */
  responses: Responses
  model: Model
  /** Off unless given. */
  priors?: Priors
  /** How many people a row stands for; 1 each unless given. */
  counts?: readonly number[]
  /** The lower asymptote of each item, 0 unless given; for `3pl` where the search begins. */
  guessing?: readonly number[]
  /** The search ends when no parameter moves more than this in a step of EM; 1e-5 unless given. */
  tolerance?: number
  /** Steps of EM at most; 2,000 unless given. */
  mostIterations?: number
  /** Points of ability between −6 and 6; 61 unless given. */
  points?: number
}

/** One item's parameters on the scale of these people (logistic metric, D = 1), and how sure they are. */
export type CalibratedItem = ItemParameters & {
  /** Null for what was not estimated, lies at a bound (or beside an a or b that does), or is not determined. */
  standardErrors: StandardErrors
  /** People who answered it, and their mean share of points (NaN when nobody did). */
  answers: number
  facility: number
  /** Parameters that the search left at a bound (bounds.ts): the answers pull further than makes sense. */
  atBound: ParameterName[]
  /** Parameters about which the answers say next to nothing: do not use their values. */
  notIdentified: ParameterName[]
}

export type CalibrationResult = {
  model: Model
  /** In the order of the columns. */
  items: CalibratedItem[]
  /** Σ over people of the log of the marginal probability of their answers; priors are not in it. */
  logLikelihood: number
  /** People with at least one answer that tells, and how many different patterns they gave. */
  people: number
  patterns: number
  /** Steps of EM taken. */
  iterations: number
  converged: boolean
  /** How far any parameter moved in the last step. */
  lastChange: number
}

/** Where a three-parameter search begins when nothing is known of guessing. */
const usualGuessing = 0.15

/** A standard error beyond these covers most of what a parameter can be. */
const vagueFrom: Record<ParameterName, number> = { a: 2, b: 2, c: 0.25 }

const freeIn: Record<Model, readonly ParameterName[]> = {
  rasch: ['a', 'b'],
  '2pl': ['a', 'b'],
  '3pl': ['a', 'b', 'c'],
}

/**
 * Calibrates items. Missing responses are passed over: what was shown must depend on chance, or on nothing but the
 * answers given here (Rubin 1976, Biometrika 63, 581–592). A share s of points counts as s·log P + (1 − s)·log(1 − P),
 * which makes slopes too small where many answers are partly right: settle-shares.ts prevents that. An item that
 * everybody got right, or nobody, takes no part: its difficulty stands at the bound and is named as not identified.
 * @throws Error when the responses are malformed.
 */
export function calibrate(sample: Sample): CalibrationResult {
  const { responses, model, counts } = sample
  requireResponses(responses, counts)
  const seen = lookAt(responses, counts)
  const columns = seen.flatMap(({ differs }, item) => (differs ? [item] : []))
  const patterns = patternsOf(responses, columns, counts)
  const quadrature = quadratureOf(sample.points)
  const common = model === 'rasch'
  const free = freeIn[model]
  // What is not estimated has no prior: that of c would be −∞ at c = 0, and hide whether a step is a gain.
  const { c: ofC, ...ofAB } = sample.priors ?? {}
  const priors: Priors = ofC && free.includes('c') ? { ...ofAB, c: ofC } : ofAB
  // One slope for all is assumed once, not once for each item.
  const { a: _, ...withoutSlope } = priors
  const priorsOf = (item: number) => (common && item > 0 ? withoutSlope : priors)
  const fits = (items: readonly ItemParameters[], { seen, right }: Expectation, first = 0) =>
    items.map((item, i) =>
      fitOf(
        item,
        quadrature.thetas,
        { seen, right, from: (first + i) * quadrature.thetas.length },
        priorsOf(first + i),
      ),
    )
  const step = (items: readonly ItemParameters[]) => {
    const expected = expectCounts(patterns, items, quadrature)
    const assumed = items.reduce(
      (sum, item, i) => sum + pullsOf(item, priorsOf(i)).reduce((all, { value }) => all + value, 0),
      0,
    )
    const next = () =>
      common
        ? maximizeCommon(items, (tried) => fits(tried, expected))
        : items.map((item, i) => maximizeItem(item, free, (tried) => fits(tried, expected, i)))
    return { expected, value: expected.logLikelihood + assumed, next }
  }
  const start = columns.map((item) => startOf(seen[item]!, model, sample.guessing?.[item]))
  const { items, state, ...ended } = accelerate(
    start,
    step,
    sample.tolerance ?? 1e-5,
    sample.mostIterations ?? 2000,
  )
  const errors = standardErrorsOf({
    patterns,
    items,
    free,
    common,
    quadrature,
    expected: state.expected,
    priorsOf,
  })
  const slope = common ? items[0]?.a : undefined
  return {
    model,
    items: seen.map((known, item) => {
      const place = columns.indexOf(item)
      const c = sample.guessing?.[item]
      if (place < 0) return { ...unknowable(known, free, slope, c), ...countsOf(known) }
      return { ...judged(items[place]!, errors[place]!, free), ...countsOf(known) }
    }),
    logLikelihood: state.expected.logLikelihood,
    people: patterns.counts.reduce((sum, count) => sum + count, 0),
    patterns: patterns.counts.length,
    ...ended,
  }
}

const countsOf = ({ answers, facility }: Seen) => ({ answers, facility })

/** A first guess: the difficulty that the facility alone would have at a slope of one. */
function startOf({ facility }: Seen, model: Model, guessing?: number): ItemParameters {
  const c = model === '3pl' ? Math.min(0.4, guessing || usualGuessing) : (guessing ?? 0)
  const known = Math.min(0.98, Math.max(0.02, (facility - c) / (1 - c)))
  // Ability spreads the logits by √(1 + 1/1.7²).
  return { a: 1, b: within('b', -1.16 * Math.log(known / (1 - known))), c }
}

function judged(
  item: ItemParameters,
  standardErrors: StandardErrors,
  free: readonly ParameterName[],
): Omit<CalibratedItem, 'answers' | 'facility'> {
  const atBound = free.filter((name) => boundAt(name, item[name]) !== 0)
  // A flat line has no difficulty, and a difficulty out of reach no slope; c at its bound spoils nothing.
  const isLost = atBound.some((name) => name !== 'c')
  const errors = isLost ? { a: null, b: null, c: null } : standardErrors
  const notIdentified = free.filter(
    (name) => !atBound.includes(name) && !((errors[name] ?? Infinity) <= vagueFrom[name]),
  )
  return { ...item, standardErrors: errors, atBound, notIdentified }
}

function unknowable(
  { answers, facility }: Seen,
  free: readonly ParameterName[],
  a = 1,
  c = 0,
): Omit<CalibratedItem, 'answers' | 'facility'> {
  const b = answers === 0 ? 0 : facility > 0.5 ? bounds.b[0] : bounds.b[1]
  const standardErrors = { a: null, b: null, c: null }
  return { a, b, c, standardErrors, atBound: answers === 0 ? [] : ['b'], notIdentified: [...free] }
}
