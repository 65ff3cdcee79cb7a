// How far the items of a paper measure the same: Cronbach's alpha (Cronbach 1951, Psychometrika 16, 297–334).
import type { Responses } from '#assessment/calibration/patterns.ts'
import { itemsIn } from '#assessment/calibration/patterns.ts'

/**
 * α = k·c̄ / (v̄ + (k − 1)·c̄) from the mean variance v̄ of an item and the mean covariance c̄ of two, for a paper of k
 * items (all columns unless given). With complete answers this is the textbook's k/(k − 1)·(1 − Σv/V). With papers drawn
 * by chance each covariance comes from the people who had both items, and weighs by how many they are: the alpha of a
 * random paper of that length. Null when no two people had the same two items, or nobody differs.
 */
export function cronbachAlpha(responses: Responses, length = itemsIn(responses)): number | null {
  const items = itemsIn(responses)
  const columns = Array.from({ length: items }, (_, item) => responses.map((row) => row[item] ?? NaN))
  let [variances, people, covariances, pairs] = [0, 0, 0, 0]
  columns.forEach((column, i) => {
    const own = covariance(column, column)
    variances += own.value * own.people
    people += own.people
    for (const other of columns.slice(i + 1)) {
      const both = covariance(column, other)
      covariances += both.value * both.people
      pairs += both.people
    }
  })
  if (people === 0 || pairs === 0) return null
  const [v, c] = [variances / people, covariances / pairs]
  const whole = v + (length - 1) * c
  return whole > 0 ? (length * c) / whole : null
}

/** Covariance over the people who have both values; 0 from nobody when fewer than two have. */
function covariance(xs: readonly number[], ys: readonly number[]): { value: number; people: number } {
  let [people, sumX, sumY, sumXY] = [0, 0, 0, 0]
  xs.forEach((x, person) => {
    const y = ys[person]!
    if (Number.isNaN(x + y)) return
    people += 1
    sumX += x
    sumY += y
    sumXY += x * y
  })
  if (people < 2) return { value: 0, people: 0 }
  return { value: (sumXY - (sumX * sumY) / people) / (people - 1), people }
}
