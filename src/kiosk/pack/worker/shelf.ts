// What the installer of packs needs of the world: a shelf that outlives it, a line to the server, and a judge of signatures.
// Behind them are the Cache Storage, fetch and WebCrypto; in tests something that breaks when it is told to.
import type { PackEntry, SignedManifest } from '#kiosk/pack/manifest.ts'

/** All that the worker remembers beside bytes. It is written as one, so a pack takes the place of another in one step. */
export type Memory = {
  /** The pack that is shown: its manifest as it was signed. */
  active: string | null
  /** Program and search of the one before, for a page that has not been loaded anew since. */
  before: PackEntry[]
  /** The pack that is being installed. */
  next: string | null
  /** Documents that may not be shown any more. */
  withdrawn: string[]
  /** Milliseconds by which the clock of the machine is ahead of the server's. */
  ahead: number
}

export const nothingKept: Memory = { active: null, before: [], next: null, withdrawn: [], ahead: 0 }

export type Shelf = {
  recall: () => Promise<Memory>
  remember: (memory: Memory) => Promise<void>
  /** Names of all bytes that are there: a hash, or a hash, a dot and the place of a part of it. */
  names: () => Promise<Set<string>>
  get: (name: string) => Promise<Uint8Array<ArrayBuffer> | null>
  /** @throws StorageFull */
  put: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  remove: (name: string) => Promise<void>
}

/** A part of an entry: bytes from `from` on, so many at most. */
export type Part = { from: number; bytes: number }

export type Line = {
  /** @throws Unreachable, Refused */
  manifest: (playlist: string) => Promise<SignedManifest>
  /** An entry, or a part of it. @throws Unreachable, Refused */
  entry: (entry: PackEntry, part: Part | null) => Promise<Uint8Array<ArrayBuffer>>
}

/** The line is gone, or too slow. */
export class Unreachable extends Error {}
/** The server said no; `gone` if it has no such thing any more. */
export class Refused extends Error {
  gone: boolean
  constructor(gone: boolean) {
    super('The server refused.')
    this.gone = gone
  }
}
export class StorageFull extends Error {}
