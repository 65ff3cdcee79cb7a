// The learning health of a unit as somebody may see it: the chosen figures over the last twelve months. From what was
// noted each month; no query is over persons.
import { and, desc, eq, inArray, or, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { unitMonth } from '#db/schema/units.ts'
import { untold } from '#plan/health/figure.ts'
import { chosenFigures } from '#plan/health/health-index.server.ts'
import { liveMonths, publishedMonths, quarterly, type NotedMonth } from '#plan/health/series.ts'
import type { HealthMonth, UnitHealth } from '#plan/health/say-health.ts'
import { aroundUnit, type UnitNode } from '#plan/unit/around.server.ts'
import type { Sight } from '#plan/unit/sight.ts'
import type { Cell } from '#record/capability/unit/cell.ts'
import { cellsOf } from '#record/capability/unit/disclose.ts'
import { turns } from '#record/replay.server.ts'

const monthsShown = 12

/** The health of a unit, or null while nothing was noted of it, or the county looks at no figures. */
export async function healthOf(unitId: string, sight: Sight): Promise<UnitHealth | null> {
  const around = chosenFigures.length > 0 ? await aroundUnit(unitId) : null
  if (!around) return null
  const last = await lastMonths(unitId)
  if (last.length === 0) return null
  // What may be shown of a unit does not depend on the units below it.
  const units = around.all.filter(({ parentId }) => parentId !== unitId)
  const rows = await notedOf(units, sight, last)
  // A sister unit that began within a quarter has a first month of its own.
  const own = new Set(rows.flatMap((row) => (row.unitId === unitId ? [row.on] : [])))
  const all = sight === 'live' ? liveMonths(rows) : publishedMonths(rows)
  const from = last.at(-1) ?? ''
  const months = [...all].filter(([on]) => own.has(on) && on >= from)
  // What was published of each unit for itself need not be of one day.
  const sameDay = sight === 'live'
  const cells: { on: string; cells: Map<string, Cell> | undefined }[] = []
  const yourTurn = turns()
  for (const [on, totals] of months) {
    cells.push({ on, cells: cellsOf(units, totals, sameDay).get(unitId) })
    // Some milliseconds where a unit has hundreds beside it.
    await yourTurn()
  }
  return {
    quarterly: sight === 'published',
    figures: chosenFigures.map((figure) => ({
      ...figure,
      months: cells.map(({ on, cells: own }): HealthMonth => {
        const { share = null, measured = null } = own?.get(figure.id) ?? {}
        return { on, share: share?.sure ?? null, people: untold.has(figure.id) ? null : measured }
      }),
    })),
  }
}

/** Days of the last months that were noted, the latest first. */
async function lastMonths(unitId: string): Promise<string[]> {
  const rows = await read
    .select({ on: unitMonth.on })
    .from(unitMonth)
    .where(eq(unitMonth.unitId, unitId))
    .orderBy(desc(unitMonth.on))
    .limit(monthsShown)
  return rows.map(({ on }) => on)
}

/** The months that are read for a sight: the last ones, or for what is published all quarters. */
function notedOf(units: readonly UnitNode[], sight: Sight, last: readonly string[]): Promise<NotedMonth[]> {
  const { unitId, on, health } = unitMonth
  const ours = inArray(
    unitId,
    units.map(({ id }) => id),
  )
  const rows = (which: ReturnType<typeof or>) =>
    read.select({ unitId, on, health }).from(unitMonth).where(and(ours, which))
  if (sight === 'live') return rows(inArray(on, [...last]))
  const first = sql`${on} = (select min(first."on") from unit_month first where first.unit_id = ${unitId})`
  const begins = inArray(sql`substr(${on}, 6, 2)`, [...quarterly])
  return rows(or(begins, first))
}
