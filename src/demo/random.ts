// Chance that comes out the same every time: the demo must look alive, and never different.

import type { Random } from '#quiz/chance.ts'

export { inAnyOrder as shuffled, pick, type Random } from '#quiz/chance.ts'

/** Tommy Ettinger's mulberry32: 32 bits of state, small and even enough for an invented county. */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A stream of its own for everything that has a name, so that one more draw here changes nothing there. */
export function randomFor(...name: (string | number)[]): Random {
  let hash = 0x811c9dc5
  for (const letter of name.join(' ')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return mulberry32(hash)
}

export const between = (random: Random, from: number, to: number) => from + random() * (to - from)

/** A whole number, both ends included. */
export const whole = (random: Random, from: number, to: number) =>
  from + Math.floor(random() * (to - from + 1))

export const chance = (random: Random, probability: number) => random() < probability

/** A normal deviate, mean 0 and deviation 1 (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
