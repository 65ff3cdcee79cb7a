// What the library holds of documents and items, for the import to compare with.
import { max } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { document, item, revision } from '#db/schema/library.ts'
import type { Known } from '#course/known.ts'

export type DocumentRow = typeof document.$inferSelect

/** A document with the hash and number of its newest revision. */
export type KnownDocument = DocumentRow & { currentHash: string | null; number: number }

/** All documents by id. */
export async function knownDocuments(): Promise<Map<string, KnownDocument>> {
  // SQLite takes the other columns from the row that holds the maximum.
  const newest = await read
    .select({ documentId: revision.documentId, number: max(revision.number), hash: revision.hash })
    .from(revision)
    .groupBy(revision.documentId)
  const current = new Map(newest.map((row) => [row.documentId, row]))
  const rows = await read.select().from(document)
  return new Map(
    rows.map((row) => {
      const { hash = null, number = 0 } = current.get(row.id) ?? {}
      return [row.id, { ...row, currentHash: hash, number: number ?? 0 }]
    }),
  )
}

/** What new states of lessons must agree with. */
export async function knownLibrary(indicators: ReadonlySet<string> | null): Promise<Known> {
  const editions = await read
    .select({ id: revision.documentId, edition: max(revision.edition) })
    .from(revision)
    .groupBy(revision.documentId)
  const items = new Map<string, { lessonId: string | null; revisions: Map<number, string> }>()
  const rows = await read
    .select({ id: item.id, revision: item.revision, hash: item.hash, lessonId: item.lessonId })
    .from(item)
  for (const row of rows) {
    const known = items.get(row.id) ?? { lessonId: row.lessonId, revisions: new Map<number, string>() }
    known.revisions.set(row.revision, row.hash)
    items.set(row.id, known)
  }
  return { indicators, items, editions: new Map(editions.map((row) => [row.id, row.edition ?? 0])) }
}
