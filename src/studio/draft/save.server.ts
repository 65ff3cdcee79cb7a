// What an open editor asks: the draft as it stands, to save it, and who else is there. A save names the version that it
// began from; if somebody saved meanwhile nothing is written, and both texts go back to be merged.
import { and, eq } from 'drizzle-orm'
import { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { ownerMark, requireOwner } from '#course/owner.server.ts'
import { contentHash } from '#course/content-hash.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { draft, draftWriter } from '#db/schema/studio.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { mayWrite, type Draft } from '#studio/draft/draft.ts'
import { judge, judgeStored, keepSaid, type Judged } from '#studio/draft/judge-draft.server.ts'
import { draftFor, draftToWrite, requireOpenDraft } from '#studio/draft/load.server.ts'
import { Presence } from '#studio/draft/presence.ts'

/** What the page shows beside the text. */
type Said = Pick<Judged, 'source' | 'document' | 'problems' | 'advice' | 'minutes' | 'items'>
type State = { version: number; itemsSource: string | null; files: Record<string, string> } & Said

/** The draft for a page that opens. */
export type Opened = State & {
  others: string[]
  /** Whether this person may change it now. */
  writes: boolean
  /** What was published since it was begun, to be merged in; null if nothing was. */
  ahead: Ahead | null
}

/** Another state of the published text than that from which the draft was begun, and that from which it was. */
export type Ahead = {
  revisionId: string
  base: { source: string; items: string | null }
  theirs: { source: string; items: string | null }
}

export type Saved =
  | ({ type: 'saved' } & State)
  /** Somebody else saved: their state, and one's own text in the same form. */
  | ({ type: 'stale'; mine: string } & State)

const Draft = z.object({ draft: z.string().max(64) })
const Save = z.object({
  draft: z.string().max(64),
  /** Mark of the person who wrote (course/owner.server.ts). */
  owner: z.string().max(64),
  version: z.int().min(0),
  content: z.discriminatedUnion('type', [
    z.object({ type: z.literal('source'), source: z.string() }),
    // What stands in it, from-document.ts judges.
    z.object({ type: z.literal('document'), frontmatter: z.string().nullable(), doc: z.any() }),
  ]),
  items: z.string().max(262_144).nullable(),
  /** The published revision that has been merged in. */
  mergedIn: z.string().max(64).nullish(),
})

const presence = new Presence()
const present = (by: Session, id: string) => {
  const at = now().getTime()
  presence.sweep(at)
  return presence.note(id, by.person, at)
}

/** The draft as it stands. @throws Refusal */
export async function openDraft(by: Session, body: unknown): Promise<Opened> {
  const found = await draftFor(by, parse(Draft, body).draft)
  const judged = await judgeStored(found)
  return {
    ...stateOf(found, judged),
    others: present(by, found.id),
    writes: found.state === 'open' && mayWrite(by, found),
    ahead: await aheadOf(found),
  }
}

/** How far the draft is, and who else has it open. @throws Refusal */
export async function lookAtDraft(by: Session, body: unknown) {
  const { id, version } = await draftFor(by, parse(Draft, body).draft)
  return { version, others: present(by, id) }
}

/** Saves, or gives back what somebody else saved. @throws Refusal */
export async function saveDraft(by: Session, body: unknown): Promise<Saved> {
  const sent = parse(Save, body)
  requireOwner(by.person.id, sent.owner)
  const before = await draftToWrite(by, sent.draft)
  if (before.kind !== 'lesson' && sent.items !== null)
    throw new Refusal('invalid', '故事和案例没有检查题，没有存。', '请刷新页面；写的内容还在本机。')
  const judged = await judge({ ...before, content: sent.content, itemsSource: sent.items })
  const { source } = judged
  const same = before.source === source && before.itemsSource === sent.items && !sent.mergedIn
  if (before.version === sent.version && same) return { type: 'saved', ...stateOf(before, judged) }
  const saved = await write(async (tx) => {
    const current = await draftToWrite(by, sent.draft, tx)
    if (current.version !== sent.version) return null
    if (sent.mergedIn) await requireOwnRevision(tx, current, sent.mergedIn)
    return storeIn(tx, by, current, {
      ...{ source, itemsSource: sent.items, title: titleOf(judged, current.title) },
      ...(sent.mergedIn && { baseRevisionId: sent.mergedIn }),
    })
  })
  if (saved) {
    keepSaid(saved.hash, judged)
    return { type: 'saved', ...stateOf(saved, judged) }
  }
  const theirs = await draftFor(by, sent.draft)
  return { type: 'stale', mine: source, ...stateOf(theirs, await judgeStored(theirs)) }
}

/** Only another state of what the draft began from can have been merged in. @throws Refusal */
async function requireOwnRevision(tx: Database, { documentId, baseRevisionId }: Draft, revisionId: string) {
  const [found] = await tx
    .select({ id: revision.id })
    .from(revision)
    .where(and(eq(revision.id, revisionId), eq(revision.documentId, documentId)))
  if (!found || baseRevisionId === null)
    throw new Refusal('invalid', '并进来的不是这份内容的修订，没有存。', '请刷新页面；写的内容还在本机。')
}

/** The form without script: the whole source at once. @throws Refusal; the page then shows again what was written. */
export async function saveByForm(by: Session, form: { draft: string; version: number; source: string }) {
  const { itemsSource } = await draftToWrite(by, form.draft)
  const content = { type: 'source', source: form.source }
  const saved = await saveDraft(by, { ...form, content, items: itemsSource, owner: ownerMark(by.person.id) })
  if (saved.type === 'stale')
    throw new Refusal(
      'already-done',
      '别人刚刚存了另一稿，您的这一稿没有存。',
      '请把您的文字复制下来，刷新页面后再改。',
    )
}

type Change = Partial<
  Pick<Draft, 'source' | 'itemsSource' | 'files' | 'title' | 'baseRevisionId' | 'newEdition'>
>

/** Stores a change in the transaction of a save. */
export async function storeIn(tx: Database, by: Session, before: Draft, change: Change): Promise<Draft> {
  requireOpenDraft(before)
  const at = now().toISOString()
  const after = { ...before, ...change }
  const hash = contentHash(after)
  const version = before.version + 1
  await tx
    .update(draft)
    .set({ ...change, hash, version, changedAt: at })
    .where(eq(draft.id, before.id))
  await noteWriter(tx, by, before.id, at)
  return { ...after, hash, version, changedAt: at }
}

async function noteWriter(tx: Database, by: Session, draftId: string, at: string) {
  await tx
    .insert(draftWriter)
    .values({ draftId, personId: by.person.id, firstAt: at, lastAt: at })
    .onConflictDoUpdate({ target: [draftWriter.draftId, draftWriter.personId], set: { lastAt: at } })
}

/** Adds a file that was taken; the text is as it was, so nobody's version is passed. @throws Refusal */
export async function addFile(by: Session, draftId: string, name: string, stored: string) {
  return write(async (tx) => {
    const before = await draftToWrite(by, draftId, tx)
    const free = nameFor(name, stored, before.files)
    const files = { ...before.files, [free]: stored }
    await tx
      .update(draft)
      .set({ files, hash: contentHash({ ...before, files }) })
      .where(eq(draft.id, draftId))
    await noteWriter(tx, by, draftId, now().toISOString())
    return free
  })
}

/** The name, or with a number if another file has it. */
function nameFor(name: string, stored: string, files: Record<string, string>): string {
  const [, stem = name, ending = ''] = /^(.*?)(\.[a-z0-9]+)$/.exec(name) ?? []
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${stem}-${number}${ending}`
    if (!Object.hasOwn(files, free) || files[free] === stored) return free
  }
}

function stateOf({ version, itemsSource, files }: Draft, judged: Judged): State {
  const { source, document: opened, problems, advice, minutes, items } = judged
  return { version, itemsSource, files, source, document: opened, problems, advice, minutes, items }
}

const titleOf = ({ meta }: Judged, before: string) => {
  const title = meta['title']
  return typeof title === 'string' && title.trim() !== '' ? title.trim().slice(0, 60) : before
}

async function aheadOf({ documentId, baseRevisionId, state }: Draft): Promise<Ahead | null> {
  if (baseRevisionId === null || state !== 'open') return null
  const [theirs] = await read
    .select({ id: revision.id, source: revision.source, itemsSource: revision.itemsSource })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .where(and(eq(document.id, documentId)))
  if (!theirs || theirs.id === baseRevisionId) return null
  const [base] = await read
    .select({ source: revision.source, items: revision.itemsSource })
    .from(revision)
    .where(eq(revision.id, baseRevisionId))
  const { id: revisionId, source, itemsSource: items } = theirs
  return { revisionId, base: base ?? { source: '', items: null }, theirs: { source, items } }
}

function parse<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
  const outcome = shape.safeParse(body)
  if (!outcome.success) throw new Refusal('invalid', '收到的稿子不完整。', '请刷新页面；写的内容还在本机。')
  return outcome.data
}
