import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hideSmall, joinSmall } from '#studio/readers/hide-small.ts'

const counts = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 8 })
const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)

test('a count of fewer than five persons is not shown, and its neighbour neither', () => {
  expect(hideSmall([20, 3, 9])).toEqual([20, null, null])
  expect(hideSmall([20, 3, 4])).toEqual([20, null, null])
  expect(hideSmall([20, 2, 1])).toEqual([null, null, null])
  expect(hideSmall([20, 9, 0])).toEqual([20, 9, 0])
})

test('what is hidden is always five persons in two cells at least', () => {
  fc.assert(
    fc.property(counts, (all) => {
      const shown = hideSmall(all)
      const hidden = all.filter((_, at) => shown[at] === null)
      for (const [at, one] of shown.entries()) if (one !== null) expect(one).toBe(all[at])
      expect(all.every((one, at) => one === 0 || one >= 5 || shown[at] === null)).toBe(true)
      if (hidden.length > 0 && sum(all) >= 5 && all.length > 1) {
        expect(sum(hidden)).toBeGreaterThanOrEqual(5)
        expect(hidden.length).toBeGreaterThanOrEqual(2)
      }
    }),
  )
})

test('neighbours are told together until they are five, and nobody is lost by it', () => {
  expect(joinSmall([6, 2, 1, 0, 4, 8, 1])).toEqual([
    { from: 0, to: 0, count: 6 },
    { from: 1, to: 4, count: 7 },
    { from: 5, to: 6, count: 9 },
  ])
  fc.assert(
    fc.property(counts, (all) => {
      const runs = joinSmall(all)
      expect(sum(runs.map(({ count }) => count))).toBe(sum(all))
      expect(runs.flatMap(({ from, to }) => all.slice(from, to + 1))).toEqual(all)
      if (sum(all) >= 5) for (const { count } of runs) expect(count === 0 || count >= 5).toBe(true)
    }),
  )
})
