// What a screen keeps on its machine, as the device sees it: IndexedDB in a browser, a map in tests.
import type { PublicKey } from '#kiosk/signing.ts'
import type { Entry } from '#kiosk/entry.ts'
import type { HallSheet } from '#kiosk/hall-sheet.ts'
import type { Clock } from '#kiosk/device/clock.ts'

/** What the device knows of itself; written with every entry, so it is small. */
export type Self = {
  /** Its id once it was let in. */
  kiosk: string | null
  /** The code on the screen while it asks to be let in. */
  code: string | null
  /** What packs are verified with and entries are sealed to. */
  server: { signing: PublicKey; sealing: PublicKey } | null
  clock: Clock
  /** Number of the last entry, and turn of the last hello. */
  seq: number
  turn: number
  /** Its wall clock minus the server's at the last contact, milliseconds. */
  skew: number
  /** Version of the pack that it should have, and what was withdrawn meanwhile. */
  pack: string | null
  withdrawn: string[]
  /** Entries that the server would not take. */
  refused: number
  /** Short texts that the screen itself keeps by name, see Shelf; nothing readable of a person. */
  shelf: Record<string, string>
  /** It was taken out of use and holds nothing any more but the key with which it says so. */
  revoked: boolean
}

/** Things that are kept under a name. The private half of the pair can be used and not taken out. */
export type Named = { pair: CryptoKeyPair; self: Self; sheet: HallSheet }

/** An entry that waits to be sent. */
export type Waiting = {
  seq: number
  /** Too large for QR codes: a part of a voice. */
  byFile: boolean
  entry: Entry
}

/** What the screen keeps beside the journal, on the same disk: read at once, written in the order of the calls. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export type Change = { put?: Partial<Named>; add?: Waiting; drop?: number[] }

export type Store = {
  read: <Name extends keyof Named>(name: Name) => Promise<Named[Name] | null>
  /** At most so many waiting entries, or all, with a number above `after`, in order. */
  waiting: (most?: number, after?: number) => Promise<Waiting[]>
  count: () => Promise<number>
  /** All of it or nothing, on the disk when it resolves. @throws StorageFull */
  commit: (change: Change) => Promise<void>
  /** Leaves nothing. */
  empty: () => Promise<void>
}

/** There is no room on the machine; what was to be kept was not. */
export class StorageFull extends Error {
  constructor() {
    super('这台机器存不下了，刚才这一步没有记下。请连上网络，等它把存着的记录传走，或请管理员清理存储。')
    this.name = 'StorageFull'
  }
}
