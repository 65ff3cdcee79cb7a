// Drizzle writes the values of a failed statement into the message of its error, and errors end in logs. The values
// are people's names and answers; the statement alone shows the mistake.

/** A message or stack without the values. */
export const withoutValues = (text: string) => text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/, '')

/** Throws an error on, its values removed. */
export function throwWithoutValues(error: unknown): never {
  if (error instanceof Error) {
    error.message = withoutValues(error.message)
    error.stack = withoutValues(error.stack ?? '')
    if ('params' in error) error.params = []
  }
  throw error
}
