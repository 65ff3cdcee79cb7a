// Checks the tables of closed years against the hash that each was closed with.
import { and, asc, eq, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { closedHours } from '#db/schema/record.ts'
import { closedYears, type ClosedYear } from '#record/hours/close-year.server.ts'
import { rootOfYear, type ClosedRow } from '#record/hours/closed-rows.ts'
import { reproduceYear, type Fault } from '#record/hours/reproduce-year.server.ts'
import { labelOf } from '#record/verify-derived.server.ts'

const rowsAtOnce = 500

/** What of closed years is not as it was closed, in Chinese sentences. A year from which people were erased is none. */
export async function closedYearFaults(): Promise<string[]> {
  const said: string[] = []
  for (const closed of await closedYears()) {
    if ((await rootOfRows(closed)) === closed.root) continue
    // The hash does not say which row: the events do. Rows of people erased since are missing by right.
    const found = await reproduceYear(closed.year)
    if (found.holds) continue
    for (const fault of found.faults) said.push(await sayFault(closed.year, fault))
    if (found.faults.length === 0)
      said.push(`${closed.year}年封存的学时表：每一行都对得上，总校验值（closed_year.root）被改过。`)
  }
  return said
}

async function rootOfRows({ year }: ClosedYear): Promise<string> {
  const root = rootOfYear(year)
  for (let after = { personId: '', meter: '' }; ;) {
    const rows = await read
      .select()
      .from(closedHours)
      .where(
        and(
          eq(closedHours.year, year),
          sql`(${closedHours.personId}, ${closedHours.meter}) > (${after.personId}, ${after.meter})`,
        ),
      )
      .orderBy(asc(closedHours.personId), asc(closedHours.meter))
      .limit(rowsAtOnce)
    for (const row of rows) root.add(row)
    const last = rows.at(-1)
    if (!last) return root.end()
    after = last
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function sayFault(year: number, { personId, closed, derived }: Fault): Promise<string> {
  const meter = (closed ?? derived)?.meter === 'online' ? '网上学习' : '集中培训'
  const of = (row: ClosedRow | null) => (row ? `${row.hours}学时、${row.minutes}分钟` : '没有')
  return `${await labelOf(read, personId)}：${year}年封存的${meter}学时（closed_hours）存着${of(closed)}，按当时的记录应是${of(derived)}。`
}
