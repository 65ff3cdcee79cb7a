// What was credited to a person, and the receipts of what happened. Read only.
import { and, desc, eq, inArray } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { credit, event } from '#db/schema/record.ts'

export type CreditRow = typeof credit.$inferSelect

/** All credit of a person, newest first. */
export function creditsOf(personId: string): Promise<CreditRow[]> {
  return read
    .select()
    .from(credit)
    .where(eq(credit.personId, personId))
    .orderBy(desc(credit.on), desc(credit.eventId))
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
