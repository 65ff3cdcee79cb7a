// The day as of which a map is looked at: what an address may ask for, and what the slider offers.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressAt, lastDayOf, monthOf, monthsFor, monthWord, readAsOf } from '#plan/as-of.ts'

const today = '2026-11-27'
const ask = (query: string) => readAsOf(new URLSearchParams(query), today)

test('an address may name a day up to today, and without one it is today', () => {
  expect(ask('')).toEqual({ on: today, refused: null })
  expect(ask('asOf=')).toEqual({ on: today, refused: null })
  expect(ask('asOf=2026-05-31')).toEqual({ on: '2026-05-31', refused: null })
  expect(ask('asOf=2026-11-27')).toEqual({ on: today, refused: null })
  expect(ask('asOf=2024-02-29')).toEqual({ on: '2024-02-29', refused: null })
})

test.each([
  ['asOf=2026-02-30', '没有“2026-02-30”这一天，下面是今天的样子。日期写成2026-11-27这样。'],
  ['asOf=2025-02-29', '没有“2025-02-29”这一天，下面是今天的样子。日期写成2026-11-27这样。'],
  ['asOf=yesterday', '没有“yesterday”这一天，下面是今天的样子。日期写成2026-11-27这样。'],
  ['asOf=2026-5-1', '没有“2026-5-1”这一天，下面是今天的样子。日期写成2026-11-27这样。'],
  ['asOf=2026-11-28', '2026年11月28日还没有到，下面是今天的样子。'],
  ['month=24324', '2027年1月31日还没有到，下面是今天的样子。'],
  ['month=999999', '没有“999999”这一天，下面是今天的样子。日期写成2026-11-27这样。'],
  ['month=1e9', '没有“1e9”这一天，下面是今天的样子。日期写成2026-11-27这样。'],
  [`asOf=${'9'.repeat(90)}`, `没有“${'9'.repeat(20)}”这一天，下面是今天的样子。日期写成2026-11-27这样。`],
])('of %s people are told why it is not shown', (query, refused) => {
  expect(ask(query)).toEqual({ on: today, refused })
})

test('a month as the form sends it is its last day, the present one today', () => {
  expect(ask(`month=${monthOf('2026-02-01')}`)).toEqual({ on: '2026-02-28', refused: null })
  expect(ask(`month=${monthOf('2025-12-09')}`)).toEqual({ on: '2025-12-31', refused: null })
  expect(ask(`month=${monthOf(today)}`)).toEqual({ on: today, refused: null })
  expect(ask(`month=${monthOf('2026-02-01')}&asOf=2026-01-07`).on).toBe('2026-01-07')
})

test('any address gives a day that there is, never after today', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (asOf, month) => {
      const { on } = readAsOf(new URLSearchParams({ asOf, month }), today)
      expect(new Date(`${on}T00:00:00Z`).toISOString().slice(0, 10)).toBe(on)
      expect(on <= today).toBe(true)
    }),
  )
})

test('the slider goes from the month of the first evidence to this one, and its buttons a month back and forth', () => {
  expect(monthsFor(today, '2025-11-03', today)).toEqual({
    ...{ least: monthOf('2025-11-01'), most: monthOf(today), value: monthOf(today) },
    ...{ before: '2026-10-31', after: null },
  })
  expect(monthsFor('2026-01-31', '2025-11-03', today)).toMatchObject({
    before: '2025-12-31',
    after: '2026-02-28',
  })
  expect(monthsFor('2026-10-31', '2025-11-03', today)?.after).toBe(today)
  expect(monthsFor('2026-11-02', '2025-11-03', today)?.after).toBe(today)
  expect(monthsFor('2025-11-30', '2025-11-03', today)?.before).toBeNull()
  expect(monthWord(monthOf('2025-12-31'))).toBe('2025年12月')
})

test('who has no evidence, or only of this month, is offered no slider; a day before it leads back', () => {
  expect(monthsFor(today, null, today)).toBeNull()
  expect(monthsFor(today, '2026-11-01', today)).toBeNull()
  expect(monthsFor('2026-03-31', '2026-11-01', today)).toMatchObject({ before: null, after: today })
  expect(monthsFor('2020-03-31', '2026-01-09', today)).toMatchObject({ before: null, after: '2026-01-31' })
})

test('month by month one comes from the first to today and back', () => {
  const days = [today]
  for (let on: string | null = today; (on = monthsFor(on, '2024-12-31', today)?.before ?? null);)
    days.push(on)
  expect(days.at(-1)).toBe('2024-12-31')
  expect(days).toHaveLength(24)
  for (const [i, on] of days.entries())
    expect(monthsFor(on, '2024-12-31', today)?.after ?? null).toBe(i === 0 ? null : days[i - 1])
  expect(lastDayOf(monthOf('2024-02-01'))).toBe('2024-02-29')
})

test('an address keeps the indicator and the day, and says neither of today', () => {
  expect(addressAt('/me', { on: today, today })).toBe('/me')
  expect(addressAt('/me', { on: today, today, indicator: 'openness' })).toBe('/me?indicator=openness')
  expect(addressAt('/me', { on: '2026-05-31', today, indicator: 'openness' })).toBe(
    '/me?asOf=2026-05-31&indicator=openness',
  )
})
