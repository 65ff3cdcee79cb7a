// How much of what people look for stands where they look.
import { find } from '#search/find.server.ts'
import type { Query } from './queries.ts'

/** The addresses of the first five results, without their anchors. */
async function firstFive(q: string): Promise<string[]> {
  const found = await find({ q })
  const results = found.type === 'found' ? found.results : []
  return results.slice(0, 5).map(({ address }) => address.replace(/#.*/, ''))
}

/** Which part of the queries found what they should among the first five, and those that did not. */
export async function recallOf(queries: readonly Query[]): Promise<{ recall: number; missed: string[] }> {
  const missed: string[] = []
  for (const { q, expects } of queries) {
    const first = await firstFive(q)
    if (!expects.some((address) => first.includes(address))) missed.push(q)
  }
  return { recall: 1 - missed.length / queries.length, missed }
}
