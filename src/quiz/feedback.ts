// What is said to the learner about an answer.
import type { Grade } from '#quiz/kinds/kind.ts'
import type { Answer, Feedback, Item } from '#quiz/question.ts'
import { explain } from '#quiz/say-answer.ts'

/** What only the caller knows about a graded answer; see the fields of `Feedback`. */
export interface Circumstances {
  section: string | null
  firstTry: boolean
  note: string
  event: string | null
}

const notOfTheKind = new Set(['item', 'lesson', 'event'])

/** The answer fields of a posted form, to be shown again; files do not count. */
export function sentFields(form: FormData): Record<string, string[]> {
  const sent = new Map<string, string[]>()
  for (const [name, value] of form) {
    if (notOfTheKind.has(name) || typeof value !== 'string') continue
    sent.set(name, [...(sent.get(name) ?? []), value])
  }
  return Object.fromEntries(sent)
}

/** Feedback on a grade. Rationale and passage go out only with points, never with an incomplete answer. */
export function feedbackOn(
  item: Item,
  answer: Answer | null,
  grade: Grade,
  form: FormData,
  around: Circumstances,
): Feedback {
  const sent = sentFields(form)
  if (grade.type === 'incomplete') return { type: 'incomplete', message: grade.missing, sent }
  if (grade.type === 'waiting') return { type: 'incomplete', message: '这道题由老师评分，只在测评里答', sent }
  const { rationale, passage } = item
  return { ...grade, rationale, passage, explained: answer ? explain(item, answer) : [], ...around, sent }
}
