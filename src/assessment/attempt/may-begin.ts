// Whether a test may be taken (again): how often within a year, and how many days lie between.
import { dayAfter, dayOf, yearOf } from '#day.ts'
import type { Blueprint } from '#assessment/blueprint/blueprint.ts'
import { dayWord } from '#record/capability/words.ts'

/** An earlier attempt that was handed in, instants in ISO UTC. */
export type Earlier = { startedAt: string; handedAt: string }

/** Not now: the first day on which it may be taken, and why, in Chinese. */
export type NotYet = { from: string; why: string }

/**
 * Null if the test may be begun at this instant. Years and days are those of Shanghai; attempts count in the year in
 * which they began.
 */
export function notYet(
  earlier: readonly Earlier[],
  { most, waitDays }: Blueprint['attempts'],
  at: string,
): NotYet | null {
  const today = dayOf(at)
  const year = yearOf(at)
  const last = earlier
    .map(({ handedAt }) => dayOf(handedAt))
    .sort()
    .at(-1)
  const rested = last === undefined ? today : dayAfter(last, waitDays)
  const ofYear = earlier.filter(({ startedAt }) => yearOf(startedAt) === year).length
  if (ofYear >= most) {
    const newYear = `${year + 1}-01-01`
    return { from: rested > newYear ? rested : newYear, why: `今年已经测过${ofYear}次，一年最多${most}次` }
  }
  return rested > today
    ? { from: rested, why: `上一次是${dayWord(last ?? '')}，两次之间至少隔${waitDays}天` }
    : null
}
