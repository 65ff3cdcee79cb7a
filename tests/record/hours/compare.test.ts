// One record under two rule sets: what is worth what by either, and why.
import { expect, test } from 'vitest'
import { compareCredits } from '#record/hours/compare.ts'
import type { Credit } from '#record/ledger.ts'
import { shanxi, yunnan, zhengzhou } from '../published-rules.ts'

let n = 0
const credit = (made: Partial<Credit>): Credit => ({
  event: `e${(n += 1)}`,
  meter: 'online',
  period: 2026,
  on: '2026-03-01',
  subject: 'lsn-1',
  title: '第一课',
  course: 'crs-a',
  edition: 1,
  minutes: 20,
  hours: 0.5,
  points: null,
  nature: null,
  activity: null,
  rule: 'r@1',
  reason: '甲的理由。',
  ...made,
})

test('the lessons of a course are one row, with their sum and the reason of the last', () => {
  const first = credit({ hours: 0.5, reason: '累计20分钟。' })
  const second = credit({ subject: 'lsn-2', hours: 0.5, reason: '累计40分钟，合计1学时。' })
  const other = [
    { ...first, hours: 0.4, points: 0.4 },
    { ...second, hours: 0.4, points: 0.4, reason: '累计40分钟，合计0.8学时。' },
  ]
  const { rows, sums } = compareCredits([first, second], other, { a: yunnan, b: shanxi })
  expect(rows).toEqual([
    {
      ...{ course: 'crs-a', title: '第一课', meter: 'online', period: 2026 },
      a: { hours: 1, points: null, lessons: 2, reason: '累计40分钟，合计1学时。' },
      b: { hours: 0.8, points: 0.8, lessons: 2, reason: '累计40分钟，合计0.8学时。' },
      ...{ differs: true, fewer: '' },
    },
  ])
  expect(sums).toEqual([{ meter: 'online', period: 2026, a: 1, b: 0.8 }])
})

test('what a passed test adds stands beside the lessons and is no lesson itself', () => {
  const bonus = credit({
    subject: 'test:crs-a',
    edition: null,
    minutes: 0,
    hours: 0.5,
    reason: '测试另记0.5学时。',
  })
  const { rows } = compareCredits([credit({}), bonus], [credit({ hours: 0.4 })], { a: yunnan, b: shanxi })
  expect(rows).toMatchObject([
    {
      a: { hours: 1, lessons: 1, reason: '甲的理由。测试另记0.5学时。' },
      b: { hours: 0.4, lessons: 1 },
    },
  ])
})

test('what is worth the same does not differ, and 学分 that only one of the rules counts are no difference', () => {
  const both = [credit({})]
  const rows = (b: Credit[]) => compareCredits(both, b, { a: yunnan, b: shanxi }).rows
  expect(rows(both)).toMatchObject([{ differs: false, fewer: '' }])
  const withPoints = both.map((one) => ({ ...one, points: 0.5 }))
  expect(rows(withPoints)).toMatchObject([{ differs: false }])
  const other = withPoints.map((one) => ({ ...one, points: 0.25 }))
  expect(compareCredits(withPoints, other, { a: zhengzhou, b: shanxi }).rows).toMatchObject([
    { differs: true },
  ])
})

test('a lesson that was not studied long enough for one of the rules is said to be so', () => {
  const done = credit({})
  const more = credit({ subject: 'lsn-2' })
  expect(compareCredits([done], [], { a: yunnan, b: zhengzhou }).rows).toMatchObject([
    {
      b: null,
      differs: true,
      fewer: '按郑州市公务员网络学习学分折算要学满标注时长的100%，有1课的有效时间不够，不算学完。',
    },
  ])
  expect(compareCredits([done], [done, more], { a: zhengzhou, b: yunnan }).rows[0]?.fewer).toMatch(
    /^按郑州市公务员网络学习学分折算要学满标注时长的100%，有1课/,
  )
})

test('entries from elsewhere stand for themselves, years and meters are summed apart', () => {
  const entry = (event: string, made: Partial<Credit>) =>
    credit({ event, course: null, edition: null, meter: 'concentrated', subject: '班', title: '班', ...made })
  const all = [
    entry('x', { hours: 24 }),
    entry('y', { hours: 10 }),
    entry('z', { hours: 8, period: 2025 }),
    credit({ hours: 0.1 }),
    credit({ hours: 0.2, course: 'crs-b' }),
  ]
  const capped = all.map((one) =>
    one.event === 'x' ? { ...one, hours: 18, reason: '每项最多18学时。' } : one,
  )
  const { rows, sums } = compareCredits(all, capped, { a: yunnan, b: shanxi })
  expect(rows).toHaveLength(5)
  expect(rows.filter(({ differs }) => differs)).toMatchObject([
    { course: null, a: { hours: 24 }, b: { hours: 18, reason: '每项最多18学时。' } },
  ])
  expect(sums).toEqual([
    { meter: 'concentrated', period: 2026, a: 34, b: 28 },
    { meter: 'online', period: 2026, a: 0.3, b: 0.3 },
    { meter: 'concentrated', period: 2025, a: 8, b: 8 },
  ])
})

test('nothing compared with nothing is nothing', () => {
  expect(compareCredits([], [], { a: yunnan, b: shanxi })).toEqual({ rows: [], sums: [] })
})
