// The answers of a person as the record holds them, without those that were taken back; and what must not be practised
// now.
import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { read, type Database } from '#db/database.server.ts'
import { attempt, attemptItem } from '#db/schema/assessment.ts'
import { event } from '#db/schema/record.ts'
import { standing } from '#record/derive.ts'
import type { EventOf, Recorded } from '#record/events/event.ts'
import { fromRow } from '#record/record.server.ts'

export type RecordedAnswer = Recorded<EventOf<'question-answered'>>

/** All answers of a person that stand, in the order of time. */
export async function answersOf(personId: string): Promise<RecordedAnswer[]> {
  const rows = await read
    .select()
    .from(event)
    .where(
      and(
        eq(event.personId, personId),
        inArray(event.kind, ['question-answered', 'event-corrected']),
        isNotNull(event.payload),
      ),
    )
    .orderBy(asc(event.effectiveAt), asc(event.id))
  return standing(rows.map(fromRow)).filter((one): one is RecordedAnswer => one.kind === 'question-answered')
}

/** The items of the tests that this person is taking: nobody is told their solutions meanwhile. */
export async function itemsBeingTested(db: Database, personId: string): Promise<Set<string>> {
  const rows = await db
    .select({ item: attemptItem.itemId })
    .from(attemptItem)
    .innerJoin(attempt, eq(attempt.id, attemptItem.attemptId))
    .where(and(eq(attempt.personId, personId), isNull(attempt.handedAt)))
  return new Set(rows.map(({ item }) => item))
}
