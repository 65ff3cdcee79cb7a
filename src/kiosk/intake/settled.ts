// What becomes of an entry that arrived: the words between intake/, which takes entries in and places them in time, and
// the features that know what they mean.
import type { BodyOf, EntryBody } from '#kiosk/entry-body.ts'

/** An entry that was opened and placed in time. */
export type Placed<Body extends EntryBody = EntryBody> = {
  id: string
  kiosk: string
  /** When it happened, server clock, ms since 1970: never before the contact that it names, never after its arrival. */
  at: number
  /** Of study: when the time begins that nobody else at this kiosk has; null if there is none. Else null. */
  from: number | null
  /** True if it lay on the kiosk for more than two minutes: made without a line. */
  offline: boolean
  /** It came by stick or by QR codes. */
  carried: boolean
  body: Body
}

/** A lesson that may be finished now: asked once for all that came together, because asking costs as much as settling. */
export type Studied = { person: string; lesson: string }

/** Done; or it needs another entry first, by the id that `about` names; or it counts for nothing, and why (Chinese). */
export type Settled =
  | { state: 'settled'; about?: string; from?: number; to?: number; studied?: Studied }
  | { state: 'waiting'; about: string }
  | { state: 'refused'; reason: string; about?: string }

/** Brings an entry where it belongs. The same entry again must change nothing: it may be asked twice after a crash. */
export type Settle<Kind extends EntryBody['kind']> = (entry: Placed<BodyOf<Kind>>) => Promise<Settled>
