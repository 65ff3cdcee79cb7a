// The log of the process: JSON lines on standard output. It never holds what says who did something: no names, no
// addresses of clients, no bodies, no ids of persons, and of a failed statement not the values.
import pino from 'pino'
import { now } from '#clock.server.ts'
import { withoutValues } from '#db/hide-values.ts'
import { noteTrouble } from '#process/troubles.server.ts'

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

const levels = { 40: 'warn', 50: 'error', 60: 'error' } as const

/** What of a log line /admin/status shows beside its sentence. */
function reasonOf(fields: unknown): string {
  const { err, chore } = (fields ?? {}) as { err?: unknown; chore?: unknown }
  if (err === undefined) return typeof chore === 'string' ? chore : ''
  const { type, code, cause } = plainError(err)
  return [chore, type, code, cause?.code].filter((part) => typeof part === 'string').join(' ')
}

export const log = pino({
  base: null,
  hooks: {
    logMethod(given, method, level) {
      const noted = levels[level as keyof typeof levels]
      if (noted) noteTrouble(noted, String(given[1] ?? given[0]), reasonOf(given[0]), now().toISOString())
      method.apply(this, given)
    },
  },
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: plainError },
})

/** A path for the log: ids are replaced, because some of them are persons. */
export function pathForLog(path: string): string {
  return path
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, ':id')
    .replace(/[A-Za-z0-9_-]{32,}/g, ':code')
}
