// The time that a lesson takes its readers, beside the time that it says.
import { leastForQuartiles, leastShown } from '#studio/readers/hide-small.ts'

export type TimeNeeded = {
  /** Readers who finished. */
  readers: number
  /** Minutes that the lesson says. */
  promised: number
  /** Counted minutes within which half of them finished. */
  median: number
  /** The same for a quarter and three quarters; null with fewer than ten. */
  quartiles: [number, number] | null
}

/**
 * @param seconds counted until the lesson was finished, one for each reader
 * @param promised minutes
 * @returns null with fewer than five.
 */
export function timeNeeded(seconds: readonly number[], promised: number): TimeNeeded | null {
  if (seconds.length < leastShown) return null
  const sorted = seconds.toSorted((a, b) => a - b)
  const minutesAt = (share: number) => Math.round(quantile(sorted, share) / 60)
  const quartiles: TimeNeeded['quartiles'] =
    sorted.length < leastForQuartiles ? null : [minutesAt(0.25), minutesAt(0.75)]
  return { readers: sorted.length, promised, median: minutesAt(0.5), quartiles }
}

/** Between the two neighbours, in proportion (Hyndman & Fan 1996, definition 7). */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const low = Math.floor(place)
  const [below, above] = [sorted[low] ?? 0, sorted[low + 1] ?? sorted[low] ?? 0]
  return below + (above - below) * (place - low)
}

/** 一半的人用了14分钟，写的是10分钟。 */
export function sayTimeNeeded({ promised, median, quartiles }: TimeNeeded): string {
  const spread = quartiles
    ? `最快的四分之一不超过${quartiles[0]}分钟，最慢的四分之一超过${quartiles[1]}分钟。`
    : ''
  return `一半的人用了${median}分钟以内，写的是${promised}分钟。${spread}`
}

/** From so many times the minutes that are said on, the lesson says too little. */
const tooLong = 1.5

/** How many times the minutes that are said it takes, if that is far more; nothing is credited for less (hours/rule.ts). */
export function overTime({ promised, median }: TimeNeeded): number | null {
  const times = promised > 0 ? median / promised : 0
  return times >= tooLong ? times : null
}
