// What the source documents of items say today, as readers see them.
import { eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'

/** A document that items take their passages from, as it stands today. */
export type SourceText = {
  id: string
  title: string
  /** Address with leading slash. */
  href: string
  /** On show: published, and neither it nor its course withdrawn. */
  open: boolean
  sections: { id: string; title: string; text: string }[]
}

const course = alias(document, 'course')

/** Every document that was ever published, by id. */
export async function sourceTexts(): Promise<Map<string, SourceText>> {
  const rows = await read
    .select({
      id: document.id,
      slug: document.slug,
      withdrawn: document.withdrawnAt,
      courseWithdrawn: course.withdrawnAt,
      meta: revision.meta,
      sections: revision.sections,
    })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .leftJoin(course, eq(course.id, document.parentId))
  return new Map(
    rows.map(({ id, slug, withdrawn, courseWithdrawn, meta, sections }) => [
      id,
      {
        ...{ id, href: `/${slug}`, sections, title: String(meta['title']) },
        open: withdrawn === null && courseWithdrawn === null,
      },
    ]),
  )
}
