// Steps of EM until nothing moves any more, and fewer of them: after two steps one leap is tried along the way that they
// took, and kept if it is no worse. (SQUAREM: Varadhan & Roland 2008, Scand. J. Statistics 35, 335–353, scheme S3.)
import { moved, parameterNames, type ParameterName } from '#assessment/calibration/bounds.ts'
import { farthest } from '#assessment/calibration/maximize.ts'
import type { ItemParameters } from '#record/evidence/likelihood.ts'

type Items = readonly ItemParameters[]

/** What is known at some parameters: the value that EM raises, and the parameters one step further. */
type State = { value: number; next: () => ItemParameters[] }

export type Ended<S> = {
  items: ItemParameters[]
  /** At those items. */
  state: S
  iterations: number
  converged: boolean
  lastChange: number
}

/** A step that raises the value by less than this has found its top, however far a flat parameter still drifts. */
const smallestGain = 1e-8

/** Goes from `start` until no parameter moves more than `tolerance` in a step, or `most` steps were taken. */
export function accelerate<S extends State>(
  start: Items,
  step: (items: Items) => S,
  tolerance: number,
  most: number,
): Ended<S> {
  let items = [...start]
  let state = step(items)
  let iterations = 0
  let lastChange = Infinity
  while (iterations < most) {
    const one = state.next()
    const after = step(one)
    const two = after.next()
    iterations += 2
    lastChange = farthest(one, two)
    const leapt = leap(items, one, two)
    const gained = after.value - state.value
    if (lastChange <= tolerance || gained < smallestGain) {
      return { items: two, state: step(two), iterations, converged: true, lastChange }
    }
    const leaptState = step(leapt)
    const isBetter = leaptState.value >= after.value
    items = isBetter ? leapt : two
    state = isBetter ? leaptState : step(two)
  }
  return { items, state, iterations, converged: false, lastChange }
}

/** From x₀, x₁, x₂ to x₀ + 2α·r + α²·v, with r = x₁ − x₀, v = (x₂ − x₁) − r and α = |r|/|v| ≥ 1. */
function leap(items: Items, one: Items, two: Items): ItemParameters[] {
  const first = (name: ParameterName, i: number) => one[i]![name] - items[i]![name]
  const bend = (name: ParameterName, i: number) => two[i]![name] - one[i]![name] - first(name, i)
  const size = (of: typeof first) =>
    Math.sqrt(
      items.reduce((sum, _, i) => sum + parameterNames.reduce((all, name) => all + of(name, i) ** 2, 0), 0),
    )
  const far = Math.max(1, Math.min(size(first) / size(bend), 1e4))
  return items.map((item, i) =>
    moved(
      item,
      Object.fromEntries(
        parameterNames.map((name) => [name, 2 * far * first(name, i) + far ** 2 * bend(name, i)]),
      ),
    ),
  )
}
