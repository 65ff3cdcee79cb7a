// Who looked at whose record: written at every look by another, read by the person.
import { desc, eq, inArray } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read, write } from '#db/database.server.ts'
import { assignment, person, unit, view } from '#db/schema/people.ts'
import { lookedAt, type Look } from '#people/looks.ts'

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

/** Rows of the log that are read at most, and looks that are told of. */
const most = { rows: 400, looks: 50 }

/** The latest looks of others at a person's record, newest first, each with the main post of the viewer on that day. */
export async function looksAt(
  personId: string,
): Promise<(Look & { unit: string | null; post: string | null })[]> {
  const logged = await read
    .select({ viewerId: view.viewerId, viewer: person.name, what: view.what, at: view.at })
    .from(view)
    .innerJoin(person, eq(person.id, view.viewerId))
    .where(eq(view.personId, personId))
    .orderBy(desc(view.at), desc(view.id))
    .limit(most.rows)
  const looks = lookedAt(logged).slice(0, most.looks)
  const posts = await read
    .select({
      viewerId: assignment.personId,
      unit: unit.name,
      post: assignment.post,
      fromOn: assignment.fromOn,
      toOn: assignment.toOn,
    })
    .from(assignment)
    .innerJoin(unit, eq(unit.id, assignment.unitId))
    .where(inArray(assignment.personId, [...new Set(looks.map(({ viewerId }) => viewerId))]))
    .orderBy(desc(assignment.main), assignment.fromOn)
  return looks.map((look) => {
    const on = dayOf(look.at)
    const held = posts.find(
      ({ viewerId, fromOn, toOn }) => viewerId === look.viewerId && fromOn <= on && (toOn ?? on) >= on,
    )
    return { ...look, unit: held?.unit ?? null, post: held?.post ?? null }
  })
}
