// How far a share of points might lie from what another paper of the same sort would give.

/**
 * Standard error of the mean of shares (0 to 1, one per item), items taken as a random sample of those that might have
 * been asked: √(Σ(x − x̄)² / (n(n − 1))). For right or wrong alone this is the binomial error of measurement, √(p(1 − p)/(n − 1)),
 * of Lord, F. M. (1955). Estimating test reliability. Educational and Psychological Measurement 15, 325–336; written
 * with the deviations it holds for partial credit too. One right and one wrong answer are added (Laplace's rule of
 * succession), or a paper of eight right answers would claim to have no error at all. Papers that balance their cells differ
 * less from each other than random ones, so it rather says too much than too little.
 */
export function errorOfShare(shares: readonly number[]): number {
  const all = [...shares, 0, 1]
  const mean = all.reduce((sum, share) => sum + share, 0) / all.length
  const squares = all.reduce((sum, share) => sum + (share - mean) ** 2, 0)
  return Math.sqrt(squares / (all.length * (all.length - 1)))
}
