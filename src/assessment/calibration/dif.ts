// Differential item functioning: whether an item is harder for one group than for another of the same ability. Pure.
// Mantel & Haenszel 1959 (J. Nat. Cancer Inst. 22, 719–748); for items Holland & Thayer 1988 (in Wainer & Braun, Test
// Validity, 129–145).

/** People of one total score: how many of either group got the item right, and how many did not. */
export type Stratum = {
  reference: { right: number; wrong: number }
  focal: { right: number; wrong: number }
}

/** A negligible difference, one of some size, a large one: the classes of ETS. */
export type DifClass = 'A' | 'B' | 'C'

export type Dif = {
  /** Common odds ratio of the reference group to the focal one; above 1 the item is harder for the focal group. */
  alpha: number
  /** −2.35 ln α, in ETS delta units (13 + 4z); below 0 the item is harder for the focal group. */
  delta: number
  /** Standard error of delta. */
  error: number
  /** Chi-square with one degree of freedom, with the correction for continuity. */
  chiSquare: number
}

const deltaOf = 2.35

/**
 * Compares two groups over strata of equal score; the error is by Robins, Breslow & Greenland 1986 (Biometrics 42,
 * 311–323). Null where nothing can be said: no stratum with both groups, or in none did one group miss what the other
 * got right.
 */
export function mantelHaenszel(strata: readonly Stratum[]): Dif | null {
  let [r, s, pr, mixed, qs, apart, variance] = [0, 0, 0, 0, 0, 0, 0]
  for (const { reference, focal } of strata) {
    const [ofReference, ofFocal] = [reference.right + reference.wrong, focal.right + focal.wrong]
    const all = ofReference + ofFocal
    if (ofReference === 0 || ofFocal === 0) continue
    const [right, wrong] = [reference.right + focal.right, reference.wrong + focal.wrong]
    const [oneR, oneS] = [(reference.right * focal.wrong) / all, (reference.wrong * focal.right) / all]
    const [p, q] = [(reference.right + focal.wrong) / all, (reference.wrong + focal.right) / all]
    r += oneR
    s += oneS
    pr += p * oneR
    mixed += p * oneS + q * oneR
    qs += q * oneS
    apart += reference.right - (ofReference * right) / all
    variance += (ofReference * ofFocal * right * wrong) / (all * all * (all - 1))
  }
  if (r === 0 || s === 0 || variance === 0) return null
  const logVariance = pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s)
  return {
    alpha: r / s,
    delta: -deltaOf * Math.log(r / s),
    error: deltaOf * Math.sqrt(logVariance),
    chiSquare: Math.max(0, Math.abs(apart) - 0.5) ** 2 / variance,
  }
}

/** Chi-square of one degree of freedom that chance exceeds once in twenty times. */
export const byChance = 3.841
/** How many errors above 1 chance reaches once in twenty times, to one side. */
const oneSided = 1.645

/**
 * The class by the rules of ETS (Dorans & Holland 1993, in Holland & Wainer, Differential Item Functioning, 41–42): C is
 * at least 1.5 and surely more than 1; A is less than 1, or not surely other than 0.
 */
export function difClassOf({ delta, error, chiSquare }: Dif): DifClass {
  const size = Math.abs(delta)
  if (size < 1 || chiSquare < byChance) return 'A'
  return size >= 1.5 && size - oneSided * error > 1 ? 'C' : 'B'
}
