// The days of which the figures of a unit were kept, and how many people it had on them.
import { and, desc, eq, inArray } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { unitMonth, unitSnapshot } from '#db/schema/units.ts'
import type { UnitNode } from '#plan/unit/around.server.ts'
import type { Sight } from '#plan/unit/sight.ts'
import { monthsOf } from '#record/capability/unit/totals.server.ts'

/** First days of the months (`published`: of the quarters) whose figures can be looked at, the latest first. */
export async function daysOf({ id, path }: UnitNode, sight: Sight): Promise<string[]> {
  if (sight === 'live') return monthsOf(id)
  // Of a unit in which too few changed nothing is published anew; its root tells that the quarter was.
  const root = path.split('/')[1] ?? id
  const rows = await read
    .selectDistinct({ on: unitSnapshot.on })
    .from(unitSnapshot)
    .where(and(inArray(unitSnapshot.unitId, [id, root]), eq(unitSnapshot.published, true)))
    .orderBy(desc(unitSnapshot.on))
  return rows.map(({ on }) => on)
}

/** People of units on the first day of a month, as far as they were counted then. */
export async function sizesOn(unitIds: readonly string[], on: string): Promise<Map<string, number>> {
  const rows = await read
    .select({ unitId: unitMonth.unitId, members: unitMonth.members })
    .from(unitMonth)
    .where(and(inArray(unitMonth.unitId, [...unitIds]), eq(unitMonth.on, on)))
  return new Map(rows.map(({ unitId, members }) => [unitId, members]))
}
