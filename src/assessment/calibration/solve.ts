// Small linear algebra for calibration: a few equations of one item, and the information matrix of all of them.

/**
 * Solves a small positive definite system. A little is added to the diagonal, so that a flat one has an answer too.
 */
export function solve(matrix: readonly number[][], vector: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [
    ...row.map((value, j) => (i === j ? value * (1 + 1e-9) + 1e-9 : value)),
    vector[i]!,
  ])
  rows.forEach((row, i) => {
    for (const below of rows.slice(i + 1)) {
      const part = below[i]! / row[i]!
      row.forEach((value, j) => (below[j]! -= part * value))
    }
  })
  const solved: number[] = []
  for (let i = rows.length - 1; i >= 0; i -= 1) {
    const row = rows[i]!
    const rest = solved.reduce((sum, value, j) => sum + value * row[i + 1 + j]!, 0)
    solved.unshift((row.at(-1)! - rest) / row[i]!)
  }
  return solved
}

/** A direction in which a matrix is flatter than this part of its own diagonal counts as flat. */
const flat = 1e-7

/**
 * The diagonal of the inverse of a symmetric matrix, given row by row (its lower half is read), by Cholesky's way. A
 * row that nothing is left of after those before it is taken out, as if its parameter were known: NaN stands there.
 */
export function inverseDiagonal(matrix: Float64Array, size: number): Float64Array {
  const lower = Float64Array.from(matrix)
  const out = new Uint8Array(size)
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let value = lower[i * size + j]!
      for (let k = 0; k < j; k += 1) value -= lower[i * size + k]! * lower[j * size + k]!
      if (i !== j) lower[i * size + j] = out[j] ? 0 : value / lower[j * size + j]!
      else if (value > flat * matrix[i * size + i]!) lower[i * size + i] = Math.sqrt(value)
      else {
        out[i] = 1
        lower.fill(0, i * size, i * size + i)
        lower[i * size + i] = 1
      }
    }
  }
  const diagonal = new Float64Array(size)
  const column = new Float64Array(size)
  // Column j of the inverse of the lower half; the squares of a column sum to the inverse's diagonal.
  for (let j = 0; j < size; j += 1) {
    let sum = 0
    for (let i = j; i < size; i += 1) {
      let value = i === j ? 1 : 0
      for (let k = j; k < i; k += 1) value -= lower[i * size + k]! * column[k]!
      column[i] = value / lower[i * size + i]!
      sum += column[i]! ** 2
    }
    diagonal[j] = out[j] ? NaN : sum
  }
  return diagonal
}
