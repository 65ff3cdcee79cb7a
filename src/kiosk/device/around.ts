// What surrounds the device: a browser, or a test.
import type { Fetch } from '#kiosk/device/line.ts'
import type { Reading } from '#kiosk/device/clock.ts'
import type { Store } from '#kiosk/device/store.ts'

export type Around = {
  store: Store
  send: Fetch
  read: () => Reading
  /** A fresh UUIDv7. */
  id: () => string
  /** From 0 to 1. */
  chance: () => number
  /** Calls back after so many milliseconds, unless the function that it returns is called. */
  after: (milliseconds: number, then: () => void) => () => void
  /** Calls back whenever the machine believes that a line is back. */
  onLine: (then: () => void) => void
  /** Bytes used and allowed, where the browser says so. */
  storage: () => Promise<{ used: number; quota: number } | null>
  /** Empties what is kept beside the store: caches and whatever serves from them. */
  wipe: () => Promise<void>
  /** Version of the program on the screen. */
  app: string
}
