import { expect, test } from 'vitest'
import { sayLength } from '#record/hours/say-length.ts'

test.each([
  [0, '0秒'],
  [0.4, '0秒'],
  [40, '40秒'],
  [59.6, '1分钟'],
  [60, '1分钟'],
  [95, '1分35秒'],
  [1200, '20分钟'],
  [7261, '121分1秒'],
])('%d seconds are said as %s', (seconds, words) => {
  expect(sayLength(seconds)).toBe(words)
})
