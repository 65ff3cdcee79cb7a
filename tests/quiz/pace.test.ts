// Nobody answers before the question could be read; who reads several and answers them in a row is not held up.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publicHalf } from '#quiz/public-half.ts'
import { readingSeconds, secondsToWait } from '#quiz/pace.ts'
import { samples } from './samples.ts'

const start = Date.parse('2026-03-10T02:00:00.000Z')
const at = (seconds: number) => start + seconds * 1000

test.each([
  ['the first question after two seconds', 8, 0, [], 2, 6],
  ['the first question after its reading time', 8, 0, [], 8, 0],
  ['a second one, seconds after the first, read together with it', 8, 0, [[60, 8]], 62, 0],
  ['four questions in four seconds', 8, 0, [[1, 8], [2, 8], [3, 8]], 4, 28], // prettier-ignore
  ['without a visit the first is free', 8, null, [], 0, 0],
  ['without a visit the second waits until it could be read', 8, null, [[0, 8]], 1, 7],
  ['what was answered before this visit is of no account', 8, 600, [[10, 8], [20, 8]], 608, 0], // prettier-ignore
] as const)('%s', (_, reading, openedAt, earlier, now, wait) => {
  const before = earlier.map(([seconds, each]) => ({ at: at(seconds), reading: each }))
  expect(secondsToWait(reading, openedAt === null ? null : at(openedAt), before, at(now))).toBe(wait)
})

test('who waits as long as was said is let through, never a second later', () => {
  const seconds = fc.double({ min: 0, max: 600, noNaN: true })
  const answered = fc.array(fc.tuple(seconds, fc.double({ min: 2, max: 12, noNaN: true })))
  fc.assert(
    fc.property(fc.double({ min: 2, max: 12, noNaN: true }), answered, seconds, (reading, earlier, now) => {
      const before = earlier.map(([when, each]) => ({ at: at(Math.min(when, now)), reading: each }))
      const wait = secondsToWait(reading, start, before, at(now))
      expect(secondsToWait(reading, start, before, at(now + wait))).toBe(0)
      if (wait > 1) expect(secondsToWait(reading, start, before, at(now + wait - 1.01))).toBeGreaterThan(0)
    }),
  )
})

test('every kind of question takes between two and twelve seconds to read, longer ones no less', () => {
  for (const item of Object.values(samples)) {
    const question = publicHalf(item)
    const seconds = readingSeconds(question)
    expect(seconds).toBeGreaterThanOrEqual(2)
    expect(seconds).toBeLessThanOrEqual(12)
    const longer = readingSeconds({ ...question, stem: `${question.stem}${'字'.repeat(60)}` })
    expect(longer).toBeGreaterThanOrEqual(Math.min(12, seconds))
  }
  const [item] = Object.values(samples)
  if (!item) throw new Error('There are no samples.')
  const stem = (length: number) => readingSeconds({ ...publicHalf(item), stem: '字'.repeat(length) })
  expect(stem(120)).toBeGreaterThan(stem(30))
})
