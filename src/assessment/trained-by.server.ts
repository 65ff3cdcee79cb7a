// Whom a trainer has before him: people of his units, and of those who hold no post any more, the last.
import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import { today } from '#people/roster/find.server.ts'
import { isWhole, scopeOf } from '#people/roster/scope.ts'
import { placedUnder } from '#people/roster/under.ts'
import type { Session } from '#people/session.ts'

/** Paths of the units over which a session is trainer. */
export const trainerScope = (session: Session) => scopeOf(session, 'trainer')

/** A condition on the table person. */
export function trainedBy(session: Session): SQL {
  const scope = trainerScope(session)
  return isWhole(scope) ? sql`true` : placedUnder(scope, today())
}

/** True if this trainer has that person before him. */
export async function trains(db: Database, session: Session, personId: string): Promise<boolean> {
  const found = await db
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.id, personId), trainedBy(session)))
  return found.length > 0
}
