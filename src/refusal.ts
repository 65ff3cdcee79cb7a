// The one way to say "you may not, or not now": a closed list of kinds, a message and what to do next, both in Chinese.

/** Kinds of refusal and the HTTP status each becomes; 404 for what one may not know of. */
export const refusalStatus = {
  'signed-out': 401,
  'not-yours': 404,
  'not-found': 404,
  closed: 410,
  'already-done': 409,
  invalid: 400,
  'too-large': 413,
  'too-many': 429,
  busy: 503,
} as const

export type RefusalKind = keyof typeof refusalStatus

/** Thrown when a person may not do something, or cannot do it now. Never thrown for a bug. */
export class Refusal extends Error {
  readonly kind: RefusalKind
  /** What to do next, in Chinese; may be empty. */
  readonly hint: string

  constructor(kind: RefusalKind, message: string, hint = '') {
    super(message)
    this.name = 'Refusal'
    this.kind = kind
    this.hint = hint
  }

  get status(): number {
    return refusalStatus[this.kind]
  }

  /** The body that a caller of an endpoint receives. */
  toJSON() {
    return { refused: this.kind, message: this.message, hint: this.hint }
  }
}

/** The refusal that an error is, or that a library wrapped in an error of its own; null if there is none. */
export function refusalIn(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  const cause = error instanceof Error ? error.cause : undefined
  return cause === undefined || cause === error ? null : refusalIn(cause)
}

/** For `.catch`: a refusal becomes the value, a bug stays an error. */
export function orRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  throw error
}
