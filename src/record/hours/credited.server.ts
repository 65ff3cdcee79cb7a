// What was credited to a person, what time was refused, and the receipts of what happened. Read only.
import { and, desc, eq, inArray } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { credit, event, refusedTime } from '#db/schema/record.ts'
import { refusalReasons } from '#record/hours/segment.ts'

export type CreditRow = typeof credit.$inferSelect

/** All credit of a person, newest first. */
export function creditsOf(personId: string): Promise<CreditRow[]> {
  return read
    .select()
    .from(credit)
    .where(eq(credit.personId, personId))
    .orderBy(desc(credit.on), desc(credit.eventId))
}

/** Time that was claimed and not counted, newest first, with the reason in words. */
export async function refusedOf(personId: string) {
  const rows = await read
    .select()
    .from(refusedTime)
    .where(eq(refusedTime.personId, personId))
    .orderBy(desc(refusedTime.at))
    .limit(200)
  return rows.map((row) => ({ ...row, why: refusalReasons[row.reason] ?? row.reason }))
}

/** A page of a person's receipts, newest first. */
export async function receiptsOf(personId: string, limit: number, offset: number) {
  const rows = await read
    .select({
      seq: event.seq,
      id: event.id,
      kind: event.kind,
      receivedAt: event.receivedAt,
      effectiveAt: event.effectiveAt,
      payload: event.payload,
      hash: event.hash,
    })
    .from(event)
    .where(eq(event.personId, personId))
    .orderBy(desc(event.seq))
    .limit(limit)
    .offset(offset)
  return rows.map(({ payload, ...row }) => ({
    ...row,
    facts: JSON.parse(payload ?? '{}') as Record<string, unknown>,
  }))
}

/** The facts of some events, by id. */
export async function factsOf(
  eventIds: readonly string[],
): Promise<Map<string, { kind: string; facts: Record<string, unknown> }>> {
  if (eventIds.length === 0) return new Map()
  const rows = await read
    .select({ id: event.id, kind: event.kind, payload: event.payload })
    .from(event)
    .where(and(inArray(event.id, [...eventIds])))
  return new Map(
    rows.map(({ id, kind, payload }) => [
      id,
      { kind, facts: JSON.parse(payload ?? '{}') as Record<string, unknown> },
    ]),
  )
}
