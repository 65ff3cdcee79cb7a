import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HourRule, hoursFor, neededSeconds, pointsFor } from '#record/hours/rule.ts'
import { yunnan } from '../published-rules.ts'

test('the rule of Yunnan is the one that was published', () => {
  expect(yunnan).toMatchObject({
    id: 'yunnan-2024',
    version: '2024.1',
    title: '云南省干部网络培训学时折算（2024年）',
    url: 'https://www.ynsgbzx.cn/page.aspx?id=1410',
    per: 'course',
    completionRatio: 0.9,
    testBonusHours: 0.5,
  })
})

// Published: a course of 30 minutes and more 1, of 15–30 minutes 0.5, a short one of up to 15 minutes 0.25.
test.each([
  [-5, 0],
  [0, 0],
  [1, 0.25],
  [14, 0.25],
  [15, 0.25],
  [15.5, 0.5],
  [16, 0.5],
  [29, 0.5],
  [29.9, 0.5],
  [30, 1],
  [31, 1],
  [55, 1],
  [600, 1],
])('a course of %d minutes gives %d 学时 in Yunnan', (minutes, hours) => {
  expect(hoursFor(yunnan, minutes)).toBe(hours)
})

test('more minutes never give less', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (a, b) => {
      expect(hoursFor(yunnan, Math.max(a, b))).toBeGreaterThanOrEqual(hoursFor(yunnan, Math.min(a, b)))
    }),
  )
})

test('minutes for which a rule names no step give nothing', () => {
  expect(hoursFor({ ...yunnan, steps: [{ atMostMinutes: 15, hours: 0.25 }] }, 16)).toBe(0)
})

test.each([
  [10, 540],
  [11, 594],
  [12, 648],
  [1, 54],
  [0, 0],
])('of a lesson of %d minutes %d seconds have to be studied', (minutes, seconds) => {
  expect(neededSeconds(yunnan, minutes)).toBe(seconds)
})

// The body of this rule as the first sites have it in their table of versions. It must be read the same for ever.
const stored = {
  id: 'yunnan-2024',
  version: '2024.1',
  title: '云南省干部网络培训学时折算（2024年）',
  source: '云南省级干部网络学院2024年的说明',
  url: 'https://www.ynsgbzx.cn/page.aspx?id=1410',
  per: 'course',
  from: '2024-01-01',
  completionRatio: 0.9,
  steps: [{ atMostMinutes: 15, hours: 0.25 }, { underMinutes: 30, hours: 0.5 }, { hours: 1 }],
  testBonusHours: 0.5,
}

test('a rule that was stored before there were units and caps still gives the same hours', () => {
  expect(JSON.stringify(HourRule.parse(stored))).toBe(JSON.stringify(stored))
  expect(JSON.stringify(yunnan)).toBe(JSON.stringify(stored))
  for (const minutes of [0, 1, 15, 15.5, 29.9, 30, 600])
    expect(hoursFor(stored as HourRule, minutes)).toBe(hoursFor(yunnan, minutes))
  expect(pointsFor(yunnan, 1, 'compulsory')).toBeNull()
})
