// Where two rows of lines or words differ. Each distinct piece becomes one letter, so that the letter-by-letter diff of
// the editor compares whole pieces, in bounded time.
import { diff } from '@codemirror/merge'

/** A run of pieces that became another one; ends are exclusive, either run may be empty. */
export type Run = { fromA: number; toA: number; fromB: number; toB: number }

/** Letters that are whole by themselves: no halves of a pair. */
const firstPairHalf = 0xd800
const pairHalves = 0x800
const mostDistinct = 0x10000 - pairHalves

/** Beyond so many pieces between the first and the last difference, all of it is one change. */
const mostCompared = 20_000

/**
 * How far the exact search goes before a coarser one takes over: all the way for the 3,000 lines of the largest source.
 * A number and no time limit, so that the same texts differ in the same way everywhere.
 */
const scanLimit = 4000

/** Runs in order; between them the pieces are equal and equally many. Never two that touch on both sides. */
export function changedRuns(before: readonly string[], after: readonly string[]): Run[] {
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head++
  let tail = 0
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const a = before.slice(head, before.length - tail)
  const b = after.slice(head, after.length - tail)
  if (a.length === 0 && b.length === 0) return []
  const whole = { fromA: head, toA: head + a.length, fromB: head, toB: head + b.length }
  if (a.length === 0 || b.length === 0 || Math.max(a.length, b.length) > mostCompared) return [whole]
  const letters = new Map<string, string>()
  const spell = (pieces: string[]) => pieces.map((piece) => letterOf(letters, piece)).join('')
  const [spelledA, spelledB] = [spell(a), spell(b)]
  if (letters.size > mostDistinct) return [whole]
  return diff(spelledA, spelledB, { scanLimit }).map(({ fromA, toA, fromB, toB }) => ({
    ...{ fromA: fromA + head, toA: toA + head },
    ...{ fromB: fromB + head, toB: toB + head },
  }))
}

function letterOf(letters: Map<string, string>, piece: string): string {
  const known = letters.get(piece)
  if (known !== undefined) return known
  const code = letters.size < firstPairHalf ? letters.size : letters.size + pairHalves
  const letter = String.fromCharCode(code)
  letters.set(piece, letter)
  return letter
}
