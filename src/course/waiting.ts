// What waits in this browser until the line is back, in IndexedDB: visits that are not told to the end, and answers.
// Each is marked with its person, so that the next one at the same browser neither sees nor sends it.
import { isOld, openShelves, type Kept } from '#course/shelves.ts'
import type { Visit } from '#course/visit.ts'

/** A visit as it was when the page kept it last. */
export type KeptVisit = Visit & {
  /** When that was, ms since 1970 by the browser. */
  at: number
  /** The server knows it. */
  opened: boolean
  /** Its page is gone; `handed` if its last words went out by themselves, and only remain to be checked. */
  left: boolean
  handed: boolean
}

/** An answer that could not be sent. */
export type KeptAnswer = {
  /** Its id, UUIDv7: they go out in this order. */
  event: string
  owner: string
  lesson: string
  item: string
  /** The fields of the form, in order. */
  fields: [string, string][]
  at: number
}

/** A page that kept nothing for so long is not open any more. */
const silentMilliseconds = 2 * 60_000

/** True if no page is at work on it, and its last words did not go out by themselves. */
export const isUrgent = (at: number) => (visit: KeptVisit) =>
  !visit.handed && (visit.left || at - visit.at > silentMilliseconds)

export type Waiting = {
  visits: (owner: string) => Promise<KeptVisit[]>
  answers: (owner: string) => Promise<KeptAnswer[]>
  /** True if something should go out before anything else, whosever it is. */
  urgent: (at: number) => Promise<boolean>
  /** Writes at once, without waiting: the page may be about to go. Resolves with false if it could not. */
  keepVisit: (visit: KeptVisit) => Promise<boolean>
  keepAnswer: (answer: KeptAnswer) => Promise<boolean>
  /** True for the one of several pages that did it. */
  dropVisit: (segment: string) => Promise<boolean>
  dropAnswer: (event: string) => Promise<boolean>
  /** Drops all of a person who signs out. */
  dropAllOf: (owner: string) => Promise<void>
  /** Drops what others left long ago. */
  dropOld: (owner: string, at: number) => Promise<void>
}

/** Opens it. @throws whatever the browser throws that keeps nothing. */
export async function openWaiting(): Promise<Waiting> {
  const { all, count, keep, drop, dropWhere } = await openShelves<{ visit: KeptVisit; answer: KeptAnswer }>(
    'waiting',
    { visit: 'segment', answer: 'event' },
  )
  const ownedBy = (owner: string) => (one: Kept) => one.owner === owner
  return {
    visits: async (owner) => (await all('visit')).filter(ownedBy(owner)),
    answers: async (owner) => (await all('answer')).filter(ownedBy(owner)),
    urgent: async (at) => (await count('answer')) > 0 || (await all('visit')).some(isUrgent(at)),
    keepVisit: (visit) => keep('visit', visit),
    keepAnswer: (answer) => keep('answer', answer),
    dropVisit: (segment) => drop('visit', segment),
    dropAnswer: (event) => drop('answer', event),
    dropAllOf: (owner) => dropWhere(ownedBy(owner)),
    dropOld: (owner, at) => dropWhere(isOld(owner, at)),
  }
}
