// What a screen keeps, in the IndexedDB of its browser.
import { openDB } from 'idb'
import { StorageFull, type Store } from '#kiosk/device/store.ts'

/** @throws whatever a browser throws that keeps nothing. */
export async function openIndexedStore(): Promise<Store> {
  const db = await openDB('kiosk', 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore('named')
      fresh.createObjectStore('entry', { keyPath: 'seq' })
    },
  })
  return {
    read: async (name) => (await db.get('named', name)) ?? null,
    waiting: (most, after = 0) => db.getAll('entry', IDBKeyRange.lowerBound(after, true), most),
    count: () => db.count('entry'),
    commit: async ({ put = {}, add, drop = [] }) => {
      // Strict: a number that went to the server must not be given again after a power cut.
      const tx = db.transaction(['named', 'entry'], 'readwrite', { durability: 'strict' })
      const [named, entry] = [tx.objectStore('named'), tx.objectStore('entry')]
      const steps = [
        ...Object.entries(put).map(([name, value]) => named.put(value, name)),
        ...(add ? [entry.add(add)] : []),
        ...drop.map((seq) => entry.delete(seq)),
      ]
      await Promise.all([...steps, tx.done]).catch((error: unknown) => {
        throw isFull(error) || isFull(tx.error) ? new StorageFull() : error
      })
    },
    empty: async () => {
      const tx = db.transaction(['named', 'entry'], 'readwrite', { durability: 'strict' })
      await Promise.all([tx.objectStore('named').clear(), tx.objectStore('entry').clear(), tx.done])
    },
  }
}

const isFull = (error: unknown) => error instanceof DOMException && error.name === 'QuotaExceededError'
