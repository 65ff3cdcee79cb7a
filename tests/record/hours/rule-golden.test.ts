// The four published rule sets, number by number, with their boundaries. Another county is another file.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { activityHours, withinCaps, type Unit } from '#record/hours/activity.ts'
import { activityOf, hoursFor, neededSeconds, pointsFor, type HourRule } from '#record/hours/rule.ts'
import { nanjing, shanxi, yunnan, zhengzhou } from '../published-rules.ts'

type Table = [string, HourRule, [minutes: number, hours: number][]][]

const published: Table = [
  // A course of 30 minutes and more 1, of 15–30 minutes 0.5, a short one of up to 15 minutes 0.25.
  [
    'Yunnan',
    yunnan,
    [
      [0, 0],
      [0.5, 0.25],
      [15, 0.25],
      [15.1, 0.5],
      [29.9, 0.5],
      [30, 1],
      [90, 1],
    ],
  ],
  // 45 minutes 1.
  [
    'Shanxi',
    shanxi,
    [
      [0, 0],
      [45, 1],
      [90, 2],
      [135, 3],
    ],
  ],
  // An hour 1, over 30 minutes 0.5, less nothing.
  [
    'Zhengzhou',
    zhengzhou,
    [
      [0, 0],
      [29, 0],
      [30, 0],
      [30.1, 0.5],
      [31, 0.5],
      [59.9, 0.5],
      [60, 1],
      [120, 2],
    ],
  ],
]

const ours: Table = [
  // What is left of 45 minutes: in tenths, rounded down.
  [
    'Shanxi',
    shanxi,
    [
      [4, 0],
      [4.5, 0.1],
      [44, 0.9],
      [44.9, 0.9],
      [45.1, 1],
      [49.5, 1.1],
      [89.9, 1.9],
    ],
  ],
  // What is left of an hour beyond the first: like a part of the first.
  [
    'Zhengzhou',
    zhengzhou,
    [
      [90, 1],
      [91, 1.5],
      [119, 1.5],
    ],
  ],
  // Nothing is published for online lessons: 45 minutes 1, in halves, rounded down.
  [
    'Nanjing',
    nanjing,
    [
      [0, 0],
      [22, 0],
      [22.5, 0.5],
      [44, 0.5],
      [45, 1],
      [67.5, 1.5],
      [90, 2],
    ],
  ],
]

const worth = (rule: HourRule, table: [minutes: number, hours: number][]) =>
  table.map(([minutes]) => [minutes, hoursFor(rule, minutes)])

test.each(published)('minutes become 学时 in %s as published', (_, rule, table) => {
  expect(worth(rule, table)).toEqual(table)
})

test.each(ours)('where nothing is published, minutes become 学时 in %s by our default', (_, rule, table) => {
  expect(worth(rule, table)).toEqual(table)
})

test('as published, a course counts in Shanxi from 90 % of its length and in Zhengzhou when all of it is done', () => {
  expect([shanxi, zhengzhou].map(({ wholeCourse }) => wholeCourse)).toEqual([0.9, 1])
})

test('where nothing is published of it, the part of a course that is finished counts', () => {
  expect([yunnan, nanjing].map(({ wholeCourse }) => wholeCourse)).toEqual([undefined, undefined])
})

test.each([
  ['as published, Zhengzhou', zhengzhou, 1, 2700],
  ['by our default, Yunnan', yunnan, 0.9, 2430],
  ['by our default, Shanxi', shanxi, 0.9, 2430],
  ['by our default, Nanjing', nanjing, 0.9, 2430],
])('%s asks for its share of a lesson of 45 minutes', (_, rule, ratio, seconds) => {
  expect([rule.completionRatio, neededSeconds(rule, 45)]).toEqual([ratio, seconds])
})

test('in Shanxi a compulsory 学时 is one 学分 and an elective one half of it', () => {
  expect(pointsFor(shanxi, 2, 'compulsory')).toBe(2)
  expect(pointsFor(shanxi, 2, 'elective')).toBe(1)
  expect(pointsFor(shanxi, 0.1, 'elective')).toBe(0.05)
  expect(pointsFor(shanxi, 2, null)).toBe(1)
})

test('by our default 1 学时 is one 学分 in Zhengzhou, which publishes 学分 only; in Yunnan and Nanjing there are none', () => {
  expect(pointsFor(zhengzhou, 1.5, 'elective')).toBe(1.5)
  expect([yunnan, nanjing].map((rule) => pointsFor(rule, 2, 'compulsory'))).toEqual([null, null])
})

test('a passed test adds half a 学时 in Yunnan, and nowhere else', () => {
  expect([yunnan, shanxi, zhengzhou, nanjing].map(({ testBonusHours = 0 }) => testBonusHours)).toEqual([
    0.5, 0, 0, 0,
  ])
})

type Done = Partial<Record<Unit, number>>
const activities: [HourRule, string, Done, number][] = [
  [shanxi, 'call-up', { day: 1 }, 8],
  [shanxi, 'call-up', { day: 3 }, 24],
  [nanjing, 'party-school', { day: 1 }, 6],
  [nanjing, 'party-school', { 'half-day': 1 }, 3],
  [nanjing, 'party-school', { day: 5, 'half-day': 1 }, 33],
  [nanjing, 'teaching', { 'taught-hour': 1 }, 5],
  [nanjing, 'teaching', { 'taught-hour': 2.5 }, 12.5],
  [nanjing, 'paper-12', { item: 1 }, 12],
  [nanjing, 'paper-24', { item: 1 }, 24],
  [nanjing, 'paper-48', { item: 1 }, 48],
  [nanjing, 'study-group', { session: 4 }, 12],
]

const notPublished: typeof activities = [
  [shanxi, 'call-up', { 'half-day': 1 }, 4],
  [shanxi, 'call-up', { day: 3, 'half-day': 1 }, 28],
  [nanjing, 'study-group', { day: 4 }, 0],
  [nanjing, 'outside-training', { day: 4 }, 0],
]

const given = ({ activities }: HourRule, id: string, done: Done) => {
  const activity = activities?.find((one) => one.id === id)
  return activity && activityHours(activity, done)
}

test.each(activities)('%# days, sessions and papers count as published', (rule, id, done, hours) => {
  expect(given(rule, id, done)).toBe(hours)
})

test.each(notPublished)('%# what is not published counts by our default', (rule, id, done, hours) => {
  expect(given(rule, id, done)).toBe(hours)
})

test('a day of call-up training is eight 学分 in Shanxi, whatever its nature', () => {
  expect(activityOf(shanxi, 'call-up')).toMatchObject({ points: 1 })
})

const cap = (id: string, hours: number, before: { item: number; year: number }) => {
  const activity = activityOf(nanjing, id)
  return activity && withinCaps(activity, hours, before)
}

test('training outside counts up to 48 an item, within the unit up to 18 a class', () => {
  expect(cap('outside-training', 48, { item: 0, year: 0 })).toEqual({ hours: 48, cut: null })
  expect(cap('outside-training', 48.5, { item: 0, year: 0 })).toEqual({ hours: 48, cut: 'item' })
  expect(cap('outside-training', 10, { item: 40, year: 300 })).toEqual({ hours: 8, cut: 'item' })
  expect(cap('unit-training', 18, { item: 0, year: 90 })).toEqual({ hours: 18, cut: null })
  expect(cap('unit-training', 19, { item: 0, year: 90 })).toEqual({ hours: 18, cut: 'item' })
  expect(cap('unit-training', 1, { item: 18, year: 18 })).toEqual({ hours: 0, cut: 'item' })
  expect(cap('teaching', 500, { item: 0, year: 0 })).toEqual({ hours: 500, cut: null })
})

test('a cap a year holds for all items together, and the tighter of two caps is named', () => {
  const activity = {
    id: 'talk',
    title: '讲座',
    meter: 'concentrated',
    capPerItem: 6,
    capPerYear: 10,
  } as const
  expect(withinCaps(activity, 8, { item: 0, year: 0 })).toEqual({ hours: 6, cut: 'item' })
  expect(withinCaps(activity, 6, { item: 0, year: 8 })).toEqual({ hours: 2, cut: 'year' })
  expect(withinCaps(activity, 1, { item: 0, year: 10 })).toEqual({ hours: 0, cut: 'year' })
})

test('Nanjing asks for 56 compulsory, 84 in all and ten online compulsory a year, and carries over the surplus', () => {
  expect(nanjing.yearly).toEqual({ compulsory: 56, total: 84, onlineCompulsory: 10 })
  expect(nanjing.carryOver).toEqual({ to: 'elective' })
})

test.each([...published, ...ours])('in %s more minutes never give less', (_, rule) => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 400, noNaN: true }),
      fc.double({ min: 0, max: 60, noNaN: true }),
      (a, b) => {
        expect(hoursFor(rule, a + b)).toBeGreaterThanOrEqual(hoursFor(rule, a))
      },
    ),
  )
})

test('every set says where it comes from, and what of it is our own where the text is silent', () => {
  for (const rule of [yunnan, shanxi, zhengzhou, nanjing])
    expect([rule.source, rule.url].every(Boolean), rule.id).toBe(true)
  for (const rule of [shanxi, zhengzhou, nanjing]) expect(rule.note, rule.id).toMatch(/本平台的?缺省/)
})
