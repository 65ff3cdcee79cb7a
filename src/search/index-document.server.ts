// Keeps the search index in step with what is published: called inside the publishing transaction, so that readers
// never find what is not shown nor miss what is. It knows no features; they pass in what is to be found.
import { eq, sql } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import type { Database } from '#db/database.server.ts'
import { searchDocument, searchSection } from '#db/schema/search.ts'
import { lettersOf, segment } from '#search/segment.ts'
import { pinyinOf, readPinyin, threesOf, twosOf } from '#search/sound.server.ts'

/** A published document as the search needs it. */
export type Indexed = {
  /** Its permanent id. */
  id: string
  kind: 'course' | 'lesson' | 'story' | 'case' | 'list'
  /** With leading slash: `/stories/xuanyu`. */
  address: string
  title: string
  summary: string
  path: '不敢腐' | '不能腐' | '不想腐'
  /** The course that it belongs to; of a course itself null. */
  course: { slug: string; title: string } | null
  /** Ids of the capability model. */
  indicators: string[]
  /** Other words by which people may ask for it; not shown. */
  words?: string[]
  /** In order; the id is the anchor on its page, empty for what stands before the first heading. */
  sections: { id: string; title: string; text: string }[]
}

/** Raised by one whenever `segment`, `pinyinOf` or the columns below change; the library is then indexed anew. */
export const searchVersion = 1

/** Puts a document into the index, in place of what was there of it. To be called inside a write job. */
export async function indexDocument(tx: Database, doc: Indexed): Promise<void> {
  await forgetDocument(tx, doc.id)
  const [row] = await tx
    .insert(searchDocument)
    .values(rowOf(doc))
    .returning({ number: searchDocument.number })
  const { title, letter, sound, heading, lead, body } = tokensOf(doc)
  await tx.run(sql`
    INSERT INTO search_index (rowid, title, letter, sound, heading, lead, body)
    VALUES (${row?.number}, ${title}, ${letter}, ${sound}, ${heading}, ${lead}, ${body})`)
  const sections = doc.sections.map((section, position) => ({
    ...{ document: row?.number ?? 0, position, anchor: section.id },
    ...{ title: section.title, text: section.text },
  }))
  if (sections.length > 0) await tx.insert(searchSection).values(sections)
}

/** Takes a document out of the index, as when it is withdrawn. To be called inside a write job. */
export async function forgetDocument(tx: Database, id: string): Promise<void> {
  const [row] = await tx.delete(searchDocument).where(eq(searchDocument.id, id)).returning()
  if (row) await tx.run(sql`DELETE FROM search_index WHERE rowid = ${row.number}`)
}

/** True if the index does not hold exactly so many documents, or some by older rules. */
export async function indexIsStale(documentCount: number): Promise<boolean> {
  const all = await read.$count(searchDocument)
  const current = await read.$count(searchDocument, eq(searchDocument.version, searchVersion))
  return all !== documentCount || current !== documentCount
}

/** Documents of one job: about 2 ms each, and others have a turn between the jobs. */
const atOnce = 3

/** Indexes all published documents anew and forgets the rest. Until it is done, less is found than is there. */
export async function reindex(docs: readonly Indexed[]): Promise<void> {
  await clear()
  for (let from = 0; from < docs.length; from += atOnce) {
    await write(async (tx) => {
      for (const doc of docs.slice(from, from + atOnce)) await indexDocument(tx, doc)
    })
  }
}

/** Replacing 5,000 documents one by one takes three times as long as filling an empty index, and holds others up. */
async function clear(): Promise<void> {
  const some = sql`(SELECT number FROM search_document LIMIT ${10 * atOnce})`
  while ((await read.$count(searchDocument)) > 0) {
    await write((tx) => tx.delete(searchDocument).where(sql`number IN ${some}`))
  }
  await write((tx) => tx.run(sql`INSERT INTO search_index(search_index) VALUES ('delete-all')`))
}

function rowOf({ id, kind, address, title, summary, path, course, indicators }: Indexed) {
  const itself = kind === 'course' ? { slug: address.split('/').at(-1) ?? '', title } : null
  const of = course ?? itself
  return {
    ...{ id, kind, address, title, summary, path, indicators, version: searchVersion },
    ...{ courseSlug: of?.slug ?? null, courseTitle: of?.title ?? null },
  }
}

const join = (tokens: string[]) => tokens.join(' ')

/** One value for each column of `search_index`; find.server.ts says what each of them weighs. */
function tokensOf({ title, summary, path, course, sections, address, words = [] }: Indexed) {
  const headings = sections.map((section) => section.title)
  // An address is pinyin of what it is about.
  const slug = readPinyin(address.split('/').at(-1)?.replaceAll('-', '') ?? '') ?? []
  return {
    title: join(segment(title)),
    letter: join([title, ...headings].flatMap(lettersOf)),
    sound: join([...[title, summary, ...headings].flatMap(pinyinOf), ...twosOf(slug), ...threesOf(slug)]),
    heading: join(headings.flatMap(segment)),
    lead: join(segment(`${summary}\n${path}\n${course?.title ?? ''}\n${words.join('\n')}`)),
    body: join(sections.flatMap(({ text }) => segment(text))),
  }
}
