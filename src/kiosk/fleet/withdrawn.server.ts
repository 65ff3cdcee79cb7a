// Which documents screens must not show any more, told at every hello: a pack may hold them for weeks.
import { alias } from 'drizzle-orm/sqlite-core'
import { and, eq, gt, or } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { onLibraryChange } from '#course/library-change.server.ts'
import { read } from '#db/database.server.ts'
import { document } from '#db/schema/library.ts'

/** A pack ends after 45 days; whoever was withdrawn twice as long ago is in none that may still be shown. */
const days = 90

let kept: Promise<string[]> | undefined
onLibraryChange(() => (kept = undefined))

/** Ids of documents that were withdrawn lately, by themselves or with their course. */
export function withdrawnDocuments(): Promise<string[]> {
  kept ??= find().catch((error: unknown) => {
    kept = undefined
    throw error
  })
  return kept
}

async function find(): Promise<string[]> {
  const since = new Date(now().getTime() - days * 86_400_000).toISOString()
  const parent = alias(document, 'parent')
  const rows = await read
    .select({ id: document.id })
    .from(document)
    .leftJoin(parent, eq(parent.id, document.parentId))
    .where(and(or(gt(document.withdrawnAt, since), gt(parent.withdrawnAt, since))))
    .orderBy(document.id)
  return rows.map(({ id }) => id)
}
