// The result of an attempt made anew from the points of its items as they stand now. Pure.
import type { Attempt, ItemRow } from '#assessment/attempt/attempt.server.ts'
import { resultOf, standingOfColumns } from '#assessment/attempt/grade-paper.ts'
import type { Result } from '#assessment/attempt/result.ts'
import type { Item } from '#quiz/question.ts'

/** @param estimate the one that is to be reported; that of handing in unless told. */
export function renewedResult(
  { blueprint }: Pick<Attempt, 'blueprint'>,
  before: Result,
  rows: readonly ItemRow[],
  items: ReadonlyMap<string, Item>,
  estimate = before.estimate,
): Result {
  const marks = rows.map((row) => ({
    ...standingOfColumns(row),
    indicator: items.get(row.itemId)?.indicator ?? '',
    late: row.lateAt !== null,
  }))
  return resultOf(marks, { estimate, stopped: before.stopped, adaptive: blueprint.form === 'adaptive' })
}
