// How well one item's curve fits the answers that are expected at each point of ability: the value that the
// maximisation raises, its slope and its curvature in the order a, b, c.
import { pullsOf, type Priors } from '#assessment/calibration/prior.ts'
import type { ItemParameters } from '#record/evidence/likelihood.ts'

/** Expected people who answered, and expected points, at each point of θ: a stretch of longer arrays. */
export type Counts = { seen: Float64Array; right: Float64Array; from: number }

/** `curve` is the expected information (Fisher), row by row. */
export type Fit = { value: number; slope: number[]; curve: number[][] }

/**
 * Σ r·log P + (n − r)·log(1 − P) with P = c + (1 − c)σ(a(θ − b)), and what the priors add. With u = P′/(P(1 − P)) the
 * slope is Σ (r − nP)·u and the information Σ n·P(1 − P)·u·uᵀ. (Bock & Aitkin 1981, Psychometrika 46, 443–459; Baker &
 * Kim 2004, Item Response Theory, ch. 6.)
 */
export function fitOf(item: ItemParameters, thetas: Float64Array, counts: Counts, priors: Priors): Fit {
  const { a, b, c } = item
  const { seen, right, from } = counts
  let [value, ga, gb, gc] = [0, 0, 0, 0]
  let [aa, ab, ac, bb, bc, cc] = [0, 0, 0, 0, 0, 0]
  for (let k = 0; k < thetas.length; k += 1) {
    const n = seen[from + k]!
    if (n === 0) continue
    const r = right[from + k]!
    const above = thetas[k]! - b
    const odds = Math.exp(-a * above)
    const known = 1 / (1 + odds)
    const unknown = odds / (1 + odds)
    const p = c + (1 - c) * known
    const q = (1 - c) * unknown
    const ratio = known / p
    const [ua, ub, uc] = [ratio * above, -a * ratio, 1 / (p * (1 - c))]
    const left = r - n * p
    const weight = n * p * q
    value += r * Math.log(p) + (n - r) * Math.log(q)
    ga += left * ua
    gb += left * ub
    gc += left * uc
    aa += weight * ua * ua
    ab += weight * ua * ub
    ac += weight * ua * uc
    bb += weight * ub * ub
    bc += weight * ub * uc
    cc += weight * uc * uc
  }
  const [pa, pb, pc] = pullsOf(item, priors)
  return {
    value: value + pa.value + pb.value + pc.value,
    slope: [ga + pa.slope, gb + pb.slope, gc + pc.slope],
    curve: [
      [aa + pa.curve, ab, ac],
      [ab, bb + pb.curve, bc],
      [ac, bc, cc + pc.curve],
    ],
  }
}
