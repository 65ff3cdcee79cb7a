// The second half of a step of EM: the parameters that fit the expected counts best, within their bounds. Newton's way
// with the expected information; a step that would not raise the value is halved until it does.
import { boundAt, moved, parameterNames, type ParameterName } from '#assessment/calibration/bounds.ts'
import type { Fit } from '#assessment/calibration/fit.ts'
import { solve } from '#assessment/calibration/solve.ts'
import type { ItemParameters } from '#record/evidence/likelihood.ts'

type Move = Partial<Record<ParameterName, number>>

/** The fit of every item of a list. */
type FitAll = (items: readonly ItemParameters[]) => Fit[]

const mostSteps = 30
const smallestMove = 1e-8
const smallestPart = 1e-4

/** No step may leap out of the region in which the curvature means something. */
const longest: Record<ParameterName, number> = { a: 1, b: 1, c: 0.2 }

const placeOf = (name: ParameterName) => parameterNames.indexOf(name)
const valueOf = (fits: readonly Fit[]) => fits.reduce((sum, { value }) => sum + value, 0)

/** The best parameters of one item of which those named are free. */
export function maximizeItem(
  item: ItemParameters,
  free: readonly ParameterName[],
  fitAll: FitAll,
): ItemParameters {
  return climb([item], fitAll, ([here], [fit]) => [moveOf(here!, fit!, free)])[0]!
}

/** The best difficulties of all items and the best slope that they have in common. */
export const maximizeCommon = (items: readonly ItemParameters[], fitAll: FitAll): ItemParameters[] =>
  climb(items, fitAll, commonMoves)

function climb(
  start: readonly ItemParameters[],
  fitAll: FitAll,
  movesOf: (items: readonly ItemParameters[], fits: readonly Fit[]) => Move[],
): ItemParameters[] {
  let items = [...start]
  let fits = fitAll(items)
  for (let step = 0; step < mostSteps; step += 1) {
    const moves = movesOf(items, fits)
    const climbed = climbAlong(items, moves, valueOf(fits), fitAll)
    if (!climbed) return items
    const far = farthest(items, climbed.items)
    items = climbed.items
    fits = climbed.fits
    if (far < smallestMove) return items
  }
  return items
}

/** Tries a whole step, then a half, a quarter …; null when none of them raises the value. */
function climbAlong(
  items: readonly ItemParameters[],
  moves: readonly Move[],
  value: number,
  fitAll: FitAll,
): { items: ItemParameters[]; fits: Fit[] } | null {
  for (let part = 1; part > smallestPart; part /= 2) {
    const tried = items.map((item, i) => moved(item, moves[i] ?? {}, part))
    const fits = fitAll(tried)
    if (valueOf(fits) >= value) return { items: tried, fits }
  }
  return null
}

/** The largest difference of any parameter between two states of the same items. */
export function farthest(items: readonly ItemParameters[], others: readonly ItemParameters[]): number {
  const distances = items.map((item, i) =>
    Math.max(...parameterNames.map((name) => Math.abs(item[name] - others[i]![name]))),
  )
  return Math.max(0, ...distances)
}

/** Whether a parameter may move: not when it lies at a bound and the slope leads out of it. */
const isFree = (name: ParameterName, value: number, slope: number) => boundAt(name, value) * slope <= 0

function moveOf(item: ItemParameters, fit: Fit, free: readonly ParameterName[]): Move {
  const names = free.filter((name) => isFree(name, item[name], fit.slope[placeOf(name)]!))
  const places = names.map(placeOf)
  const lengths = solve(
    places.map((i) => places.map((j) => fit.curve[i]![j]!)),
    places.map((i) => fit.slope[i]!),
  )
  const part = Math.min(1, ...names.map((name, i) => longest[name] / Math.abs(lengths[i]!)))
  return Object.fromEntries(names.map((name, i) => [name, part * lengths[i]!]))
}

/** With one slope for all, only it is tied to every difficulty: the system is solved by eliminating those. */
function commonMoves(items: readonly ItemParameters[], fits: readonly Fit[]): Move[] {
  const open = items.map(({ b }, i) => isFree('b', b, fits[i]!.slope[1]!))
  let slope = 0
  let curve = 0
  fits.forEach(({ slope: [ga = 0, gb = 0], curve: [rowA, rowB] }, i) => {
    const tie = rowA![1]! / rowB![1]!
    slope += ga - (open[i] ? tie * gb : 0)
    curve += rowA![0]! - (open[i] ? tie * rowA![1]! : 0)
  })
  const a = items[0]?.a ?? 1
  const ahead = isFree('a', a, slope) ? slope / Math.max(curve, 1e-9) : 0
  const byA = Math.sign(ahead) * Math.min(Math.abs(ahead), longest.a)
  return fits.map(({ slope: [, gb = 0], curve: [rowA, rowB] }, i) => {
    const byB = open[i] ? (gb - rowA![1]! * byA) / rowB![1]! : 0
    return { a: byA, b: Math.sign(byB) * Math.min(Math.abs(byB), longest.b) }
  })
}
