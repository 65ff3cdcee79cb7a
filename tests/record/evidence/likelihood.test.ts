import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  information,
  levelCentre,
  likelihood,
  observationSd,
  parametersOf,
  readingOf,
  type Reading,
} from '#record/evidence/likelihood.ts'
import { answered, observed } from '../../support/evidence.ts'

const cuts = [-1.5, -0.5, 0.5, 1.5]
const theta = fc.double({ min: -4, max: 4, noNaN: true })
const parameters = fc.record({
  a: fc.double({ min: 0.1, max: 4, noNaN: true }),
  b: fc.double({ min: -5, max: 5, noNaN: true }),
  c: fc.constantFrom(0, 0.2, 0.25, 0.5),
})
const share = fc.constantFrom(0, 0.25, 0.5, 0.75, 1)
const answer = fc
  .record({ share, item: parameters })
  .map(({ share, item }): Reading => ({ type: 'answer', share, ...item }))
const seen = fc
  .double({ min: -3, max: 3, noNaN: true })
  .map((centre): Reading => ({ type: 'observation', centre, sd: observationSd }))

function at(reading: Reading, ability: number): { log: number; slope: number } {
  const { log, slope } = likelihood(reading, { start: ability, step: 1, points: 1 })
  return { log: log[0] ?? NaN, slope: slope[0] ?? NaN }
}

function right({ a, b, c }: { a: number; b: number; c: number }, ability: number): number {
  return c + (1 - c) / (1 + Math.exp(-a * (ability - b)))
}

test('the slope is the derivative of the log-likelihood', () => {
  fc.assert(
    fc.property(fc.oneof(answer, seen), theta, (reading, ability) => {
      const step = 1e-4
      const rise = at(reading, ability + step).log - at(reading, ability - step).log
      expect(at(reading, ability).slope).toBeCloseTo(rise / (2 * step), 5)
    }),
  )
})

test('point after point along a grid is as exact as each alone', () => {
  fc.assert(
    fc.property(fc.oneof(answer, seen), fc.integer({ min: 0, max: 60 }), (reading, point) => {
      const { log, slope } = likelihood(reading, { start: -4, step: 8 / 60, points: 61 })
      const alone = at(reading, -4 + point * (8 / 60))
      expect(log[point]).toBeCloseTo(alone.log, 10)
      expect(slope[point]).toBeCloseTo(alone.slope, 10)
    }),
  )
})

test('a share of the points counts as that much right and the rest wrong', () => {
  fc.assert(
    fc.property(parameters, share, theta, theta, (item, share, one, other) => {
      // Beyond this the plain formula below has no digits left of 1 − P; ours has.
      fc.pre(Math.max(one, other) - item.b < 12 / item.a)
      const direct = (ability: number) =>
        share * Math.log(right(item, ability)) + (1 - share) * Math.log(1 - right(item, ability))
      const reading: Reading = { type: 'answer', share, ...item }
      expect(at(reading, one).log - at(reading, other).log).toBeCloseTo(direct(one) - direct(other), 7)
    }),
  )
})

test('a right answer never speaks against a person, a wrong one never for', () => {
  fc.assert(
    fc.property(parameters, theta, (item, ability) => {
      expect(at({ type: 'answer', share: 1, ...item }, ability).slope).toBeGreaterThanOrEqual(0)
      expect(at({ type: 'answer', share: 0, ...item }, ability).slope).toBeLessThanOrEqual(0)
    }),
  )
})

test('no calibration, however extreme, ends in a number that is none', () => {
  for (const b of [-10, 10]) {
    for (const share of [0, 0.5, 1]) {
      const { log, slope } = likelihood(
        { type: 'answer', share, a: 10, b, c: 0 },
        { start: -4, step: 0.1, points: 81 },
      )
      expect([...log, ...slope].every(Number.isFinite)).toBe(true)
    }
  }
})

test('information is the spread of the slope over right and wrong answers', () => {
  fc.assert(
    fc.property(parameters, theta, (item, ability) => {
      const chance = right(item, ability)
      const ofRight = at({ type: 'answer', share: 1, ...item }, ability).slope
      const ofWrong = at({ type: 'answer', share: 0, ...item }, ability).slope
      expect(information(item, ability)).toBeCloseTo(chance * ofRight ** 2 + (1 - chance) * ofWrong ** 2, 9)
    }),
  )
})

test('an item is read by its label until it is calibrated', () => {
  const item = { difficulty: 'hard', guessing: 0.25, calibration: null } as const
  expect(parametersOf(item)).toEqual({ a: 1, b: 1, c: 0.25 })
  expect(parametersOf({ ...item, difficulty: 'easy' })).toEqual({ a: 1, b: -1, c: 0.25 })
  const calibration = { a: 1.3, b: -0.4, c: 0.2, version: '2026-1' }
  expect(parametersOf({ ...item, calibration })).toEqual({ a: 1.3, b: -0.4, c: 0.2 })
  expect(readingOf(answered('a', { share: 0.5, calibration }), cuts)).toEqual({
    type: 'answer',
    share: 0.5,
    a: 1.3,
    b: -0.4,
    c: 0.2,
  })
})

test('an observed level stands in the middle between its cuts', () => {
  expect([1, 2, 3, 4, 5].map((level) => levelCentre(level, cuts))).toEqual([-2, -1, 0, 1, 2])
  expect([1, 2, 3, 4, 5].map((level) => levelCentre(level, [-1, 0, 2, 3]))).toEqual([
    -1 - 2 / 3,
    -0.5,
    1,
    2.5,
    3 + 2 / 3,
  ])
})

test('the level named by a severe rater is moved up by that severity', () => {
  const reading = (severity: number | null) => readingOf(observed('o', { level: 2, severity }), cuts)
  expect(reading(null)).toEqual({ type: 'observation', centre: -1, sd: observationSd })
  expect(reading(0.4)).toMatchObject({ centre: -0.6 })
  expect(reading(-0.4)).toMatchObject({ centre: -1.4 })
})
