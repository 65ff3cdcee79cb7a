// The units and posts that a person holds on a day.
import { and, desc, eq, gte, isNull, lte, or } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { assignment, person, unit } from '#db/schema/people.ts'

export type Held = { unitId: string; unit: string; path: string; post: string; main: boolean; fromOn: string }

/** Posts held on a day (Asia/Shanghai), the main one first. */
export async function postsOn(personId: string, on: string): Promise<Held[]> {
  const current = and(
    eq(assignment.personId, personId),
    lte(assignment.fromOn, on),
    or(isNull(assignment.toOn), gte(assignment.toOn, on)),
  )
  return read
    .select({
      unitId: unit.id,
      unit: unit.name,
      path: unit.path,
      post: assignment.post,
      main: assignment.main,
      fromOn: assignment.fromOn,
    })
    .from(assignment)
    .innerJoin(unit, eq(unit.id, assignment.unitId))
    .where(current)
    .orderBy(desc(assignment.main), assignment.fromOn)
}

/** Every post that a person ever held, with its first and last day; null while it lasts. */
export function postHistoryOf(
  personId: string,
): Promise<{ post: string; from: string; to: string | null }[]> {
  return read
    .select({ post: assignment.post, from: assignment.fromOn, to: assignment.toOn })
    .from(assignment)
    .where(eq(assignment.personId, personId))
    .orderBy(assignment.fromOn, assignment.id)
}

/** Name and staff number of a person, or null. */
export async function nameOf(personId: string): Promise<{ id: string; name: string; number: string } | null> {
  const [row] = await read
    .select({ id: person.id, name: person.name, number: person.number })
    .from(person)
    .where(eq(person.id, personId))
  return row ?? null
}
