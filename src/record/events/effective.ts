// The time by which an event is derived, and what makes two reports of one fact the same.
import { dayOf, noonOf, yearOf } from '#day.ts'
import type { Event, EventOf } from '#record/events/event.ts'
import { bareTitle } from '#record/events/same-title.ts'

/**
 * Effective time (ISO UTC): the day of what was seen elsewhere, that of the answer that is graded anew, else the
 * server's clock at arrival, because the clock of a phone proves nothing. Never later than the arrival.
 */
export function effectiveAt(event: Event, receivedAt: string): string {
  const claimed = dayClaimed(event)
  const told = claimed === null ? regradedAt(event) : noonOf(claimed)
  return told !== null && told < receivedAt ? told : receivedAt
}

function regradedAt(event: Event): string | null {
  return event.kind === 'question-answered' ? (event.regrades?.effectiveAt ?? null) : null
}

/** The day that an event from outside names, or null where only the server's clock counts. */
export function dayClaimed(event: Event): string | null {
  switch (event.kind) {
    case 'practice-observed':
      return event.observedOn
    case 'hours-imported':
      return event.endOn
    case 'attendance-recorded':
      return event.on
    default:
      return null
  }
}

/** A key that may be stored once, whatever the id; null for facts that may repeat. */
export function onceKey(event: Event): string | null {
  switch (event.kind) {
    case 'lesson-completed':
      return `completed:${event.person}:${event.lesson}:${event.edition}:${yearOf(event.at)}`
    case 'course-tested':
      return `tested:${event.person}:${event.course}:${dayOf(event.at)}`
    case 'attempt-handed-in':
      return `handed-in:${event.attempt}`
    case 'hours-imported':
      return importedKey({ ...event, title: bareTitle(event.title) })
    case 'attendance-recorded':
      return `attended:${event.person}:${event.title}:${event.on}`
    case 'practice-observed':
      return `${observedBy(event.rater)}${event.observedOn}:${event.person}:${event.indicator}`
    case 'event-corrected':
      return `corrected:${event.corrects}`
    case 'dispute-settled':
      return `settled:${event.dispute}`
    default:
      return null
  }
}

/**
 * What the once-keys of a rater's observations begin with; the day follows. Two things that one rater sees of a person, in
 * one indicator and on one day, are one reading: the second would only repeat his opinion.
 */
export const observedBy = (rater: string) => `observed:${rater}:`

/**
 * The once-key under which the same event was stored by earlier versions, which took titles letter by letter; null
 * where it is no other one. What stands under it is the same fact.
 */
export function formerKey(event: Event): string | null {
  const former = event.kind === 'hours-imported' ? importedKey(event) : null
  return former === onceKey(event) ? null : former
}

const importedKey = ({ person, meter, title, startOn, endOn }: EventOf<'hours-imported'>) =>
  `imported:${person}:${meter}:${title}:${startOn}:${endOn}`
