import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MapDimension, MapIndicator } from '#record/capability/map.ts'
import {
  ageWord,
  countOf,
  dayWord,
  dimensionWord,
  evidenceWord,
  indicatorWords,
  levelWord,
  numeral,
  plain,
  roundTogether,
  signed,
  sureWord,
} from '#record/capability/words.ts'

test('counts are written as people write them', () => {
  expect([0, 2, 9, 10, 11, 20, 24, 99].map(numeral)).toEqual([
    '零',
    '二',
    '九',
    '十',
    '十一',
    '二十',
    '二十四',
    '九十九',
  ])
  expect(numeral(214)).toBe('214')
  expect([1, 2, 12].map((count) => countOf(count, '种'))).toEqual(['一种', '两种', '十二种'])
  expect([1, 2, 5].map(levelWord)).toEqual(['一级', '二级', '五级'])
})

test('a number never shows a sign that its digits do not bear out', () => {
  expect([0.118, -0.052, 0.004, -0.004, 0].map(signed)).toEqual(['+0.12', '−0.05', '0.00', '0.00', '0.00'])
  expect([2.3, -0.35, -0.001].map(plain)).toEqual(['2.30', '−0.35', '0.00'])
})

test('a list that a person adds up by hand comes out at the number below it', () => {
  const value = fc.double({ min: -2, max: 2, noNaN: true })
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
      const rounded = roundTogether(values)
      const sum = values.reduce((total, one) => total + one, 0)
      const cents = rounded.reduce((total, one) => total + Math.round(one * 100), 0)
      expect(cents).toBeCloseTo(Math.round(values.reduce((total, one) => total + one * 100, 0)), 9)
      expect(cents / 100).toBeCloseTo(sum, 1)
      for (const [i, one] of rounded.entries())
        expect(Math.abs(one - (values[i] ?? NaN))).toBeLessThan(0.0101)
    }),
  )
})

test('days and ages read as people say them', () => {
  expect(dayWord('2026-11-08')).toBe('2026年11月8日')
  expect([0, 1, 30, 31, 200, 364, 365, 731, 765].map(ageWord)).toEqual([
    '今天',
    '1天前',
    '30天前',
    '1个月前',
    '6个月前',
    '11个月前',
    '1年前',
    '2年前',
    '2年1个月前',
  ])
})

const shut: MapIndicator = {
  id: 'four',
  name: '四议两公开',
  anchors: [],
  status: 'unmeasured',
  target: 3,
  estimate: null,
  provisional: false,
  coverage: 0,
  pieces: 0,
  kinds: 0,
}
const open: MapIndicator = {
  ...shut,
  status: 'uncertain',
  estimate: { mean: 0.231, sd: 0.354, lower: -0.1, upper: 0.5, level: 3, probability: 0.6 },
  pieces: 3,
  kinds: 2,
}

test('above the evidence stands what is known, and that unknown is not low', () => {
  expect(indicatorWords(shut)).toBe('岗位目标三级。还没有证据，这一项未测，不代表低。')
  expect(indicatorWords({ ...shut, pieces: 2, kinds: 1, target: null })).toBe(
    '现任岗位没有定目标。证据不到两种，这一项未测，不代表低。已有一种证据，共两条。',
  )
  expect(indicatorWords(open)).toBe('估计值0.23，误差正负0.35，岗位目标三级。来自两种证据，共三条。')
  expect(indicatorWords({ ...open, provisional: true })).toBe(
    '估计值0.23，误差正负0.35，岗位目标三级。来自两种证据，共三条。题目和评分人还没有校准，估计是初步的。',
  )
})

test('a row says how much evidence there is, a dimension how much of it is known', () => {
  expect([shut, open].map(evidenceWord)).toEqual(['没有证据', '2种3条证据'])
  const dimension: MapDimension = { id: 'm', name: '群众工作', indicators: [shut, open], estimate: null }
  expect(dimensionWord(dimension)).toBe('已测1/2，达标0项')
  const whole = { ...dimension, indicators: [open, open], estimate: { mean: 0.2, sd: 0.251, level: 3 } }
  expect(dimensionWord(whole)).toBe('已测2/2，达标0项，整体三级±0.25')
})

test('how sure it is never says more than the status does', () => {
  const said = [0, 0.05, 0.1, 0.199, 0.2, 0.35, 0.799, 0.8, 0.9, 0.989, 0.99, 1].map(sureWord)
  expect(said).toEqual([
    ...['不到一成把握', '不到一成把握', '有一成把握', '有一成把握', '有两成把握', '有三成把握', '有七成把握'],
    ...['有八成把握', '有九成把握', '有九成把握', '几乎有十成把握', '几乎有十成把握'],
  ])
})
