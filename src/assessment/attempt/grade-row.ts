// One item of an attempt at handing in: what can be read of its answer, and the points.
import { draftIn, readDraft } from '#assessment/attempt/draft.ts'
import type { Mark } from '#assessment/attempt/grade-paper.ts'
import { Answer, type Item } from '#quiz/question.ts'

/** An item as it was saved last. */
export type Saved = { answer: unknown; lateAt: string | null }

export type GradedRow = Mark & {
  item: Item
  /** What can be graded, or waits for graders; null where the item is blank. */
  answer: Answer | null
  /** Points, where the item is graded; possible ones also where it waits. */
  earned: number | null
  possible: number | null
}

/** Grades what was saved for an item. A withdrawn item is kept with its answer and not graded. */
export function gradeRow(saved: Saved, item: Item, withdrawn: boolean): GradedRow {
  const { answer, grade } = readDraft(item, draftIn(saved.answer))
  const base = { item, indicator: item.indicator, late: saved.lateAt !== null, share: 0, answer }
  if (withdrawn) return { ...base, standing: 'withdrawn', earned: null, possible: null }
  if (grade?.type === 'graded') {
    const { earned, possible } = grade
    return { ...base, standing: 'graded', share: earned / possible, earned, possible }
  }
  if (grade?.type === 'waiting')
    return { ...base, standing: 'waiting', earned: null, possible: grade.possible }
  return { ...base, standing: 'blank', earned: null, possible: null }
}

/** The answer in the column of a handed-in attempt; null where it could not be read, or there was none. */
export const answerIn = (column: unknown): Answer | null => Answer.safeParse(column).data ?? null
