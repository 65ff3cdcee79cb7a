// What a unit counts follows from its own members and from its sub-units. Compares that with what is stored, from the
// bottom up, and mends it: after a rebuild, and for verifying.
import { and, count, eq, isNotNull, ne, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { read, write, type Database } from '#db/database.server.ts'
import { unit } from '#db/schema/people.ts'
import { belief } from '#db/schema/record.ts'
import { placement, unitSize, unitTotal } from '#db/schema/units.ts'
import { tallyOf } from '#record/capability/unit/totals.server.ts'

type Row = typeof unitTotal.$inferSelect
type Counts = { members: number; rows: Row[] }

/** Mends every unit whose counts are not what they should be; returns how many there were. */
export async function recountUnits(report: (done: number, all: number) => void): Promise<number> {
  const units = await fromBelow(read)
  let mended = 0
  for (const [i, { id }] of units.entries()) {
    if (await write((tx) => recount(tx, id))) mended += 1
    report(i + 1, units.length)
  }
  return mended
}

/** Names of the units whose counts are not what they should be. Nothing is written. */
export async function wrongUnits(db: Database, rest: () => Promise<void>): Promise<string[]> {
  const wrong: string[] = []
  for (const { id, name } of await fromBelow(db)) {
    // Somebody may be counted elsewhere between the two looks; then they agree at the second try.
    const isWrong = async () => !isSame(await shouldBe(db, id), await areStored(db, id))
    if ((await isWrong()) && (await isWrong())) wrong.push(name)
    await rest()
  }
  return wrong
}

/** In the transaction nobody moves anything, so that a unit is right when its sub-units are. */
async function recount(tx: Database, id: string): Promise<boolean> {
  const [should, stored] = [await shouldBe(tx, id), await areStored(tx, id)]
  if (isSame(should, stored)) return false
  await tx.delete(unitTotal).where(eq(unitTotal.unitId, id))
  await tx.delete(unitSize).where(eq(unitSize.unitId, id))
  if (should.rows.length > 0) await tx.insert(unitTotal).values(should.rows)
  await tx.insert(unitSize).values({ unitId: id, members: should.members })
  return true
}

const fromBelow = (db: Database) =>
  db
    .select({ id: unit.id, name: unit.name })
    .from(unit)
    .orderBy(sql`length(${unit.path}) - length(replace(${unit.path}, '/', '')) desc`, unit.path)

const isOf = (status: string) => sql<number>`sum(${belief.status} = ${status})`
const isAt = (level: number) => sql<number>`sum(${belief.level} = ${level})`
const summed = (column: SQLiteColumn) => sql<number>`sum(${column})`

async function shouldBe(db: Database, id: string): Promise<Counts> {
  const isMeasured = and(eq(placement.unitId, id), isNotNull(belief.level), ne(belief.status, 'unmeasured'))
  const own = await db
    .select({
      indicator: belief.indicator,
      reached: isOf('reached'),
      notReached: isOf('not-reached'),
      uncertain: isOf('uncertain'),
      noTarget: isOf('no-target'),
      ...{ level1: isAt(1), level2: isAt(2), level3: isAt(3), level4: isAt(4), level5: isAt(5) },
    })
    .from(placement)
    .innerJoin(belief, eq(belief.personId, placement.personId))
    .where(isMeasured)
    .groupBy(belief.indicator)
  const below = await db
    .select({
      indicator: unitTotal.indicator,
      reached: summed(unitTotal.reached),
      notReached: summed(unitTotal.notReached),
      uncertain: summed(unitTotal.uncertain),
      noTarget: summed(unitTotal.noTarget),
      ...{
        level1: summed(unitTotal.level1),
        level2: summed(unitTotal.level2),
        level3: summed(unitTotal.level3),
      },
      ...{ level4: summed(unitTotal.level4), level5: summed(unitTotal.level5) },
    })
    .from(unit)
    .innerJoin(unitTotal, eq(unitTotal.unitId, unit.id))
    .where(eq(unit.parentId, id))
    .groupBy(unitTotal.indicator)
  const [members] = await db.select({ n: count() }).from(placement).where(eq(placement.unitId, id))
  const [beneath] = await db
    .select({ n: sql<number>`coalesce(sum(${unitSize.members}), 0)` })
    .from(unit)
    .innerJoin(unitSize, eq(unitSize.unitId, unit.id))
    .where(eq(unit.parentId, id))
  return { members: (members?.n ?? 0) + (beneath?.n ?? 0), rows: added(id, [...own, ...below]) }
}

type Found = Omit<Row, 'unitId'>

function added(unitId: string, rows: readonly Found[]): Row[] {
  return [...Map.groupBy(rows, ({ indicator }) => indicator)].map(([indicator, found]) => {
    const sumOf = (name: Exclude<keyof Found, 'indicator'>) => found.reduce((sum, row) => sum + row[name], 0)
    return {
      ...{ unitId, indicator, reached: sumOf('reached'), notReached: sumOf('notReached') },
      ...{ uncertain: sumOf('uncertain'), noTarget: sumOf('noTarget'), level1: sumOf('level1') },
      ...{
        level2: sumOf('level2'),
        level3: sumOf('level3'),
        level4: sumOf('level4'),
        level5: sumOf('level5'),
      },
    }
  })
}

async function areStored(db: Database, id: string): Promise<Counts> {
  const rows = await db.select().from(unitTotal).where(eq(unitTotal.unitId, id))
  const [size] = await db.select().from(unitSize).where(eq(unitSize.unitId, id))
  return { members: size?.members ?? 0, rows }
}

/** Cells in which nobody is are as good as none. */
function isSame(one: Counts, other: Counts): boolean {
  const text = ({ members, rows }: Counts) =>
    JSON.stringify([
      members,
      rows
        .map((row) => [row.indicator, tallyOf(row)] as const)
        .filter(([, { levels }]) => levels.some((n) => n !== 0))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ])
  return text(one) === text(other)
}
