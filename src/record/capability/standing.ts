// What a belief says on a day, and when age alone will change that: so a unit is counted without looking at everybody
// every day.
import { dayAfter, daysIn } from '#day.ts'
import { aged, type Belief } from '#record/capability/belief.ts'
import { isMeasured, level, status, type Status } from '#record/capability/level.ts'

/** As it is counted in units. */
export type Standing = {
  status: Status
  /** Null while unmeasured. */
  level: number | null
  /** The day on which status or level changes if nothing happens, or has to be looked at again; null if never. */
  changesOn: string | null
}

/**
 * Days after the newest evidence on which a standing is looked at; between two of these that agree nothing is taken to
 * have changed. At the last, ten half-lives, no evidence tells enough to be measured any more.
 */
const looks = [15, 30, 60, 91, 136, 182, 273, 364, 546, 728, 1092, 1456, 2184, 2912, 4368, 7300]

/**
 * The standing on a day, from the belief as of the day of its newest evidence.
 * @param asOfOn that day; `on` is not before it.
 */
export function standingOf(
  belief: Pick<Belief, 'told' | 'kinds'>,
  asOfOn: string,
  on: string,
  target: number | null,
  cuts: readonly number[],
): Standing {
  const after = (days: number) => {
    const then = { ...aged(belief, days), kinds: belief.kinds }
    return { status: status(then, target, cuts), level: isMeasured(then) ? level(then, cuts) : null }
  }
  const today = daysIn(asOfOn, on) - 1
  const now = after(today)
  // What age makes of evidence that tells too little is less.
  if (now.status === 'unmeasured') return { ...now, changesOn: null }
  const isSame = (days: number) => {
    const then = after(days)
    return then.status === now.status && then.level === now.level
  }
  let same = today
  for (const other of looks.filter((days) => days > today)) {
    if (!isSame(other)) return { ...now, changesOn: dayAfter(asOfOn, firstOther(same, other, isSame)) }
    same = other
  }
  return { ...now, changesOn: dayAfter(on, 1) }
}

/** The first day that is no longer the same, between one that is and one that is not. */
function firstOther(same: number, other: number, isSame: (days: number) => boolean): number {
  if (other - same <= 1) return other
  const middle = Math.floor((same + other) / 2)
  return isSame(middle) ? firstOther(middle, other, isSame) : firstOther(same, middle, isSame)
}
