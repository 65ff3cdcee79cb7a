// Puts a new calibration on the scale in force. Two samples of people have two origins and two units; items that were
// calibrated in both, the anchors, tell how the one follows from the other: θ in force = slope · θ new + shift.
import { chanceOfRight } from '#assessment/irt/response.ts'
import type { ItemParameters } from '#record/evidence/likelihood.ts'

/** An item under its parameters in force and those of the new calibration. */
export type Anchor = { id: string; inForce: ItemParameters; fresh: ItemParameters }

/** What takes parameters of the new calibration to the scale in force. */
export type Scale = { slope: number; shift: number }

/** How far an anchor's two curves are apart once linked: root mean square of the difference of P over the population. */
export type Distance = { id: string; distance: number }

export type Link =
  | { type: 'linked'; scale: Scale; anchors: Distance[]; drifted: Distance[] }
  /** Fewer anchors than needed, or fewer than half of them, agree with each other. */
  | { type: 'too-few'; anchors: Distance[]; drifted: Distance[] }

/** With fewer a chance error of one of them moves everybody. */
export const fewestAnchors = 5

/** A drift is more than this, and three times what is usual among the anchors: calibration alone moves them a little. */
const smallestDrift = 0.05
const unusual = 3
/** Curves so far apart are not of one item, whatever is usual. */
const largestError = 0.15
const mostRounds = 20

/** Points of ability on the scale in force, and the population at them. */
const thetas = Array.from({ length: 41 }, (_, point) => -4 + 0.2 * point)
const densities = thetas.map((theta) => Math.exp(-0.5 * theta * theta))
const total = densities.reduce((sum, density) => sum + density, 0)
const weights = densities.map((density) => density / total)

/** An item of the new calibration on the scale in force: its curve is the same, its ability is counted otherwise. */
export const rescaled = ({ a, b, c }: ItemParameters, { slope, shift }: Scale): ItemParameters => ({
  a: a / slope,
  b: slope * b + shift,
  c,
})

/**
 * Links by the anchors' curves (Haebara 1980, Jap. Psychol. Research 22, 144–149: least squares between the two curves
 * of each anchor, so that two errors cannot cancel as they may in a sum of curves). It begins with medians, which a few
 * drifting anchors do not move, and leaves out and names every anchor whose curves stay unusually far apart.
 */
export function link(anchors: readonly Anchor[]): Link {
  const far = (scale: Scale) => anchors.map((anchor) => distanceOf(anchor, scale))
  let scale = byMedians(anchors)
  let distances = far(scale)
  let kept = steadyOf(distances)
  for (let round = 0; round < mostRounds; round += 1) {
    scale = byCurves(
      anchors.filter((_, i) => kept[i]),
      scale,
    )
    distances = far(scale)
    const steady = steadyOf(distances)
    if (steady.every((is, i) => is === kept[i])) break
    kept = steady
  }
  const named = (which: boolean) =>
    anchors.flatMap(({ id }, i) => (kept[i] === which ? [{ id, distance: distances[i]! }] : []))
  const [agreed, drifted] = [named(true), named(false)]
  return agreed.length < fewestAnchors || agreed.length <= drifted.length
    ? { type: 'too-few', anchors: agreed, drifted }
    : { type: 'linked', scale, anchors: agreed, drifted }
}

function distanceOf({ inForce, fresh }: Anchor, scale: Scale): number {
  const linked = rescaled(fresh, scale)
  const square = thetas.reduce(
    (sum, theta, k) =>
      sum + weights[k]! * (chanceOfRight(inForce, theta) - chanceOfRight(linked, theta)) ** 2,
    0,
  )
  return Math.sqrt(square)
}

function steadyOf(distances: readonly number[]): boolean[] {
  const limit = Math.min(largestError, Math.max(smallestDrift, unusual * median(distances)))
  return distances.map((distance) => distance <= limit)
}

function byMedians(anchors: readonly Anchor[]): Scale {
  const slope = Math.exp(median(anchors.map(({ inForce, fresh }) => Math.log(fresh.a / inForce.a))))
  return { slope, shift: median(anchors.map(({ inForce, fresh }) => inForce.b - slope * fresh.b)) }
}

/** Gauss–Newton on slope and shift; a step that does not bring the curves nearer is halved. */
function byCurves(anchors: readonly Anchor[], start: Scale): Scale {
  const apart = (scale: Scale) => anchors.reduce((sum, anchor) => sum + distanceOf(anchor, scale) ** 2, 0)
  let scale = start
  for (let step = 0; step < 50; step += 1) {
    const [bySlope, byShift] = stepOf(anchors, scale)
    const next = [1, 0.5, 0.25, 0.125, 0.0625, 0.03125]
      .map((part) => ({ slope: scale.slope + part * bySlope, shift: scale.shift + part * byShift }))
      .find((tried) => tried.slope > 0 && apart(tried) < apart(scale))
    if (!next) return scale
    scale = next
  }
  return scale
}

/** The curves' differences are taken as straight lines of slope and shift: two normal equations. */
function stepOf(anchors: readonly Anchor[], { slope, shift }: Scale): [number, number] {
  let [xx, xy, yy, xr, yr] = [0, 0, 0, 0, 0]
  for (const { inForce, fresh } of anchors) {
    thetas.forEach((theta, k) => {
      const there = (theta - shift) / slope
      const p = chanceOfRight(fresh, there)
      const rise = (fresh.a * (p - fresh.c) * (1 - p)) / (1 - fresh.c)
      const [x, y] = [(-rise * there) / slope, -rise / slope]
      const left = chanceOfRight(inForce, theta) - p
      xx += weights[k]! * x * x
      xy += weights[k]! * x * y
      yy += weights[k]! * y * y
      xr += weights[k]! * x * left
      yr += weights[k]! * y * left
    })
  }
  const determinant = xx * yy - xy * xy
  if (!(determinant > 1e-15)) return [0, yy > 0 ? yr / yy : 0]
  return [(yy * xr - xy * yr) / determinant, (xx * yr - xy * xr) / determinant]
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length / 2
  return sorted.length === 0 ? 0 : (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
}
