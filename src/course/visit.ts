// What a page has to tell of a visit. Told is only what the server has answered; what it may or may not have received is
// asked for before more is told, so that nothing is told twice and nothing is lost.
import type { Beat } from '#record/hours/segment.ts'
import { union } from '#record/hours/span.ts'

/** Active seconds, sections seen, media played, and seconds that are not claimed, by reason. */
export type Untold = Required<Pick<Beat, 'seconds' | 'sections' | 'watched' | 'uncounted'>> & {
  /** When the last of the active seconds was, ms since 1970 by the page's own clock; 0 for none. */
  until: number
}

/** What the server counted and refused of a visit, in seconds. */
export type Counted = { seconds: number; refused: number }

/** What the server says of a visit when it is asked: `ended` is null for one that it does not know. */
export type Standing =
  ({ open: true; seq: number } & Counted) | { open: false; ended: (Counted & { sections: string[] }) | null }

export type Visit = {
  /** Its id, made by the page. */
  segment: string
  lesson: string
  /** Mark of the person whose visit it is. */
  owner: string
  /** The number of the last beat. */
  seq: number
  /** What went out with it, as long as no reply came: the server may have it or not. */
  sent: Untold | null
  untold: Untold
  /** As of the last reply. */
  known: Counted
}

export const nothing: Untold = { seconds: 0, sections: [], watched: {}, uncounted: {}, until: 0 }

/** A beat may hold so much; nobody honest has more. */
const most = { seconds: 86_400, sections: 100, spans: 50 }

/** A visit that begins, with what could not be told in an earlier one. */
export function beginVisit(segment: string, lesson: string, owner: string, untold = nothing): Visit {
  return { segment, lesson, owner, seq: 0, sent: null, untold, known: { seconds: 0, refused: 0 } }
}

/** Two parts of a visit as one. */
export function add(one: Untold, other: Untold): Untold {
  const uncounted = { ...one.uncounted }
  for (const [reason, seconds] of Object.entries(other.uncounted) as [keyof typeof uncounted, number][])
    uncounted[reason] = Math.min(most.seconds, (uncounted[reason] ?? 0) + seconds)
  const watched = { ...one.watched }
  for (const [file, spans] of Object.entries(other.watched))
    watched[file] = union([...(watched[file] ?? []), ...spans]).slice(0, most.spans)
  return {
    seconds: Math.min(most.seconds, one.seconds + other.seconds),
    sections: [...new Set([...one.sections, ...other.sections])].slice(0, most.sections),
    watched,
    uncounted,
    until: Math.max(one.until, other.until),
  }
}

/** The visit with more to tell. */
export const addTo = (visit: Visit, more: Partial<Untold>): Visit => ({
  ...visit,
  untold: add(visit.untold, { ...nothing, ...more }),
})

const uncountedIn = ({ uncounted }: Untold) => (uncounted['no-sign'] ?? 0) + (uncounted['line-lost'] ?? 0)

/** True if there is something in it that the record would show. */
export function hasNews(untold: Untold): boolean {
  const { seconds, sections, watched } = untold
  return seconds + uncountedIn(untold) >= 1 || sections.length > 0 || Object.keys(watched).length > 0
}

/** Longer ago than the next beat would have been: then it matters when the time was. */
const longAgoSeconds = 60

/** The next beat at `now`, and the visit while its reply is awaited. Only where nothing else is under way. */
export function nextBeat(visit: Visit, now: number, finish = false): { visit: Visit; beat: Beat } {
  const { segment, untold } = visit
  const { until, ...told } = untold
  const ago = until === 0 ? 0 : Math.min(most.seconds, Math.round((now - until) / 1000))
  const seq = visit.seq + 1
  return {
    visit: { ...visit, seq, sent: untold, untold: nothing },
    beat: { segment, seq, ...told, ...(ago >= longAgoSeconds ? { ago } : {}), finish },
  }
}

/** The visit after the reply to its last beat. */
export const answered = (visit: Visit, { seconds, refused }: Counted): Visit => ({
  ...visit,
  sent: null,
  known: { seconds, refused },
})

/** The visit after the server said that it would never take the last beat: it is let go, or it would be sent for ever. */
export const letGo = (visit: Visit): Visit => ({ ...visit, sent: null })

/** The open visit once it is known whether the last beat arrived; if not, it is told anew, under a new number. */
export function reconcile(visit: Visit, { seq, seconds, refused }: Standing & { open: true }): Visit {
  const arrived = visit.sent === null || seq >= visit.seq
  const untold = arrived ? visit.untold : add(visit.sent ?? nothing, visit.untold)
  return { ...visit, sent: null, untold, known: { seconds, refused } }
}

/** What cannot be counted any more: the server did not see when it was. It is told all the same. */
export function lose(untold: Untold): Untold {
  const kept = { ...untold, seconds: 0 }
  return untold.seconds > 0 ? add(kept, { ...nothing, uncounted: { 'line-lost': untold.seconds } }) : kept
}

/**
 * What is left to tell of a visit that has ended: its time can no longer be counted, and is said to be lost. Null if
 * there is nothing. The last beat had arrived if more was counted or refused than before it, or if its sections stand there.
 */
export function leftOver(visit: Visit, { ended }: Standing & { open: false }): Untold | null {
  const { sent, known } = visit
  const arrived =
    sent !== null &&
    ended !== null &&
    (ended.seconds > known.seconds ||
      ended.refused > known.refused ||
      (sent.seconds + uncountedIn(sent) < 1 && sent.sections.every((id) => ended.sections.includes(id))))
  const left = sent === null || arrived ? visit.untold : add(sent, visit.untold)
  return hasNews(left) ? lose(left) : null
}
