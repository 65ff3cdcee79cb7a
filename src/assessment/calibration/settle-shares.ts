// Turns answers that earned a part of their points into right and wrong ones, so that a calibration is not led astray.
import { hash } from '#quiz/shuffled.ts'
import type { Responses } from '#assessment/calibration/patterns.ts'

/**
 * A share s becomes 1 with chance s and 0 otherwise, by a lot that depends on row and column alone. `calibrate()` reads
 * a share as s·log P + (1 − s)·log(1 − P), which is no probability of s: halfway answers make every curve look flatter
 * than it is (slopes a tenth to a third too small in simulated papers of 10 to 40 items). After the lot the mean and
 * what two items have in common are what they were, and the slopes come out right.
 */
export function settleShares(responses: Responses): (number | null)[][] {
  return responses.map((row, person) =>
    Array.from(row, (share, item) => {
      if (share === null || share === 0 || share === 1 || Number.isNaN(share)) return share
      return lotOf(person, item) < share ? 1 : 0
    }),
  )
}

/** A number from 0 to 1 for a person and an item. */
const lotOf = (person: number, item: number) => hash(`${person}/${item}`) / 2 ** 32
