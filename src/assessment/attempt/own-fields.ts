// The form around a question: which of its fields are not the question's, and what stands in the others.
import type { SentFields } from '#assessment/attempt/shown-again.ts'

export const notOfTheQuestion: ReadonlySet<string> = new Set(['attempt', 'item', 'position', 'go', 'marked'])

/** What is filled in, and whether the question is marked; files and empty fields do not count. */
export function filledIn(form: FormData): { fields: SentFields; marked: boolean } {
  const fields: SentFields = []
  for (const [name, value] of form)
    if (typeof value === 'string' && value !== '' && !notOfTheQuestion.has(name)) fields.push([name, value])
  return { fields, marked: form.has('marked') }
}
