// How people of different ability answered an item: whoever answered it, sorted by the rest of the paper, in groups of
// equal size. Beside the curve that the model expects, this shows where an item does not behave as it should.
import type { AbilityGroup } from '#assessment/calibration/statistics.ts'

/** Fewer people in a group than this show chance, and could show somebody. */
const fewestInGroup = 10
const mostGroups = 5
const fewestGroups = 3

/** An answer that was graded, with what is known of the rest of its paper. */
export type RankedAnswer = { share: number; rest: number; chosen: string[] | null }

/** Groups from the weakest to the strongest; null while too few have answered. */
export function abilityGroups(
  answers: readonly RankedAnswer[],
  options: readonly { id: string }[] | null,
): AbilityGroup[] | null {
  const groups = Math.min(mostGroups, Math.floor(answers.length / fewestInGroup))
  if (groups < fewestGroups) return null
  const ranked = answers.toSorted((one, other) => one.rest - other.rest)
  const thetas = sliceMeans(groups)
  return thetas.map((theta, at) => {
    const own = ranked.slice(
      Math.round((at * ranked.length) / groups),
      Math.round(((at + 1) * ranked.length) / groups),
    )
    const share = own.reduce((sum, one) => sum + one.share, 0) / own.length
    const chose = (id: string) => own.filter(({ chosen }) => chosen?.includes(id)).length / own.length
    return { theta, answers: own.length, share, chosen: options?.map(({ id }) => chose(id)) ?? null }
  })
}

/** Mean ability of each of several equal slices of a population of mean 0 and deviation 1. */
export function sliceMeans(slices: number): number[] {
  const step = 0.001
  const sums = Array.from({ length: slices }, () => 0)
  let below = 0
  for (let theta = -6; theta <= 6; theta += step) {
    const mass = (Math.exp((-theta * theta) / 2) / Math.sqrt(2 * Math.PI)) * step
    const slice = Math.min(slices - 1, Math.floor((below + mass / 2) * slices))
    sums[slice] = (sums[slice] ?? 0) + theta * mass
    below += mass
  }
  return sums.map((sum) => Math.round(sum * slices * 1000) / 1000)
}
