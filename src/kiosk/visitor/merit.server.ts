// The rules that a village gave itself for good deeds of households, and those deeds: what its screens show, and what its
// officers see. Deeds are told one by one; nothing here adds them up.
import { and, desc, eq, isNull } from 'drizzle-orm'
import { read, type Database } from '#db/database.server.ts'
import { unit } from '#db/schema/people.ts'
import { meritDeed, meritRule } from '#db/schema/village.ts'
import type { HallSheet } from '#kiosk/hall-sheet.ts'

/** Deeds that a screen shows, the latest. */
const mostShown = 30
const mostListed = 200

/** The rules in force: the last that were set, unless the village stopped. */
export async function rulesInForce(db: Database, unitId: string) {
  const [last] = await db
    .select()
    .from(meritRule)
    .where(eq(meritRule.unitId, unitId))
    .orderBy(desc(meritRule.at), desc(meritRule.id))
    .limit(1)
  return last?.endedAt === null ? last : null
}

/** What the screens of a unit show of it; null where the village set no rules. */
export async function meritOf(unitId: string): Promise<HallSheet['merit']> {
  const inForce = await rulesInForce(read, unitId)
  if (!inForce) return null
  const isShown = and(eq(meritDeed.unitId, unitId), eq(meritDeed.shown, true), isNull(meritDeed.takenBackAt))
  const deeds = await read
    .select({
      household: meritDeed.household,
      deed: meritDeed.deed,
      points: meritDeed.points,
      on: meritDeed.on,
    })
    .from(meritDeed)
    .where(isShown)
    .orderBy(desc(meritDeed.on), desc(meritDeed.id))
    .limit(mostShown)
  const { title, agreedOn, rules } = inForce
  return { title, agreedOn, rules, deeds }
}

/** What the officers of a unit see of it: the latest deeds first, without those that were taken back; null if there is none. */
export async function meritPage(unitId: string) {
  const isThere = and(eq(meritDeed.unitId, unitId), isNull(meritDeed.takenBackAt))
  const [[found], inForce, deeds] = await Promise.all([
    read.select({ id: unit.id, name: unit.name }).from(unit).where(eq(unit.id, unitId)),
    rulesInForce(read, unitId),
    read
      .select()
      .from(meritDeed)
      .where(isThere)
      .orderBy(desc(meritDeed.on), desc(meritDeed.id))
      .limit(mostListed),
  ])
  return found ? { unit: found, inForce, deeds } : null
}
