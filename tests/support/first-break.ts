// A chain that is held in memory, checked link by link.
import { beginOf, follows, type StoredLink } from '#record/events/chain.ts'

/** Where a person's chain first breaks (index from 0), or null if it holds from the first event to the head. */
export function firstBreak(personId: string, links: readonly StoredLink[], head: string): number | null {
  let previous = beginOf(personId)
  for (const [i, link] of links.entries()) {
    if (!follows(previous, link)) return i
    previous = link.hash
  }
  const end = links.length === 0 ? '' : previous
  return end === head ? null : links.length
}
