// One published story or lesson by its permanent id, with the tree of its text.
import { eq } from 'drizzle-orm'
import type { Root } from 'hast'
import { requireOpen, shown } from '#course/published.server.ts'
import { read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'

export type HallText = {
  id: string
  parentId: string | null
  title: string
  tree: Root
  sections: { id: string; title: string }[]
}

/** Null where there is no such story or lesson. @throws Refusal `closed` if it or its course was withdrawn. */
export async function hallText(id: string): Promise<HallText | null> {
  const [row] = await shown().where(eq(document.id, id))
  if (!row || (row.kind !== 'story' && row.kind !== 'lesson')) return null
  requireOpen(row)
  const [course] = row.parentId ? await shown().where(eq(document.id, row.parentId)) : []
  if (course) requireOpen(course)
  const [text] = await read
    .select({ tree: revision.tree, sections: revision.sections })
    .from(revision)
    .where(eq(revision.id, row.revisionId))
  if (!text) throw new Error(`There is no revision ${row.revisionId}.`)
  const sections = text.sections.map(({ id: section, title }) => ({ id: section, title }))
  return { id, parentId: row.parentId, title: String(row.meta['title']), tree: text.tree as Root, sections }
}
