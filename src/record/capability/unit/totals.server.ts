// What units count: now, on the first day of a month, and as it was last published for those without rights over persons.
import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import { read, type Database } from '#db/database.server.ts'
import { unitMonth, unitSize, unitSnapshot, unitTotal } from '#db/schema/units.ts'
import type { Tally } from '#record/capability/unit/tally.ts'

/** Tallies by unit and indicator. */
export type Totals = Map<string, Map<string, Tally>>

/** A row of counts. */
export type CountRow = Pick<typeof unitTotal.$inferSelect, keyof typeof unitTotal.$inferSelect>

/** The counts of a row. */
export function tallyOf(row: Omit<CountRow, 'unitId' | 'indicator'>): Tally {
  const { reached, notReached, uncertain, noTarget } = row
  const levels = [row.level1, row.level2, row.level3, row.level4, row.level5]
  return { reached, notReached, uncertain, noTarget, levels }
}

function byUnit(rows: readonly CountRow[]): Totals {
  return new Map(
    [...Map.groupBy(rows, ({ unitId }) => unitId)].map(([id, found]) => [
      id,
      new Map(found.map((row) => [row.indicator, tallyOf(row)])),
    ]),
  )
}

/** Counts of these units, each with all below it, now. */
export async function totalsOf(unitIds: readonly string[]): Promise<Totals> {
  return byUnit(
    await read
      .select()
      .from(unitTotal)
      .where(inArray(unitTotal.unitId, [...unitIds])),
  )
}

/** Counts as they were on the first day of the month that a day lies in, or of the last month before it that is known. */
export async function totalsOn(unitIds: readonly string[], on: string): Promise<Totals> {
  return byUnit(await snapshotsOf(read, unitIds, on))
}

/** Counts as they were last published on a day, by default the last. */
export async function publishedTotals(unitIds: readonly string[], on = '9999-12-31'): Promise<Totals> {
  return byUnit(await publishedOf(read, unitIds, on))
}

/** The newest snapshot of each cell up to a day. */
export function snapshotsOf(db: Database, unitIds: readonly string[], on: string) {
  return newest(db, unitIds, on, sql`1`)
}

/** The newest published one of each cell up to a day. */
export function publishedOf(db: Database, unitIds: readonly string[], on: string) {
  return newest(db, unitIds, on, sql`published`)
}

/** SQLite takes the other columns of a group from the row that holds its maximum. */
async function newest(db: Database, unitIds: readonly string[], on: string, which: ReturnType<typeof sql>) {
  const { unitId, indicator } = unitSnapshot
  return db
    .select({ ...columns, on: sql<string>`max(${unitSnapshot.on})` })
    .from(unitSnapshot)
    .where(and(inArray(unitId, [...unitIds]), lte(unitSnapshot.on, on), which))
    .groupBy(unitId, indicator)
}

const columns = {
  unitId: unitSnapshot.unitId,
  indicator: unitSnapshot.indicator,
  reached: unitSnapshot.reached,
  notReached: unitSnapshot.notReached,
  uncertain: unitSnapshot.uncertain,
  noTarget: unitSnapshot.noTarget,
  level1: unitSnapshot.level1,
  level2: unitSnapshot.level2,
  level3: unitSnapshot.level3,
  level4: unitSnapshot.level4,
  level5: unitSnapshot.level5,
}

/** Persons counted in each unit and all below it, now. */
export async function sizesOf(unitIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await read
    .select()
    .from(unitSize)
    .where(inArray(unitSize.unitId, [...unitIds]))
  return new Map(rows.map(({ unitId, members }) => [unitId, members]))
}

/** First days of the months that are known of a unit, newest first. */
export async function monthsOf(unitId: string): Promise<string[]> {
  const rows = await read
    .select({ on: unitMonth.on })
    .from(unitMonth)
    .where(eq(unitMonth.unitId, unitId))
    .orderBy(sql`${unitMonth.on} desc`)
  return rows.map(({ on }) => on)
}
