// The fields of a form as they travel and as a question shows them again. Nothing here knows a kind of question, so that
// pages may have it.

/** Names and values, in order; a name may come more than once. */
export type SentFields = [name: string, value: string][]

/** Values by name. */
export function shownAgain(fields: SentFields): Record<string, string[]> {
  const all = new Map<string, string[]>()
  for (const [name, value] of fields) all.set(name, [...(all.get(name) ?? []), value])
  return Object.fromEntries(all)
}
