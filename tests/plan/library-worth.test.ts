import fc from 'fast-check'
import { expect, test } from 'vitest'
import { libraryWorth } from '#plan/library-worth.ts'
import { yunnan } from '../record/published-rules.ts'

const jiafeng = { id: 'crs-jiafeng', minutes: [11, 12, 10, 11, 11] }
const short = { id: 'crs-short', minutes: [8] }
const credited = (...all: [string, number][]) => new Map(all)

test.each([
  ['nothing in the library', [], credited(), { whole: 0, left: 0 }],
  ['a course without lessons', [{ id: 'crs-empty', minutes: [] }], credited(), { whole: 0, left: 0 }],
  ['one course of 55 minutes', [jiafeng], credited(), { whole: 1, left: 1 }],
  ['two courses', [jiafeng, short], credited(), { whole: 1.25, left: 1.25 }],
  [
    'two lessons of five are done',
    [jiafeng, short],
    credited(['crs-jiafeng', 0.5]),
    { whole: 1.25, left: 0.75 },
  ],
  ['all of a course is done', [jiafeng], credited(['crs-jiafeng', 1]), { whole: 1, left: 0 }],
  [
    'more was credited than the course is worth now: a new edition, or another rule',
    [jiafeng, short],
    credited(['crs-jiafeng', 3]),
    { whole: 1.25, left: 0.25 },
  ],
  [
    'credit for a course that is withdrawn makes up for no other',
    [short],
    credited(['crs-gone', 5]),
    { whole: 0.25, left: 0.25 },
  ],
])('%s', (_, courses, done, worth) => {
  expect(libraryWorth(yunnan, courses, done)).toEqual(worth)
})

test('where lessons stand alone, each is worth what it is worth alone', () => {
  expect(libraryWorth({ ...yunnan, per: 'lesson' }, [jiafeng], credited(['crs-jiafeng', 0.25]))).toEqual({
    whole: 1.25,
    left: 1,
  })
})

test('what is left is never more than all, and never less than nothing', () => {
  const course = fc.record({ id: fc.constantFrom('a', 'b', 'c'), minutes: fc.array(fc.nat(60)) })
  const courses = fc.uniqueArray(course, { selector: ({ id }) => id })
  fc.assert(
    fc.property(
      courses,
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 12 })),
      (all, done) => {
        const { whole, left } = libraryWorth(
          yunnan,
          all,
          new Map(Object.entries(done).map(([id, n]) => [id, n / 4])),
        )
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left).toBeLessThanOrEqual(whole)
      },
    ),
  )
})
