// A check of a lesson at the screen: what may be asked here, what an answer is worth, and what is said of it.
import { grade } from '#quiz/grade.ts'
import { answerFromForm, rulesOf } from '#quiz/kinds/registry.ts'
import type { Answer, Item } from '#quiz/question.ts'
import { explain, sayAnswer } from '#quiz/say-answer.ts'

/** Kinds that want a keyboard; they are answered on the phone. */
const written: readonly Item['kind'][] = ['fill-in', 'short-answer', 'procedure']

/** Whether an item can be answered by touch alone. */
export const byTouch = (item: Item) => !written.includes(item.kind)

/** Whether the first touch is the whole answer. */
export const oneTouch = (item: Item) => item.kind === 'single' || item.kind === 'true-false'

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
