// What is counted of the measured members of a unit at one indicator.

/** Numbers of persons; each is counted once in a status and once in a level. */
export type Tally = {
  reached: number
  notReached: number
  uncertain: number
  /** Measured, but their posts ask for nothing here. */
  noTarget: number
  /** By level, first to fifth. */
  levels: readonly number[]
}

/** Nobody. */
export const nobody: Tally = { reached: 0, notReached: 0, uncertain: 0, noTarget: 0, levels: [0, 0, 0, 0, 0] }

/** Persons measured: n of a distribution. */
export const measuredOf = ({ levels }: Tally): number => levels.reduce((sum, n) => sum + n, 0)

/** Persons measured whose posts set a target: n of a share at target. */
export const aimedOf = ({ reached, notReached, uncertain }: Tally): number => reached + notReached + uncertain

/** All of these together. */
export function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce((sum, one) => combine(sum, one, 1), nobody)
}

/** What is left of a whole without these parts: of a unit without its sub-units, the members of its own. */
export function without(whole: Tally, parts: readonly Tally[]): Tally {
  return combine(whole, sumOf(parts), -1)
}

function combine(one: Tally, other: Tally, sign: 1 | -1): Tally {
  return {
    reached: one.reached + sign * other.reached,
    notReached: one.notReached + sign * other.notReached,
    uncertain: one.uncertain + sign * other.uncertain,
    noTarget: one.noTarget + sign * other.noTarget,
    levels: one.levels.map((n, i) => n + sign * (other.levels[i] ?? 0)),
  }
}
