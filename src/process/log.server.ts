// The log of the process: JSON lines on standard output. It never holds what says who did something: no names, no
// addresses of clients, no bodies, no ids of persons.
import pino from 'pino'

export const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime })

/** A path for the log: ids are replaced, because some of them are persons. */
export function pathForLog(path: string): string {
  return path
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, ':id')
    .replace(/[A-Za-z0-9_-]{32,}/g, ':code')
}
