// How long somebody was there, late and early leavers included. Times are those of the server.

/** A session from its beginning to its end, ISO UTC. */
export type Held = { startsAt: string; endsAt: string }
/** When somebody came and left before the end; null for not at all. */
export type Presence = { inAt: string | null; outAt: string | null }

/** Minutes after the beginning at which one is late; before, the chairs are being moved. */
const grace = 5
const minute = 60_000

/** Minutes there, and minutes missed at either end (0 within the grace of the beginning). */
export type Stay = { minutes: number; late: number; early: number }

/** What of a session somebody was there. A leaving before the coming is a slip of the finger and counts for none. */
export function stayOf({ startsAt, endsAt }: Held, { inAt, outAt }: Presence): Stay {
  const [start, end] = [Date.parse(startsAt), Date.parse(endsAt)]
  if (inAt === null) return { minutes: 0, late: 0, early: 0 }
  const from = Math.max(start, Date.parse(inAt))
  const left = outAt === null || outAt <= inAt ? end : Math.min(end, Date.parse(outAt))
  const late = Math.floor((from - start) / minute)
  return {
    minutes: Math.max(0, (left - from) / minute),
    late: late >= grace ? late : 0,
    early: Math.max(0, Math.ceil((end - left) / minute)),
  }
}

/** Whole minutes of a session. */
export function lengthOf({ startsAt, endsAt }: Held): number {
  return Math.floor((Date.parse(endsAt) - Date.parse(startsAt)) / minute)
}

/** True for who stayed for this share of the session, 0–1. */
export function stayedFor(share: number, held: Held, presence: Presence): boolean {
  const whole = (Date.parse(held.endsAt) - Date.parse(held.startsAt)) / minute
  return presence.inAt !== null && whole > 0 && stayOf(held, presence).minutes >= share * whole
}
