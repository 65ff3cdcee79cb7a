// Whose objections a training officer answers: people of his units, and of those who hold no post any more, the last.
import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import { today } from '#people/roster/find.server.ts'
import { isWhole, scopeOf } from '#people/roster/scope.ts'
import { placedUnder } from '#people/roster/under.ts'
import type { Session } from '#people/session.ts'

/** A condition on the table person. */
export function answeredFor(session: Session): SQL {
  const scope = scopeOf(session, 'officer')
  return isWhole(scope) ? sql`true` : placedUnder(scope, today())
}

/** True if this officer answers the objections of a person, his own included. */
export async function answersTo(db: Database, session: Session, personId: string): Promise<boolean> {
  const found = await db
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.id, personId), answeredFor(session)))
  return found.length > 0
}
