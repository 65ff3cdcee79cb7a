// Batches of imported hours as an officer sees them: who entered them, how far they are, what may be done.
import { desc, eq, sql } from 'drizzle-orm'
import type { HoursEntry } from '#archive/hours-entry.ts'
import { coversAll, officerScope } from '#archive/scope.server.ts'
import { read } from '#db/database.server.ts'
import { hoursBatch } from '#db/schema/record.ts'
import { person } from '#db/schema/people.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

export type BatchRow = typeof hoursBatch.$inferSelect

/**
 * - `waiting` for approval, or `declined`
 * - `approving`: approved, and rows are still being recorded; then `approved`
 * - `undoing`: taken back, and corrections are still being recorded; then `undone`
 */
export type BatchState = 'waiting' | 'declined' | 'approving' | 'approved' | 'undoing' | 'undone'

export type Batch = {
  id: string
  fileName: string
  enteredAt: string
  approvedAt: string | null
  undoneAt: string | null
  reason: string | null
  /** Names of those who did it, or null. */
  enteredBy: string
  approvedBy: string | null
  undoneBy: string | null
  /** Entered by the reader. */
  own: boolean
  /** It holds hours of the reader. */
  aboutReader: boolean
  /** The reader answers for everybody in it. */
  covered: boolean
  state: BatchState
  rows: number
  /** Rows that are recorded. */
  recorded: number
}

/** Batches on one page of the list. */
const perPage = 20

/** The latest batches that the officer entered or that hold only people of his units. */
export async function listBatches(
  session: Session,
  page: number,
): Promise<{ batches: Batch[]; more: boolean }> {
  const found = await read
    .select()
    .from(hoursBatch)
    .orderBy(desc(hoursBatch.enteredAt), desc(hoursBatch.id))
    .limit(perPage + 1)
    .offset((page - 1) * perPage)
  const batches: Batch[] = []
  for (const row of found.slice(0, perPage)) {
    await new Promise((resolve) => setImmediate(resolve))
    const batch = await visibleTo(session, row)
    if (batch) batches.push(batch)
  }
  return { batches, more: found.length > perPage }
}

/** @throws Refusal `not-found` if there is none that the officer may see. */
export async function findBatch(session: Session, id: string): Promise<Batch> {
  const [row] = await read.select().from(hoursBatch).where(eq(hoursBatch.id, id))
  const batch = row && (await visibleTo(session, row))
  if (!batch) throw new Refusal('not-found', '没有找到这一批。', '它可能不在你管的单位里。')
  return batch
}

async function visibleTo(session: Session, row: BatchRow): Promise<Batch | null> {
  const own = row.enteredBy === session.person.id
  const people = await read.all<{ id: string }>(
    sql`select distinct person_id as id from hours_row where batch_id = ${row.id}`,
  )
  const ids = people.map(({ id }) => id)
  const covered = await coversAll(officerScope(session), ids)
  if (!own && !covered) return null
  const [count] = await read.all<{ rows: number; recorded: number }>(
    sql`select count(*) as rows, count(event_id) as recorded from hours_row where batch_id = ${row.id}`,
  )
  const { rows = 0, recorded = 0 } = count ?? {}
  const names = await namesOf([row.enteredBy, row.approvedBy, row.undoneBy])
  const name = (by: string | null) => (by === null ? null : (names.get(by) ?? '已删除的账号'))
  return {
    ...row,
    enteredBy: name(row.enteredBy) ?? '',
    approvedBy: name(row.approvedBy),
    undoneBy: name(row.undoneBy),
    ...{ own, covered, rows, recorded, aboutReader: ids.includes(session.person.id) },
    state: stateOf(row, rows, recorded),
  }
}

/** How far a batch is, by what was decided and how many of its rows are recorded. */
export function stateOf(
  { approvedAt, undoneAt }: Pick<BatchRow, 'approvedAt' | 'undoneAt'>,
  rows: number,
  recorded: number,
): BatchState {
  if (undoneAt !== null) return approvedAt === null ? 'declined' : recorded > 0 ? 'undoing' : 'undone'
  if (approvedAt === null) return 'waiting'
  return recorded < rows ? 'approving' : 'approved'
}

/** Names of persons by id. */
export async function namesOf(ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const list = JSON.stringify(ids.filter((id) => id !== null))
  const rows = await read
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(sql`${person.id} in (select value from json_each(${list}))`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** A row of a batch with whom it is about. */
export type ListedRow = { line: number; number: string; name: string; entry: HoursEntry; recorded: boolean }

export const batchPageRows = 50

/** Rows of a batch in the order of the file, a page at a time (from 1). */
export async function rowsOf(batchId: string, page: number): Promise<ListedRow[]> {
  const rows = await read.all<{
    line: number
    number: string
    name: string
    body: string
    eventId: string | null
  }>(sql`
    select r.line, p.number, p.name, r.body, r.event_id as eventId
    from hours_row r join person p on p.id = r.person_id
    where r.batch_id = ${batchId} order by r.line limit ${batchPageRows} offset ${(page - 1) * batchPageRows}`)
  return rows.map(({ line, number, name, body, eventId }) => ({
    ...{ line, number, name, recorded: eventId !== null },
    entry: JSON.parse(body) as HoursEntry,
  }))
}
