// Whose record somebody may read: the people of the units over which they are officer or reader, in roster order.
import { and, asc, eq, gte, isNull, like, lte, or } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { assignment, person, unit } from '#db/schema/people.ts'
import type { Session } from '#people/session.ts'

export type SeenPerson = { id: string; name: string; post: string; unit: string; path: string }

/** People with a post today below the units that this session may read; never sorted by what they can do. */
export async function peopleSeenBy(session: Session): Promise<SeenPerson[]> {
  const paths = session.grants
    .filter(({ role }) => role === 'officer' || role === 'reader')
    .map(({ path }) => path)
  if (paths.length === 0) return []
  const on = dayOf(now().toISOString())
  const today = and(lte(assignment.fromOn, on), or(isNull(assignment.toOn), gte(assignment.toOn, on)))
  return read
    .select({ id: person.id, name: person.name, post: assignment.post, unit: unit.name, path: unit.path })
    .from(assignment)
    .innerJoin(unit, eq(unit.id, assignment.unitId))
    .innerJoin(person, eq(person.id, assignment.personId))
    .where(and(today, isNull(person.closedAt), or(...paths.map((path) => like(unit.path, `${path}%`)))))
    .orderBy(asc(unit.path), asc(person.number))
}
