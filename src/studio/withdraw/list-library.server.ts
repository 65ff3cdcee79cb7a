// The library as a list for those who look after it: every document that was ever published, a page at a time.
import { and, asc, count, eq, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { now } from '#clock.server.ts'
import { dayAfter, dayOf } from '#day.ts'
import { inMeta } from '#course/published.server.ts'
import { read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import {
  daysAhead,
  statesOf,
  type Kind,
  type LibraryFilter,
  type State,
} from '#studio/withdraw/library-filter.ts'

/** A document in the list. */
export type Listed = {
  id: string
  kind: Kind
  title: string
  edition: number
  number: number
  /** Instant of the revision that is published. */
  at: string
  /** The day before which it is to be looked at again; null where there is none. */
  reviewBy: string | null
  states: State[]
}

export const perPage = 30

const course = alias(document, 'course')

/** A field of what is published, read without joining what only some filters need. */
const published = (field: 'title' | 'reviewBy') =>
  sql<string>`(select ${inMeta(field, sql`r.meta`)} from revision r where r.id = ${document.publishedRevisionId})`

const isOpen = and(isNull(document.withdrawnAt), or(isNull(course.id), isNull(course.withdrawnAt)))

function ofState(state: State, until: string): SQL | undefined {
  if (state === 'open') return isOpen
  if (state === 'withdrawn') return or(isNotNull(document.withdrawnAt), isNotNull(course.withdrawnAt))
  if (state === 'due') return and(isOpen, sql`${published('reviewBy')} <= ${until}`)
  return isNotNull(state === 'conflict' ? document.conflictHash : document.missingSince)
}

const kindOrder = sql`case ${document.kind} when 'course' then 1 when 'lesson' then 2 when 'story' then 3
  when 'case' then 4 else 5 end`

/** The last day that counts as near for another look. */
export const nearUntil = () => dayAfter(dayOf(now().toISOString()), daysAhead)

/** What a filter finds, in the order of the library; a page beyond the last is the last. */
export async function listLibrary({ q, kind, state, page }: LibraryFilter) {
  const until = nearUntil()
  const which = and(
    isNotNull(document.publishedRevisionId),
    kind && eq(document.kind, kind),
    state && ofState(state, until),
    q === '' ? undefined : sql`instr(${published('title')}, ${q}) > 0`,
  )
  const [all] = await read
    .select({ found: count() })
    .from(document)
    .leftJoin(course, eq(course.id, document.parentId))
    .where(which)
  const found = all?.found ?? 0
  const pages = Math.max(1, Math.ceil(found / perPage))
  const here = Math.min(page, pages)
  // The ids first: titles and texts are fetched of those that are shown only.
  const ids = read
    .select({ id: document.id })
    .from(document)
    .leftJoin(course, eq(course.id, document.parentId))
    .where(which)
    .orderBy(...inOrder)
    .limit(perPage)
    .offset((here - 1) * perPage)
  const rows = await read
    .select({
      ...{ id: document.id, kind: document.kind, meta: revision.meta },
      ...{ edition: revision.edition, number: revision.number, at: revision.createdAt },
      ...{ withdrawnAt: document.withdrawnAt, courseWithdrawnAt: course.withdrawnAt },
      ...{ conflictHash: document.conflictHash, missingSince: document.missingSince },
    })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .leftJoin(course, eq(course.id, document.parentId))
    .where(sql`${document.id} in ${ids}`)
    .orderBy(...inOrder)
  const listed = rows.map(({ id, kind, meta, edition, number, at, ...stand }): Listed => {
    const reviewBy = typeof meta['reviewBy'] === 'string' ? meta['reviewBy'] : null
    const states = statesOf({ ...stand, reviewBy }, until)
    return { id, kind, title: String(meta['title']), edition, number, at, reviewBy, states }
  })
  return { listed, found, page: here, pages }
}

const inOrder = [
  asc(kindOrder),
  sql`coalesce(${course.position}, ${document.position})`,
  asc(document.position),
  asc(document.slug),
]
