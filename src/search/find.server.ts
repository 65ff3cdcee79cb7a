// Finds published documents and shows of each the lines that answer the query.
import { inArray } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { searchDocument, searchSection } from '#db/schema/search.ts'
import { ask, askForLetters, type Asked } from '#search/asked.server.ts'
import { hitsIn, worthOf } from '#search/hits.ts'
import { lookUp, onePage, type Filter, type Kind, type LookedUp, type Path } from '#search/look-up.server.ts'
import { bestPassage, markParts, textOf, type Part, type Passage, type Section } from '#search/passage.ts'
import { beginningOf } from '#search/read-search.ts'
import { correct } from '#search/spelling.server.ts'

export type Search = Filter & {
  q: string
  /** From 1. */
  page?: number
}

export type Result = {
  id: string
  kind: Kind
  /** With the anchor of the section that the passage is from. */
  address: string
  title: Part[]
  summary: string
  /** The course that it is or belongs to. */
  course: { slug: string; title: string } | null
  path: Path
  /** Heading above the passage; empty if there is none. */
  section: Part[]
  /** A few lines that answer the query; the summary if only the title does. */
  passage: Part[]
}

export type Found = {
  type: 'found'
  results: Result[]
  total: number
  /** Of each kind, whichever kind was asked for. */
  counts: Record<Kind, number>
  page: number
  pages: number
  /** What was perhaps meant, or null. */
  suggestion: string | null
  /**
   * `one-character`: only titles were searched. `too-long`: only the beginning was read. `similar`: nothing has what
   * was asked for, these titles sound like it or have some of its characters.
   */
  note: 'one-character' | 'too-long' | 'similar' | null
}

/** Characters of a query that are read. */
export const longestQuery = 200

/**
 * Looks up what somebody typed. Without a letter in it, everything that a filter leaves is found; `empty` if there is
 * no filter either.
 */
export async function find({ q, page = 1, ...filter }: Search): Promise<Found | { type: 'empty' }> {
  const typed = q.trim()
  const query = beginningOf(typed, longestQuery)
  const asked = await ask(query)
  if (asked.letters === 0 && isOpen(filter)) return { type: 'empty' }
  const found = await lookUpOrSimilar(query, asked, filter, page)
  const results = await resultsOf(found.hits, asked)
  const titles = results.map(({ title }) => textOf(title))
  return {
    type: 'found',
    ...{ total: found.total, counts: found.counts, page, pages: Math.ceil(found.total / onePage) },
    results,
    suggestion: asked.unknown.length > 0 ? correct(query, asked.unknown, titles) : null,
    note: noteOn(asked, found.similar, query !== typed),
  }
}

function noteOn({ letters }: Asked, similar: boolean, cut: boolean): Found['note'] {
  if (letters === 1) return 'one-character'
  if (similar) return 'similar'
  return cut ? 'too-long' : null
}

/** The courses in the index, for the choice beside the search box. */
export async function searchedCourses(): Promise<{ slug: string; title: string }[]> {
  const { courseSlug, courseTitle } = searchDocument
  const rows = await read
    .selectDistinct({ slug: courseSlug, title: courseTitle })
    .from(searchDocument)
    .orderBy(courseTitle)
  return rows.flatMap(({ slug, title }) => (slug && title ? [{ slug, title }] : []))
}

const isOpen = (filter: Filter) => Object.values(filter).every((value) => value === undefined)

async function lookUpOrSimilar(query: string, asked: Asked, filter: Filter, page: number) {
  const found = asked.letters > 0 && asked.match === null ? nothing : await lookUp(asked.match, filter, page)
  if (found.total > 0) return { ...found, similar: asked.heard }
  const letters =
    asked.unknown.length > 0 && isOpen({ ...filter, kind: undefined }) ? askForLetters(query) : null
  if (letters === null) return { ...found, similar: false }
  const similar = await lookUp(letters, filter, page)
  return { ...similar, similar: similar.total > 0 }
}

const nothing: LookedUp = { hits: [], total: 0, counts: { course: 0, lesson: 0, story: 0, case: 0, list: 0 } }

type Row = typeof searchDocument.$inferSelect

async function rowsOf(hits: LookedUp['hits']): Promise<Row[]> {
  const numbers = hits.map(({ number }) => number)
  return read.select().from(searchDocument).where(inArray(searchDocument.number, numbers))
}

/** On its page a result comes the earlier the more of the query stands together in its title and passage. */
async function resultsOf(hits: LookedUp['hits'], { wanted }: Asked): Promise<Result[]> {
  const rows = await rowsOf(hits)
  const sections = await sectionsOf(rows)
  const best = hits[0]?.score ?? 1
  const all = worthOf(wanted.keys(), wanted) || 1
  const scored = rows.map((row) => {
    const passage = bestPassage(sections.get(row.number) ?? [], wanted)
    const inTitle = hitsIn(row.title, wanted).map(({ token }) => token)
    const together = worthOf([...inTitle, ...(passage?.tokens ?? [])], wanted) / all
    const score = hits.find(({ number }) => number === row.number)?.score ?? 0
    return { result: resultOf(row, passage, wanted), rank: score / best + together, number: row.number }
  })
  return scored.sort((a, b) => b.rank - a.rank || a.number - b.number).map(({ result }) => result)
}

async function sectionsOf(rows: Row[]): Promise<Map<number, Section[]>> {
  const { document, position, anchor, title, text } = searchSection
  const numbers = rows.map(({ number }) => number)
  const sections = await read
    .select({ document, id: anchor, title, text })
    .from(searchSection)
    .where(inArray(document, numbers))
    .orderBy(document, position)
  return Map.groupBy(sections, (section) => section.document)
}

function resultOf(row: Row, passage: Passage | null, wanted: Asked['wanted']): Result {
  const { id, kind, address, title, summary, path, courseSlug, courseTitle } = row
  const anchor = passage?.section.id ? `#${passage.section.id}` : ''
  return {
    ...{ id, kind, address: address + anchor, title: markParts(title, wanted), summary, path },
    course: courseSlug && courseTitle ? { slug: courseSlug, title: courseTitle } : null,
    section: markParts(passage?.section.title ?? '', wanted),
    passage: passage?.parts ?? markParts(summary, wanted),
  }
}
