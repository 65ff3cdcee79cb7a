// What followed from a person's events up to a moment of the record. Nothing is stored, and nobody is held up: it works
// in turns of a few milliseconds.
import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm'
import { read, type Database } from '#db/database.server.ts'
import { event as eventTable } from '#db/schema/record.ts'
import { derive, standing } from '#record/derive.ts'
import type { Recorded } from '#record/events/event.ts'
import { Ledger, type InForce } from '#record/ledger.ts'
import { fromRow } from '#record/record.server.ts'

const rowsAtOnce = 50
const turnMilliseconds = 5

/** Gives everybody else a turn once a piece of work has had its own; one for all of the work. */
export function turns(): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < turnMilliseconds) return
    await new Promise((resolve) => setImmediate(resolve))
    began = performance.now()
  }
}

/** The ledger of a person as of the event `upTo` (seq), derived from the first event on. */
export async function replay(
  personId: string,
  inForce: InForce,
  upTo: number,
  yourTurn: () => Promise<void>,
  db: Database = read,
): Promise<Ledger> {
  const events: Recorded[] = []
  for await (const row of rowsOf(db, personId, upTo)) {
    events.push(fromRow(row))
    await yourTurn()
  }
  const ledger = new Ledger(personId)
  for (const event of standing(events)) {
    derive(ledger, event, inForce)
    await yourTurn()
  }
  return ledger
}

const { id, kind, at, receivedAt, effectiveAt, payload } = eventTable

/** Along the index of a person's events, so many at a time. */
async function* rowsOf(db: Database, person: string, upTo: number) {
  let after = { effectiveAt: '', id: '' }
  for (;;) {
    const rows = await db
      .select({ id, kind, personId: eventTable.personId, at, receivedAt, effectiveAt, payload })
      .from(eventTable)
      .where(
        and(
          eq(eventTable.personId, person),
          sql`(${effectiveAt}, ${id}) > (${after.effectiveAt}, ${after.id})`,
          lte(eventTable.seq, upTo),
          isNotNull(payload),
        ),
      )
      .orderBy(asc(effectiveAt), asc(id))
      .limit(rowsAtOnce)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < rowsAtOnce) return
    after = last
  }
}
