// How open villagers find their village, as stars at its screens say.
import { and, count, eq, isNotNull } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { kiosk } from '#db/schema/kiosk.ts'
import { feedback } from '#db/schema/people.ts'
import { hallPage } from '#kiosk/visitor/openness.ts'
import { starFigures, type StarFigures } from '#studio/readers/star-figures.ts'

/**
 * The stars of a unit's own screens; `figures` is null with fewer than five.
 * @returns null where there is no screen to give them at.
 */
export async function opennessOf(unitId: string): Promise<{ figures: StarFigures | null } | null> {
  const isOurs = and(
    eq(feedback.page, hallPage(unitId)),
    eq(feedback.origin, 'hall'),
    isNotNull(feedback.stars),
  )
  const [screens, rows] = await Promise.all([
    read.select({ id: kiosk.id }).from(kiosk).where(eq(kiosk.unitId, unitId)).limit(1),
    read
      .select({ stars: feedback.stars, count: count() })
      .from(feedback)
      .where(isOurs)
      .groupBy(feedback.stars),
  ])
  if (screens.length === 0) return null
  const by = [1, 2, 3, 4, 5].map((stars) => rows.find((row) => row.stars === stars)?.count ?? 0)
  return { figures: starFigures(by) }
}
