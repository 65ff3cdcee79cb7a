// What every view of the screen is given: what there is to show, where it leads, and the one way to keep and to ask.
import type { Shelf } from '#kiosk/device/store.ts'
import type { HallSheet } from '#kiosk/hall-sheet.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import type { Contents } from '#kiosk/pack/contents.ts'

/** Where the screen is. It has no addresses and no history: the next visitor cannot go back to the last. */
export type View =
  | { name: 'loop' }
  | { name: 'home' }
  | { name: 'stories' }
  | { name: 'story'; id: string }
  | { name: 'told'; id: string }
  | { name: 'lessons' }
  | { name: 'lesson'; id: string }
  | { name: 'search' }
  | { name: 'game' }
  | { name: 'rate'; page: string; title: string }
  | { name: 'tell' }
  | { name: 'merit' }
  | { name: 'sign-in'; next: View }
  | { name: 'me' }
  | { name: 'hall'; session: string | null }
  | { name: 'carry' }
  | { name: 'keeper' }

/** A cadre who is signed in at the screen; in memory only. */
export type Visitor = {
  /** UUID of the visit. */
  visit: string
  /** Name as on the sheet of the hall. */
  name: string
  /** True if the server has checked who it is; false means 待核: the PIN is checked when there is a line. */
  checked: boolean
}

/** What the device can do for a view; src/kiosk/device/ is behind it. */
export type Device = {
  /** Keeps what happened: sealed, signed, numbered; it goes to the server as soon as there is a line. @returns its id. */
  keep: (body: EntryBody) => Promise<string>
  /** Asks the server something now. @throws Unreachable without a line, Refused with the server's words. */
  ask: <Answer>(path: string, body: object) => Promise<Answer>
  /** True while the last contact succeeded. */
  online: () => boolean
  /** A fresh UUIDv7. */
  id: () => string
  /** What the screen must know after a power cut, and nobody may read: no names, nothing that was answered. */
  shelf: Shelf
}

export type Screen = {
  contents: Contents
  sheet: HallSheet
  device: Device
  /** Nothing more can be kept: the storage of the machine is full. */
  isFull: boolean
  /** The site's origin, for QR codes. */
  origin: string
  /** Milliseconds since 1970 as well as the kiosk knows: its wall clock, mended by the last contact. */
  now: () => number
  visitor: () => Visitor | null
  /** Begins a visit; `null` ends it and clears everything of it. */
  setVisitor: (visitor: Visitor | null) => void
  go: (view: View) => void
  /** Any touch counts as a sign of life; a view that plays sound or film says so itself. */
  stir: () => void
}
