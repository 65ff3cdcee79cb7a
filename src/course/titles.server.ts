// Titles of lessons and stems of items, also of those withdrawn, so that old records stay readable.
import { eq, inArray, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { document, item, revision } from '#db/schema/library.ts'

/** The lesson and the item that something tells of, by id, where it tells of any. */
export type Named = { lesson?: unknown; item?: unknown }

/** Title by lesson id and stem by item id, newest revision, for all that is named. */
export async function titlesOf(named: Iterable<Named>): Promise<Map<string, string>> {
  const all = [...named]
  const ids = [
    ...new Set(all.flatMap(({ lesson, item }) => [lesson, item]).filter((id) => typeof id === 'string')),
  ]
  if (ids.length === 0) return new Map()
  const lessons = await read
    .select({ id: document.id, title: sql<string>`coalesce(${revision.meta} ->> 'title', '')` })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .where(inArray(document.id, ids))
  // Who answered a secure item must not find it in his record, where it could be copied.
  const items = await read
    .select({
      id: item.id,
      title: sql<string>`iif(${bankItem.secure}, '监考卷里的一道题', coalesce(${item.body} ->> 'stem', ''))`,
    })
    .from(item)
    .leftJoin(bankItem, eq(bankItem.id, item.id))
    .where(inArray(item.id, ids))
    .orderBy(item.revision)
  return new Map([...lessons, ...items].map(({ id, title }) => [id, title]))
}
