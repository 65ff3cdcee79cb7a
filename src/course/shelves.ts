// What this browser keeps until the line is back: shelves in IndexedDB, each thing marked with its person, so that the
// next one at the same browser neither sees nor sends it.
import { openDB } from 'idb'

/** What every kept thing says. */
export type Kept = {
  /** Mark of its person. */
  owner: string
  /** When it was kept, ms since 1970 by the browser. */
  at: number
}

export type Shelves<All extends Record<string, Kept>> = {
  all: <Name extends keyof All & string>(name: Name) => Promise<All[Name][]>
  count: (name: keyof All & string) => Promise<number>
  /** Writes at once, without waiting: the page may be about to go. Resolves with false if it could not. */
  keep: <Name extends keyof All & string>(name: Name, value: All[Name]) => Promise<boolean>
  /** True for the one of several pages that did it. */
  drop: (name: keyof All & string, key: string) => Promise<boolean>
  /** Drops what fits, of every shelf. */
  dropWhere: (unwanted: (one: Kept) => boolean) => Promise<void>
}

/** What another person left is dropped after so long. */
const keptMilliseconds = 7 * 24 * 3_600_000

/** What others left long ago. */
export const isOld = (owner: string, at: number) => (one: Kept) =>
  one.owner !== owner && at - one.at > keptMilliseconds

/**
 * Opens the shelves of a database.
 * @param keys the field by which the things of each shelf are told apart.
 * @throws whatever the browser throws that keeps nothing.
 */
export async function openShelves<All extends Record<string, Kept>>(
  database: string,
  keys: Record<keyof All & string, string>,
): Promise<Shelves<All>> {
  const names = Object.keys(keys)
  const db = await openDB(database, 1, {
    upgrade: (fresh) => {
      for (const [name, keyPath] of Object.entries(keys)) fresh.createObjectStore(name, { keyPath })
    },
  })
  return {
    all: (name) => db.getAll(name),
    count: (name) => db.count(name),
    keep: (name, value) => {
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
    },
    drop: async (name, key) => {
      const tx = db.transaction(name, 'readwrite')
      const there = (await tx.store.getKey(key)) !== undefined
      await tx.store.delete(key)
      await tx.done
      return there
    },
    dropWhere: async (unwanted) => {
      const tx = db.transaction(names, 'readwrite')
      for (const name of names) {
        const shelf = tx.objectStore(name)
        for (let at = await shelf.openCursor(); at; at = await at.continue())
          if (unwanted(at.value as Kept)) await at.delete()
      }
      await tx.done
    },
  }
}
