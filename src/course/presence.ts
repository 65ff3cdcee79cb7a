// Whether somebody is there. Time since the last sign of life is pending: the next sign makes it active if it comes
// while what is in view may still be read; if none comes, the page does not claim it and says so.

/** What a page knows of its reader. Seconds, unless it says otherwise. */
export type Presence = {
  /** Up to when time was judged: ms of the page's own clock. */
  at: number
  /** What has held since then. */
  visible: boolean
  playing: boolean
  /** `away`: hidden, or the computer slept; `lapsed`: nobody stirred for too long. Both until the next sign. */
  state: 'reading' | 'lapsed' | 'away'
  /** Since the last sign, confirmed by none yet. */
  pending: number
  /** Confirmed, not taken yet. */
  active: number
  /** Given up for want of a sign, not taken yet; and all of it since that sign. */
  noSign: number
  lapsed: number
}

/** Whether the page is in view, and whether a recording or a voice is heard. */
export type View = Pick<Presence, 'visible' | 'playing'>

/** Characters a minute of somebody who reads with a finger under the line; our own figure, far below `hanPerMinute`. */
const slowHanPerMinute = 100
/** Even a page of pictures may be looked at for so long, and no page for longer than this. */
export const leastSeconds = 3 * 60
const mostSeconds = 8 * 60
/** A timer that was this late did not run: the computer slept. Browsers slow the timers of hidden pages to one a minute. */
const longestTick = { visible: 10, hidden: 65 }
/** A page in view that nobody came back to for so long has told enough of it. */
const mostToldSeconds = 30 * 60

/** How long nothing need stir while so many characters are in view. */
export function readingSeconds(characters: number): number {
  return Math.min(mostSeconds, Math.max(leastSeconds, (characters / slowHanPerMinute) * 60))
}

/** Somebody who has just opened the page. */
export function arrive(at: number, view: View): Presence {
  const state = view.visible || view.playing ? 'reading' : 'away'
  return { at, ...view, state, pending: 0, active: 0, noSign: 0, lapsed: 0 }
}

/** The time up to `now`, judged by what held while it went by. */
function pass(presence: Presence, now: number, limit: number): Presence {
  const passed = Math.max(0, (now - presence.at) / 1000)
  const then = { ...presence, at: Math.max(now, presence.at) }
  if (passed > longestTick[presence.visible ? 'visible' : 'hidden']) return rest(then)
  if (presence.playing) return { ...confirm(then), active: then.active + then.pending + passed }
  if (!presence.visible || presence.state === 'away') return then
  if (presence.state === 'lapsed') return giveUp(then, passed)
  const pending = presence.pending + passed
  return pending <= limit ? { ...then, pending } : giveUp({ ...then, pending: 0, state: 'lapsed' }, pending)
}

function giveUp(presence: Presence, seconds: number): Presence {
  const told = Math.min(seconds, Math.max(0, mostToldSeconds - presence.lapsed))
  return { ...presence, noSign: presence.noSign + told, lapsed: presence.lapsed + told }
}

/** Somebody is there: what was pending was read. */
function confirm(presence: Presence): Presence {
  return {
    ...presence,
    state: 'reading',
    active: presence.active + presence.pending,
    pending: 0,
    lapsed: 0,
  }
}

/** The page is left, or its computer sleeps: who does that was there until now. */
const rest = (presence: Presence): Presence => ({ ...confirm(presence), state: 'away' })

/** The page looks again, every second and whenever its view changes. @param limit from `readingSeconds`. */
export function look(presence: Presence, now: number, view: View, limit: number): Presence {
  const passed = { ...pass(presence, now, limit), ...view }
  if (!view.visible && !view.playing) return presence.visible || presence.playing ? rest(passed) : passed
  // Who comes back, begins to listen or has listened to the end is there.
  const changed = view.visible !== presence.visible || view.playing !== presence.playing
  return changed ? confirm(passed) : passed
}

/** A sign of life; a page that is neither seen nor heard gets none. */
export function sign(presence: Presence, now: number, limit: number): Presence {
  const passed = pass(presence, now, limit)
  return passed.visible || passed.playing ? confirm(passed) : passed
}

/** The page is closed or left. */
export function leave(presence: Presence, now: number, limit: number): Presence {
  return rest(pass(presence, now, limit))
}

/** What may be told now, and the presence without it. */
export function take(presence: Presence): { seconds: number; noSign: number; presence: Presence } {
  const { active: seconds, noSign } = presence
  return { seconds, noSign, presence: { ...presence, active: 0, noSign: 0 } }
}

/** True when it is time to ask quietly: two thirds of the limit are over, so a minute or more is left. */
export function asks({ state, pending, visible, playing }: Presence, limit: number): boolean {
  return state === 'reading' && visible && !playing && pending >= (limit * 2) / 3
}
