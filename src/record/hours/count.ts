// What an event adds to a person's progress in a lesson. Time counts once, whatever tabs and devices say.
import { yearOf } from '#day.ts'
import { readAbout } from '#record/dispute.ts'
import type { EventOf, Recorded } from '#record/events/event.ts'
import { standingAt, type Progress } from '#record/hours/progress.ts'
import { seconds, uncovered } from '#record/hours/span.ts'
import { progressKey, type Ledger } from '#record/ledger.ts'

/** The progress in a lesson, begun by this event if there was none, or if it was finished in an earlier year. */
export function progressIn(ledger: Ledger, lesson: string, edition: number, event: Recorded): Progress {
  return (
    standingAt(ledger.progress.get(progressKey(lesson, edition)), event.effectiveAt) ?? {
      lesson,
      edition,
      openedAt: event.effectiveAt,
      sections: [],
      passed: [],
      seconds: 0,
      silentSeconds: 0,
      completedAt: null,
      event: event.id,
    }
  )
}

export function countOpening(ledger: Ledger, event: Recorded<EventOf<'lesson-opened'>>) {
  ledger.putProgress(progressIn(ledger, event.lesson, event.edition, event))
}

/** Counts the part of a visit that no other visit of this person has covered; the rest is refused with its reason. */
export function countSegment(ledger: Ledger, event: Recorded<EventOf<'segment-studied'>>) {
  const fresh = uncovered(
    event.spans,
    ledger.spans.map(({ span }) => span),
  )
  for (const span of fresh) ledger.addSpan(span, event.id)
  const counted = uncovered(fresh, [[-Infinity, countsFrom(ledger, event)]])
  const before = progressIn(ledger, event.lesson, event.edition, event)
  ledger.putProgress({
    ...before,
    sections: [...new Set([...before.sections, ...event.sections])].sort(),
    seconds: before.seconds + seconds(counted),
    silentSeconds: before.silentSeconds + Math.min(seconds(counted), event.silentSeconds ?? 0),
    event: event.id,
  })
  const overlap =
    Math.round(seconds(event.spans) - seconds(fresh)) + (event.refused['counted-elsewhere'] ?? 0)
  const refused = { ...event.refused, ...(overlap > 0 ? { 'counted-elsewhere': overlap } : {}) }
  for (const [reason, amount] of Object.entries(refused)) {
    ledger.putRefused({
      event: event.id,
      lesson: event.lesson,
      reason,
      seconds: amount,
      at: event.effectiveAt,
    })
  }
}

/** A lesson that was finished in an earlier year begins anew with the year, whatever visit was open on its last evening. */
function countsFrom(ledger: Ledger, { lesson, edition, effectiveAt }: Recorded<EventOf<'segment-studied'>>) {
  const there = ledger.progress.get(progressKey(lesson, edition))
  const anew = there !== undefined && standingAt(there, effectiveAt) === null
  return anew ? Date.parse(`${yearOf(effectiveAt)}-01-01T00:00:00+08:00`) : -Infinity
}

/** An item answered with full points is passed; once passed it stays so. */
export function countAnswer(ledger: Ledger, event: Recorded<EventOf<'question-answered'>>) {
  if (event.lesson === null || event.edition === null) return
  const before = progressIn(ledger, event.lesson, event.edition, event)
  const right = event.earned >= event.possible && !before.passed.includes(event.item)
  if (right) ledger.putProgress({ ...before, passed: [...before.passed, event.item], event: event.id })
}

/**
 * Gives back refused time that an upheld objection granted: to the lesson in which it was refused, and over all
 * objections to one event never more than was refused there. Also to a lesson that was finished meanwhile, which stays so.
 */
export function countGranted(ledger: Ledger, event: Recorded<EventOf<'dispute-settled'>>) {
  const { granted, outcome } = event
  const about = readAbout(event.about)
  if (!granted || outcome !== 'upheld' || about?.kind !== 'time') return
  const before = ledger.progress.get(progressKey(granted.lesson, granted.edition))
  if (!before) return
  let left = granted.seconds
  for (const refused of refusedIn(ledger, about.id, granted.lesson)) {
    const given = Math.min(refused.seconds, left)
    if (given > 0) ledger.putRefused({ ...refused, seconds: refused.seconds - given })
    left -= given
  }
  const given = granted.seconds - left
  if (given > 0) ledger.putProgress({ ...before, seconds: before.seconds + given, event: event.id })
}

/** What is still refused of one event, in an order that does not depend on that of the rows. */
function refusedIn(ledger: Ledger, event: string, lesson: string) {
  const rows = [...ledger.refused.values()].filter((row) => row.event === event && row.lesson === lesson)
  return rows.sort((a, b) => (a.reason < b.reason ? -1 : 1))
}
