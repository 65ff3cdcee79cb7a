// Answers of tests that were graded anew because an objection was upheld. The record says so, and results follow it when
// they are looked at; nothing is stored twice.
import { and, eq, isNotNull, or, sql } from 'drizzle-orm'
import { itemRowsOf, itemsOf, type ItemRow } from '#assessment/attempt/attempt.server.ts'
import { estimateOf } from '#assessment/attempt/measure.ts'
import { renewedResult } from '#assessment/attempt/renew-result.ts'
import type { Handed } from '#assessment/attempt/results.server.ts'
import { read } from '#db/database.server.ts'
import { event } from '#db/schema/record.ts'
import type { Item } from '#quiz/question.ts'
import { standing } from '#record/derive.ts'
import type { EventOf } from '#record/events/event.ts'
import { fromRow } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'

/** What stands in the place of an answer, by the event of that answer. */
export type Regrades = ReadonlyMap<string, Pick<EventOf<'question-answered'>, 'id' | 'attempt' | 'earned'>>

/** The answers of a person that were graded anew. */
export async function regradesOf(person: string): Promise<Regrades> {
  const anew = isNotNull(sql`${event.payload} ->> '$.regrades'`)
  const rows = await read
    .select()
    .from(event)
    .where(
      and(
        eq(event.personId, person),
        isNotNull(event.payload),
        or(eq(event.kind, 'event-corrected'), and(eq(event.kind, 'question-answered'), anew)),
      ),
    )
  return new Map(
    standing(rows.map(fromRow)).flatMap((one) =>
      one.kind === 'question-answered' && one.regrades ? [[one.regrades.event, one] as const] : [],
    ),
  )
}

/** The rows of an attempt with the points and the events that stand now. */
export const regradedRows = (rows: readonly ItemRow[], regrades: Regrades): ItemRow[] =>
  rows.map((row) => {
    const anew = regrades.get(row.eventId ?? '')
    return anew ? { ...row, earned: anew.earned, eventId: anew.id } : row
  })

/** An attempt with its result as it stands now. */
export async function regraded(attempt: Handed, regrades: Regrades): Promise<Handed> {
  if ([...regrades.values()].every((one) => one.attempt !== attempt.id)) return attempt
  const rows = regradedRows(await itemRowsOf(read, attempt.id), regrades)
  const items = await itemsOf(rows)
  const estimate = await estimateNow(attempt, rows, items)
  return { ...attempt, result: renewedResult(attempt, attempt.result, rows, items, estimate) }
}

/** The estimate from the points that stand now, by the parameters that were in force at handing in. */
async function estimateNow(
  { blueprint, handedAt, result }: Handed,
  rows: readonly ItemRow[],
  items: ReadonlyMap<string, Item>,
) {
  if (blueprint.form !== 'adaptive') return result.estimate
  const inForce = await versionsInForce()
  const shares = rows.flatMap(({ itemId, earned, possible, withdrawn }) => {
    const item = items.get(itemId)
    return item && earned !== null && possible !== null && !withdrawn
      ? [{ item, share: earned / possible }]
      : []
  })
  return estimateOf(blueprint.dimension, shares, ({ id, revision }) =>
    inForce.calibration(id, revision, handedAt),
  )
}
