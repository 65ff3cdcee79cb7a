// How likely somebody is asked an item: what was never met comes first, and nothing is asked twice.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chancesOf, together } from '#assessment/blueprint/chances.ts'

const pool = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `i${i}` }))

test('unmet items share the places', () => {
  expect(Object.fromEntries(chancesOf(pool(4), 2, new Set()))).toEqual({ i0: 0.5, i1: 0.5, i2: 0.5, i3: 0.5 })
  expect(Object.fromEntries(chancesOf(pool(4), 1, new Set(['i0', 'i1'])))).toEqual({
    ...{ i0: 0, i1: 0, i2: 0.5, i3: 0.5 },
  })
})

test('met items get what the unmet leave', () => {
  expect(Object.fromEntries(chancesOf(pool(3), 2, new Set(['i0', 'i1'])))).toEqual({
    i0: 0.5,
    i1: 0.5,
    i2: 1,
  })
})

test('as many are asked as there are places, or items, and none surely twice', () => {
  fc.assert(
    fc.property(fc.nat(12), fc.nat(12), fc.nat(12), (size, count, met) => {
      const chances = [...chancesOf(pool(size), count, new Set(pool(met).map(({ id }) => id))).values()]
      expect(chances.reduce((sum, one) => sum + one, 0)).toBeCloseTo(Math.min(size, count), 9)
      for (const chance of chances) expect(chance).toBeLessThanOrEqual(1)
    }),
  )
})

test('an item that fits two places of a paper is still asked once', () => {
  const all = together([
    new Map([['a', 0.7]]),
    new Map([
      ['a', 0.7],
      ['b', 0.2],
    ]),
  ])
  expect(Object.fromEntries(all)).toEqual({ a: 1, b: 0.2 })
})
