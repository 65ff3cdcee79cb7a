// What ticking several boxes earns, by rules with names, and what it earns on average to tick blindly.
import { z } from 'astro/zod'

/**
 * How ticks become points (Betts, Muntean, Kim and Kao 2022, Educational and Psychological Measurement 82:151–176):
 * - `right-minus-wrong` (“plus/minus”): a point for each right tick, less one for each wrong one, at least 0.
 * - `all-or-nothing` (“dichotomous”): one point for exactly the right ticks.
 * - `each-option` (“true/false”): a point for each option rightly ticked or rightly left alone.
 */
export const Credit = z.enum(
  ['right-minus-wrong', 'all-or-nothing', 'each-option'],
  'credit 写 right-minus-wrong、all-or-nothing 或 each-option',
)
export type Credit = z.infer<typeof Credit>

/** So many of the options are right ones. */
export type Boxes = { options: number; right: number }

/** Points for so many right and so many wrong ticks. */
export function ticksEarn(credit: Credit, { options, right }: Boxes, hits: number, misses: number): number {
  if (credit === 'right-minus-wrong') return Math.max(0, hits - misses)
  if (credit === 'all-or-nothing') return hits === right && misses === 0 ? 1 : 0
  return hits + (options - right - misses)
}

/** Points of the right ticks. */
export const ticksPossible = (credit: Credit, boxes: Boxes): number =>
  ticksEarn(credit, boxes, boxes.right, 0)

/** Ways to choose k of n. */
const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)

/** The sum of points over every way to tick, no tick at all included. There are 2^options of them. */
export function sumOverTicks(credit: Credit, boxes: Boxes): number {
  const wrong = boxes.options - boxes.right
  let sum = 0
  for (let hits = 0; hits <= boxes.right; hits++)
    for (let misses = 0; misses <= wrong; misses++)
      sum += choose(boxes.right, hits) * choose(wrong, misses) * ticksEarn(credit, boxes, hits, misses)
  return sum
}

/** Those of a list whose bits are set in `way`, 0 ≤ way < 2^length. */
export const tickedBy = <T>(way: number, list: readonly T[]): T[] => list.filter((_, bit) => way & (1 << bit))
