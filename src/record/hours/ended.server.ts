// A visit that has ended, as it stands in the record.
import { and, eq } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { event as eventTable } from '#db/schema/record.ts'
import type { EventOf } from '#record/events/event.ts'

type Ended = Pick<EventOf<'segment-studied'>, 'spans' | 'sections' | 'refused'>

/** The visit of this id and person; null if there is none, or if it is open or erased. */
export async function endedVisit(person: string, id: string): Promise<Ended | null> {
  const mine = and(
    eq(eventTable.id, id),
    eq(eventTable.personId, person),
    eq(eventTable.kind, 'segment-studied'),
  )
  const [row] = await read.select({ payload: eventTable.payload }).from(eventTable).where(mine)
  return row?.payload ? (JSON.parse(row.payload) as Ended) : null
}
