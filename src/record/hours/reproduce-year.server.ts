// Derives a closed year again from the events that it was closed with, and compares row by row.
import { and, eq, gte, inArray, notInArray, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { audit } from '#db/schema/people.ts'
import { chain, closedHours, closedYear } from '#db/schema/record.ts'
import { everybody, type ClosedYear } from '#record/hours/close-year.server.ts'
import { closedRowsOf, rootOfYear, type ClosedRow } from '#record/hours/closed-rows.ts'
import { replay, turns } from '#record/replay.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'

/** A row that is not what its events give; null stands for no row. */
export type Fault = { personId: string; closed: ClosedRow | null; derived: ClosedRow | null }

export type Reproduced = {
  year: number
  /** Rows that were derived, and of how many people. */
  rows: number
  people: number
  faults: Fault[]
  /** The hash over the rows derived now. */
  root: string
  sameRoot: boolean
  /** People whose rows have left the table since, because they were erased: then the hash is another. */
  erased: number
  /** True if every row is what its events give, and the hash is the same or must be another. */
  holds: boolean
}

/**
 * Derives every person of a closed year again from the events up to its last one. `report` hears how many are done.
 * @throws Refusal `not-found` if the year is not closed.
 */
export async function reproduceYear(
  year: number,
  report: (people: number) => void = () => {},
): Promise<Reproduced> {
  const [closed] = await read.select().from(closedYear).where(eq(closedYear.year, year))
  if (!closed) throw new Refusal('not-found', `${year}年还没有封存。`, '封存以后才能核对。')
  const inForce = await versionsInForce()
  const yourTurn = turns()
  const root = rootOfYear(year)
  const faults: Fault[] = []
  let [rows, people, done] = [0, 0, 0]
  for await (const { ids } of everybody()) {
    for (const [id, stored] of await storedOf(year, ids)) {
      const derived = closedRowsOf(id, (await replay(id, inForce, closed.lastSeq, yourTurn)).credits, year)
      for (const row of derived) root.add(row)
      faults.push(...faultsOf(id, stored, derived))
      rows += derived.length
      people += derived.length > 0 ? 1 : 0
    }
    report((done += ids.length))
  }
  faults.push(...(await strangers(year)))
  return { year, rows, people, faults, ...(await rootOf(closed, root.end(), faults)) }
}

async function rootOf(closed: ClosedYear, root: string, faults: readonly Fault[]) {
  const sameRoot = root === closed.root
  const since = and(eq(audit.act, 'person-erased'), gte(audit.at, closed.closedAt))
  const [found] = await read
    .select({ people: sql<number>`count(distinct ${audit.target})` })
    .from(audit)
    .where(since)
  const erased = found?.people ?? 0
  return { root, sameRoot, erased, holds: faults.length === 0 && (sameRoot || erased > 0) }
}

/** Rows of people of whom there is no record at all. */
async function strangers(year: number): Promise<Fault[]> {
  const known = read.select({ id: chain.personId }).from(chain)
  const rows = await read
    .select()
    .from(closedHours)
    .where(and(eq(closedHours.year, year), notInArray(closedHours.personId, known)))
  return rows.map((closed) => ({ personId: closed.personId, closed, derived: null }))
}

/** The stored rows of each of these people, in their order. */
async function storedOf(year: number, ids: string[]): Promise<[string, ClosedRow[]][]> {
  const found = await read
    .select()
    .from(closedHours)
    .where(and(eq(closedHours.year, year), inArray(closedHours.personId, ids)))
  const rows = Map.groupBy(found, ({ personId }) => personId)
  return ids.map((id) => [id, rows.get(id) ?? []])
}

function faultsOf(personId: string, stored: readonly ClosedRow[], derived: readonly ClosedRow[]): Fault[] {
  return (['concentrated', 'online'] as const).flatMap((meter) => {
    const of = (rows: readonly ClosedRow[]) => rows.find((row) => row.meter === meter) ?? null
    const [closed, now] = [of(stored), of(derived)]
    const same = closed?.hours === now?.hours && closed?.minutes === now?.minutes
    return same ? [] : [{ personId, closed, derived: now }]
  })
}
