// What readers think of a page, from the numbers that they chose.
import { leastShown } from '#studio/readers/hide-small.ts'

/** How often each number from 1 to 5 was chosen, and their mean. */
export type StarFigures = { count: number; mean: number; by: number[] }

/** From this mean down most find it hard to read. */
export const lowStars = 2.8

/** Null with fewer than five. @param by how often 1 to 5 was chosen, in this order. */
export function starFigures(by: readonly number[]): StarFigures | null {
  const count = by.reduce((sum, one) => sum + one, 0)
  if (count < leastShown) return null
  const total = by.reduce((sum, one, at) => sum + one * (at + 1), 0)
  return { count, mean: total / count, by: [...by] }
}
