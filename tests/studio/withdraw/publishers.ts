// People who may or may not withdraw something, and what the audit log says of it.
import { asc, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { read, write } from '#db/database.server.ts'
import { audit, person } from '#db/schema/people.ts'
import type { Role, Session } from '#people/session.ts'

/** Somebody with one role over the unit at a path. */
export const holding = (role: Role, path: string, id = `${role}-of-${path}`): Session => ({
  ...{ id: `session-${id}`, person: { id, number: id, name: '某某' } },
  grants: [{ role, unitId: path, path }],
  ...{ unitPaths: [], secondFactor: false, noticeVersion: null },
})

/** Who publishes for the whole county. */
export const publisher = holding('publisher', '/county/')

/** Gives a session a person with a name. */
export async function named(session: Session, name: string): Promise<Session> {
  const id = v7()
  await write((tx) =>
    tx.insert(person).values({ id, number: id, name, createdAt: '2026-01-01T00:00:00.000Z' }),
  )
  return { ...session, person: { id, number: id, name } }
}

/** The lines of the audit log about something, oldest first. */
export const linesAbout = (target: string) =>
  read
    .select({ by: audit.actorId, act: audit.act, detail: audit.detail })
    .from(audit)
    .where(eq(audit.target, target))
    .orderBy(asc(audit.at), asc(audit.id))
