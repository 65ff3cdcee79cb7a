// What an event shows of an ability. Completion shows none: it is coverage. Of answers to one item only the first
// within 180 days counts; the later ones are review.
import type { EventOf, Recorded } from '#record/events/event.ts'
import type { InForce, Ledger } from '#record/ledger.ts'

/** Days within which another answer to the same item is review, not evidence. */
export const reviewDays = 180

const byMode = { practice: 'practice', test: 'unsupervised-test', supervised: 'supervised-test' } as const

/**
 * What an answer is, by the circumstances in which it was given. In a test a situation or a procedure is a kind of its
 * own; in practice, where the solution is a click away, it is practice like all else.
 */
const kindOf = ({ mode, itemKind }: EventOf<'question-answered'>) =>
  mode === 'practice' ? byMode[mode] : (itemKind ?? byMode[mode])

/** The id of what an event shows: one piece for each event. */
export const evidenceId = (event: string) => `${event}/1`

/** Adds an answer as evidence unless the item was counted within the last 180 days. */
export function collectAnswer(
  ledger: Ledger,
  event: Recorded<EventOf<'question-answered'>>,
  inForce: InForce,
) {
  const indicator = inForce.indicator(event.indicator)
  const earlier = (ledger.evidence.get(indicator) ?? []).some(
    (piece) =>
      piece.kind !== 'observation' &&
      piece.item === event.item &&
      Date.parse(event.effectiveAt) - Date.parse(piece.at) < reviewDays * 86_400_000,
  )
  if (earlier) return
  ledger.addEvidence({
    id: evidenceId(event.id),
    personId: event.person,
    indicator,
    eventId: event.id,
    at: event.effectiveAt,
    kind: kindOf(event),
    item: event.item,
    ...(event.itemKind !== undefined && event.mode === 'test' ? { unsupervised: true as const } : {}),
    share: event.earned / event.possible,
    difficulty: event.difficulty,
    guessing: event.guessing,
    calibration: inForce.calibration(event.item, event.itemRevision, event.effectiveAt),
  })
}

/** Adds an observed practice as evidence, read with the severity of its rater. */
export function collectObservation(
  ledger: Ledger,
  event: Recorded<EventOf<'practice-observed'>>,
  inForce: InForce,
) {
  ledger.addEvidence({
    id: evidenceId(event.id),
    personId: event.person,
    indicator: inForce.indicator(event.indicator),
    eventId: event.id,
    at: event.effectiveAt,
    kind: 'observation',
    level: event.level,
    rater: event.rater,
    severity: inForce.severity(event.rater, event.effectiveAt),
  })
}
