// From the answers of an adaptive test to what they measure: each item by its calibration, or by its author's label
// until there is one.
import type { Answered, BankedItem } from '#assessment/irt/response.ts'
import { score } from '#assessment/irt/score.ts'
import type { Result } from '#assessment/attempt/result.ts'
import { guessing } from '#quiz/guessing.ts'
import type { Item } from '#quiz/question.ts'
import type { Calibration } from '#record/evidence/evidence.ts'
import { parametersOf } from '#record/evidence/likelihood.ts'

/** The calibration of an item in force, or null. */
export type CalibrationOf = (item: Item) => Calibration | null

/** An item as an adaptive test reads it; its content area is its indicator. */
export function measuring(item: Item, calibrationOf: CalibrationOf): BankedItem {
  const { id, indicator, difficulty } = item
  return {
    ...{ id, area: indicator },
    ...parametersOf({ difficulty, guessing: guessing(item), calibration: calibrationOf(item) }),
  }
}

/** An item and the share of its points, 0 to 1. */
export type Share = { item: Item; share: number }

export const answeredBy = (shares: readonly Share[], calibrationOf: CalibrationOf): Answered[] =>
  shares.map(({ item, share }) => ({ item: measuring(item, calibrationOf), share }))

/** The estimate to report, from these answers alone; null without answers. */
export function estimateOf(
  dimension: string,
  shares: readonly Share[],
  calibrationOf: CalibrationOf,
): Result['estimate'] {
  const { wle } = score(answeredBy(shares, calibrationOf))
  const provisional = shares.some(({ item }) => calibrationOf(item) === null)
  return wle && { dimension, ...wle, provisional }
}
