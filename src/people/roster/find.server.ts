// Finds a person or a unit for an administrator; what lies outside his scope is not found.
import { eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read, type Database } from '#db/database.server.ts'
import { assignment, grant, person, unit } from '#db/schema/people.ts'
import type { Held } from '#people/roster/assignment.ts'
import { Refusal } from '#refusal.ts'
import type { Role, Session } from '#people/session.ts'
import { answersFor, homesOf, inScope, outside, placesOf, scopeOf } from '#people/roster/scope.ts'

export type FoundPerson = {
  id: string
  number: string
  name: string
  closedAt: string | null
  /** True if the main post lies in the scope: then the account itself is the reader's to manage. */
  home: boolean
  held: (Held & { path: string })[]
  grants: { role: Role; unitId: string; path: string; unitName: string }[]
}

export type FoundUnit = typeof unit.$inferSelect

/** Today in Shanghai. */
export const today = () => dayOf(now().toISOString())

/** @throws Refusal `not-yours` (404) if there is none in the scope. */
export async function findPerson(db: Database, scope: string[], id: string): Promise<FoundPerson> {
  const found = await loadPerson(db, scope, id)
  if (!found) throw outside('人')
  const grantPaths = found.grants.map((one) => one.path)
  if (!answersFor(scope, placesOf(found.held, grantPaths, today()))) throw outside('人')
  return { ...found, home: answersFor(scope, homesOf(found.held, grantPaths, today())) }
}

/** The person for a page of an administrator; null if there is none in his units. */
export async function personFor(session: Session, id: string): Promise<FoundPerson | null> {
  const scope = scopeOf(session, 'system-admin', 'security-admin')
  return findPerson(read, scope, id).catch((error: unknown) => {
    if (error instanceof Refusal) return null
    throw error
  })
}

async function loadPerson(
  db: Database,
  scope: string[],
  id: string,
): Promise<Omit<FoundPerson, 'home'> | null> {
  const [row] = await db.select().from(person).where(eq(person.id, id))
  if (!row) return null
  const held = await db
    .select({ held: assignment, path: unit.path })
    .from(assignment)
    .innerJoin(unit, eq(unit.id, assignment.unitId))
    .where(eq(assignment.personId, id))
    .orderBy(assignment.fromOn)
  const grants = await db
    .select({ role: grant.role, unitId: grant.unitId, path: unit.path, unitName: unit.name })
    .from(grant)
    .innerJoin(unit, eq(unit.id, grant.unitId))
    .where(eq(grant.personId, id))
  const { number, name, closedAt } = row
  return {
    ...{ id, number, name, closedAt },
    held: held.map(({ held, path }) => ({ ...held, path, mine: inScope(scope, path) })),
    grants: grants.map((one) => ({ ...one, role: one.role as Role })),
  }
}

/** @throws Refusal if the account is another administrator's to manage. */
export function requireHome(found: FoundPerson): FoundPerson {
  if (found.home) return found
  throw new Refusal('not-yours', `${found.name}的主职不在你管理的范围。`, '账号由主职所在单位的管理员办理。')
}

/** @throws Refusal `not-yours` (404) if there is none in the scope. */
export async function findUnit(db: Database, scope: string[], id: string): Promise<FoundUnit> {
  const [row] = await db.select().from(unit).where(eq(unit.id, id))
  if (!row || !inScope(scope, row.path)) throw outside('单位')
  return row
}
