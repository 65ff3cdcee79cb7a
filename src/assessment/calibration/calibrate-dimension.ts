// Calibrates the items of one dimension from the answers of tests, and puts them on its scale in force.
import { calibrate, type CalibratedItem, type Model } from '#assessment/calibration/calibrate.ts'
import { link, rescaled, type Link } from '#assessment/calibration/link.ts'
import { usualPriors } from '#assessment/calibration/prior.ts'
import { settleShares } from '#assessment/calibration/settle-shares.ts'
import { Calibration } from '#record/evidence/evidence.ts'
import type { ItemParameters } from '#record/evidence/likelihood.ts'

/** An item with its first answers. */
export type AnsweredItem = {
  id: string
  revision: number
  /** Share of points that blind answers earn. */
  guessing: number
  inForce: ItemParameters | null
  /** Share of points by person. */
  shares: ReadonlyMap<string, number>
}

/** First answers that an item needs: with fewer its difficulty is known no better than by its label. */
export const fewestFirstAnswers = 200
/** Items that a dimension needs: fewer cannot tell their slopes from the spread of ability. */
export const fewestItems = 5

/** A flatter item tells next to nothing, and under a prior a wrong key looks like that. */
const flattest = 0.25

/** An item as calibrated, on the scale in force. */
export type FoundItem = {
  id: string
  revision: number
  answers: number
  before: ItemParameters | null
  /** Null where the answers do not determine it, and nothing will be put in force. */
  found: ItemParameters | null
  errors: { a: number | null; b: number | null; c: number | null }
}

export type CalibratedDimension = {
  dimension: string
  people: number
  items: FoundItem[]
  /** Items with answers, but too few. */
  waiting: { id: string; answers: number }[]
  /** `first`: these people make the scale; else how it was linked, or why there is no result. */
  scale: Link | { type: 'first' } | { type: 'too-few-items' } | { type: 'not-converged' }
  logLikelihood: number | null
}

/**
 * Two parameters with the chance of guessing that follows from the options, unless another model is asked for: a few
 * hundred answers tell nothing of c. Priors are mild (prior.ts).
 */
export function calibrateDimension(
  dimension: string,
  items: readonly AnsweredItem[],
  model: Model = '2pl',
): CalibratedDimension {
  const enough = items.filter(({ shares }) => shares.size >= fewestFirstAnswers)
  const waiting = items
    .filter(({ shares }) => shares.size > 0 && shares.size < fewestFirstAnswers)
    .map(({ id, shares }) => ({ id, answers: shares.size }))
  const people = [...new Set(enough.flatMap(({ shares }) => [...shares.keys()]))].sort()
  const none = { dimension, people: people.length, items: [], waiting, logLikelihood: null }
  if (enough.length < fewestItems) return { ...none, scale: { type: 'too-few-items' } }
  const found = calibrate({
    responses: settleShares(people.map((person) => enough.map(({ shares }) => shares.get(person) ?? null))),
    model,
    priors: usualPriors,
    guessing: enough.map(({ guessing }) => Math.min(guessing, 0.5)),
  })
  if (!found.converged) return { ...none, scale: { type: 'not-converged' } }
  const scale = scaleOf(enough, items, found.items)
  const toForce = scale.type === 'linked' ? scale.scale : { slope: 1, shift: 0 }
  const placed = (at: number): FoundItem => {
    const { a, b, c } = found.items[at]!.standardErrors
    return {
      id: enough[at]!.id,
      revision: enough[at]!.revision,
      answers: enough[at]!.shares.size,
      before: enough[at]!.inForce,
      found: isUsable(found.items[at]!) ? storable(rescaled(found.items[at]!, toForce)) : null,
      errors: { a: a && a / toForce.slope, b: b && b * toForce.slope, c },
    }
  }
  const isPlaced = scale.type === 'first' || scale.type === 'linked'
  return {
    ...none,
    items: isPlaced ? enough.map((_, at) => placed(at)) : [],
    scale,
    logLikelihood: found.logLikelihood,
  }
}

/** Not flat, not at a bound of a or b, and determined by the answers; a guessing that fell to 0 does no harm. */
const isUsable = ({ a, atBound, notIdentified }: CalibratedItem) =>
  a >= flattest && [...atBound.filter((name) => name !== 'c'), ...notIdentified].length === 0

/** Null if the scale in force has no place for it. */
const storable = (item: ItemParameters): ItemParameters | null =>
  Calibration.safeParse({ ...item, version: 'new' }).success ? item : null

function scaleOf(
  enough: readonly AnsweredItem[],
  items: readonly AnsweredItem[],
  found: readonly CalibratedItem[],
): Link | { type: 'first' } {
  if (items.every(({ inForce }) => inForce === null)) return { type: 'first' }
  return link(
    enough.flatMap(({ id, inForce }, at) =>
      inForce && isUsable(found[at]!) ? [{ id, inForce, fresh: found[at]! }] : [],
    ),
  )
}
