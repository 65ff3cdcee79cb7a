// Words of county, township and village on the screens of a unit and of all units below it: what each screen is told.
import { and, asc, eq, gte, inArray, isNull, lte } from 'drizzle-orm'
import { dayAfter } from '#day.ts'
import { read } from '#db/database.server.ts'
import { notice } from '#db/schema/kiosk.ts'
import { unit } from '#db/schema/people.ts'
import type { HallSheet } from '#kiosk/hall-sheet.ts'

/** A screen without a line shows on time what it heard of so many days before. */
const daysAhead = 7

/**
 * What the screens of a unit are told on a day (Asia/Shanghai): of the unit and those above it, in force or beginning
 * within a week. The nearest first: what the village itself says before what the county says.
 */
export async function noticesFor(unitId: string, on: string): Promise<HallSheet['notices']> {
  const [home] = await read.select({ path: unit.path }).from(unit).where(eq(unit.id, unitId))
  const above = home?.path.split('/').filter(Boolean) ?? []
  const rows = await read
    .select({ notice, unit: { name: unit.name, path: unit.path } })
    .from(notice)
    .innerJoin(unit, eq(unit.id, notice.unitId))
    .where(
      and(
        inArray(notice.unitId, above),
        isNull(notice.endedAt),
        lte(notice.fromOn, dayAfter(on, daysAhead)),
        gte(notice.toOn, on),
      ),
    )
    .orderBy(asc(notice.fromOn), asc(notice.id))
  return rows
    .sort((a, b) => b.unit.path.length - a.unit.path.length)
    .map(({ notice: { id, title, text, fromOn, toOn, from, to }, unit: { name } }) => {
      return { id, title, text, fromOn, toOn, from, to, unit: name }
    })
}
