import fc from 'fast-check'
import { expect, test } from 'vitest'
import { believe, gridPoints, thetaAt } from '#record/capability/belief.ts'
import { dimensionOf, level, levelOf, levelStart, status } from '#record/capability/level.ts'
import { provisionalWord, statusMeanings, statusWords } from '#record/capability/words.ts'
import { answered, observed } from '../../support/evidence.ts'

const cuts = [-1.5, -0.5, 0.5, 1.5]

/** A normal belief with a given mean and deviation. */
function belief(mean: number, sd: number, kinds = 2) {
  const density = Array.from({ length: gridPoints }, (_, i) =>
    Math.exp(-((thetaAt(i) - mean) ** 2) / (2 * sd ** 2)),
  )
  const total = density.reduce((sum, one) => sum + one, 0)
  return { mean, sd, kinds, grid: density.map((one) => one / total) }
}

test('a level begins at its cut', () => {
  expect([-3, -1.5, -1.4, -0.5, 0, 0.5, 1.49, 1.5, 3].map((theta) => levelOf(theta, cuts))).toEqual([
    1, 2, 2, 3, 3, 4, 4, 5, 5,
  ])
  expect([1, 2, 3, 4, 5].map((one) => levelStart(one, cuts))).toEqual([-Infinity, -1.5, -0.5, 0.5, 1.5])
  expect(level(belief(0.2, 0.4), cuts)).toBe(3)
})

// Against level 3, which begins at −0.5: 0.8 needs a mean 0.842 deviations above, 0.2 as much below.
const table: [string, number, number, number, string][] = [
  ['far above', 1, 0.4, 2, '达标'],
  ['just sure enough', -0.5 + 0.85 * 0.5, 0.5, 2, '达标'],
  ['not quite sure enough', -0.5 + 0.83 * 0.5, 0.5, 2, '证据不足'],
  ['on the line', -0.5, 0.5, 2, '证据不足'],
  ['a good guess but a wide one', 0.2, 0.85, 2, '证据不足'],
  ['told by so little that everybody would be above the line', 0.9, 0.9, 2, '未测'],
  ['not quite unlikely enough', -0.5 - 0.83 * 0.5, 0.5, 2, '证据不足'],
  ['unlikely enough', -0.5 - 0.85 * 0.5, 0.5, 2, '未达标'],
  ['far below', -2, 0.4, 3, '未达标'],
  ['far above, but shown in one way only', 2, 0.3, 1, '未测'],
  ['far below, but shown in one way only', -2, 0.3, 1, '未测'],
  ['never asked', 0, 1, 0, '未测'],
]

test.each(table)('%s (mean %d, error %d, %d kinds) is said as %s', (_, mean, sd, kinds, word) => {
  expect(statusWords[status(belief(mean, sd, kinds), 3, cuts)]).toBe(word)
})

test('without a target there is a level and no verdict', () => {
  expect(statusWords[status(belief(-2, 0.3), null, cuts)]).toBe('未定目标')
  expect(status(belief(-2, 0.3, 1), null, cuts)).toBe('unmeasured')
})

test('a higher target is never easier to reach', () => {
  const order = ['not-reached', 'uncertain', 'reached']
  fc.assert(
    fc.property(
      fc.double({ min: -2.5, max: 2.5, noNaN: true }),
      fc.double({ min: 0.15, max: 0.89, noNaN: true }),
      (mean, sd) => {
        const ranks = [2, 3, 4, 5].map((target) => order.indexOf(status(belief(mean, sd), target, cuts)))
        expect(ranks).toEqual([...ranks].sort((a, b) => b - a))
      },
    ),
  )
})

test('every status has a word and a sentence, and unknown is never called low', () => {
  expect(Object.keys(statusWords)).toEqual(Object.keys(statusMeanings))
  expect(statusMeanings.unmeasured).toBe('证据不到两种，或者太少、太旧，不给出估计，不代表低。')
  expect(statusMeanings.uncertain).toContain('不代表低')
  expect(provisionalWord).toBe('初步')
})

test('many answers of one kind alone open no window', () => {
  const answers = Array.from({ length: 40 }, (_, i) => answered(`e${i}`))
  expect(status(believe(answers, '2026-11-22'), 3, cuts)).toBe('unmeasured')
  expect(status(believe([...answers, observed('o')], '2026-11-22'), 3, cuts)).toBe('reached')
})

test('of little or old evidence no level is reached, not even one that nearly everybody has', () => {
  const wrong = [answered('a', { share: 0 }), answered('b', { kind: 'scenario', share: 0 })]
  expect(status(believe(wrong, '2026-11-22'), 2, cuts)).toBe('unmeasured')
  const right = [answered('a'), observed('b', { level: 5 })]
  expect(status(believe(right, '2026-11-22'), 2, cuts)).toBe('reached')
  expect(status(believe(right, '2046-11-22'), 2, cuts)).toBe('unmeasured')
})

test('a dimension is shown only when all of its indicators are measured', () => {
  const measured = [belief(1, 0.4), belief(0, 0.6), belief(-0.4, 0.5), belief(0.6, 0.3)]
  expect(dimensionOf(measured)?.mean).toBeCloseTo(0.3, 12)
  expect(dimensionOf(measured)?.sd).toBeCloseTo(Math.sqrt(0.16 + 0.36 + 0.25 + 0.09) / 4, 12)
  expect(dimensionOf([...measured.slice(1), belief(1, 0.4, 1)])).toBeNull()
  expect(dimensionOf([])).toBeNull()
})
