// Titles of lessons and stems of items, also of those withdrawn, so that old records stay readable.
import { eq } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { document, item, revision } from '#db/schema/library.ts'

/** Title by lesson id and stem by item id, newest revision. */
export async function itemTitles(): Promise<Map<string, string>> {
  const lessons = await read
    .select({ id: document.id, meta: revision.meta })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
  const items = await read.select({ id: item.id, body: item.body }).from(item).orderBy(item.revision)
  return new Map([
    ...lessons.map(({ id, meta }): [string, string] => [id, String(meta['title'] ?? '')]),
    ...items.map(({ id, body }): [string, string] => [id, String((body as { stem?: unknown }).stem ?? '')]),
  ])
}
