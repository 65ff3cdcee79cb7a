// Closing a year: its table of hours is fixed as it stands, with one hash over it. What is heard of later changes the
// credit, never this table.
import { and, asc, eq, gt, inArray, lte, max, sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { yearOf } from '#day.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { chain, closedHours, closedYear, credit, event } from '#db/schema/record.ts'
import { exact } from '#record/hours/activity.ts'
import { byPerson, closedRowsOf, rootOfYear, type ClosedRow } from '#record/hours/closed-rows.ts'
import { replay, turns } from '#record/replay.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'

export type ClosedYear = typeof closedYear.$inferSelect

/** Persons in one job: it lasts a few milliseconds. */
const slice = 100

/** Everybody of whom there is a record, in slices and in the order of the table. */
export async function* everybody(): AsyncGenerator<{ ids: string[]; after: string }> {
  let after = ''
  for (;;) {
    const rows = await read
      .select({ id: chain.personId })
      .from(chain)
      .where(gt(chain.personId, after))
      .orderBy(asc(chain.personId))
      .limit(slice)
    if (rows.length > 0) yield { ids: rows.map(({ id }) => id), after }
    if (rows.length < slice) return
    after = rows.at(-1)?.id ?? after
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Closed years, the newest first. */
export function closedYears(): Promise<ClosedYear[]> {
  return read
    .select()
    .from(closedYear)
    .orderBy(sql`${closedYear.year} desc`)
}

const closing = new Set<number>()

/**
 * Closes a year that is over. Rows are written in slices; the year is closed once its own row is there, and what a
 * process that died has left is written over.
 * @param also what belongs to the closing, in the transaction that makes it valid.
 * @throws Refusal `invalid` for a year that is not over, `already-done` for one that is closed or being closed.
 */
export async function closeYear(
  year: number,
  by: string,
  also: (tx: Database) => Promise<void> = async () => {},
): Promise<ClosedYear> {
  if (year >= yearOf(now().toISOString()))
    throw new Refusal('invalid', `${year}年还没有过完。`, '只能封存已经过去的年份。')
  if (closing.has(year)) throw new Refusal('already-done', `${year}年正在封存。`, '过一会儿刷新页面看结果。')
  closing.add(year)
  try {
    await refuseClosed(year)
    return await fixTable(year, by, also)
  } finally {
    closing.delete(year)
  }
}

const closedAlready = (year: number) =>
  new Refusal('already-done', `${year}年已经封存。`, '封存以后收到的记录，列在补登里。')

async function refuseClosed(year: number) {
  const found = await read.select({ year: closedYear.year }).from(closedYear).where(eq(closedYear.year, year))
  if (found.length > 0) throw closedAlready(year)
}

async function fixTable(
  year: number,
  by: string,
  also: (tx: Database) => Promise<void>,
): Promise<ClosedYear> {
  const [newest] = await read.select({ seq: max(event.seq) }).from(event)
  const lastSeq = newest?.seq ?? 0
  const root = rootOfYear(year)
  for await (const { ids, after } of everybody()) {
    const { rows, late } = await write((tx) => fixSlice(tx, { year, lastSeq, ids, after }))
    const derived = await deriveLate(late, year, lastSeq)
    if (derived.length > 0) await write((tx) => insertRows(tx, year, derived))
    for (const row of [...rows, ...derived].sort(byPerson)) root.add(row)
  }
  const closed = { year, closedAt: now().toISOString(), closedBy: by, lastSeq, root: root.end() }
  await write(async (tx) => {
    const stored = await tx.insert(closedYear).values(closed).onConflictDoNothing().returning()
    if (stored.length === 0) throw closedAlready(year)
    await also(tx)
  })
  return closed
}

type Slice = { year: number; lastSeq: number; ids: string[]; after: string }

/** Writes the rows of those whose credit is still that of `lastSeq`; the others come back as `late`. */
async function fixSlice(tx: Database, { year, lastSeq, ids, after }: Slice) {
  const last = ids.at(-1) ?? after
  const inSlice = and(gt(closedHours.personId, after), lte(closedHours.personId, last))
  await tx.delete(closedHours).where(and(eq(closedHours.year, year), inSlice))
  const newer = await tx
    .selectDistinct({ id: event.personId })
    .from(event)
    .where(and(gt(event.seq, lastSeq), inArray(event.personId, ids)))
  const late = new Set(newer.map(({ id }) => id))
  const sums = await tx
    .select({
      personId: credit.personId,
      meter: credit.meter,
      hours: sql<number>`sum(${credit.hours})`,
      minutes: sql<number>`sum(${credit.minutes})`,
    })
    .from(credit)
    .where(and(inArray(credit.personId, ids), eq(credit.period, year)))
    .groupBy(credit.personId, credit.meter)
  const rows = sums
    .filter(({ personId }) => !late.has(personId))
    .map((row) => ({ ...row, hours: exact(row.hours) }))
  await insertRows(tx, year, rows)
  return { rows, late: ids.filter((id) => late.has(id)) }
}

async function insertRows(tx: Database, year: number, rows: readonly ClosedRow[]) {
  if (rows.length > 0) await tx.insert(closedHours).values(rows.map((row) => ({ year, ...row })))
}

async function deriveLate(people: readonly string[], year: number, lastSeq: number): Promise<ClosedRow[]> {
  const inForce = await versionsInForce()
  const yourTurn = turns()
  const rows: ClosedRow[] = []
  for (const id of people) {
    const { credits } = await replay(id, inForce, lastSeq, yourTurn)
    rows.push(...closedRowsOf(id, credits, year))
  }
  return rows
}
