import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deadlineOf, givenAt, isOver, sayLeft, secondsLeft } from '#assessment/attempt/time.ts'

const start = '2026-03-10T02:00:00.000Z'

test('more time adds its share to the limit, and no limit stays none', () => {
  expect(deadlineOf(start, 60, 0)).toBe('2026-03-10T03:00:00.000Z')
  expect(deadlineOf(start, 60, 0.25)).toBe('2026-03-10T03:15:00.000Z')
  expect(deadlineOf(start, null, 1)).toBeNull()
})

test('ten seconds are given to the line, not one more, and nothing is ever late without a limit', () => {
  const deadline = '2026-03-10T03:00:00.000Z'
  expect(isOver(deadline, '2026-03-10T03:00:10.000Z')).toBe(false)
  expect(isOver(deadline, '2026-03-10T03:00:10.001Z')).toBe(true)
  expect(isOver(null, '2099-01-01T00:00:00.000Z')).toBe(false)
  expect([
    secondsLeft(deadline, '2026-03-10T02:59:59.999Z'),
    secondsLeft(deadline, '2026-03-10T04:00:00.000Z'),
  ]).toEqual([1, 0])
  expect(secondsLeft(null, start)).toBeNull()
})

test('an answer is never given before the attempt began nor after it arrived, whatever a device says', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), fc.nat(1e7), (ago, after) => {
      const received = new Date(Date.parse(start) + after).toISOString()
      const given = givenAt(received, ago, start)
      expect(given >= start && given <= received).toBe(true)
    }),
  )
  expect(givenAt('2026-03-10T02:10:00.000Z', 60_000, start)).toBe('2026-03-10T02:09:00.000Z')
})

test.each([
  [4000, '还有1小时6分钟'],
  [3600, '还有1小时'],
  [3599, '还有59分钟'],
  [60, '还有1分钟'],
  [59, '还有不到1分钟'],
  [0, '时间到了'],
])('%i seconds are said in minutes', (seconds, words) => expect(sayLeft(seconds)).toBe(words))
