// What waits in this browser until the line is back, in IndexedDB: visits that are not told to the end, and answers.
// Each is marked with its person, so that the next one at the same browser neither sees nor sends it.
import { openDB, type DBSchema } from 'idb'
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
/** What another person left is dropped after so long. */
const keptMilliseconds = 7 * 24 * 3_600_000

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

interface Shelves extends DBSchema {
  visit: { key: string; value: KeptVisit }
  answer: { key: string; value: KeptAnswer }
}

/** Opens it. @throws whatever the browser throws that keeps nothing. */
export async function openWaiting(): Promise<Waiting> {
  const db = await openDB<Shelves>('waiting', 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore('visit', { keyPath: 'segment' })
      fresh.createObjectStore('answer', { keyPath: 'event' })
    },
  })
  const shelves = ['visit', 'answer'] as const

  function keep<Name extends 'visit' | 'answer'>(
    name: Name,
    value: Shelves[Name]['value'],
  ): Promise<boolean> {
    try {
      const tx = db.transaction(name, 'readwrite')
      void tx.store.put(value).catch(() => undefined)
      tx.commit()
      return tx.done.then(
        () => true,
        () => false,
      )
    } catch {
      return Promise.resolve(false)
    }
  }

  async function drop(name: 'visit' | 'answer', key: string): Promise<boolean> {
    const tx = db.transaction(name, 'readwrite')
    const there = (await tx.store.getKey(key)) !== undefined
    await tx.store.delete(key)
    await tx.done
    return there
  }

  async function dropWhere(unwanted: (one: { owner: string; at: number }) => boolean) {
    const tx = db.transaction(shelves, 'readwrite')
    for (const name of shelves) {
      const shelf = tx.objectStore(name)
      for (let at = await shelf.openCursor(); at; at = await at.continue())
        if (unwanted(at.value)) await at.delete()
    }
    await tx.done
  }

  const ownedBy = (owner: string) => (one: { owner: string }) => one.owner === owner
  return {
    visits: async (owner) => (await db.getAll('visit')).filter(ownedBy(owner)),
    answers: async (owner) => (await db.getAll('answer')).filter(ownedBy(owner)),
    urgent: async (at) => (await db.count('answer')) > 0 || (await db.getAll('visit')).some(isUrgent(at)),
    keepVisit: (visit) => keep('visit', visit),
    keepAnswer: (answer) => keep('answer', answer),
    dropVisit: (segment) => drop('visit', segment),
    dropAnswer: (event) => drop('answer', event),
    dropAllOf: (owner) => dropWhere(ownedBy(owner)),
    dropOld: (owner, at) => dropWhere((one) => one.owner !== owner && at - one.at > keptMilliseconds),
  }
}
