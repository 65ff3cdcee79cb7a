// What can be found: the same documents and texts that the search of the site holds.
import { asc } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { searchDocument, searchSection } from '#db/schema/search.ts'
import type { FoundDocument } from '#export/found-document.ts'

/** Every findable document whose page is exported. */
export async function foundDocuments(addresses: ReadonlySet<string>): Promise<FoundDocument[]> {
  const rows = await read.select().from(searchDocument).orderBy(asc(searchDocument.address))
  const sections = await read
    .select()
    .from(searchSection)
    .orderBy(asc(searchSection.document), asc(searchSection.position))
  const byDocument = Map.groupBy(sections, ({ document }) => document)
  return rows
    .filter(({ address }) => addresses.has(address))
    .map(({ number, address, kind, title, summary, path, courseTitle }) => ({
      ...{ address, kind, title, summary, path },
      course: kind === 'lesson' ? courseTitle : null,
      sections: (byDocument.get(number) ?? []).map(({ anchor: id, title, text }) => ({ id, title, text })),
    }))
}
