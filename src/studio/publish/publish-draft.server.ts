// Publishes a draft that has all its readings: a new revision, shown to readers in the same transaction; or chooses when
// that happens by itself (publish-due.server.ts).
import { eq, inArray } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { libraryChanged } from '#course/library-change.server.ts'
import { Case } from '#course/case.ts'
import { hashOf } from '#course/content-hash.ts'
import { Lesson } from '#course/lesson.ts'
import { placeMedia, type StoredMedia } from '#course/place-media.ts'
import { publishIn, type Content } from '#course/publish.server.ts'
import { Story } from '#course/story.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { document, item, media } from '#db/schema/library.ts'
import { draft } from '#db/schema/studio.ts'
import { noteAct } from '#people/audit.server.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { placeAfter } from '#studio/draft/begin.server.ts'
import { rolesOver, type Draft, type DraftKind } from '#studio/draft/draft.ts'
import { judgeStored, type Judged } from '#studio/draft/judge-draft.server.ts'
import { draftFor, requireOpenDraft } from '#studio/draft/load.server.ts'
import { asRead } from '#studio/reading/read-draft.server.ts'
import { waitingFor } from '#studio/reading/reading.ts'

/** Publishes now. @returns the address. @throws Refusal */
export async function publishDraft(by: Session, id: string): Promise<string> {
  const found = await draftFor(by, id)
  await requirePublishable(by, found)
  const judged = await judgeStored(found)
  const files = await storedFiles(found.files)
  const slug = await write(async (tx) => {
    const current = await draftFor(by, id, tx)
    requireOpenDraft(current)
    if (current.hash !== found.hash)
      throw new Refusal('already-done', '稿子刚刚又改过。', '请刷新页面，重新走三审。')
    const place = await placeOf(tx, current)
    const content = contentOf(current, judged, files, place)
    await requireOwnItems(tx, content)
    const making = { at: now().toISOString(), origin: 'studio' as const, draftId: id }
    const author = current.writers[0]?.id ?? by.person.id
    const { slug, parentId, position, unitId } = place
    await publishIn(tx, content, { slug, parentId, position, unitId }, { ...making, author })
    const done = { state: 'published' as const, publishAt: null, scheduledBy: null }
    await tx.update(draft).set(done).where(eq(draft.id, id))
    await noteAct(tx, by.person.id, 'draft-published', id, {
      document: current.documentId,
      hash: current.hash,
    })
    return slug
  })
  libraryChanged(found.documentId, ...(found.parentId ? [found.parentId] : []))
  return `/${slug}`
}

/** Chooses when it is published by itself, or takes that back with null. @throws Refusal */
export async function scheduleDraft(by: Session, id: string, at: string | null): Promise<void> {
  const found = await draftFor(by, id)
  requirePublisher(by, found)
  if (at !== null) {
    await requirePublishable(by, found)
    if (at <= now().toISOString()) throw new Refusal('invalid', '这个时间已经过了。', '请选以后的时间。')
  }
  await write(async (tx) => {
    requireOpenDraft(await draftFor(by, id, tx))
    const plan = { publishAt: at, scheduledBy: at && by.person.id }
    await tx.update(draft).set(plan).where(eq(draft.id, id))
    await noteAct(tx, by.person.id, 'draft-scheduled', id, { at })
  })
}

async function requirePublishable(by: Session, found: Draft): Promise<void> {
  requireOpenDraft(found)
  requirePublisher(by, found)
  const rule = await asRead(found)
  // Where the county asks for one reading, its author may publish; where it asks for more, another has read it.
  const waiting = waitingFor(rule)
  if (waiting.type !== 'publication')
    throw new Refusal('invalid', '三审还没有做完，不能发布。', '请在评审页看它在等谁。')
}

function requirePublisher(by: Session, { unitPath, unitName }: Draft) {
  if (!rolesOver(by, unitPath).has('publisher'))
    throw new Refusal('not-yours', `${unitName}的稿子由那里的发布人发布。`)
}

type Place = { slug: string; parentId: string | null; position: number; unitId: string | null }

/** Where the document stands; a new one comes after the last. @throws Refusal if it was published meanwhile, or its address is taken. */
async function placeOf(
  tx: Database,
  { documentId, kind, parentId, baseRevisionId, unitId }: Draft,
): Promise<Place> {
  const [there] = await tx.select().from(document).where(eq(document.id, documentId))
  if (there) {
    if (there.publishedRevisionId !== baseRevisionId)
      throw new Refusal(
        'already-done',
        '这份内容在写稿期间有了新的修订。',
        '请写稿的人打开写稿页，把新的修订并进来，再走三审。',
      )
    return there
  }
  const slug = `${await folderOf(tx, kind, parentId)}/${documentId.slice(documentId.indexOf('-') + 1)}`
  const [taken] = await tx.select({ id: document.id }).from(document).where(eq(document.slug, slug))
  if (taken) throw new Refusal('already-done', `网址 /${slug} 已经有了。`, '请联系管理网站的人。')
  return { slug, parentId, position: await placeAfter(tx, kind, parentId), unitId }
}

async function folderOf(tx: Database, kind: DraftKind, parentId: string | null): Promise<string> {
  if (kind !== 'lesson') return kind === 'story' ? 'stories' : 'cases'
  const [course] = await tx
    .select({ slug: document.slug })
    .from(document)
    .where(eq(document.id, parentId ?? ''))
  if (!course) throw new Refusal('not-found', '这一课所在的课程没有了。')
  return course.slug
}

const shapes = { lesson: Lesson, story: Story, case: Case }

function contentOf(
  { documentId: id, kind, hash, source, itemsSource, files }: Draft,
  { drawn, meta: told, problems, items }: Judged,
  stored: ReadonlyMap<string, StoredMedia>,
  { slug, parentId, position }: Place,
): Content {
  if (!drawn || problems.length > 0)
    throw new Refusal('invalid', `还有${problems.length}处要改：${problems[0]?.message ?? ''}`)
  const meta = shapes[kind].parse(told)
  const { edition = 1, minutes = 0 } = meta as Partial<Lesson>
  const tree = placeMedia(drawn.tree, stored)
  const held = { id, kind, slug, parentId, position, hash, source, itemsSource, files }
  return { ...held, edition, minutes, meta, tree, items, sections: drawn.sections, reviewer: meta.checkedBy }
}

/**
 * The last look at the checks, when nobody else can publish: another lesson may have taken an id since the draft was
 * judged. @throws Refusal
 */
async function requireOwnItems(tx: Database, { id, items }: Content): Promise<void> {
  const there = await tx
    .select({ id: item.id, revision: item.revision, hash: item.hash, lessonId: item.lessonId })
    .from(item)
    .where(inArray(item.id, [...new Set(items.map((each) => each.id))]))
  const taken = items.find((each) =>
    there.some(
      (row) =>
        row.id === each.id &&
        (row.lessonId !== id || (row.revision === each.revision && row.hash !== hashOf(each))),
    ),
  )
  if (taken)
    throw new Refusal(
      'already-done',
      `题号 ${taken.id} 别处已经用了，没有发布。`,
      '请写稿的人换一个题号，再走三审。',
    )
}

/** What is stored of each file of a draft. */
async function storedFiles(files: Record<string, string>): Promise<Map<string, StoredMedia>> {
  const hashes = Object.values(files).map((stored) => stored.slice(0, 64))
  const rows = await read.select().from(media).where(inArray(media.hash, hashes))
  return new Map(
    Object.entries(files).flatMap(([name, stored]) => {
      const [hash = '', extension = ''] = stored.split('.')
      const bytes = rows.find((row) => row.hash === hash)?.bytes
      return bytes === undefined ? [] : [[name, { hash, extension, bytes }] as const]
    }),
  )
}
