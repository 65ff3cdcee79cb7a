// The store of a screen's device in memory: survives the device as a disk does, can be full, and can lose its power in the
// middle of a commit.
import { StorageFull, type Named, type Store, type Waiting } from '#kiosk/device/store.ts'

export type MemoryStore = Store & {
  /** While true, whatever is to be added finds no room. */
  full: boolean
  /** Called before each commit and after it; what it throws is a power cut at that moment. */
  moment: (when: 'before' | 'after') => void
  /** Everything in it, as text, without keys. */
  dump: () => string
}

export function memoryStore(): MemoryStore {
  const named = new Map<string, unknown>()
  const entries = new Map<number, Waiting>()
  const store: MemoryStore = {
    full: false,
    moment: () => undefined,
    dump: () => JSON.stringify([[...named].filter(([name]) => name !== 'pair'), [...entries.values()]]),
    read: async (name) => (structuredClone(named.get(name)) as Named[typeof name] | undefined) ?? null,
    waiting: async (most, after = 0) =>
      [...entries.values()]
        .filter(({ seq }) => seq > after)
        .sort((one, other) => one.seq - other.seq)
        .slice(0, most)
        .map((one) => structuredClone(one)),
    count: async () => entries.size,
    commit: async ({ put = {}, add, drop = [] }) => {
      store.moment('before')
      if (store.full && add) throw new StorageFull()
      if (add && entries.has(add.seq)) throw new Error(`There is an entry ${add.seq} already.`)
      for (const [name, value] of Object.entries(put)) named.set(name, structuredClone(value))
      if (add) entries.set(add.seq, structuredClone(add))
      for (const seq of drop) entries.delete(seq)
      store.moment('after')
    },
    empty: async () => {
      named.clear()
      entries.clear()
    },
  }
  return store
}
