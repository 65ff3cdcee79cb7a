// Writes a candidate into the library. Each function is one transaction.
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { write } from '#db/database.server.ts'
import type { Database } from '#db/database.server.ts'
import { document, item, media, revision, revisionItem } from '#db/schema/library.ts'
import type { Candidate } from '#course/candidate.server.ts'
import { hashOf } from '#course/content-hash.ts'
import { indexPublished } from '#course/indexed.server.ts'

type Row = typeof document.$inferInsert

/**
 * Adds a revision from files and shows it to readers at once: files in content/ have been reviewed where they lie.
 * @param apart it came from another folder: what is known of its file in content/ stays as it is.
 */
export async function publishFile(
  candidate: Candidate,
  number: number,
  at: string,
  apart = false,
): Promise<void> {
  const revisionId = v7()
  await write(async (tx) => {
    const { slug, parentId, position } = candidate
    const own = { ...placing(candidate), importedHash: candidate.hash }
    const row = {
      ...(apart ? { slug, parentId, position } : own),
      id: candidate.id,
      kind: candidate.kind,
    }
    await tx.insert(document).values(row).onConflictDoUpdate({ target: document.id, set: row })
    await tx.insert(revision).values(revisionRow(candidate, revisionId, number, at))
    await addItems(tx, candidate, revisionId, at)
    for (const { hash, extension, bytes } of candidate.media.stored.values()) {
      await tx.insert(media).values({ hash, extension, bytes, createdAt: at }).onConflictDoNothing()
    }
    await tx.update(document).set({ publishedRevisionId: revisionId }).where(eq(document.id, candidate.id))
    await indexPublished(tx, candidate.id)
  })
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
 * follow at once; whoever calls invalidates the cache tags `library` and the id, and calls `forgetAsked`.
 */
export async function withdrawDocument(
  id: string,
  withdrawn: { at: string; reason: string | null } | null,
): Promise<void> {
  const change = { withdrawnAt: withdrawn?.at ?? null, withdrawnReason: withdrawn?.reason ?? null }
  await write(async (tx) => {
    await tx.update(document).set(change).where(eq(document.id, id))
    await indexPublished(tx, id)
  })
}

/** Where a document stands; a file that is there is neither missing nor, unless found again, in conflict. */
export function placing({ slug, parentId, position, file }: Candidate) {
  return { slug, parentId, position, file, conflictHash: null, missingSince: null }
}

function revisionRow(
  candidate: Candidate,
  id: string,
  number: number,
  at: string,
): typeof revision.$inferInsert {
  const { hash, edition, source, itemsSource, files, meta, tree, sections, minutes, reviewer } = candidate
  return {
    ...{
      id,
      documentId: candidate.id,
      number,
      edition,
      hash,
      source,
      itemsSource,
      files,
      meta,
      tree,
      sections,
    },
    ...{ minutes, reviewer, origin: 'file' as const, author: '文件导入', createdAt: at },
  }
}

async function addItems(tx: Database, { id: lessonId, items }: Candidate, revisionId: string, at: string) {
  for (const [position, body] of items.entries()) {
    const { id, revision: itemRevision, indicator } = body
    const row = { id, revision: itemRevision, hash: hashOf(body), lessonId, indicator, body, createdAt: at }
    await tx.insert(item).values(row).onConflictDoNothing()
    await tx.insert(revisionItem).values({ revisionId, itemId: id, itemRevision, position })
  }
}
