// Answers of invented people to invented items, the same every time; also for the bench.
import type { ItemParameters } from '#record/evidence/likelihood.ts'
import { random } from '../../support/evidence.ts'

/** Draws from N(0, 1) (Box & Muller). */
export function normals(next: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

/** A bank of items as banks are: log a ~ N(0, 0.3), b ~ N(0, 1), and a chance of guessing of about a fifth if asked for. */
export function bankOf(items: number, seed: number, guessing = false): ItemParameters[] {
  const next = random(seed)
  const normal = normals(next)
  return Array.from({ length: items }, () => ({
    a: Math.exp(0.3 * normal()),
    b: normal(),
    c: guessing ? 0.15 + 0.1 * next() : 0,
  }))
}

type People = {
  people: number
  seed: number
  /** Their abilities: N(mean, sd). */
  mean?: number
  sd?: number
  /** Each gets a paper of about so many items drawn by chance; all items unless given. */
  paper?: number
}

/** Their answers, 0 or 1, null where an item was not in the paper. */
export function answersTo(
  bank: readonly ItemParameters[],
  { people, seed, mean = 0, sd = 1, paper }: People,
) {
  const next = random(seed)
  const normal = normals(next)
  return Array.from({ length: people }, () => {
    const theta = mean + sd * normal()
    return bank.map(({ a, b, c }) => {
      if (paper !== undefined && next() >= paper / bank.length) return null
      return next() < c + (1 - c) / (1 + Math.exp(-a * (theta - b))) ? 1 : 0
    })
  })
}

/** Root mean square of the differences. */
export function apart(found: readonly number[], true_: readonly number[]): number {
  return Math.sqrt(found.reduce((sum, value, i) => sum + (value - true_[i]!) ** 2, 0) / found.length)
}
