// Time that was not counted, visit by visit, and what upheld objections gave back of it. Read only.
import { and, desc, eq, inArray, max, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { dispute, event, refusedTime } from '#db/schema/record.ts'
import { refusalReasons } from '#record/hours/segment.ts'

export type RefusedVisit = {
  /** The event of the visit. */
  event: string
  lesson: string
  at: string
  /** Why, with the seconds that are refused still. */
  reasons: { reason: string; why: string; seconds: number }[]
  /** Their sum. */
  left: number
  /** Seconds given back. */
  given: number
}

const sum = (rows: readonly { seconds: number }[]) => rows.reduce((all, { seconds }) => all + seconds, 0)

/** The visits of which time was refused, newest first; so many of them, from a place on. */
export async function refusedOf(personId: string, limit = -1, offset = 0): Promise<RefusedVisit[]> {
  const visits = await read
    .select({ id: refusedTime.eventId, at: max(refusedTime.at) })
    .from(refusedTime)
    .where(eq(refusedTime.personId, personId))
    .groupBy(refusedTime.eventId)
    .orderBy(desc(max(refusedTime.at)), desc(refusedTime.eventId))
    .limit(limit)
    .offset(offset)
  return refusedIn(
    personId,
    visits.map(({ id }) => id),
  )
}

/** The refused time of some visits, in their order; a visit of which nothing was refused is left out. */
export async function refusedIn(personId: string, eventIds: readonly string[]): Promise<RefusedVisit[]> {
  if (eventIds.length === 0) return []
  const mine = and(eq(refusedTime.personId, personId), inArray(refusedTime.eventId, [...eventIds]))
  const rows = await read.select().from(refusedTime).where(mine).orderBy(refusedTime.reason)
  const given = await givenBack(personId, eventIds)
  return eventIds.flatMap((id) => {
    const own = rows.filter(({ eventId }) => eventId === id)
    const [first] = own
    if (!first) return []
    const reasons = own.map(({ reason, seconds }) => ({
      reason,
      seconds,
      why: refusalReasons[reason] ?? reason,
    }))
    const { lessonId: lesson, at } = first
    return [{ event: id, lesson, at, reasons, left: sum(reasons), given: given.get(id) ?? 0 }]
  })
}

/** Seconds that upheld objections gave back, by the event of the visit. */
async function givenBack(personId: string, eventIds: readonly string[]): Promise<Map<string, number>> {
  const abouts = eventIds.map((id) => `time:${id}`)
  const rows = await read
    .select({
      about: dispute.about,
      seconds: sql<number>`coalesce(${event.payload} -> 'granted' ->> 'seconds', 0)`,
    })
    .from(dispute)
    .innerJoin(event, eq(event.id, dispute.eventId))
    .where(and(eq(dispute.personId, personId), inArray(dispute.about, abouts)))
  const byVisit = Map.groupBy(rows, ({ about }) => about.slice('time:'.length))
  return new Map([...byVisit].map(([id, all]) => [id, sum(all)]))
}

/** How many visits had time refused. */
export async function countRefused(personId: string): Promise<number> {
  const [found] = await read
    .select({ count: sql<number>`count(distinct ${refusedTime.eventId})` })
    .from(refusedTime)
    .where(eq(refusedTime.personId, personId))
  return found?.count ?? 0
}
