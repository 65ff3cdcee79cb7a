import { expect, test } from 'vitest'
import { notYet } from '#assessment/attempt/may-begin.ts'

const at = (day: string) => ({ startedAt: `${day}T01:00:00.000Z`, handedAt: `${day}T02:00:00.000Z` })
const rule = { most: 2, waitDays: 14 }

test('the first time, and again after the days between, nothing stands in the way', () => {
  expect(notYet([], rule, '2026-03-10T02:00:00.000Z')).toBeNull()
  expect(notYet([at('2026-03-01')], rule, '2026-03-15T02:00:00.000Z')).toBeNull()
})

test('too soon names the first day, counted in Shanghai: what was handed in at 1 a.m. there is of that day', () => {
  const late = [{ startedAt: '2026-03-01T16:30:00.000Z', handedAt: '2026-03-01T17:00:00.000Z' }]
  expect(notYet(late, rule, '2026-03-15T15:59:00.000Z')?.from).toBe('2026-03-16')
  expect(notYet(late, rule, '2026-03-15T16:00:00.000Z')).toBeNull()
})

test('after the last of the year one waits for the next, and for the days between if they are later', () => {
  const both = [at('2026-03-01'), at('2026-12-30')]
  expect(notYet(both, rule, '2026-12-31T02:00:00.000Z')).toEqual({
    from: '2027-01-13',
    why: '今年已经测过2次，一年最多2次',
  })
  expect(notYet(both, { most: 2, waitDays: 0 }, '2026-12-31T02:00:00.000Z')?.from).toBe('2027-01-01')
  expect(notYet(both, { most: 2, waitDays: 0 }, '2026-12-31T16:00:00.000Z')).toBeNull()
})
