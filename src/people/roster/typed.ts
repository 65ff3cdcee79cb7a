// What was typed stays: after a refusal a form shows what was sent, not what it showed before.

export type Typed = {
  /** The value of a field: as sent, or `otherwise` if this form was not refused. */
  value: (name: string, otherwise?: string) => string
  /** Whether a box is ticked. */
  ticked: (name: string, otherwise: boolean) => boolean
  /** The values of the boxes of one name that were ticked. */
  all: (name: string) => string[]
}

/**
 * @param sent the form that came with the request.
 * @param refused true if it was this form, and it was refused.
 */
export function typedIn(sent: FormData | null, refused: boolean): Typed {
  const form = refused ? sent : null
  const text = (name: string) => {
    const value = form?.get(name)
    return typeof value === 'string' ? value : ''
  }
  return {
    value: (name, otherwise = '') => (form ? text(name) : otherwise),
    ticked: (name, otherwise) => (form ? form.has(name) : otherwise),
    all: (name) => form?.getAll(name).filter((value) => typeof value === 'string') ?? [],
  }
}
