// When a published cell may be renewed: only when counts prove that enough of its measured members differ.
//
// Who sees two quarters of a cell beside one another sees what happened to at least five persons together, never to
// fewer. Every cell is renewed for itself, so a unit and its parts may be of different quarters: then one less the
// other is the count of nobody. Not promised: how long a cell stays as it is; and where a unit and all its shown parts are
// renewed together, the change of the hidden parts together (at least two, and five persons) is seen as well.
import { nobody, type Tally } from '#record/capability/unit/tally.ts'

/**
 * Whether counts alone prove that so many members differ: came, left, or changed. Each of them adds at most one to one
 * count and takes at most one from another, by status as by level; so what was added, and what was taken, is the least.
 * Never true when fewer differ; may be false when more do.
 * @param before what was published last; null if nothing was.
 */
export function provesChange(before: Tally | null, after: Tally, atLeast = 5): boolean {
  const then = before ?? nobody
  return Math.max(moved(statusesOf(then), statusesOf(after)), moved(then.levels, after.levels)) >= atLeast
}

const statusesOf = (tally: Tally) => [tally.reached, tally.notReached, tally.uncertain, tally.noTarget]

function moved(before: readonly number[], after: readonly number[]): number {
  const differences = after.map((n, i) => n - (before[i] ?? 0))
  const sum = (sign: 1 | -1) => differences.reduce((all, one) => all + Math.max(0, sign * one), 0)
  return Math.max(sum(1), sum(-1))
}
