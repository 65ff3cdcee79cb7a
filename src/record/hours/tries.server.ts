// The tries of a person at the test of a course, and what came of one. Read only.
import { and, eq, isNotNull } from 'drizzle-orm'
import { read, type Database } from '#db/database.server.ts'
import { credit, event as eventTable } from '#db/schema/record.ts'
import { takenBack } from '#record/dispute.server.ts'
import type { EventOf, Recorded } from '#record/events/event.ts'
import { fromRow } from '#record/record.server.ts'

/** One hand-in; one that was taken back is as if it had not been, but its items were seen. */
export type Try = Recorded<EventOf<'course-tested'>> & { takenBack: boolean }

/** All tries of a person at the test of a course, oldest first. */
export async function triesOf(db: Database, person: string, course: string): Promise<Try[]> {
  const tested = (await eventsOf(db, person, 'course-tested')).flatMap((one) =>
    one.kind === 'course-tested' && one.course === course ? [one] : [],
  )
  const gone = await takenBack(
    db,
    tested.map(({ id }) => id),
  )
  return tested.map((one) => ({ ...one, takenBack: gone.has(one.id) }))
}

/** The answers that were handed in with a try. */
export async function answersOf(tested: Try): Promise<Recorded<EventOf<'question-answered'>>[]> {
  const all = await eventsOf(read, tested.person, 'question-answered', tested.at)
  const answers = all.flatMap((one) =>
    one.kind === 'question-answered' && one.mode === 'test' && tested.items.includes(one.item) ? [one] : [],
  )
  const regraded = new Set(answers.map(({ regrades }) => regrades?.event))
  return answers.filter(({ id }) => !regraded.has(id))
}

/** The try with which an answer was handed in, if it stands; null for an answer beside a lesson. */
export async function tryWith(
  db: Database,
  answer: EventOf<'question-answered'>,
): Promise<Recorded<EventOf<'course-tested'>> | null> {
  if (answer.mode !== 'test') return null
  const handedIn = await eventsOf(db, answer.person, 'course-tested', answer.at)
  const tried = handedIn.flatMap((one) =>
    one.kind === 'course-tested' && one.items.includes(answer.item) ? [one] : [],
  )
  const gone = await takenBack(
    db,
    tried.map(({ id }) => id),
  )
  return tried.find(({ id }) => !gone.has(id)) ?? null
}

/** What a try gave. */
export function creditsFrom({ person, id }: Try) {
  return read
    .select()
    .from(credit)
    .where(and(eq(credit.personId, person), eq(credit.eventId, id)))
}

/** Events of a kind, in the order of arrival; of those only what was claimed at an instant, if one is given. */
async function eventsOf(db: Database, person: string, kind: string, at?: string): Promise<Recorded[]> {
  const which = and(
    eq(eventTable.personId, person),
    eq(eventTable.kind, kind),
    at === undefined ? undefined : eq(eventTable.at, at),
    isNotNull(eventTable.payload),
  )
  return (await db.select().from(eventTable).where(which).orderBy(eventTable.seq)).map(fromRow)
}
