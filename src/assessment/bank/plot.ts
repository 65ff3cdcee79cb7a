// The small plots of an item, as numbers for SVG attributes: ability across, share upward.
import { chanceOfRight } from '#assessment/irt/response.ts'
import type { AbilityGroup } from '#assessment/calibration/statistics.ts'
import type { ItemParameters } from '#record/evidence/likelihood.ts'

/** Size of a plot and of the margins for its words, in SVG units. */
export const frame = { width: 400, height: 280, left: 54, right: 16, top: 40, bottom: 56 } as const

/** Ends of the ability axis, in deviations of the population. */
const ends = 3

const round = (value: number) => Math.round(value * 10) / 10

/** Place of an ability on the plot. */
export const xOf = (theta: number) =>
  round(frame.left + ((theta + ends) / (2 * ends)) * (frame.width - frame.left - frame.right))

/** Place of a share, 0 to 1. */
export const yOf = (share: number) =>
  round(frame.top + (1 - share) * (frame.height - frame.top - frame.bottom))

export const abilityTicks = [-2, -1, 0, 1, 2] as const
export const shareTicks = [0, 0.5, 1] as const

/** Path through points. */
export const pathOf = (points: readonly (readonly [x: number, y: number])[]) =>
  points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('')

/** Path of what the model expects at each ability. */
export function curveOf(parameters: ItemParameters): string {
  const steps = Array.from({ length: 61 }, (_, step) => -ends + (step * ends) / 30)
  return pathOf(steps.map((theta) => [xOf(theta), yOf(chanceOfRight(parameters, theta))] as const))
}

/** What a group got, with the error that so few people leave: two standard errors up and down. */
export function pointOf({ theta, share, answers }: AbilityGroup) {
  const error = 2 * Math.sqrt((share * (1 - share)) / answers)
  const within = (value: number) => Math.min(1, Math.max(0, value))
  return { x: xOf(theta), y: yOf(share), top: yOf(within(share + error)), low: yOf(within(share - error)) }
}

/** Signs at the points of several lines; those that would lie on each other stand side by side. */
export function signsOf<Trace extends { points: readonly (readonly [x: number, y: number])[] }>(
  traces: readonly Trace[],
): (Trace & { x: number; y: number })[] {
  const apart = 14
  const count = traces[0]?.points.length ?? 0
  return Array.from({ length: count }, (_, at) => {
    const here = traces.map((trace) => ({
      trace,
      x: trace.points[at]?.[0] ?? 0,
      y: trace.points[at]?.[1] ?? 0,
    }))
    return here.map((one) => {
      const close = here.filter(({ y }) => Math.abs(y - one.y) < apart)
      const x = round(one.x + (close.indexOf(one) - (close.length - 1) / 2) * (close.length > 1 ? apart : 0))
      return { ...one.trace, x, y: one.y }
    })
  }).flat()
}

/** The line of one option through the groups: where it passes each. */
export const traceOf = (groups: readonly AbilityGroup[], option: number) =>
  groups.map(({ theta, chosen }) => [xOf(theta), yOf(chosen?.[option] ?? 0)] as const)
