// What is said to the learner about an answer.
import type { Grade } from '#quiz/kinds/kind.ts'
import type { Feedback, Item } from '#quiz/question.ts'

/** What only the caller knows about a graded answer; see the fields of `Feedback`. */
export interface Circumstances {
  section: string | null
  firstTry: boolean
  note: string
}

const notOfTheKind = new Set(['item', 'lesson', 'event'])

/** The answer fields of a posted form, to be shown again; files do not count. */
export function sentFields(form: FormData): Record<string, string[]> {
  const names = [...new Set(form.keys())].filter((name) => !notOfTheKind.has(name))
  return Object.fromEntries(
    names.map((name) => [name, form.getAll(name).filter((value) => typeof value === 'string')]),
  )
}

/** Feedback on a grade. Rationale and passage go out only with points, never with an incomplete answer. */
export function feedbackOn(item: Item, grade: Grade, form: FormData, around: Circumstances): Feedback {
  const sent = sentFields(form)
  if (grade.type === 'incomplete') return { type: 'incomplete', message: grade.missing, sent }
  return { ...grade, rationale: item.rationale, passage: item.passage, ...around, sent }
}
