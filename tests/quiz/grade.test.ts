import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import { publicHalf } from '#quiz/public-half.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { filledForm } from './filled-form.ts'
import { anyItem, anyPair } from './invented.ts'
import { items, samples } from './samples.ts'

test('points are whole, never below zero and never above what is possible', () => {
  fc.assert(
    fc.property(anyPair, ({ item, answer }) => {
      const result = grade(item, answer)
      if (result.type === 'incomplete') return
      expect(Number.isInteger(result.possible)).toBe(true)
      expect(result.possible).toBeGreaterThanOrEqual(1)
      if (result.type === 'waiting') return
      expect(Number.isInteger(result.earned)).toBe(true)
      expect(result.earned).toBeGreaterThanOrEqual(0)
      expect(result.earned).toBeLessThanOrEqual(result.possible)
    }),
    { numRuns: 1000 },
  )
})

test('the answer of the key always gets every point', () => {
  const full = (result: ReturnType<typeof grade>) =>
    result.type === 'waiting' || (result.type === 'graded' && result.earned === result.possible)
  fc.assert(
    fc.property(anyItem, (item) => full(grade(item, rightAnswer(item)))),
    { numRuns: 300 },
  )
  expect(items.every((item) => full(grade(item, rightAnswer(item))))).toBe(true)
})

test('an incomplete answer carries a Chinese sentence and no points', () => {
  fc.assert(
    fc.property(anyPair, ({ item, answer }) => {
      const result = grade(item, answer)
      if (result.type !== 'incomplete') return
      expect(Object.keys(result)).toEqual(['type', 'missing'])
      expect(result.missing).toMatch(/^[\p{Script=Han}\d，“”]+$/u)
    }),
    { numRuns: 500 },
  )
})

test('the same answer gets the same points, however the question was shuffled', () => {
  fc.assert(
    fc.property(anyPair, fc.string(), ({ item, answer }, seed) => {
      const before = grade(item, answer)
      const shown = publicHalf(item, seed)
      // The parts as they stood on the page, in the order of the page.
      const moved =
        item.kind === 'order' && shown.kind === 'order'
          ? { ...item, steps: shown.steps }
          : item.kind === 'match' && shown.kind === 'match'
            ? { ...item, right: shown.right }
            : item
      expect(grade(moved, answer)).toEqual(before)
    }),
  )
})

test('what a browser sends for an answer is read back as that answer', () => {
  fc.assert(
    fc.property(anyItem, (item) => {
      const answer = rightAnswer(item)
      const read = answerFromForm(item.kind, filledForm(answer, item.id))
      if ('type' in read) throw new Error(read.missing)
      expect(grade(item, read)).toEqual(grade(item, answer))
      expect(JSON.parse(JSON.stringify(read))).toEqual(answer)
    }),
  )
})

test('grading an item twice does not change it', () => {
  const before = structuredClone(items)
  for (const item of items) grade(item, rightAnswer(item))
  expect(items).toEqual(before)
})

test('an answer of another kind asks to reload instead of giving points', () => {
  expect(grade(samples.single, { kind: 'true-false', choice: true })).toEqual({
    type: 'incomplete',
    missing: '这道题刚刚修改过，请刷新页面再答',
  })
})
