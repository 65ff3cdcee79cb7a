// The units that somebody may look at: those over which they are officer, reader or trainer, with two steps below.
import { and, asc, or, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { unit } from '#db/schema/people.ts'
import type { UnitNode } from '#plan/unit/around.server.ts'
import { sightOf } from '#plan/unit/sight.ts'
import { scopeOf } from '#people/roster/scope.ts'
import { underAny } from '#people/roster/under.ts'
import type { Session } from '#people/session.ts'
import { sizesOf } from '#record/capability/unit/totals.server.ts'

export type OverseenUnit = UnitNode & {
  /** People now; null for who sees only what was published. */
  members: number | null
  /** True where the list begins: a unit of one of the grants. */
  top: boolean
}

/** Steps below the unit of a grant; what lies deeper is reached from its parent's page. */
const steps = 2

/** The units in roster order; none for who has no such grant. */
export async function overseenUnits(session: Session): Promise<OverseenUnit[]> {
  const scope = scopeOf(session, 'officer', 'reader', 'trainer')
  if (scope.length === 0) return []
  const near = scope.map((path) =>
    and(underAny(unit.path, [path]), sql`${depthOf(unit.path)} <= ${depthOf(sql`${path}`)} + ${steps}`),
  )
  const rows = await read
    .select({ id: unit.id, parentId: unit.parentId, path: unit.path, name: unit.name })
    .from(unit)
    .where(or(...near))
    .orderBy(asc(unit.path))
  const live = rows.filter(({ path }) => sightOf(session, path) === 'live')
  const sizes = await sizesOf(live.map(({ id }) => id))
  return rows.map((row) => ({ ...row, members: sizes.get(row.id) ?? null, top: scope.includes(row.path) }))
}

const depthOf = (path: unknown) => sql`(length(${path}) - length(replace(${path}, '/', '')))`
