// What the page of the screen tells the worker, and what it hears back.
import type { Progress, Wanted } from '#kiosk/pack/worker/install-pack.ts'

export type Message =
  | { is: 'step'; wanted: Wanted; token: string }
  /** What a hello brought: withdrawn documents, and the instant as well as the machine knows. */
  | { is: 'heard'; withdrawn: string[]; at: string }
  | { is: 'voices'; addresses: string[]; token: string }
  | { is: 'state' }
  /** The kiosk was revoked. */
  | { is: 'forget' }

/** The pack that is shown. */
export type PackState = {
  version: string
  expiresAt: string
  bytes: number
  entries: number
  /** Whole days until nothing of it is shown any more, by the server's clock. */
  daysLeft: number
  /** That day has come. */
  ended: boolean
}

export type Replies = {
  step: Progress
  heard: null
  /** How many voices are still missing; null if there is no room for them. */
  voices: number | null
  /** Null while there is no pack. */
  state: PackState | null
  forget: null
}
