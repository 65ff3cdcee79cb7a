// How long somebody was there, late and early leavers included. Times are those of the server.

/** A session from its beginning to its end, ISO UTC. */
export type Held = { startsAt: string; endsAt: string }
/** When somebody came and left before the end; null for not at all. */
export type Presence = { inAt: string | null; outAt: string | null }

/** Longer than any hall sits; a forgotten session lets nobody in afterwards and is worth no more. */
export const longestHours = 12

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

/** From when to when somebody was there, ms since 1970; null for not at all. */
function presenceIn({ startsAt, endsAt }: Held, { inAt, outAt }: Presence): [number, number] | null {
  if (inAt === null) return null
  const left = outAt === null || outAt <= inAt ? endsAt : outAt
  return [Math.max(Date.parse(startsAt), Date.parse(inAt)), Math.min(Date.parse(endsAt), Date.parse(left))]
}

type There = { held: Held; presence: Presence }

/** True for two sessions that claim somebody at one time: for more than half of the shorter stay. */
export function atOneTime(one: There, other: There): boolean {
  const [a, b] = [presenceIn(one.held, one.presence), presenceIn(other.held, other.presence)]
  if (!a || !b) return false
  const shared = Math.min(a[1], b[1]) - Math.max(a[0], b[0])
  return shared > 0 && shared * 2 > Math.min(a[1] - a[0], b[1] - b[0])
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
