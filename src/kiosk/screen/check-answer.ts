// A check of a lesson at the screen: what may be asked here, what an answer is worth, and what is said of it.
import { grade } from '#quiz/grade.ts'
import { answerFromForm, optionsOf, rulesOf } from '#quiz/kinds/registry.ts'
import type { Answer, Item } from '#quiz/question.ts'
import { explain, sayAnswer } from '#quiz/say-answer.ts'

/** Whether an item can be answered by touch alone; what cannot is answered on the phone. */
export const byTouch = (item: Item) => !rulesOf(item.kind).keyboard

/** What there is to choose, as the form names it; nothing for a question that is answered in another way. */
export const choicesOf = (item: Item) => optionsOf(item) ?? []

/** Whether the first touch is the whole answer. */
export const oneTouch = (item: Item) => optionsOf(item) !== null && !rulesOf(item.kind).several

/** What one does with it: 选一项. */
export const asksFor = (item: Item) => rulesOf(item.kind).asks

export type Outcome =
  | { is: 'missing'; message: string }
  | { is: 'graded'; answer: Answer; right: boolean; said: string; explained: string[] }

/** Grades what stands in the form of a question. */
export function outcomeOf(item: Item, form: FormData): Outcome {
  const answer = answerFromForm(item.kind, form)
  if ('type' in answer) return { is: 'missing', message: answer.missing }
  const result = grade(item, answer)
  if (result.type === 'incomplete') return { is: 'missing', message: result.missing }
  const right = result.type === 'graded' && result.earned === result.possible
  return { is: 'graded', answer, right, said: sayAnswer(item, answer), explained: explain(item, answer) }
}
