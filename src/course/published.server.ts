// What readers are shown: documents with their published revision. Courses, lessons, stories, cases and lists are all
// read through here, so that a withdrawal reaches every page alike.
import { and, asc, count, eq, isNotNull, isNull, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { Refusal } from '#refusal.ts'

export type Kind = (typeof document.$inferSelect)['kind']

/** What is shown of a document, and in which revision. */
export type Shown = {
  id: string
  /** Last part of its address. */
  slug: string
  revisionId: string
  /** Counts the revisions of this document from 1. */
  number: number
  edition: number
  minutes: number
}

/** A field of the frontmatter of a revision, in SQL. */
export const inMeta = (field: 'title' | 'reviewBy', meta: SQLWrapper = revision.meta) =>
  sql<string>`${meta} ->> ${field}`

export type Row = Awaited<ReturnType<typeof shown>>[number]

/** Documents with the revision that readers see. */
export function shown() {
  return read
    .select({
      id: document.id,
      kind: document.kind,
      slug: document.slug,
      parentId: document.parentId,
      withdrawnAt: document.withdrawnAt,
      withdrawnReason: document.withdrawnReason,
      revisionId: revision.id,
      number: revision.number,
      edition: revision.edition,
      minutes: revision.minutes,
      files: revision.files,
      meta: revision.meta,
    })
    .from(document)
    .innerJoin(revision, eq(document.publishedRevisionId, revision.id))
    .$dynamic()
}

/** All that are open, in the order of the library; of those only the ones that `which` picks. */
export async function openRows(kind: Kind, which?: SQL): Promise<Row[]> {
  return shown()
    .where(and(isOpen(kind), which))
    .orderBy(asc(document.position), asc(document.slug))
}

/** How many are open. */
export async function countOpen(kind: Kind): Promise<number> {
  const [row] = await read.select({ count: count() }).from(document).where(isOpen(kind))
  return row?.count ?? 0
}

const isOpen = (kind: Kind) =>
  and(eq(document.kind, kind), isNull(document.withdrawnAt), isNotNull(document.publishedRevisionId))

/** The document at an address, or null. @throws Refusal `closed` if it was withdrawn. */
export async function rowAt(slug: string, kind: Kind): Promise<Row | null> {
  const rows = await shown().where(and(eq(document.slug, slug), eq(document.kind, kind)))
  const row = rows.find((each) => each.withdrawnAt === null) ?? rows[0]
  if (row) requireOpen(row)
  return row ?? null
}

const names: Record<Kind, string> = {
  course: '这门课程',
  lesson: '这一课',
  story: '这个故事',
  case: '这个案例',
  list: '这份清单',
}

/** @throws Refusal `closed` for what was withdrawn. */
export function requireOpen({ kind, withdrawnAt, withdrawnReason }: Row) {
  if (withdrawnAt === null) return
  const reason = withdrawnReason ? `：${withdrawnReason.replace(/。$/, '')}` : ''
  throw new Refusal('closed', `${names[kind]}已撤展${reason}。`, '你已有的学时不受影响。')
}

export function asShown({ id, slug, revisionId, number, edition, minutes }: Row): Shown {
  return { id, slug: slug.split('/').at(-1) ?? '', revisionId, number, edition, minutes }
}
