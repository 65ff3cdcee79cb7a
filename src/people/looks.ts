// Looks of others at somebody's record, as that person is told of them. Pure.
import { dayOf } from '#day.ts'

/** One look as it was logged. */
export type Logged = { viewerId: string; viewer: string; what: string; at: string }

/** Looks of one viewer at one thing on one day (Shanghai); `at` is the last of them. */
export type Look = Logged & { times: number }

/** Looks of a day at the same thing told as one, newest first. @param logged newest first. */
export function lookedAt(logged: readonly Logged[]): Look[] {
  const looks = new Map<string, Look>()
  for (const one of logged) {
    const key = `${one.viewerId} ${dayOf(one.at)} ${one.what}`
    const look = looks.get(key)
    if (look) look.times += 1
    else looks.set(key, { ...one, times: 1 })
  }
  return [...looks.values()]
}
