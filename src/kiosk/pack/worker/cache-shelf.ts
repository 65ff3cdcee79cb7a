// The shelf in a browser: two stores of the Cache Storage, one for bytes by hash, one for what is remembered.
import { nothingKept, StorageFull, type Memory, type Shelf } from '#kiosk/pack/worker/shelf.ts'

const [bytesStore, memoryStore] = ['kiosk-bytes', 'kiosk-memory']
const placeOf = (name: string) => `/kiosk/pack/kept/${name}`
const memoryPlace = placeOf('memory')

/** A browser says in its own words that there is no room. */
async function orFull(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') throw new StorageFull()
    throw error
  })
}

export const cacheShelf: Shelf = {
  recall: async () => {
    const kept = await (await caches.open(memoryStore)).match(memoryPlace)
    return kept ? ((await kept.json()) as Memory) : nothingKept
  },
  remember: async (memory) => {
    const store = await caches.open(memoryStore)
    await orFull(store.put(memoryPlace, new Response(JSON.stringify(memory))))
  },
  names: async () => {
    const keys = await (await caches.open(bytesStore)).keys()
    return new Set(keys.map(({ url }) => url.slice(url.lastIndexOf('/') + 1)))
  },
  get: async (name) => {
    const kept = await (await caches.open(bytesStore)).match(placeOf(name))
    return kept ? new Uint8Array(await kept.arrayBuffer()) : null
  },
  put: async (name, bytes) => {
    const store = await caches.open(bytesStore)
    await orFull(store.put(placeOf(name), new Response(bytes)))
  },
  remove: async (name) => void (await (await caches.open(bytesStore)).delete(placeOf(name))),
}

/** Nothing of it stays. */
export async function emptyShelf(): Promise<void> {
  await caches.delete(bytesStore)
  await caches.delete(memoryStore)
}
