// What becomes of a wanted assignment beside those that a person holds: at most one main post on any day.
import { dayBefore, type Held, type WantedAssignment } from '#people/roster/assignment.ts'

export type AssignmentPlan =
  /** It is there already; `differs` says in what. */
  | { kind: 'same'; held: Held; differs: ('fromOn' | 'main')[] }
  /** Another main post stands on the same days. */
  | { kind: 'clash'; held: Held }
  /** It is added, and the former main posts end on `toOn`. */
  | { kind: 'add'; end: { held: Held; toOn: string }[] }

/** True if `held` still lasts on a day or after it; a wanted assignment has no end of its own. */
const lastsTo = (held: Held, on: string) => held.toOn === null || held.toOn >= on

/** @param endFormer a main post of mine that began earlier ends on the day before, instead of standing in the way. */
export function planAssignment(held: Held[], wanted: WantedAssignment, endFormer: boolean): AssignmentPlan {
  const same = held.find((one) => isSame(one, wanted))
  if (same) return { kind: 'same', held: same, differs: differences(same, wanted) }
  const mains = wanted.main ? held.filter((one) => one.main && lastsTo(one, wanted.fromOn)) : []
  const blocked = mains.find((one) => !endFormer || !one.mine || one.fromOn >= wanted.fromOn)
  if (blocked) return { kind: 'clash', held: blocked }
  return { kind: 'add', end: mains.map((one) => ({ held: one, toOn: dayBefore(wanted.fromOn) })) }
}

function isSame(held: Held, wanted: WantedAssignment): boolean {
  if (held.unitId !== wanted.unitId || held.post !== wanted.post) return false
  return held.fromOn === wanted.fromOn || lastsTo(held, wanted.fromOn)
}

function differences(held: Held, wanted: WantedAssignment): ('fromOn' | 'main')[] {
  return (['fromOn', 'main'] as const).filter((field) => held[field] !== wanted[field])
}
