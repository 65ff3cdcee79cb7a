// The one statement that asks the index: which documents, in which order, and how many of each kind.
import { sql, type SQL } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import type { searchDocument } from '#db/schema/search.ts'

type Row = typeof searchDocument.$inferSelect
export type Kind = Row['kind']
export type Path = Row['path']

/** Narrows what is found. */
export type Filter = {
  kind?: Kind
  /** Slug of a course. */
  course?: string
  path?: Path
  /** Id of an indicator. */
  indicator?: string
}

export type LookedUp = {
  /** One page, the best first; the higher the score, the better. */
  hits: { number: number; score: number }[]
  total: number
  /** Of each kind, whichever kind was asked for. */
  counts: Record<Kind, number>
}

/** Results on a page. */
export const onePage = 10

type Line = { kind: Kind; number: number | null; score: number }

/**
 * Looks up an FTS5 expression, or all documents if it is null.
 * @param page from 1.
 */
export async function lookUp(match: string | null, filter: Filter, page: number): Promise<LookedUp> {
  const lines = await read.all<Line>(statement(match, filter, page))
  const counts: Record<Kind, number> = { course: 0, lesson: 0, story: 0, case: 0, list: 0 }
  for (const { kind, number, score } of lines) if (number === null) counts[kind] = score
  const hits = lines.flatMap(({ number, score }) => (number === null ? [] : [{ number, score }]))
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return { hits, counts, total: filter.kind ? counts[filter.kind] : all }
}

/**
 * BM25, in which a word in the title counts like three in the text; the weights are those of title, letter, sound,
 * heading, lead and body. (With 20 for the title, of 160 telling words of our texts 23 were found among 5,000 documents
 * whose titles were made of any words; with 3 it is 151, and every title is found as before.) What scores less than a
 * fifth of the best is left out: of a long query nearly every document has some two characters. Counts and page come
 * in one statement, so that the index is read once.
 */
function statement(match: string | null, { kind, ...filter }: Filter, page: number): SQL {
  return sql`
    WITH hit AS MATERIALIZED (${match === null ? everything : matching(match)}), near AS MATERIALIZED (
      SELECT number, kind, score FROM hit JOIN search_document USING (number)
      WHERE score >= 0.2 * (SELECT max(score) FROM hit) ${sql.join(conditions(filter))}
    )
    SELECT kind, NULL AS number, count(*) AS score FROM near GROUP BY kind
    UNION ALL
    SELECT * FROM (
      SELECT kind, number, score FROM near ${kind ? sql`WHERE kind = ${kind}` : sql``}
      ORDER BY score DESC, number LIMIT ${onePage} OFFSET ${(page - 1) * onePage}
    )`
}

const matching = (match: string) => sql`
  SELECT rowid AS number, -bm25(search_index, 3, 10, 8, 1, 1, 1) AS score
  FROM search_index WHERE search_index MATCH ${match}`

const everything = sql`SELECT number, 1 AS score FROM search_document`

function conditions({ course, path, indicator }: Filter): SQL[] {
  return [
    course ? sql` AND course_slug = ${course}` : sql``,
    path ? sql` AND path = ${path}` : sql``,
    indicator ? sql` AND EXISTS (SELECT 1 FROM json_each(indicators) WHERE value = ${indicator})` : sql``,
  ]
}
