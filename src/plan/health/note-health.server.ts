// Notes on the first day of a month how many members every unit has and how healthy its learning is.
import { and, asc, gt, isNotNull } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { unit } from '#db/schema/people.ts'
import { placement, unitMonth } from '#db/schema/units.ts'
import { countMember, noCounts, type Counts } from '#plan/health/figure.ts'
import { membersOf } from '#plan/health/members.server.ts'
import { turns } from '#record/replay.server.ts'

/** Persons looked at together, and rows written together: a few milliseconds each. */
const slice = 20

type Month = { members: number; health: Counts }

/**
 * Counts every member in the unit where he is placed and all above it. What was noted for that day before stays.
 * @param on the first day of a month; beliefs and placements are those of now, so it is called on that day.
 */
export async function noteHealth(on: string): Promise<void> {
  const yourTurn = turns()
  const units = await read.select({ id: unit.id, path: unit.path }).from(unit)
  const paths = new Map(units.map(({ id, path }) => [id, path]))
  const months = new Map(units.map(({ id }): [string, Month] => [id, { members: 0, health: noCounts() }]))
  for await (const persons of placedPersons()) {
    const members = await membersOf(persons, on)
    for (const { personId, unitId } of persons) {
      const member = members.get(personId)
      for (const id of paths.get(unitId)?.split('/').filter(Boolean) ?? []) {
        const month = months.get(id)
        if (!month || !member) continue
        month.members++
        countMember(month.health, member, on)
      }
    }
    await yourTurn()
  }
  const rows = [...months].map(([unitId, month]) => ({ unitId, on, ...month }))
  for (let from = 0; from < rows.length; from += slice) {
    const part = rows.slice(from, from + slice)
    await write((tx) => tx.insert(unitMonth).values(part).onConflictDoNothing())
  }
}

type Placed = { personId: string; unitId: string; posts: string }

async function* placedPersons(): AsyncGenerator<Placed[]> {
  const { personId, unitId, posts } = placement
  for (let after = ''; ;) {
    const rows = await read
      .select({ personId, unitId, posts })
      .from(placement)
      .where(and(gt(personId, after), isNotNull(unitId)))
      .orderBy(asc(personId))
      .limit(slice)
    if (rows.length === 0) return
    yield rows.flatMap((row) => (row.unitId === null ? [] : [{ ...row, unitId: row.unitId }]))
    after = rows.at(-1)?.personId ?? ''
  }
}
