// Asks an index of Pagefind, in a browser: every token of the query for itself, and then adds up what they say.
import { lettersToTry, tokensOf } from '#export/ask.ts'
import { fieldWeights, rank, type Hit } from '#export/rank.ts'
import { spell } from '#export/spell.ts'
import type { Wanted } from '#search/hits.ts'

/** As much of Pagefind as is used here. */
export type Pagefind = {
  options: (options: object) => Promise<void>
  mergeIndex: (address: string, options: object) => Promise<void>
  search: (word: string) => Promise<{ results: Hit[] }>
}

/** What a query found: `similar` if titles have some of its characters, and nothing has more of it. */
export type LookedUp = { hits: Hit[]; wanted: Wanted; similar: boolean }

const ranking = { metaWeights: fieldWeights }

/** Loads Pagefind from an address. @param more folders of indexes that are asked together with its own. */
export async function startPagefind(address: string, more: readonly string[] = []): Promise<Pagefind> {
  const loaded = (await import(/* @vite-ignore */ address)) as Pagefind
  // One thread: a worker would fetch all of it a second time.
  await loaded.options({ noWorker: true, ranking })
  for (const folder of more) await loaded.mergeIndex(folder, { ranking })
  return loaded
}

/** Every document that has something of the query, best first, and the tokens that are anywhere; rare ones weigh more. */
export async function lookUp({ search }: Pagefind, query: string): Promise<LookedUp> {
  const lookUpEach = (tokens: readonly string[]) =>
    Promise.all(tokens.map(async (token) => ({ token, hits: (await search(spell(token))).results })))
  const asked = await lookUpEach(tokensOf(query))
  const unknown = asked.filter(({ hits }) => hits.length === 0).map(({ token }) => token)
  const letters = await lookUpEach(lettersToTry(query, unknown))
  const similar = asked.length > 0 && unknown.length === asked.length
  // Single characters are everywhere in texts; they are marked only where nothing else could be.
  const marked = (asked.length > unknown.length ? asked : letters).filter(({ hits }) => hits.length > 0)
  return {
    hits: rank([...asked, ...letters].map(({ hits }) => hits)),
    wanted: new Map(marked.map(({ token, hits }) => [token, 1 / hits.length])),
    similar,
  }
}
