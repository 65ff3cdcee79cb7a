// The form that a browser would send for an answer, field by field.
import type { Answer } from '#quiz/question.ts'
import { fieldsOf } from '#quiz/say-answer.ts'

export function form(entries: [string, string][]): FormData {
  const filled = new FormData()
  for (const [name, value] of entries) filled.append(name, value)
  return filled
}

export const filledForm = (answer: Answer, item = 'itm-x') =>
  form([['item', item], ['lesson', 'lsn-x'], ['event', '0198'], ...fieldsOf(answer)])
