// Moves what units count. Whoever writes or deletes a belief or a placement calls this in the same transaction, so that
// the counts are at all times those of the rows; it lies in db/ because erasing a person must move them too.
import { eq, inArray, sql } from 'drizzle-orm'
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core'
import type { Database } from '#db/database.server.ts'
import { unit } from '#db/schema/people.ts'
import { belief } from '#db/schema/record.ts'
import { placement, unitSize, unitTotal, type Status } from '#db/schema/units.ts'

/** What of a belief is counted; nothing while it is unmeasured. */
export type Counted = { indicator: string; status: Status; level: number | null }

/** Rows a statement may carry. */
const chunk = 500

type Row = typeof unitTotal.$inferInsert
type Count = Exclude<keyof Row, 'unitId' | 'indicator'>

const columnOf = { reached: 'reached', 'not-reached': 'notReached', uncertain: 'uncertain' } as const
const counts = ['reached', 'notReached', 'uncertain', 'noTarget'] as const
const levels = ['level1', 'level2', 'level3', 'level4', 'level5'] as const

const empty = (unitId: string, indicator: string): Row => ({
  ...{ unitId, indicator, reached: 0, notReached: 0, uncertain: 0, noTarget: 0 },
  ...{ level1: 0, level2: 0, level3: 0, level4: 0, level5: 0 },
})

/** Ids of a unit and all above it. */
const unitsOf = (path: string) => path.split('/').filter(Boolean)

/** What was counted of one person in one unit, and what is from now on; a path is null for nowhere. */
export type Move = {
  from: { path: string | null; counted: readonly Counted[] }
  to: { path: string | null; counted: readonly Counted[] }
}

/** Moves the counts of a unit and all above it; what cancels out is not written. */
export async function moveTotals(tx: Database, { from, to }: Move): Promise<void> {
  const rows = new Map<string, Row>()
  const add = (path: string | null, counted: readonly Counted[], by: 1 | -1) => {
    for (const { indicator, status, level } of counted) {
      if (status === 'unmeasured' || level === null) continue
      for (const unitId of unitsOf(path ?? '')) {
        const row = rows.get(`${unitId} ${indicator}`) ?? empty(unitId, indicator)
        row[status === 'no-target' ? 'noTarget' : columnOf[status]] += by
        row[`level${level}` as Count] += by
        rows.set(`${unitId} ${indicator}`, row)
      }
    }
  }
  add(from.path, from.counted, -1)
  add(to.path, to.counted, 1)
  const changed = [...rows.values()].filter((row) => [...counts, ...levels].some((name) => row[name] !== 0))
  const sums = Object.fromEntries(
    [...counts, ...levels].map((name) => [name, sql.raw(sum(unitTotal[name].name))]),
  ) as SQLiteUpdateSetSource<typeof unitTotal>
  for (let i = 0; i < changed.length; i += chunk)
    await tx
      .insert(unitTotal)
      .values(changed.slice(i, i + chunk))
      .onConflictDoUpdate({ target: [unitTotal.unitId, unitTotal.indicator], set: sums })
}

const sum = (column: string) => `"${column}" + excluded."${column}"`

/** Counts a person in one unit and all above it instead of another; null is nowhere. */
export async function moveMember(tx: Database, from: string | null, to: string | null): Promise<void> {
  const rows = new Map<string, number>()
  for (const id of unitsOf(from ?? '')) rows.set(id, (rows.get(id) ?? 0) - 1)
  for (const id of unitsOf(to ?? '')) rows.set(id, (rows.get(id) ?? 0) + 1)
  const changed = [...rows].filter(([, members]) => members !== 0)
  if (changed.length === 0) return
  await tx
    .insert(unitSize)
    .values(changed.map(([unitId, members]) => ({ unitId, members })))
    .onConflictDoUpdate({ target: unitSize.unitId, set: { members: sql.raw(sum('members')) } })
}

/** Where a person is counted now; null before he was placed for the first time. */
export async function placementOf(tx: Database, personId: string) {
  const [row] = await tx
    .select({ unitId: placement.unitId, posts: placement.posts, path: unit.path })
    .from(placement)
    .leftJoin(unit, eq(unit.id, placement.unitId))
    .where(eq(placement.personId, personId))
  return row ?? null
}

/** What is counted of a person's beliefs, of all of them or of some indicators. */
export async function countedOf(tx: Database, personId: string, indicators?: readonly string[]) {
  const { indicator, status, level } = belief
  const which = indicators ? inArray(indicator, [...indicators]) : undefined
  return tx
    .select({ indicator, status, level })
    .from(belief)
    .where(which ? sql`${eq(belief.personId, personId)} and ${which}` : eq(belief.personId, personId))
}

/** Takes a person out of all counts, before the rows are deleted. */
export async function leaveUnits(tx: Database, personId: string): Promise<void> {
  const there = await placementOf(tx, personId)
  if (!there) return
  const from = { path: there.path, counted: await countedOf(tx, personId) }
  await moveTotals(tx, { from, to: { path: null, counted: [] } })
  await moveMember(tx, there.path, null)
  await tx.delete(placement).where(eq(placement.personId, personId))
}
