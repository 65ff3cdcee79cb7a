// When two graders agree, and what an answer is worth then.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agree, toleranceOf, totalOf } from '#assessment/grading/agree.ts'
import { possibleOf } from '#quiz/kinds/short-answer/kind.ts'

const rubricOf = (...points: number[]) =>
  points.map((most, i) => ({ id: `r${i}`, text: '要点', points: most }))
const six = rubricOf(2, 2, 2)
const mark = (...points: number[]) => ({
  points: Object.fromEntries(points.map((given, i) => [`r${i}`, given])),
  settles: false,
})

test('one grader alone decides nothing', () => {
  expect(agree([], six)).toEqual({ type: 'waiting', missing: 2 })
  expect(agree([mark(2, 2, 2)], six)).toEqual({ type: 'waiting', missing: 1 })
})

test('two who differ by a sixth of all points at most: the mean, in halves', () => {
  expect(agree([mark(2, 1, 0), mark(0, 1, 2)], six)).toEqual({ type: 'agreed', earned: 3, possible: 6 })
  expect(agree([mark(2, 1, 0), mark(2, 2, 0)], six)).toEqual({ type: 'agreed', earned: 3.5, possible: 6 })
  expect(agree([mark(2, 0, 0), mark(2, 2, 0)], six)).toEqual({
    ...{ type: 'disagreed', totals: [2, 4], tolerance: 1 },
  })
})

test('where few points are to be had two must be of one mind', () => {
  expect(toleranceOf(rubricOf(1))).toBe(0)
  expect(toleranceOf(rubricOf(2, 3))).toBe(0)
  expect(toleranceOf(rubricOf(10, 2))).toBe(2)
  expect(agree([mark(1), mark(0)], rubricOf(1)).type).toBe('disagreed')
})

test('what a third says settles it, near or far', () => {
  const third = { ...mark(2, 2, 1), settles: true }
  expect(agree([mark(0, 0, 0), mark(2, 2, 2), third], six)).toEqual({
    ...{ type: 'agreed', earned: 5, possible: 6 },
  })
})

test('who comes first makes no difference, and nobody gets less than nothing or more than all', () => {
  const points = fc.record({ r0: fc.integer({ min: -3, max: 9 }), r1: fc.integer({ min: -3, max: 9 }) })
  const marks = fc.tuple(points, points).map((both) => both.map((each) => ({ points: each, settles: false })))
  const rubric = rubricOf(3, 5)
  fc.assert(
    fc.property(marks, (two) => {
      const result = agree(two, rubric)
      expect(agree(two.toReversed(), rubric)).toEqual(result)
      const [a = 0, b = 0] = two.map((one) => totalOf(rubric, one.points)).sort((x, y) => x - y)
      expect(a).toBeGreaterThanOrEqual(0)
      expect(b).toBeLessThanOrEqual(possibleOf(rubric))
      expect(result.type).toBe(b - a <= toleranceOf(rubric) ? 'agreed' : 'disagreed')
      if (result.type === 'agreed') expect(result.earned).toBe((a + b) / 2)
    }),
  )
})
