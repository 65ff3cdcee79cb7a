// Who looked at whose record: written at every look by another, read by the person.
import { desc, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { person, view } from '#db/schema/people.ts'

/** Notes that somebody looked at another person's record. */
export const logView = (viewerId: string, personId: string, what: string) =>
  logViews(viewerId, [personId], what)

/** Notes that somebody looked at the records of several persons at once. */
export async function logViews(viewerId: string, personIds: readonly string[], what: string): Promise<void> {
  if (personIds.length === 0) return
  const at = now().toISOString()
  const rows = personIds.map((personId) => ({ id: v7(), viewerId, personId, what, at }))
  await write((tx) => tx.insert(view).values(rows))
}

/** The latest looks of others at a person's record, newest first. */
export function viewsOf(personId: string): Promise<{ viewer: string; what: string; at: string }[]> {
  return read
    .select({ viewer: person.name, what: view.what, at: view.at })
    .from(view)
    .innerJoin(person, eq(person.id, view.viewerId))
    .where(eq(view.personId, personId))
    .orderBy(desc(view.at))
    .limit(20)
}
