// What may be chosen for a draft: courses for lessons, units that one writes for, lessons to lead to.
import { and, asc, eq, isNull, max } from 'drizzle-orm'
import { inMeta } from '#course/published.server.ts'
import { read } from '#db/database.server.ts'
import { document, item, revision } from '#db/schema/library.ts'
import { unitsOf } from '#people/roster/units.server.ts'
import type { Session } from '#people/session.ts'

/** Options of the two selects; `unit` only where there is a choice. */
export async function newChoices(by: Session) {
  const title = inMeta('title')
  const courses = await read
    .select({ value: document.id, text: title })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .where(and(eq(document.kind, 'course'), isNull(document.withdrawnAt)))
    .orderBy(asc(document.position))
  const own = new Set(by.grants.filter(({ role }) => role === 'trainer').map(({ unitId }) => unitId))
  const units = (await unitsOf(by, 'trainer')).filter(({ id }) => own.has(id))
  return { courses, units: units.map(({ id, names }) => ({ value: id, text: names })) }
}

/** Lessons to which a story or case may lead, by their titles. */
export async function lessonChoices(): Promise<{ id: string; title: string }[]> {
  const title = inMeta('title')
  return read
    .select({ id: document.id, title })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .where(and(eq(document.kind, 'lesson'), isNull(document.withdrawnAt)))
    .orderBy(asc(document.slug))
}

/** The highest published revision of each item that a lesson ever had, by id. */
export async function publishedItems(lessonId: string): Promise<Record<string, number>> {
  const rows = await read
    .select({ id: item.id, revision: max(item.revision) })
    .from(item)
    .where(eq(item.lessonId, lessonId))
    .groupBy(item.id)
  return Object.fromEntries(rows.map((row) => [row.id, row.revision ?? 0]))
}
