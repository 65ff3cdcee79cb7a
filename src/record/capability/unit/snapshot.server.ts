// Notes on the first day of a month what every unit counts, and in which cells that is published: a quarter's figures for
// those without rights over persons, renewed only where enough members differ.
import { asc, gt, inArray } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { insertAll } from '#db/many-rows.server.ts'
import { unit } from '#db/schema/people.ts'
import { unitSnapshot, unitTotal } from '#db/schema/units.ts'
import { provesChange } from '#record/capability/unit/renewal.ts'
import { publishedOf, snapshotsOf, tallyOf } from '#record/capability/unit/totals.server.ts'
import { turns } from '#record/replay.server.ts'

/** Units looked at together. */
const slice = 20

/** Months that begin a quarter. */
const quarterly = new Set(['01', '04', '07', '10'])

/** Notes every cell that has changed since it was noted last; `on` is the first day of a month. */
export async function noteTotals(on: string): Promise<void> {
  const yourTurn = turns()
  for (let after = ''; ;) {
    const units = await read
      .select({ id: unit.id })
      .from(unit)
      .where(gt(unit.id, after))
      .orderBy(asc(unit.id))
      .limit(slice)
    if (units.length === 0) return
    await noteUnits(
      units.map(({ id }) => id),
      on,
    )
    after = units.at(-1)?.id ?? ''
    await yourTurn()
  }
}

async function noteUnits(ids: string[], on: string): Promise<void> {
  await write(async (tx) => {
    const now = await tx.select().from(unitTotal).where(inArray(unitTotal.unitId, ids))
    const keyOf = (row: { unitId: string; indicator: string }) => `${row.unitId} ${row.indicator}`
    const [noted, published] = await Promise.all([snapshotsOf(tx, ids, on), publishedOf(tx, ids, on)])
    const last = new Map(noted.map((row) => [keyOf(row), row]))
    const shown = new Map(published.map((row) => [keyOf(row), row]))
    const begun = new Set(published.map(({ unitId }) => unitId))
    // A unit of which nothing was ever shown need not wait for the quarter.
    const due = (id: string) => quarterly.has(on.slice(5, 7)) || !begun.has(id)
    const rows = now.flatMap((row) => {
      const before = last.get(keyOf(row))
      if (before?.on === on) return []
      const there = shown.get(keyOf(row))
      const renews = due(row.unitId) && provesChange(there ? tallyOf(there) : null, tallyOf(row))
      if (before && !renews && isSame(row, before)) return []
      return [{ ...row, on, published: renews }]
    })
    await insertAll(tx, unitSnapshot, rows)
  })
}

function isSame(one: typeof unitTotal.$inferSelect, other: typeof unitTotal.$inferSelect): boolean {
  return JSON.stringify(tallyOf(one)) === JSON.stringify(tallyOf(other))
}
