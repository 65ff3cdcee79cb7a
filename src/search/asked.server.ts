// What a query asks of the index: which of its tokens say something, how much, and what it sounds like.
import { count, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { searchDocument } from '#db/schema/search.ts'
import type { Wanted } from '#search/hits.ts'
import { lettersOf, plain, segment } from '#search/segment.ts'
import { pairsOf, readPinyin, syllablesOf } from '#search/sound.server.ts'

/** A query, understood. */
export type Asked = {
  /** How many letters and digits it has. */
  letters: number
  /** What is marked in passages; rarer tokens weigh more. */
  wanted: Wanted
  /** An FTS5 expression; null if nothing of the query can be looked up. */
  match: string | null
  /** Tokens that stand nowhere in the library: perhaps slips of the pen. Of a long query none. */
  unknown: string[]
}

/** Rarer tokens of a long query are looked up first; more than these only cost time. */
const mostTokens = 24
/** In a whole sentence some two neighbours stand nowhere else, without being a mistake. */
const longestDoubt = 12

/** Words of asking, which say nothing of what is asked for; only queries are full of them. */
const asking = /为什么|怎么办|怎么样|怎么|怎样|如何|什么|请问|哪些|哪个|哪里|哪几|多少|有没有|(.)不\1/gu

/** Reads a query against what the library holds. */
export async function ask(query: string): Promise<Asked> {
  const letters = plain(query).match(/[\p{L}\p{N}]/gu) ?? []
  if (letters.length < 2) return askForOne(letters[0] ?? null)
  const tokens = tokensOf(query)
  const { total, known } = await frequencies(tokens)
  const rare = known.filter(({ doc }, i) => i < 1 || doc <= total / 2).slice(0, mostTokens)
  const found = new Set(known.map(({ term }) => term))
  const unknown = letters.length > longestDoubt ? [] : tokens.filter((token) => !found.has(token))
  return {
    letters: letters.length,
    wanted: new Map(rare.map(({ term, doc }) => [term, Math.log(1 + total / doc)])),
    match: expression(rare.map(({ term }) => term), [...typedSounds(query), ...misspeltSounds(query, unknown)]),
    unknown,
  }
}

/** For titles that have some of the characters, when nothing else is found. */
export function askForLetters(query: string): string | null {
  const letters = [...new Set(lettersOf(query))].slice(0, mostTokens)
  return letters.length > 0 ? `letter : (${anyOf(letters)})` : null
}

/** A single character is looked for in titles only; in texts it would be everywhere. */
function askForOne(letter: string | null): Asked {
  if (letter === null) return { letters: 0, wanted: new Map(), match: null, unknown: [] }
  const match = askForLetters(letter) ?? `title : ${anyOf([letter])}`
  return { letters: 1, wanted: new Map([[letter, 1]]), match, unknown: [] }
}

/** What is left without the words of asking; all of it if nothing is. */
function tokensOf(query: string): string[] {
  const said = segment(plain(query).replace(asking, ' '))
  return [...new Set(said.length > 0 ? said : segment(query))]
}

type Frequency = { term: string; doc: number }

/** In how many documents each token stands, the rarest first; those that stand in none are left out. */
async function frequencies(tokens: string[]): Promise<{ total: number; known: Frequency[] }> {
  const [documents] = await read.select({ count: count() }).from(searchDocument)
  const known = await read.all<Frequency>(sql`
    SELECT term, doc FROM json_each(${JSON.stringify(tokens)}) AS asked
    CROSS JOIN search_vocabulary ON term = asked.value ORDER BY doc`)
  return { total: documents?.count ?? 0, known }
}

/** What was typed as pinyin. */
function typedSounds(query: string): string[] {
  const typed = query.match(/[\p{Script=Latin}\p{M}'’\s]+/gu) ?? []
  return typed.flatMap((letters) => pairsOf(readPinyin(letters) ?? []))
}

/** How those two neighbours sound that stand nowhere. */
function misspeltSounds(query: string, unknown: string[]): string[] {
  const runs = plain(query).match(/\p{Script=Han}+/gu) ?? []
  return runs.flatMap((run) => {
    const sounds = pairsOf(syllablesOf(run).flat())
    return pairsOf([...run]).flatMap((pair, i) => (unknown.includes(pair) ? (sounds[i] ?? []) : []))
  })
}

const anyOf = (words: string[]) => words.map((word) => `"${word}"`).join(' OR ')

function expression(tokens: string[], sounds: string[]): string | null {
  const heard = [...new Set(sounds)].slice(0, mostTokens)
  const parts = [anyOf(tokens), heard.length > 0 ? `sound : (${anyOf(heard)})` : '']
  return parts.filter((part) => part !== '').join(' OR ') || null
}
