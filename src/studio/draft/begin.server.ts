// Begins a draft: of something new, from a Word file, or of what is published. Of one document there is one open draft.
import { and, count, eq, isNull, max } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { contentHash } from '#course/content-hash.ts'
import { dayOf } from '#day.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { unit } from '#db/schema/people.ts'
import { draft, draftWriter } from '#db/schema/studio.ts'
import { noteAct } from '#people/audit.server.ts'
import { inScope, scopeOf } from '#people/roster/scope.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { syllablesOf } from '#search/sound.server.ts'
import type { DraftKind } from '#studio/draft/draft.ts'
import { frontmatterOf, fieldsOf } from '#studio/draft/frontmatter.ts'
import { idFor, newSource } from '#studio/draft/new-source.ts'

export type NewDraft = {
  kind: DraftKind
  title: string
  /** Id of the course of a lesson. */
  course?: string | null | undefined
  /** Id of the unit that writes it; the first that one may write for, if it is not said. */
  unit?: string | null | undefined
  /** What was brought in: the text, and files by name. */
  body?: string
  files?: Record<string, string>
}

/**
 * Begins a draft of something new.
 * @returns its id
 * @throws Refusal, WrongField
 */
export async function startDraft(by: Session, asked: NewDraft): Promise<string> {
  const { kind, title, body, files = {} } = asked
  const home = await unitToWriteFor(by, asked.unit ?? null)
  const parentId = kind === 'lesson' ? await requireCourse(asked.course ?? null) : null
  const on = dayOf(now().toISOString())
  const reviewBy = `${Number(on.slice(0, 4)) + 1}${on.slice(4).replace('-02-29', '-02-28')}`
  return write(async (tx) => {
    const documentId = await freeId(tx, kind, title)
    const beginning = { kind, id: documentId, title, checkedBy: home.name, checkedOn: on, reviewBy }
    const content = { source: newSource(beginning, body), itemsSource: null, files }
    const row = { documentId, kind, parentId, unitId: home.id, title, baseRevisionId: null, ...content }
    return addDraft(tx, by, row)
  })
}

/**
 * The open draft of a published document; begins one from what readers see if there is none.
 * @returns its id
 */
export async function draftOf(by: Session, documentId: string): Promise<string> {
  return write(async (tx) => {
    const [found] = await tx
      .select({ document, revision })
      .from(document)
      .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
      .where(eq(document.id, documentId))
    const kind = found?.document.kind
    if (!found || kind === undefined) throw new Refusal('not-found', '馆里没有这一份。')
    if (kind === 'course' || kind === 'list')
      throw new Refusal('invalid', '课程的说明和清单在文件里写。', '请联系管理网站的人。')
    const home = await unitOf(by, found.document.unitId, tx)
    const [open] = await tx
      .select({ id: draft.id })
      .from(draft)
      .where(and(eq(draft.documentId, documentId), eq(draft.state, 'open')))
    if (open) return open.id
    const { source, itemsSource, files, id: baseRevisionId } = found.revision
    const title = String(fieldsOf(frontmatterOf(source))['title'] ?? '')
    const own = { documentId, kind, parentId: found.document.parentId, unitId: home.id, title }
    return addDraft(tx, by, { ...own, source, itemsSource, files, baseRevisionId })
  })
}

type NewRow = Pick<
  typeof draft.$inferInsert,
  | ('documentId' | 'kind' | 'parentId' | 'unitId' | 'title')
  | ('source' | 'itemsSource' | 'files' | 'baseRevisionId')
> & { itemsSource: string | null }

async function addDraft(tx: Database, by: Session, row: NewRow): Promise<string> {
  const at = now().toISOString()
  const id = v7()
  const fresh = { version: 1, newEdition: false, state: 'open' as const, createdAt: at, changedAt: at }
  await tx.insert(draft).values({ ...row, ...fresh, id, hash: contentHash(row) })
  await tx.insert(draftWriter).values({ draftId: id, personId: by.person.id, firstAt: at, lastAt: at })
  await noteAct(tx, by.person.id, 'draft-begun', id, { document: row.documentId })
  return id
}

/** The unit asked for, or the first of one's own, if one is a trainer over it. */
async function unitToWriteFor(by: Session, asked: string | null) {
  const wanted = asked ?? by.grants.find(({ role }) => role === 'trainer')?.unitId ?? ''
  const [found] = await read.select().from(unit).where(eq(unit.id, wanted))
  return requireTrainer(by, found)
}

/** The unit of a document; that of files is the county. */
async function unitOf(by: Session, unitId: string | null, tx: Database) {
  const which = unitId === null ? isNull(unit.parentId) : eq(unit.id, unitId)
  const rows = await tx.select().from(unit).where(which)
  return requireTrainer(by, rows.find(({ path }) => inScope(scopeOf(by, 'trainer'), path)) ?? rows[0])
}

function requireTrainer(by: Session, found: typeof unit.$inferSelect | undefined) {
  if (found && inScope(scopeOf(by, 'trainer'), found.path)) return found
  const whose = found ? `这份内容归${found.name}，` : ''
  throw new Refusal('not-yours', `${whose}您不是那里的教员。`, '请那里的教员来改，或在页面上写意见。')
}

async function requireCourse(id: string | null): Promise<string> {
  const [found] = await read
    .select({ id: document.id })
    .from(document)
    .where(and(eq(document.id, id ?? ''), eq(document.kind, 'course')))
  if (!found) throw new WrongField('course', 'invalid', '请选这一课放在哪门课程里。')
  return found.id
}

const mostLetters = 40

/** A permanent id that nothing has or had, from how the title sounds. */
async function freeId(tx: Database, kind: DraftKind, title: string): Promise<string> {
  const sound = (title.match(/\p{Script=Han}+|[A-Za-z0-9]+/gu) ?? [])
    .flatMap((run) => (/\p{Script=Han}/u.test(run) ? [syllablesOf(run).join('')] : [run.toLowerCase()]))
    .slice(0, 4)
    .join('-')
    .replace(/[^a-z0-9-]/g, '')
    .slice(0, mostLetters)
    .replace(/^-+|-+$/g, '')
  const stem = idFor(kind, sound || 'gao')
  for (let number = 1; ; number++) {
    const id = number === 1 ? stem : `${stem}-${number}`
    if (!(await isTaken(tx, id))) return id
  }
}

/** Beside lessons stands the test of the course, beside cases the search for one: those addresses are theirs. */
const otherPages = ['lsn-test', 'cas-find']

async function isTaken(tx: Database, id: string): Promise<boolean> {
  if (otherPages.includes(id)) return true
  const [drafts] = await tx.select({ n: count() }).from(draft).where(eq(draft.documentId, id))
  const [documents] = await tx.select({ n: count() }).from(document).where(eq(document.id, id))
  return (drafts?.n ?? 0) + (documents?.n ?? 0) > 0
}

/** The place after the last in a course, or among the stories or cases. */
export async function placeAfter(tx: Database, kind: DraftKind, parentId: string | null): Promise<number> {
  const which = parentId === null ? eq(document.kind, kind) : eq(document.parentId, parentId)
  const [last] = await tx
    .select({ position: max(document.position) })
    .from(document)
    .where(which)
  return (last?.position ?? 0) + 1
}
