// What is wrong with a form, field by field: what zod found, or what the feature said of the whole.

type Failed = { message: string; fields?: Record<string, string[] | undefined> } | undefined

/**
 * The messages of a failed action: one per field, and `whole` for what belongs to no field.
 * @param error the error of an action's result.
 * @param field where the feature's own message belongs; without it, it is about the whole.
 */
export function wrongIn(error: Failed, field?: string): { fields: Record<string, string>; whole: string } {
  if (!error) return { fields: {}, whole: '' }
  if (!error.fields)
    return field ? { fields: { [field]: error.message }, whole: '' } : { fields: {}, whole: error.message }
  const said = Object.entries(error.fields).map(([name, messages]) => [name, messages?.[0] ?? ''])
  return { fields: Object.fromEntries(said) as Record<string, string>, whole: '' }
}
