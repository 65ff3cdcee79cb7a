// What of the library can be found: documents in the shape of the search index, kept in step with what is published.
import { and, count, eq, isNotNull, isNull, or, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { read, type Database } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import {
  forgetDocument,
  indexDocument,
  indexIsStale,
  reindex,
  type Indexed,
} from '#search/index-document.server.ts'

const course = alias(document, 'course')
const courseRevision = alias(revision, 'course_revision')

const isOpen = and(isNull(document.withdrawnAt), or(isNull(course.id), isNull(course.withdrawnAt)))

/** Published documents that are open, and of lessons the course that they belong to. */
function openDocuments(from: Database, which?: SQL) {
  return from
    .select({
      id: document.id,
      kind: document.kind,
      slug: document.slug,
      parentId: document.parentId,
      meta: revision.meta,
      sections: revision.sections,
      courseSlug: course.slug,
      courseMeta: courseRevision.meta,
    })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .leftJoin(course, eq(course.id, document.parentId))
    .leftJoin(courseRevision, eq(courseRevision.id, course.publishedRevisionId))
    .where(and(isOpen, which))
}

type Row = Awaited<ReturnType<typeof openDocuments>>[number]

type Told = { spoken?: string[]; question?: string; sources?: { work: string }[] }

function toIndexed({ id, kind, slug, meta, sections, courseSlug, courseMeta }: Row): Indexed {
  const { title, summary, path, indicators = [] } = meta as Indexed
  // Words in which people tell of a case, the question of a story, the works that it is from.
  const { spoken = [], question, sources = [] } = meta as Told
  const of = courseSlug && { slug: courseSlug.split('/').at(-1) ?? '', title: String(courseMeta?.['title']) }
  return {
    ...{ id, kind, title, summary, path, indicators, address: `/${slug}`, course: of || null },
    words: [...spoken, question ?? '', ...sources.map(({ work }) => work)],
    // What stands before the first heading is the top of the page.
    sections: sections.map((section) => (section.id === 'lead' ? { ...section, id: '' } : section)),
  }
}

/**
 * Brings the index in step with what readers see of a document; with a course its lessons, which are found by its title
 * too and go with it.
 */
export async function indexPublished(tx: Database, id: string): Promise<void> {
  const lessons = await tx.select({ id: document.id }).from(document).where(eq(document.parentId, id))
  for (const each of [{ id }, ...lessons]) await forgetDocument(tx, each.id)
  const rows = await openDocuments(tx, or(eq(document.id, id), eq(document.parentId, id)))
  for (const row of rows) await indexDocument(tx, toIndexed(row))
}

/** At start: indexes everything anew if the index does not hold the library as this version would write it. */
export async function renewIndex(): Promise<void> {
  const [open] = await read
    .select({ count: count() })
    .from(document)
    .leftJoin(course, eq(course.id, document.parentId))
    .where(and(isNotNull(document.publishedRevisionId), isOpen))
  if (await indexIsStale(open?.count ?? 0)) await reindex((await openDocuments(read)).map(toIndexed))
}
