// Search on a pack, in the browser: the index of Pagefind that came with it, asked as the export asks its own.
import { lookUp, startPagefind, type Pagefind } from '#export/look-up.ts'
import { searchIds, shelfFolder, type SearchIds } from '#kiosk/pack/search-place.ts'

type Index = { pagefind: Pagefind; documents: Record<string, string> }
let started: Promise<Index> | undefined

async function start(): Promise<Index> {
  const reply = await fetch(searchIds)
  if (!reply.ok) throw new Error('The pack has no search.')
  const { shelves, documents } = (await reply.json()) as SearchIds
  const [first = '', ...more] = shelves.map(shelfFolder)
  return { pagefind: await startPagefind(`${first}pagefind.js`, more), documents }
}

/**
 * Looks a query up. What was withdrawn since may be among the results: show what contents.json has.
 * @returns ids of stories and lessons, best first; `similar` if nothing has more of it than some characters in a title.
 * @throws Error while there is no pack.
 */
export async function searchPack(query: string): Promise<{ ids: string[]; similar: boolean }> {
  if (query.trim() === '') return { ids: [], similar: false }
  started ??= start()
  const { pagefind, documents } = await started.catch((error: unknown) => {
    started = undefined
    throw error
  })
  const { hits, similar } = await lookUp(pagefind, query)
  return { ids: hits.flatMap(({ id }) => documents[id] ?? []), similar }
}
