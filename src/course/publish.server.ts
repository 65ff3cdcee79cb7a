// Writes a candidate into the library. Each function is one transaction.
import { eq, max } from 'drizzle-orm'
import { v7 } from 'uuid'
import { write } from '#db/database.server.ts'
import type { Database } from '#db/database.server.ts'
import { document, item, media, revision, revisionItem } from '#db/schema/library.ts'
import type { Candidate } from '#course/candidate.server.ts'
import { hashOf } from '#course/content-hash.ts'
import { indexPublished } from '#course/indexed.server.ts'

type Row = typeof document.$inferInsert

/** What becomes a revision. */
export type Content = Omit<Candidate, 'file' | 'media'>

/** How a revision came about. */
export type Making = Pick<typeof revision.$inferInsert, 'origin' | 'author' | 'draftId'> & { at: string }

/**
 * Adds a revision from files and shows it to readers at once: files in content/ have been reviewed where they lie.
 * @param apart it came from another folder: what is known of its file in content/ stays as it is.
 */
export async function publishFile(candidate: Candidate, at: string, apart = false): Promise<void> {
  await write(async (tx) => {
    const { slug, parentId, position } = candidate
    const own = { ...placing(candidate), importedHash: candidate.hash }
    for (const { hash, extension, bytes } of candidate.media.stored.values()) {
      await tx.insert(media).values({ hash, extension, bytes, createdAt: at }).onConflictDoNothing()
    }
    const place = apart ? { slug, parentId, position } : own
    await publishIn(tx, candidate, place, { at, origin: 'file', author: '文件导入' })
  })
}

/**
 * Adds a revision and shows it, in the transaction of whoever publishes; the index follows in it. After the commit
 * `libraryChanged` is called.
 * @param place what is noted of the document itself
 * @returns the id of the revision
 */
export async function publishIn(
  tx: Database,
  content: Content,
  place: Partial<Row>,
  making: Making,
): Promise<string> {
  const { id, kind, slug, position } = content
  const row = { ...place, id, kind }
  await tx
    .insert(document)
    .values({ slug, position, ...row })
    .onConflictDoUpdate({ target: document.id, set: row })
  const [last] = await tx
    .select({ number: max(revision.number) })
    .from(revision)
    .where(eq(revision.documentId, id))
  const revisionId = v7()
  await tx.insert(revision).values(revisionRow(content, revisionId, (last?.number ?? 0) + 1, making))
  await addItems(tx, content, revisionId, making.at)
  await tx.update(document).set({ publishedRevisionId: revisionId }).where(eq(document.id, id))
  await indexPublished(tx, id)
  return revisionId
}

/** Notes something about a document without a new revision; one that has moved is found at its new address. */
export async function noteDocument(id: string, change: Partial<Row>): Promise<void> {
  await write(async (tx) => {
    await tx.update(document).set(change).where(eq(document.id, id))
    if (change.slug !== undefined) await indexPublished(tx, id)
  })
}

/**
 * Takes a document from readers, or with `null` shows it again; with a course its lessons. Pages, lists and search
 * follow in the transaction of whoever withdraws. After the commit `libraryChanged` is called.
 */
export async function withdrawIn(
  tx: Database,
  id: string,
  withdrawn: { at: string; reason: string | null } | null,
): Promise<void> {
  const change = { withdrawnAt: withdrawn?.at ?? null, withdrawnReason: withdrawn?.reason ?? null }
  await tx.update(document).set(change).where(eq(document.id, id))
  await indexPublished(tx, id)
}

/** Where a document stands; a file that is there is neither missing nor, unless found again, in conflict. */
export function placing({ slug, parentId, position, file }: Candidate) {
  return { slug, parentId, position, file, conflictHash: null, missingSince: null }
}

function revisionRow(
  content: Content,
  id: string,
  number: number,
  { at, ...making }: Making,
): typeof revision.$inferInsert {
  const { hash, edition, source, itemsSource, files, meta, tree, sections, minutes, reviewer } = content
  const written = { hash, edition, source, itemsSource, files, meta, tree, sections, minutes, reviewer }
  return { ...written, ...making, id, documentId: content.id, number, createdAt: at }
}

async function addItems(tx: Database, { id: lessonId, items }: Content, revisionId: string, at: string) {
  for (const [position, body] of items.entries()) {
    const { id, revision: itemRevision, indicator } = body
    const row = { id, revision: itemRevision, hash: hashOf(body), lessonId, indicator, body, createdAt: at }
    await tx.insert(item).values(row).onConflictDoNothing()
    await tx.insert(revisionItem).values({ revisionId, itemId: id, itemRevision, position })
  }
}
