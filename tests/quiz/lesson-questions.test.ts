import { expect, test } from 'vitest'
import { placeOf } from '#quiz/lesson-questions.ts'
import { publicHalf } from '#quiz/public-half.ts'
import { items, samples } from './samples.ts'

const lesson = { id: 'lsn-x', questions: new Map(items.map((item) => [item.id, publicHalf(item)])) }

test('a question knows its number in the lesson', () => {
  expect(placeOf(lesson, 'itm-multiple')).toEqual({
    question: publicHalf(samples.multiple),
    number: 2,
    total: items.length,
    lesson: 'lsn-x',
  })
})

test('a question that is not in the lesson is left out without breaking the page', () => {
  expect(placeOf(lesson, 'itm-gone')).toBe(null)
  expect(placeOf(undefined, 'itm-single')).toBe(null)
})
