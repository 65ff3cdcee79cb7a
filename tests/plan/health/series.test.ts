import { expect, test } from 'vitest'
import { asTally, liveMonths, publishedMonths, type NotedMonth } from '#plan/health/series.ts'
import { aimedOf, measuredOf } from '#record/capability/unit/tally.ts'

const noted = (unitId: string, on: string, of: number, all = 40): NotedMonth => ({
  ...{ unitId, on, health: { studied: { of, all } } },
})
const reached = (months: ReturnType<typeof liveMonths>, unitId = 'u') =>
  [...months].map(([on, totals]) => [on, totals.get(unitId)?.get('studied')?.reached ?? null])

test('all whom a figure is about are people of the share and of n', () => {
  const tally = asTally({ of: 3, all: 10 })
  expect([tally.reached, aimedOf(tally), measuredOf(tally)]).toEqual([3, 10, 10])
})

test('who may see persons sees each month as it was noted, the earliest first', () => {
  const rows = [noted('u', '2026-03-01', 12), noted('u', '2026-02-01', 10)]
  expect(reached(liveMonths(rows))).toEqual([
    ['2026-02-01', 10],
    ['2026-03-01', 12],
  ])
})

test('a figure that is newer than the month has none there', () => {
  const [[, totals] = []] = liveMonths([{ unitId: 'u', on: '2026-03-01', health: {} }])
  expect(totals?.get('u')?.size).toBe(0)
})

test('others see a quarter, and what is too near to the last one shown stays', () => {
  const rows = [
    noted('u', '2026-01-01', 10),
    // Two people more: who they are could be found out.
    noted('u', '2026-04-01', 12),
    // Seven more than what was shown last.
    noted('u', '2026-07-01', 17),
    noted('u', '2026-10-01', 17),
  ]
  expect(reached(publishedMonths(rows))).toEqual([
    ['2026-01-01', 10],
    ['2026-04-01', 10],
    ['2026-07-01', 17],
    ['2026-10-01', 17],
  ])
})

test('a unit that is noted for the first time within a quarter is shown at once, then at quarters only', () => {
  const rows = [
    noted('u', '2026-01-01', 10),
    noted('new', '2026-02-01', 10),
    noted('new', '2026-03-01', 30),
    noted('u', '2026-04-01', 20),
    noted('new', '2026-04-01', 30),
  ]
  expect(reached(publishedMonths(rows), 'new')).toEqual([
    ['2026-01-01', null],
    ['2026-02-01', 10],
    ['2026-03-01', 10],
    ['2026-04-01', 30],
  ])
})
