// What the first page of the studio lists: my drafts and my unit's, what waits for my reading or publication, and what is
// due for another look.
import { and, asc, desc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { inMeta } from '#course/published.server.ts'
import { read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { unit } from '#db/schema/people.ts'
import { draft, draftWriter, reading } from '#db/schema/studio.ts'
import { isWhole, scopeOf } from '#people/roster/scope.ts'
import { underAny } from '#people/roster/under.ts'
import type { Role, Session } from '#people/session.ts'
import { rolesOver, type DraftKind } from '#studio/draft/draft.ts'
import { requireReader, waitingFor, type Draft, type Waiting } from '#studio/reading/reading.ts'
import { readingsAsked } from '#studio/rules.server.ts'
import { Refusal } from '#refusal.ts'
import { nearUntil } from '#studio/withdraw/list-library.server.ts'

/** A draft as a list shows it. */
export type Listed = {
  id: string
  title: string
  kind: DraftKind
  unitName: string
  changedAt: string
  publishAt: string | null
  writers: string[]
  waiting: Waiting
  /** One's own, or of the unit. */
  mine: boolean
  /** One's turn to read or publish it. */
  myTurn: boolean
}

/** Open drafts that are shown at most. */
const most = 200

/** Every open draft that one may see, the latest first. */
export async function listDrafts(by: Session): Promise<Listed[]> {
  const scope = scopeOf(by, 'trainer', 'reviewer', 'publisher')
  const mine = read
    .select({ id: draftWriter.draftId })
    .from(draftWriter)
    .where(eq(draftWriter.personId, by.person.id))
  const rows = await read
    .select({
      ...{ id: draft.id, title: draft.title, kind: draft.kind, hash: draft.hash },
      ...{ newEdition: draft.newEdition, changedAt: draft.changedAt, publishAt: draft.publishAt },
      ...{ unitName: unit.name, unitPath: unit.path },
    })
    .from(draft)
    .innerJoin(unit, eq(unit.id, draft.unitId))
    .where(and(eq(draft.state, 'open'), or(underAny(unit.path, scope), inArray(draft.id, mine))))
    .orderBy(desc(draft.changedAt))
    .limit(most)
  const ids = rows.map(({ id }) => id)
  const writers = Map.groupBy(
    await read.select().from(draftWriter).where(inArray(draftWriter.draftId, ids)),
    (one) => one.draftId,
  )
  const readings = Map.groupBy(
    await read.select().from(reading).where(inArray(reading.draftId, ids)).orderBy(asc(reading.at)),
    (one) => one.draftId,
  )
  const asked = await readingsAsked()
  return rows.map(({ hash, newEdition, unitPath, ...row }) => {
    const people = (writers.get(row.id) ?? []).map(({ personId }) => personId)
    const signatures = (readings.get(row.id) ?? []).map((one) => ({ ...one, person: one.personId }))
    const rule = { hash, newEdition, asked: asked[row.kind], writers: people, signatures }
    const waiting = waitingFor(rule)
    const mine = people.includes(by.person.id)
    const myTurn = isTurn(rule, waiting, by.person.id, rolesOver(by, unitPath))
    return { ...row, writers: people, waiting, mine, myTurn }
  })
}

function isTurn(rule: Draft, waiting: Waiting, person: string, roles: ReadonlySet<Role>): boolean {
  if (waiting.type === 'publication') return roles.has('publisher')
  if (waiting.type === 'mending' || waiting.reading === 'author') return rule.writers.includes(person)
  try {
    requireReader(rule, waiting.reading, person, roles)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** A published document whose day of another look is near or past. */
export type DueForCheck = { id: string; title: string; kind: string; slug: string; reviewBy: string }

/** What is due for another look within a month, of the units over which one writes; the earliest first. */
export async function dueForCheck(by: Session): Promise<DueForCheck[]> {
  const scope = scopeOf(by, 'trainer')
  const reviewBy = inMeta('reviewBy')
  const title = inMeta('title')
  const own = or(underAny(unit.path, scope), isWhole(scope) ? isNull(document.unitId) : sql`false`)
  return read
    .select({ id: document.id, title, kind: document.kind, slug: document.slug, reviewBy })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .leftJoin(unit, eq(unit.id, document.unitId))
    .where(
      and(isNull(document.withdrawnAt), ne(document.kind, 'course'), sql`${reviewBy} <= ${nearUntil()}`, own),
    )
    .orderBy(reviewBy)
    .limit(50)
}

/** What waits for somebody in the studio: drafts whose turn is his, documents that are due for another look. */
export async function studioWaits(by: Session): Promise<{ turn: number; due: number }> {
  const [drafts, due] = await Promise.all([listDrafts(by), dueForCheck(by)])
  return { turn: drafts.filter(({ myTurn }) => myTurn).length, due: due.length }
}
