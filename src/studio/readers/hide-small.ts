// What of counts of persons may be shown: no cell of fewer than five, and none that could be computed from the others.
// In the spirit of record/capability/unit/disclose.ts. Not promised: anything to whom replays the rule on every table that
// fits, or compares two days.

/** Fewest persons of whom a count is shown; of a distribution with its quartiles. */
export const leastShown = 5
export const leastForQuartiles = 10

/**
 * The counts of a partition whose sum is shown; null is hidden. What is hidden is together at least five persons in two
 * cells, or nothing is. That nobody is in a cell is shown.
 */
export function hideSmall(counts: readonly number[]): (number | null)[] {
  const hidden = new Set([...counts.keys()].filter((at) => isSmall(counts[at] ?? 0)))
  const sumOfHidden = () => [...hidden].reduce((sum, at) => sum + (counts[at] ?? 0), 0)
  const byCount = [...counts.keys()]
    .filter((at) => (counts[at] ?? 0) >= leastShown)
    .sort((one, other) => (counts[one] ?? 0) - (counts[other] ?? 0))
  while (hidden.size > 0 && (hidden.size < 2 || sumOfHidden() < leastShown)) {
    const next = byCount.shift()
    if (next === undefined) return counts.map(() => null)
    hidden.add(next)
  }
  return counts.map((count, at) => (hidden.has(at) ? null : count))
}

/** A run of neighbouring cells that are counted as one. */
export type Run = { from: number; to: number; count: number }

/**
 * The counts of an ordered partition with neighbours taken together until each run holds nobody or at least five, so
 * that nothing has to be hidden. The whole holds at least five.
 */
export function joinSmall(counts: readonly number[]): Run[] {
  const runs: Run[] = []
  for (const [at, count] of counts.entries()) {
    const last = runs.at(-1)
    if (last && isSmall(last.count)) runs.splice(-1, 1, joined(last, { from: at, to: at, count }))
    else runs.push({ from: at, to: at, count })
  }
  while (runs.length > 1 && isSmall(runs.at(-1)?.count ?? 0)) {
    const [before, last] = runs.splice(-2, 2) as [Run, Run]
    runs.push(joined(before, last))
  }
  return runs
}

const joined = (one: Run, next: Run): Run => ({
  from: one.from,
  to: next.to,
  count: one.count + next.count,
})

const isSmall = (count: number) => count > 0 && count < leastShown
