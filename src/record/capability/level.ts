// From a belief to a level, and to a word against the target of the post. Unknown stays unknown, never low.
import type { Status } from '#db/schema/units.ts'
import { probabilityAtLeast, type Belief } from '#record/capability/belief.ts'

/** What can be said of an indicator against its target. */
export type { Status }

/** Probability of the target at which we say 达标. */
export const sureEnough = 0.8

/** Probability of the target at which we say 未达标. */
export const unlikelyEnough = 0.2

/** Kinds of evidence below which nothing is shown: one way of asking shows the way, not the person. */
export const kindsNeeded = 2

/**
 * Share of the population's variance that the evidence must have taken, below which nothing is shown either: else the
 * population would speak. Of everybody 93 % lie above the first cut, so thin or old evidence would turn to 达标.
 */
export const shareNeeded = 0.2

/** Level of an ability: 1 below the first cut, and one more for each cut that is reached. */
export function levelOf(theta: number, cuts: readonly number[]): number {
  return 1 + cuts.filter((cut) => theta >= cut).length
}

/** The level that the mean of a belief lies in. */
export function level(belief: Pick<Belief, 'mean'>, cuts: readonly number[]): number {
  return levelOf(belief.mean, cuts)
}

/** Ability at which a level begins; the first level begins nowhere. */
export function levelStart(level: number, cuts: readonly number[]): number {
  return cuts[level - 2] ?? (level < 2 ? -Infinity : Infinity)
}

/** Whether there is enough to show an estimate at all. */
export function isMeasured({ kinds, sd }: Pick<Belief, 'kinds' | 'sd'>): boolean {
  return kinds >= kindsNeeded && 1 - sd ** 2 >= shareNeeded
}

/** Probability that the target level is reached. */
export function probabilityOfLevel(
  belief: Pick<Belief, 'grid'>,
  target: number,
  cuts: readonly number[],
): number {
  return probabilityAtLeast(belief, levelStart(target, cuts))
}

/** The status against a target level (null: the post sets none): reached at 0.8 or more, not reached at 0.2 or less. */
export function status(
  belief: Pick<Belief, 'grid' | 'kinds' | 'sd'>,
  target: number | null,
  cuts: readonly number[],
): Status {
  if (!isMeasured(belief)) return 'unmeasured'
  if (target === null) return 'no-target'
  const probability = probabilityOfLevel(belief, target, cuts)
  if (probability >= sureEnough) return 'reached'
  return probability <= unlikelyEnough ? 'not-reached' : 'uncertain'
}

/** A dimension: mean and deviation of the mean of its indicators, or null unless every one is measured. */
export function dimensionOf(indicators: readonly Pick<Belief, 'mean' | 'sd' | 'kinds'>[]): {
  mean: number
  sd: number
} | null {
  const count = indicators.length
  if (count === 0 || !indicators.every(isMeasured)) return null
  const mean = indicators.reduce((sum, belief) => sum + belief.mean, 0) / count
  const variance = indicators.reduce((sum, belief) => sum + belief.sd ** 2, 0) / count ** 2
  return { mean, sd: Math.sqrt(variance) }
}
