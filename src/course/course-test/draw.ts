// Which items of a course's test are asked this time: as many from one lesson as from another, unseen ones first.
import { mixed } from '#quiz/shuffled.ts'

/** An item, and the lesson that its passage is from. */
export type Drawable = { id: string; lesson: string }

/**
 * Ids of the items drawn, in the order in which they are asked. The same arguments give the same draw, so that a page
 * loaded again asks the same.
 * @param count how many; all if there are fewer.
 * @param seen ids that were drawn for this person before.
 */
export function draw(
  items: readonly Drawable[],
  count: number,
  seen: ReadonlySet<string>,
  seed: string,
): string[] {
  const order = mixed(items, seed)
  const lessons = mixed(
    [...new Set(items.map(({ lesson }) => lesson))].map((id) => ({ id })),
    seed,
  )
  const turns = lessons.flatMap(({ id }) => {
    const own = order.filter(({ lesson }) => lesson === id)
    const unseenFirst = [...own.filter((one) => !seen.has(one.id)), ...own.filter((one) => seen.has(one.id))]
    return unseenFirst.map((one, turn) => ({ id: one.id, turn, seen: seen.has(one.id) }))
  })
  // Stable, so that within a turn the lessons keep their order.
  const byTurn = turns.toSorted((a, b) => a.turn - b.turn || Number(a.seen) - Number(b.seen))
  const drawn = new Set(byTurn.slice(0, count).map(({ id }) => id))
  return order.flatMap(({ id }) => (drawn.has(id) ? [id] : []))
}
