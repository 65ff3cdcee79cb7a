import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seconds, uncovered, union, type Span } from '#record/hours/span.ts'

const span = fc
  .tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: -20, max: 120 }))
  .map(([from, length]): Span => [from, from + length])
const spans = fc.array(span, { maxLength: 12 })

/** The same by counting: each whole number between from and to. */
const instants = (all: readonly Span[]) => {
  const covered = new Set<number>()
  for (const [from, to] of all) for (let at = from; at < to; at++) covered.add(at)
  return covered
}

test('time that is covered twice counts once', () => {
  expect(
    union([
      [0, 10],
      [5, 15],
      [15, 20],
      [30, 31],
      [40, 40],
      [50, 45],
    ]),
  ).toEqual([
    [0, 20],
    [30, 31],
  ])
})

test('a union covers the same time, in order, without overlap, whatever order it came in', () => {
  fc.assert(
    fc.property(spans, (all) => {
      const merged = union(all)
      expect(instants(merged)).toEqual(instants(all))
      expect(seconds(merged) * 1000).toBeCloseTo(instants(all).size)
      expect(merged.every(([from], i) => i === 0 || from > (merged[i - 1]?.[1] ?? 0))).toBe(true)
      expect(union([...all].reverse())).toEqual(merged)
      expect(union(merged)).toEqual(merged)
    }),
  )
})

test('what is new in some time is all of it that was not there, and nothing else', () => {
  fc.assert(
    fc.property(spans, spans, (all, covered) => {
      const fresh = uncovered(all, covered)
      const there = instants(covered)
      expect(instants(fresh)).toEqual(
        new Set([...instants(all)].filter((at) => !there.has(at)).sort((a, b) => a - b)),
      )
      expect(uncovered(fresh, covered)).toEqual(fresh)
      expect(uncovered(all, [...covered, ...fresh])).toEqual([])
      expect(instants([...covered, ...fresh])).toEqual(new Set([...there, ...instants(all)]))
    }),
  )
})

test('of many visits, however they overlap and in whatever order, never more counts than passed on the clock', () => {
  fc.assert(
    fc.property(fc.array(spans, { maxLength: 8 }), (visits) => {
      const counted: Span[] = []
      for (const visit of visits) counted.push(...uncovered(visit, counted))
      const all = visits.flat().filter(([from, to]) => to > from)
      const elapsed =
        all.length === 0 ? 0 : Math.max(...all.map(([, to]) => to)) - Math.min(...all.map(([from]) => from))
      expect(seconds(counted) * 1000).toBeLessThanOrEqual(elapsed + 1e-6)
      expect(seconds(counted)).toBeCloseTo(seconds(union(all)), 9)
    }),
  )
})

test('looking does not change what is looked at', () => {
  const all: Span[] = [
    [5, 9],
    [0, 6],
  ]
  union(all)
  uncovered(all, all)
  expect(all).toEqual([
    [5, 9],
    [0, 6],
  ])
})
