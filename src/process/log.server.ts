// The log of the process: JSON lines on standard output. It never holds what says who did something: no names, no
// addresses of clients, no bodies, no ids of persons, and of a failed statement not the values.
import pino from 'pino'
import { withoutValues } from '#db/hide-values.ts'

/** An error for the log, with what caused it. */
type Logged = { type: string; message: string; code?: string; stack: string; cause?: Logged }

/** What of an error goes to the log. */
export function plainError(error: unknown): Logged {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error', stack: '' }
  const code = (error as { code?: unknown }).code
  return {
    type: error.name,
    message: withoutValues(error.message),
    ...(typeof code === 'string' && { code }),
    stack: withoutValues(error.stack ?? ''),
    ...(error.cause !== undefined && { cause: plainError(error.cause) }),
  }
}

export const log = pino({
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: plainError },
})

/** A path for the log: ids are replaced, because some of them are persons. */
export function pathForLog(path: string): string {
  return path
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, ':id')
    .replace(/[A-Za-z0-9_-]{32,}/g, ':code')
}
