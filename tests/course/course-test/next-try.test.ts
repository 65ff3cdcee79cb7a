import { expect, test } from 'vitest'
import { nextTryOn } from '#course/course-test/next-try.ts'
import { tested } from '../../record/happenings.ts'

const at = (effectiveAt: string, earned: number) => ({
  ...tested({ person: 'p', earned }),
  receivedAt: effectiveAt,
  effectiveAt,
})

test.each([
  ['failed in the morning', '2026-03-10T02:00:00.000Z', 3, '2026-03-24'],
  ['failed late in the evening, by the day in Shanghai', '2026-03-10T16:30:00.000Z', 3, '2026-03-25'],
  ['failed in December', '2026-12-20T02:00:00.000Z', 3, '2027-01-03'],
  ['passed: the year is credited, so the next one', '2026-03-10T02:00:00.000Z', 9, '2027-01-01'],
  ['passed in the last days of a year: two weeks all the same', '2026-12-30T02:00:00.000Z', 9, '2027-01-13'],
])('%s: the next try is open from that day on', (_, when, earned, on) => {
  expect(nextTryOn(at(when, earned))).toBe(on)
})
