// What was observed of a person in one cell of the map, and what of it answers to objections took out.
import { and, between, desc, eq, gt, isNotNull, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { read, type Database } from '#db/database.server.ts'
import { dispute, event } from '#db/schema/record.ts'
import { takenBack } from '#record/dispute.server.ts'
import { mostTakenOut } from '#record/dispute.ts'
import type { EventOf, Recorded } from '#record/events/event.ts'
import { fromRow } from '#record/record.server.ts'

export type Observed = Recorded<EventOf<'practice-observed'>>

const observedIn = (rows: (typeof event.$inferSelect)[]) =>
  rows.map(fromRow).filter((one): one is Observed => one.kind === 'practice-observed')

/** Observations of a person in an indicator that stand, the day seen last first; so many of them at most. */
export async function standingObservations(
  db: Database,
  personId: string,
  indicator: string,
): Promise<Observed[]> {
  const rows = await db
    .select()
    .from(event)
    .where(
      and(
        ...[eq(event.personId, personId), eq(event.kind, 'practice-observed'), isNotNull(event.payload)],
        eq(sql`${event.payload} ->> 'indicator'`, indicator),
      ),
    )
    .orderBy(desc(event.effectiveAt), desc(event.id))
  const gone = await takenBack(
    db,
    rows.map(({ id }) => id),
  )
  return observedIn(rows.filter(({ id }) => !gone.has(id))).slice(0, mostTakenOut)
}

/** The observations that the answer to an objection took out, in the order in which that happened. */
export async function takenOutBy(disputeId: string): Promise<Observed[]> {
  return observedIn((await takenOut(eq(dispute.id, disputeId))).map(({ seen }) => seen))
}

/** A rater's observations that answers to objections have taken out since an instant, the last first; twenty at most. */
export async function takenOutOf(rater: string, since: string): Promise<Observed[]> {
  const his = eq(sql`${observation.payload} ->> 'rater'`, rater)
  const rows = await takenOut(and(gt(dispute.answeredAt, since), his))
  return observedIn(rows.map(({ seen }) => seen))
    .toReversed()
    .slice(0, 20)
}

const [answer, correction, observation] = [
  alias(event, 'answer'),
  alias(event, 'correction'),
  alias(event, 'observation'),
]

/** Corrections stand in the record right after the answer from which they follow: one job writes them all. */
function takenOut(which: SQL | undefined) {
  const follows = and(
    between(correction.seq, sql`${answer.seq} + 1`, sql`${answer.seq} + ${mostTakenOut}`),
    ...[eq(correction.personId, answer.personId), eq(correction.at, answer.at)],
    eq(correction.kind, 'event-corrected'),
  )
  const corrected = and(
    eq(observation.id, sql`${correction.payload} ->> 'corrects'`),
    eq(observation.kind, 'practice-observed'),
    isNotNull(observation.payload),
  )
  return read
    .select({ seen: observation })
    .from(dispute)
    .innerJoin(answer, eq(answer.id, dispute.eventId))
    .innerJoin(correction, follows)
    .innerJoin(observation, corrected)
    .where(and(eq(dispute.outcome, 'upheld'), sql`${dispute.about} like 'cell:%'`, which))
    .orderBy(correction.seq)
}
