// From events downhill: hours, then evidence. One function for a new event and for a rebuild alike.
import type { Event, Recorded } from '#record/events/event.ts'
import { collectAnswer, collectObservation } from '#record/evidence/collect.ts'
import { countAnswer, countGranted, countOpening, countSegment } from '#record/hours/count.ts'
import { creditElsewhere, creditLesson } from '#record/hours/credit.ts'
import { creditTest } from '#record/hours/credit-test.ts'
import type { InForce, Ledger } from '#record/ledger.ts'

/** Adds to a ledger what one event is worth and what it shows. Corrections are taken out before, see `standing`. */
export function derive(ledger: Ledger, event: Recorded, inForce: InForce) {
  switch (event.kind) {
    case 'lesson-opened':
      return countOpening(ledger, event)
    case 'segment-studied':
      return countSegment(ledger, event)
    case 'question-answered':
      countAnswer(ledger, event)
      return collectAnswer(ledger, event, inForce)
    case 'lesson-completed':
      return creditLesson(ledger, event, inForce.hourRule(event.effectiveAt))
    case 'course-tested':
      return creditTest(ledger, event, inForce.hourRule(event.effectiveAt))
    case 'practice-observed':
      return collectObservation(ledger, event, inForce)
    case 'hours-imported':
    case 'attendance-recorded':
      return creditElsewhere(ledger, event, inForce.hourRule(event.effectiveAt))
    case 'dispute-settled':
      return countGranted(ledger, event)
    case 'event-corrected':
    case 'attempt-handed-in':
      return
  }
}

/**
 * True for hours from elsewhere that fall under no activity: what they are worth depends on nothing that came before,
 * and nothing that comes after depends on them. So they may arrive late, or go, without deriving the rest again.
 */
export function standsAlone(event: Event): boolean {
  return (
    event.kind === 'attendance-recorded' || (event.kind === 'hours-imported' && event.activity === undefined)
  )
}

/** The events that stand, in the order of derivation (effective time, id): what was taken back is left out. */
export function standing(events: readonly Recorded[]): Recorded[] {
  const corrected = new Set(
    events.flatMap((event) => (event.kind === 'event-corrected' ? [event.corrects] : [])),
  )
  return events.filter((event) => !corrected.has(event.id)).sort(byTime)
}

/** Order of derivation. */
export function byTime(a: Recorded, b: Recorded): number {
  return orderKey(a) < orderKey(b) ? -1 : 1
}

/** Sorts as (effective time, id); at one instant what rests on something else comes after it. */
export function orderKey({ effectiveAt, kind, id }: Pick<Recorded, 'effectiveAt' | 'id' | 'kind'>): string {
  const rank = kind === 'lesson-completed' ? 2 : kind === 'dispute-settled' ? 1 : 0
  return `${effectiveAt} ${rank} ${id}`
}
