// What a query asks of the index: which of its tokens say something, how much, and what it sounds like.
import { count, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { searchDocument } from '#db/schema/search.ts'
import { segment } from '#search/segment.ts'
import { pairsOf, readPinyin, syllablesOf } from '#search/sound.server.ts'
import type { Wanted } from '#search/hits.ts'

/** A query, understood. */
export type Asked = {
  /** What is marked in passages; rarer tokens weigh more. */
  wanted: Wanted
  /** An FTS5 expression; null if nothing of the query can be looked up. */
  match: string | null
  /** True if some of it stands nowhere in the library, so that it may be a slip of the pen. */
  doubtful: boolean
}

/** Rarer tokens of a long query are looked up first; more than these only cost time. */
const mostTokens = 24

/** Reads a query against what the library holds. */
export async function ask(query: string): Promise<Asked> {
  const tokens = [...new Set(segment(query))]
  const { total, frequency } = await frequencies(tokens)
  const known = tokens.filter((token) => frequency.has(token)).sort((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0))
  const rare = known.filter((token, i) => i < 1 || (frequency.get(token) ?? 0) <= total / 2).slice(0, mostTokens)
  const weights = rare.map((token) => [token, Math.log(1 + total / (frequency.get(token) ?? 1))] as const)
  const doubtful = known.length < tokens.length
  const sounds = soundsOf(query, doubtful)
  return { wanted: new Map(weights), match: expression(rare, sounds), doubtful }
}

async function frequencies(tokens: string[]) {
  const [documents] = await read.select({ count: count() }).from(searchDocument)
  const rows = await read.all<{ term: string; doc: number }>(sql`
    SELECT term, doc FROM json_each(${JSON.stringify(tokens)}) AS asked
    CROSS JOIN search_vocabulary ON term = asked.value`)
  return { total: documents?.count ?? 0, frequency: new Map(rows.map(({ term, doc }) => [term, doc])) }
}

/** Pinyin is looked up as it was typed; Chinese by its sound only where it may be misspelt. */
function soundsOf(query: string, doubtful: boolean): string[] {
  const typed = query.match(/[\p{Script=Latin}\p{M}'’\s]+/gu) ?? []
  const spoken = doubtful ? syllablesOf(query) : []
  return [...typed.map(readPinyin), ...spoken].flatMap((syllables) => pairsOf(syllables ?? []))
}

function expression(tokens: string[], sounds: string[]): string | null {
  const any = (words: string[]) => words.map((word) => `"${word}"`).join(' OR ')
  const parts = [any(tokens), sounds.length > 0 ? `sound : (${any(sounds.slice(0, mostTokens))})` : '']
  return parts.filter((part) => part !== '').join(' OR ') || null
}
