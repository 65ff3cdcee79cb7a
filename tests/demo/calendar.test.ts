import { expect, test } from 'vitest'
import { daysOf, demoYear, momentOf, monthsOf, weekdayOf } from '#demo/calendar.ts'

test('the year of the demo ends on the last Saturday before today and begins on a Monday', () => {
  expect(demoYear('2026-11-22')).toEqual({ firstOn: '2025-12-01', lastOn: '2026-11-21' })
  expect(demoYear('2026-11-21')).toEqual({ firstOn: '2025-11-24', lastOn: '2026-11-14' })
  for (const today of ['2026-11-23', '2027-02-28', '2028-03-01']) {
    const { firstOn, lastOn } = demoYear(today)
    expect(lastOn < today).toBe(true)
    expect([weekdayOf(firstOn), weekdayOf(lastOn)]).toEqual([0, 5])
  }
})

test('every day and month of the year is there once', () => {
  const year = demoYear('2026-11-22')
  expect(daysOf(year)).toHaveLength(356)
  expect(daysOf(year).at(-1)).toBe('2026-11-21')
  expect(monthsOf(year)).toHaveLength(12)
})

test('half past seven in the evening is that in Shanghai', () => {
  expect(new Date(momentOf('2026-03-01', 19 * 60 + 30)).toISOString()).toBe('2026-03-01T11:30:00.000Z')
})
