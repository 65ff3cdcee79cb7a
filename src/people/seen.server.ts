// Whose record somebody may read: the people of the units over which they are officer or reader, in roster order.
import { and, asc, eq, gte, isNull, like, lte, or } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { assignment, person, unit } from '#db/schema/people.ts'
import type { Session } from '#people/session.ts'

export type SeenPerson = { id: string; name: string; post: string; unit: string; path: string }

/** A unit over which this session is officer or reader, by id; null for any other. */
export async function unitSeenBy(
  session: Session,
  id: string,
): Promise<{ id: string; name: string; path: string } | null> {
  const [found] = await read
    .select({ id: unit.id, name: unit.name, path: unit.path })
    .from(unit)
    .where(eq(unit.id, id))
  const over = pathsOf(session).some((path) => found?.path.startsWith(path))
  return found && over ? found : null
}

const pathsOf = (session: Session) =>
  session.grants.filter(({ role }) => role === 'officer' || role === 'reader').map(({ path }) => path)

/**
 * People with a post today below the units that this session may read; never sorted by what they can do.
 * @param under only those of this unit and below it, by its path; `most` is how many rows at most.
 */
export async function peopleSeenBy(
  session: Session,
  { under, most = -1 }: { under?: string | undefined; most?: number } = {},
): Promise<SeenPerson[]> {
  const over = pathsOf(session)
  const paths = under === undefined ? over : over.some((path) => under.startsWith(path)) ? [under] : []
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
    .limit(most)
}
