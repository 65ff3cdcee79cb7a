// What may be shown of a unit at one indicator.

/**
 * A share as it is shown, in whole percent from 21 to 79. From 80 on it is only said to be at least 80, up to 20 at
 * most 20: so a share of all or of nobody is never told from one that is nearly so.
 */
export type Shown = { type: 'percent'; percent: number } | { type: 'high' } | { type: 'low' }

/** One cell; what is null is hidden. */
export type Cell = {
  /** Persons measured; null below 5, and where another cell could be computed from it. */
  measured: number | null
  /**
   * Share of the measured with a target who reach it: at least those of whom it is sure (`sure`), at most these and
   * those whose evidence does not say (`possible`). Null below 5 of them.
   */
  share: { sure: Shown; possible: Shown } | null
  /** Share of the measured in each level, first to fifth; null below 10. */
  levels: readonly Shown[] | null
}

/** A share of so many as it is shown. */
export function shownOf(count: number, of: number): Shown {
  const percent = percentOf(count, of)
  if (percent === 0) return { type: 'low' }
  return percent === 100 ? { type: 'high' } : { type: 'percent', percent }
}

/** The same as one number: what is only said to be at most 20 is 0, what is at least 80 is 100. */
export function percentOf(count: number, of: number): number {
  if (count * 5 <= of) return 0
  return count * 5 >= of * 4 ? 100 : Math.min(79, Math.max(21, Math.round((100 * count) / of)))
}
