// One document for those who look after it: how it stands, all its revisions, and who withdrew it or showed it again.
import { and, count, desc, eq, inArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { audit, person, unit } from '#db/schema/people.ts'
import type { Session } from '#people/session.ts'
import { statesOf } from '#studio/withdraw/library-filter.ts'
import { nearUntil } from '#studio/withdraw/list-library.server.ts'
import { publishesFor } from '#studio/withdraw/require-publisher.ts'

/** A revision in the list of a document. */
export type Version = {
  number: number
  edition: number
  at: string
  origin: 'file' | 'studio'
  /** Name of who wrote it, or published it again; null for a file. */
  author: string | null
  /** Who checked it, as it says itself. */
  reviewer: string | null
  shown: boolean
}

/** Something that was done to a document as a whole. */
export type Act = { id: string; at: string; act: string; who: string; reason: string; to: number | null }

const versionsPerPage = 20
const mostActs = 50
const acts = ['document-withdrawn', 'document-restored', 'document-rolled-back']
const course = alias(document, 'course')
const courseRevision = alias(revision, 'course_revision')

/** The document, or null if there is none. @param page of its revisions, from 1; the newest first */
export async function lookAtDocument(session: Session, id: string, page: number) {
  const [row] = await read
    .select({
      document,
      ...{ meta: revision.meta, edition: revision.edition, number: revision.number },
      ...{ unitName: unit.name, unitPath: unit.path },
      ...{ courseId: course.id, courseWithdrawnAt: course.withdrawnAt, courseMeta: courseRevision.meta },
    })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .leftJoin(unit, eq(unit.id, document.unitId))
    .leftJoin(course, eq(course.id, document.parentId))
    .leftJoin(courseRevision, eq(courseRevision.id, course.publishedRevisionId))
    .where(eq(document.id, id))
  if (!row) return null
  const { meta, edition, number, courseId, courseWithdrawnAt, courseMeta } = row
  const told = (field: string) => (typeof meta[field] === 'string' ? meta[field] : null)
  const stand = { ...row.document, courseWithdrawnAt, reviewBy: told('reviewBy') }
  return {
    ...row.document,
    title: told('title') ?? id,
    ...{ edition, number, reviewBy: stand.reviewBy, states: statesOf(stand, nearUntil()) },
    course:
      courseId === null
        ? null
        : { id: courseId, title: String(courseMeta?.['title']), withdrawn: courseWithdrawnAt !== null },
    unitName: row.unitName,
    publishes: publishesFor(session, row.unitPath),
    versions: await versionsOf(id, number, page),
    acts: await actsOf(id),
  }
}

async function versionsOf(documentId: string, shownNumber: number, asked: number) {
  const own = eq(revision.documentId, documentId)
  const [all] = await read.select({ count: count() }).from(revision).where(own)
  const pages = Math.max(1, Math.ceil((all?.count ?? 0) / versionsPerPage))
  const page = Math.min(asked, pages)
  const rows = await read
    .select({
      ...{ number: revision.number, edition: revision.edition, at: revision.createdAt },
      ...{ origin: revision.origin, author: revision.author, reviewer: revision.reviewer },
    })
    .from(revision)
    .where(own)
    .orderBy(desc(revision.number))
    .limit(versionsPerPage)
    .offset((page - 1) * versionsPerPage)
  const names = await namesOf(rows.map(({ author }) => author))
  const list = rows.map(({ author, ...one }): Version => {
    const name = one.origin === 'file' ? null : (names.get(author) ?? null)
    return { ...one, author: name, shown: one.number === shownNumber }
  })
  return { list, page, pages }
}

async function actsOf(documentId: string): Promise<Act[]> {
  const rows = await read
    .select()
    .from(audit)
    .where(and(eq(audit.target, documentId), inArray(audit.act, acts)))
    .orderBy(desc(audit.at), desc(audit.id))
    .limit(mostActs)
  const names = await namesOf(rows.map(({ actorId }) => actorId))
  return rows.map(({ id, at, act, actorId, detail }) => ({
    ...{ id, at, act, who: names.get(actorId) ?? '已删除的账号' },
    reason: String(detail['reason'] ?? ''),
    to: typeof detail['to'] === 'number' ? detail['to'] : null,
  }))
}

/** Of who was erased nothing is left but the id. */
async function namesOf(ids: string[]): Promise<Map<string, string>> {
  const rows = await read
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, ids))
  return new Map(rows.filter(({ name }) => name !== '').map(({ id, name }) => [id, name]))
}
