// Whose practice somebody may observe: the people of the units over which one is trainer or officer, never oneself.
import { and, asc, eq, gte, isNull, like, lte, ne, or, sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { assignment, person, unit } from '#db/schema/people.ts'
import { inScope, scopeOf } from '#people/roster/scope.ts'
import type { SeenPerson } from '#people/seen.server.ts'
import type { Session } from '#people/session.ts'

/** Paths of the units whose people a session may observe. */
const observerScope = (session: Session) => scopeOf(session, 'trainer', 'officer')

/** People on a page of the list. */
const pageLength = 60

/**
 * The people whom one may observe today, unit by unit in roster order; a page of them.
 * @param search part of a name, of a staff number or of a unit's name; empty for everybody.
 */
export async function observableBy(
  session: Session,
  search: string,
  page: number,
): Promise<{ people: SeenPerson[]; more: boolean }> {
  const scope = observerScope(session)
  if (scope.length === 0) return { people: [], more: false }
  const found = await read
    .select({ id: person.id, name: person.name, post: assignment.post, unit: unit.name, path: unit.path })
    .from(assignment)
    .innerJoin(unit, eq(unit.id, assignment.unitId))
    .innerJoin(person, eq(person.id, assignment.personId))
    .where(
      and(
        heldOn(dayOf(now().toISOString())),
        isNull(person.closedAt),
        ne(person.id, session.person.id),
        or(...scope.map((path) => like(unit.path, `${path}%`))),
        search === '' ? undefined : or(...[person.name, person.number, unit.name].map(has(search))),
      ),
    )
    .orderBy(asc(unit.path), asc(person.number), asc(assignment.id))
    .limit(pageLength + 1)
    .offset((page - 1) * pageLength)
  return { people: found.slice(0, pageLength), more: found.length > pageLength }
}

/** True if a session is over a unit in which the person, whose account is open, held a post on that day. */
export async function mayObserve(session: Session, personId: string, on: string): Promise<boolean> {
  if (personId === session.person.id) return false
  const held = await read
    .select({ path: unit.path })
    .from(assignment)
    .innerJoin(unit, eq(unit.id, assignment.unitId))
    .innerJoin(person, eq(person.id, assignment.personId))
    .where(and(eq(person.id, personId), isNull(person.closedAt), heldOn(on)))
  const scope = observerScope(session)
  return held.some(({ path }) => inScope(scope, path))
}

const heldOn = (on: string) =>
  and(lte(assignment.fromOn, on), or(isNull(assignment.toOn), gte(assignment.toOn, on)))

/** Whether a column contains some words, whatever stands in them. */
const has = (words: string) => (column: typeof person.name | typeof person.number | typeof unit.name) =>
  sql`instr(lower(${column}), ${words.toLowerCase()}) > 0`
