// How soon a check can be answered at a screen: the same reckoning on the screen, which waits, and on the server.
import { againSeconds, readingSeconds, secondsToWait } from '#quiz/pace.ts'
import { publicHalf } from '#quiz/public-half.ts'
import type { Item } from '#quiz/question.ts'

export type Answered = { item: Item; at: number }

/**
 * Seconds to wait before this item may be answered, 0 if it may be now.
 * @param openedAt since when questions could be read; all times in ms of one clock.
 * @param earlier what was answered since then, in order.
 */
export function secondsBefore(
  item: Item,
  openedAt: number,
  earlier: readonly Answered[],
  at: number,
): number {
  const reading = (one: Item, before: readonly Answered[]) =>
    before.some((other) => other.item.id === one.id) ? againSeconds : readingSeconds(publicHalf(one))
  const read = earlier.map((one, i) => ({ at: one.at, reading: reading(one.item, earlier.slice(0, i)) }))
  return secondsToWait(reading(item, earlier), openedAt, read, at)
}
