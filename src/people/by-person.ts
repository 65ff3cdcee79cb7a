// A list of posts as a list of persons: who holds two posts in a unit stands there once, with both.
import type { SeenPerson } from '#people/seen.server.ts'

/** One line a person, in the order of their first posts; `posts` in the order of the list. */
export function byPerson(rows: readonly SeenPerson[]): { id: string; name: string; posts: string[] }[] {
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, held]) => ({
    id,
    name: held[0]?.name ?? '',
    posts: held.map(({ post }) => post),
  }))
}
