// The time of a screen since the last contact that it heard, by clocks that nobody can turn back: how long it has been
// running, by the monotonic clock, and how long it seems to have been off or asleep, by the wall clock, which may jump by
// years without harm: only what it moved on counts, and the server never believes more than went by between two contacts.

/** Readings of both clocks of a machine, milliseconds. `mono` begins anew with each start; `wall` is since 1970. */
export type Reading = { mono: number; wall: number }

export type Clock = {
  /** The contact from which the time counts; null before the first. */
  contact: string | null
  /** Milliseconds running since then, over all restarts. */
  up: number
  /** Milliseconds seemingly off or asleep since then; never less than before. */
  off: number
  /** When this was last looked at. */
  last: Reading
}

/** Two clocks of one machine may drift apart by so much between two looks without anything having happened. */
const drift = 5_000

/** A clock before the first contact. */
export const freshClock = (last: Reading): Clock => ({ contact: null, up: 0, off: 0, last })

/** The clock as it was kept, after a start: the monotonic clock began anew, and what the wall clock moved on was off. */
export function restarted(kept: Clock, at: Reading): Clock {
  return { ...kept, off: kept.off + Math.max(0, at.wall - kept.last.wall), last: at }
}

/** The clock at a later reading of the same run. A machine that slept moved on by the wall clock alone. */
export function ticked(clock: Clock, at: Reading): Clock {
  const ran = Math.max(0, at.mono - clock.last.mono)
  const slept = at.wall - clock.last.wall - ran
  return {
    ...clock,
    up: clock.up + ran,
    off: clock.off + (slept > drift ? slept : 0),
    last: { mono: Math.max(at.mono, clock.last.mono), wall: at.wall },
  }
}

/** A contact was heard just now. */
export const heard = (contact: string, last: Reading): Clock => ({ contact, up: 0, off: 0, last })

/** As entries and hellos say it: whole milliseconds. */
export const timesOf = ({ up, off }: Clock) => ({ up: Math.floor(up), off: Math.floor(off) })

/** The last instant that can be written with four figures for the year. */
const latest = Date.UTC(9999, 11, 31)

/** The wall clock as it is shown, however wrong. */
export const shownAt = (wall: number) => new Date(Math.min(Math.max(wall, 0), latest)).toISOString()
