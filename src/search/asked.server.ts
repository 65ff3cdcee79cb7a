// What a query asks of the index: which of its tokens say something, how much, and what it sounds like.
import { count, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { searchDocument } from '#db/schema/search.ts'
import type { Wanted } from '#search/hits.ts'
import { lettersOf, plain, segment } from '#search/segment.ts'
import { readPinyin, syllablesOf, threesOf, twosOf } from '#search/sound.server.ts'

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
  /** True if it was written in Chinese and is looked up by its sound alone. */
  heard: boolean
}

/** Of a long query more tokens than these only cost time. */
const mostTokens = 24
/** In a whole sentence some two neighbours stand nowhere else, without being a mistake. */
const longestDoubt = 12

/** Words of asking, which say nothing of what is asked for; only queries are full of them. */
const asking =
  /为什么|怎么办|怎么样|怎么|怎样|如何|什么|请问|哪些|哪个|哪里|哪几|多少|多久|几时|有没有|(.)不\1/gu

/** Reads a query against what the library holds. */
export async function ask(query: string): Promise<Asked> {
  const letters = plain(query).match(/[\p{L}\p{N}]/gu) ?? []
  if (letters.length < 2) return askForOne(letters[0] ?? null)
  const tokens = tokensOf(query)
  const { total, known } = await frequencies(tokens)
  const telling = weigh(known, total, wordsIn(query))
  const doubtful = letters.length > longestDoubt ? [] : tokens
  const common = known.filter(({ doc }) => doc > total / 1000)
  const sounds = [...typedSounds(query), ...spokenSounds(query, without(doubtful, common))]
  return {
    letters: letters.length,
    wanted: new Map(telling.map(({ term, times, says }) => [term, times * says])),
    match: expression(
      telling.flatMap(({ term, times }) => Array<string>(times).fill(term)),
      sounds,
    ),
    unknown: without(doubtful, known),
    heard: telling.length === 0 && lettersOf(query).length > 0,
  }
}

/** The tokens that say most; those in more than half of all documents only if there is no other. */
function weigh(known: Frequency[], total: number, words: ReadonlySet<string>) {
  return known
    .map(({ term, doc }) => ({ term, doc, times: words.has(term) ? 3 : 1, says: Math.log(1 + total / doc) }))
    .sort((a, b) => b.times * b.says - a.times * a.says)
    .filter(({ doc }, i) => i === 0 || doc <= total / 2)
    .slice(0, mostTokens)
}

const without = (tokens: string[], some: Frequency[]) =>
  tokens.filter((token) => some.every(({ term }) => term !== token))

/** Titles that have one of two or three characters, for when these stand nowhere together; null for longer queries. */
export function askForLetters(query: string): string | null {
  const letters = lettersOf(query)
  return letters.length > 0 && letters.length < 4 ? `letter : (${anyOf(letters)})` : null
}

/** A single character is looked for in titles only; in texts it would be everywhere. */
function askForOne(letter: string | null): Asked {
  if (letter === null) return { letters: 0, wanted: new Map(), match: null, unknown: [], heard: false }
  const match = askForLetters(letter) ?? `title : ${anyOf([letter])}`
  return { letters: 1, wanted: new Map([[letter, 1]]), match, unknown: [], heard: false }
}

/** What is left without the words of asking; all of it if nothing is. */
function tokensOf(query: string): string[] {
  const said = segment(plain(query).replace(asking, ' '))
  return [...new Set(said.length > 0 ? said : segment(query))]
}

const splitter = new Intl.Segmenter('zh', { granularity: 'word' })

/**
 * Neighbours that belong to one word of the language. They count three times: the others may stand together by chance.
 */
function wordsIn(query: string): Set<string> {
  return new Set([...splitter.segment(plain(query))].flatMap(({ segment: word }) => segment(word)))
}

type Frequency = { term: string; doc: number }

/** In how many documents each token stands; those that stand in none are left out. */
async function frequencies(tokens: string[]): Promise<{ total: number; known: Frequency[] }> {
  const [documents] = await read.select({ count: count() }).from(searchDocument)
  const known = await read.all<Frequency>(sql`
    SELECT term, doc FROM json_each(${JSON.stringify(tokens)}) AS asked
    CROSS JOIN search_vocabulary ON term = asked.value`)
  return { total: documents?.count ?? 0, known }
}

/** What was typed as pinyin. */
function typedSounds(query: string): string[] {
  const typed = query.match(/[\p{Script=Latin}\p{M}'’\s]+/gu) ?? []
  const read = typed.map((letters) => readPinyin(letters) ?? [])
  return read.flatMap((syllables) => [...twosOf(syllables), ...threesOf(syllables)])
}

/** How Chinese sounds that may be misspelt: three together, and those two that are hardly ever written. */
function spokenSounds(query: string, odd: string[]): string[] {
  if (odd.length === 0) return []
  const runs = plain(query).match(/\p{Script=Han}+/gu) ?? []
  return runs.flatMap((run) => {
    const syllables = syllablesOf(run)
    const pairs = syllables.map((_, i) => [...run].slice(i, i + 2).join(''))
    const twos = pairs.flatMap((pair, i) => (odd.includes(pair) ? twosOf(syllables.slice(i, i + 2)) : []))
    return [...threesOf(syllables), ...twos]
  })
}

const anyOf = (words: string[]) => words.map((word) => `"${word}"`).join(' OR ')

function expression(tokens: string[], sounds: string[]): string | null {
  const heard = [...new Set(sounds)].slice(0, mostTokens)
  const parts = [anyOf(tokens), heard.length > 0 ? `sound : (${anyOf(heard)})` : '']
  return parts.filter((part) => part !== '').join(' OR ') || null
}
