// The record as statements, in the order of arrival, a page at a time. An event whose content was erased has none.
import { eq, gt, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { event } from '#db/schema/record.ts'
import { settings } from '#env.ts'
import { fromRow } from '#record/record.server.ts'
import type { Statement } from '#xapi/shape.ts'
import { statementOf } from '#xapi/statement.ts'

/** An event by its place in the record, and its statement; null once it was erased. */
export type Told = { seq: number; receivedAt: string; statement: Statement | null }

type Row = typeof event.$inferSelect

const toldOf = (row: Row): Told => ({
  seq: row.seq,
  receivedAt: row.receivedAt,
  statement: row.payload === null ? null : statementOf(fromRow(row), settings.origin),
})

/** The events after a place, at most so many. */
export async function statementsAfter(seq: number, most: number): Promise<Told[]> {
  const rows = await read.select().from(event).where(gt(event.seq, seq)).orderBy(event.seq).limit(most)
  return rows.map(toldOf)
}

/** All pages up to the event that is the newest when it begins, with a turn for everybody else between them. */
export async function* allStatements(size = 50): AsyncGenerator<Told[]> {
  const last = await newestSeq()
  let seq = 0
  while (seq < last) {
    const page = (await statementsAfter(seq, size)).filter((one) => one.seq <= last)
    const newest = page.at(-1)
    if (!newest) return
    yield page
    seq = newest.seq
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Place of the newest event; 0 where there is none. */
export async function newestSeq(): Promise<number> {
  const [row] = await read.select({ seq: sql<number>`coalesce(max(${event.seq}), 0)` }).from(event)
  return row?.seq ?? 0
}

/** With the time at which the record received it, as whoever reads a file of statements expects. */
export const stored = (statement: Statement, receivedAt: string) => ({ ...statement, stored: receivedAt })

/** All statements of a person, for that person. */
export async function statementsOf(person: string) {
  const rows = await read.select().from(event).where(eq(event.personId, person)).orderBy(event.seq)
  return rows
    .map(toldOf)
    .flatMap(({ statement, receivedAt }) => (statement ? [stored(statement, receivedAt)] : []))
}
