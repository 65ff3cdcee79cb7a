// Which documents answer a query: Pagefind only knows documents that hold all words of a query, so every token is
// looked up by itself, and what each of them is worth is added up here.

/** A document that holds a token, and how much it says there (BM25, and more where it stands in a title). */
export type Hit = { id: string; score: number }

/** How much more a token weighs in these fields than once in the text. */
export const fieldWeights = { title: 5, letter: 2, sound: 2, heading: 1, lead: 1 }

/** Of a long query nearly every document has some two characters; less than this share of the best is left out. */
const leastShare = 0.2

/** Best first; equal ones in a fixed order. */
export function rank(lists: readonly (readonly Hit[])[]): Hit[] {
  const scores = new Map<string, number>()
  for (const { id, score } of lists.flat()) scores.set(id, (scores.get(id) ?? 0) + score)
  const hits = [...scores].map(([id, score]) => ({ id, score }))
  const best = Math.max(...scores.values())
  return hits
    .filter(({ score }) => score >= leastShare * best)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
}
