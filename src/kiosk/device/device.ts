// The device behind a screen: its keys, its journal and its line, as views and the screen see them.
import type { Around } from '#kiosk/device/around.ts'
import { carriedSet, type CarriedSet } from '#kiosk/device/carried-set.ts'
import { hold } from '#kiosk/device/held.ts'
import { keepEntry } from '#kiosk/device/journal.ts'
import { openLine, Refused } from '#kiosk/device/line.ts'
import { openShelf } from '#kiosk/device/shelf.ts'
import { StorageFull } from '#kiosk/device/store.ts'
import { startSync, type Synced } from '#kiosk/device/sync.ts'
import type { HallSheet } from '#kiosk/hall-sheet.ts'
import type { Device } from '#kiosk/screen/screen.ts'
import type { PublicKey } from '#kiosk/signing.ts'

/** How the device stands. */
export type Standing = {
  /** `asking`: it shows a code until it is let in. `revoked`: nothing is kept any more; a reload asks anew. */
  is: 'asking' | 'let-in' | 'revoked'
  /** To be read aloud to an administrator, while it asks and has heard of one. */
  code: string | null
  kiosk: string | null
  /** Null until the first contact. */
  sheet: HallSheet | null
  /** Packs are signed by it. */
  signing: PublicKey | null
  /** Version of the pack that it should have. */
  pack: string | null
  /** Ids of documents that are not shown any more. */
  withdrawn: string[]
  online: boolean
  /** Entries that wait to be sent, and those that the server would not take. */
  waiting: number
  refused: number
  /** The machine has no room: the last thing was not kept, or what the server said was not. */
  full: boolean
}

export type OpenedDevice = Device & {
  standing: () => Standing
  /** Calls back now and after each change, as a store of Svelte does. */
  subscribe: (told: (standing: Standing) => void) => () => void
  /** For what is fetched by GET; null until a contact was heard. */
  token: () => string | null
  /** Tells which pack the screen has. */
  installed: (version: string | null) => void
  /** Milliseconds since 1970 as well as the machine knows. */
  now: () => number
  /** What waits, signed as of now, to be carried by hand. */
  carry: () => Promise<CarriedSet>
  /** Meets the server now; resolves when that is over, whatever came of it. */
  meet: () => Promise<void>
  stop: () => void
}

/** Takes up what the machine kept, or begins; goes on by itself from then on. One at a time may be open on a store. */
export async function openDevice(around: Around): Promise<OpenedDevice> {
  const { store, read } = around
  const held = await hold(around)
  const line = openLine(around.send)
  const listeners = new Set<(standing: Standing) => void>()
  let pack: string | null = null
  let full = false
  const look = async (synced: Synced): Promise<Standing> => {
    const { kiosk, code, server, pack, withdrawn, refused, revoked } = held.self()
    const [sheet, waiting] = await Promise.all([store.read('sheet'), store.count()])
    const is = revoked ? 'revoked' : kiosk === null ? 'asking' : 'let-in'
    const signing = server?.signing ?? null
    const rest = { online: synced.online, waiting, refused, full: full || synced.full }
    return { is, code, kiosk, sheet, signing, pack, withdrawn, ...rest }
  }
  const tell = async () => {
    standing = await look(sync.state())
    for (const told of listeners) told(standing)
  }
  let standing = await look({ online: false, full: false })
  const sync = startSync({ held, around, line, pack: () => pack, changed: () => void tell() })

  return {
    keep: async (body) => {
      try {
        const id = await keepEntry(held, around.id(), body)
        full = false
        return id
      } catch (error) {
        full ||= error instanceof StorageFull
        throw error
      } finally {
        await tell()
        sync.poke()
      }
    },
    ask: async <Answer>(path: string, body: object) => {
      const post = () => line.post<Answer>(path, body, sync.token())
      if (sync.token() === null) await sync.hello()
      return post().catch(async (error: unknown) => {
        // The token is good for an hour; a machine that slept has an old one.
        if (!(error instanceof Refused && error.kind === 'signed-out')) throw error
        await sync.hello()
        return post()
      })
    },
    online: () => sync.state().online,
    id: around.id,
    shelf: openShelf(held, (error) => (full ||= error instanceof StorageFull)),
    standing: () => standing,
    subscribe: (told) => {
      listeners.add(told)
      told(standing)
      return () => void listeners.delete(told)
    },
    token: () => sync.token(),
    installed: (version) => (pack = version),
    now: () => read().wall - held.self().skew,
    carry: () => carriedSet(held, around, pack),
    meet: () => sync.now(),
    stop: () => sync.stop(),
  }
}
