// Remarks of readers as they are read: one by its address, the answered ones for everybody, all of them for the studio.
import { and, asc, count, desc, eq, gte, isNotNull, isNull, lte, ne, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { now } from '#clock.server.ts'
import { inMeta } from '#course/published.server.ts'
import { read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { feedback } from '#db/schema/people.ts'
import { stateOf, type RemarkState } from '#people/feedback.ts'
import { subjectOf, type Subject } from '#studio/readers/subject.ts'

const shown = alias(revision, 'shown')
const mended = alias(revision, 'mended')

const columns = {
  ...{
    id: feedback.id,
    page: feedback.page,
    stars: feedback.stars,
    origin: feedback.origin,
    text: feedback.text,
  },
  ...{
    at: feedback.at,
    answer: feedback.answer,
    answeredAt: feedback.answeredAt,
    changedIn: feedback.changedIn,
  },
  documentId: feedback.documentId,
  title: inMeta('title', shown.meta) as SQL<string | null>,
  withdrawnAt: document.withdrawnAt,
  /** The revision that readers see, and whether it is still the one of the remark. */
  shownNumber: shown.number,
  isSame: sql<number>`${feedback.revisionId} is ${document.publishedRevisionId}`,
  /** The number of the revision in which it was mended. */
  changedNumber: mended.number,
}

const remarks = () =>
  read
    .select(columns)
    .from(feedback)
    .leftJoin(document, eq(document.id, feedback.documentId))
    .leftJoin(shown, eq(shown.id, document.publishedRevisionId))
    .leftJoin(mended, eq(mended.id, feedback.changedIn))
    .$dynamic()

type Row = Awaited<ReturnType<typeof remarks>>[number]

/** A remark as the page of its giver and the studio show it. */
export type ReadRemark = Omit<Row, 'title' | 'withdrawnAt' | 'isSame'> & {
  subject: Subject
  state: RemarkState
  /** Readers see another revision now than the one it is about. */
  changedSince: boolean
}

function asRemark({ title, withdrawnAt, isSame, ...row }: Row): ReadRemark {
  const { title: name, href } = subjectOf(row.page, title)
  const subject = { title: name, href: withdrawnAt === null ? href : null }
  return { ...row, subject, state: stateOf(row), changedSince: row.documentId !== null && !isSame }
}

/** The remark at an address, or null. Whoever holds the address may read it. */
export async function remarkAt(id: string): Promise<ReadRemark | null> {
  const [row] = await remarks().where(eq(feedback.id, id))
  return row ? asRemark(row) : null
}

const perPage = 20

const latestFirst = [desc(feedback.answeredAt), desc(feedback.id)]
const longestWaiting = [asc(feedback.at), asc(feedback.id)]

async function pageOf(which: SQL | undefined, order: SQL[], page: number) {
  const rows = await remarks()
    .where(which)
    .orderBy(...order)
    .limit(perPage + 1)
    .offset((page - 1) * perPage)
  return { rows: rows.slice(0, perPage).map(asRemark), more: rows.length > perPage }
}

/** What everybody may read of an answered remark: not what was said, which may name people. */
export type PublicAnswer = Pick<ReadRemark, 'subject' | 'state' | 'changedNumber'> & {
  answer: string
  answeredAt: string
}

/** A page of the answers, the newest first. What is withdrawn is not named. */
export async function publicAnswers(page: number): Promise<{ rows: PublicAnswer[]; more: boolean }> {
  const which = and(isNotNull(feedback.answer), isNull(document.withdrawnAt))
  const { rows, more } = await pageOf(which, latestFirst, page)
  return {
    rows: rows.map(({ subject, state, changedNumber, answer, answeredAt }) => ({
      ...{ subject, state, changedNumber },
      ...{ answer: answer ?? '', answeredAt: answeredAt ?? '' },
    })),
    more,
  }
}

/** Nothing can be answered to stars alone; they are in the figures of the lesson. */
const isInWords = ne(feedback.text, '')

/** Days that are counted. */
export const daysCounted = 90

/** How many remarks in words came in these days; of these the answered, and those that led to a change. */
export async function countRemarks(): Promise<{ received: number; answered: number; changed: number }> {
  const since = new Date(now().getTime() - daysCounted * 86_400_000).toISOString()
  const [row] = await read
    .select({ received: count(), answered: count(feedback.answer), changed: count(feedback.changedIn) })
    .from(feedback)
    .where(and(gte(feedback.at, since), isInWords))
  return row ?? { received: 0, answered: 0, changed: 0 }
}

/** Which remarks the studio looks at. */
export type Asked = {
  /** Id of a document, or `` for all. */
  document: string
  /** Only those with one or two stars. */
  low: boolean
}

/** A page of the remarks that nobody has answered, the oldest first, or of the answered, the newest first. */
export async function listRemarks(answered: boolean, { document: id, low }: Asked, page: number) {
  const which = and(
    answered ? isNotNull(feedback.answer) : isNull(feedback.answer),
    id === '' ? undefined : eq(feedback.documentId, id),
    low ? lte(feedback.stars, 2) : undefined,
    answered ? undefined : isInWords,
  )
  return pageOf(which, answered ? latestFirst : longestWaiting, page)
}

/** Documents of which something was said, by title. */
export async function documentsSpokenOf(): Promise<{ id: string; title: string }[]> {
  const title = inMeta('title')
  return read
    .selectDistinct({ id: document.id, title })
    .from(feedback)
    .innerJoin(document, eq(document.id, feedback.documentId))
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .orderBy(title)
}
