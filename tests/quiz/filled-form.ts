// The form that a browser would send for an answer, field by field.
import type { Answer } from '#quiz/question.ts'

const fields = (answer: Answer): [string, string][] => {
  switch (answer.kind) {
    case 'single':
      return [['choice', answer.choice]]
    case 'multiple':
      return answer.choices.map((id) => ['choice', id])
    case 'true-false':
      return [['choice', String(answer.choice)]]
    case 'order':
      return answer.order.map((id, i) => [`place-${id}`, String(i + 1)])
    case 'match':
      return Object.entries(answer.pairs).map(([left, right]) => [`match-${left}`, right])
    case 'fill-in':
      return [['text', answer.text]]
  }
}

export function form(entries: [string, string][]): FormData {
  const filled = new FormData()
  for (const [name, value] of entries) filled.append(name, value)
  return filled
}

export const filledForm = (answer: Answer, item = 'itm-x') =>
  form([['item', item], ['lesson', 'lsn-x'], ['event', '0198'], ...fields(answer)])
