// Who owes what, and what counts for it. The requirements are those of content/requirements, with their sources.
import { expect, test } from 'vitest'
import type { HeldSpan } from '#plan/held.ts'
import { owed } from '#plan/owed.ts'
import { yearAfter, type Credited } from '#plan/promotion.ts'
import { periodOf, Requirement } from '#plan/requirement.ts'
import { posts, requirements } from '../record/published-rules.ts'

const online = (on: string, hours: number): Credited => ({ meter: 'online', on, hours })
const class_ = (on: string, hours: number): Credited => ({ meter: 'concentrated', on, hours })

const held = (category: string, from = '2000-01-01', to: string | null = null): HeldSpan => ({
  category,
  from,
  to,
})

/** The meters of somebody as [requirement, owed, done, left]. */
const meters = (spans: HeldSpan[], credits: Credited[], on: string) =>
  owed(requirements, spans, credits, on).map(({ requirement, owed, done, left }) => [
    requirement.id,
    owed,
    done,
    left,
  ])

test('the five numbers of the regulations are there, each with its basis and how sure it is', () => {
  expect(
    requirements.map(({ id, hours, meter, period, certainty }) => [id, hours, meter, period, certainty]),
  ).toEqual([
    ['county-550', 550, 'concentrated', 'five-years', 'primary'],
    ['online-50', 50, 'online', 'year', 'secondary'],
    ['party-32', 32, 'concentrated', 'year', 'secondary'],
    ['section-90', 90, 'concentrated', 'year', 'primary'],
    ['village-56', 56, 'concentrated', 'year', 'secondary'],
  ])
  for (const { basis, source } of requirements) expect([basis, source].every(Boolean)).toBe(true)
})

test('every category for which hours are owed is that of a post, or of everybody, or waits for posts of the county', () => {
  const known = new Set(['all', 'county-division', ...posts.map(({ category }) => category)])
  expect(requirements.filter(({ category }) => !known.has(category))).toEqual([])
})

const on = '2026-11-22'
const table: [string, string[], Credited[], string, (string | number)[][]][] = [
  ['nobody with a post owes online study only', [], [], on, [['online-50', 50, 0, 50]]],
  ['a grid worker likewise', ['other'], [online('2026-05-01', 12.5)], on, [['online-50', 50, 12.5, 37.5]]],
  [
    'a party member owes 32',
    ['party-member'],
    [],
    on,
    [
      ['online-50', 50, 0, 50],
      ['party-32', 32, 0, 32],
    ],
  ],
  [
    'a village secretary owes 56',
    ['village-committee'],
    [],
    on,
    [
      ['online-50', 50, 0, 50],
      ['village-56', 56, 0, 56],
    ],
  ],
  [
    'a secretary who is a party member too owes the higher, not the sum',
    ['party-member', 'village-committee'],
    [],
    on,
    [
      ['online-50', 50, 0, 50],
      ['village-56', 56, 0, 56],
    ],
  ],
  [
    'in whatever order the posts come',
    ['village-committee', 'party-member'],
    [],
    on,
    [
      ['online-50', 50, 0, 50],
      ['village-56', 56, 0, 56],
    ],
  ],
  [
    'section chief, secretary and member: 90',
    ['township-section', 'village-committee', 'party-member'],
    [],
    on,
    [
      ['online-50', 50, 0, 50],
      ['section-90', 90, 0, 90],
    ],
  ],
  [
    'two posts of one category owe once',
    ['village-committee', 'village-committee'],
    [],
    on,
    [
      ['online-50', 50, 0, 50],
      ['village-56', 56, 0, 56],
    ],
  ],
  ['a category nobody has heard of owes what all owe', ['astronaut'], [], on, [['online-50', 50, 0, 50]]],
  [
    'a year and five years are two debts',
    ['county-division', 'party-member'],
    [class_('2026-01-05', 10)],
    on,
    [
      ['online-50', 50, 0, 50],
      ['county-550', 550, 10, 540],
      ['party-32', 32, 10, 22],
    ],
  ],
  [
    'online hours do not count for classes',
    ['village-committee'],
    [online('2026-02-01', 80)],
    on,
    [
      ['online-50', 50, 80, 0],
      ['village-56', 56, 0, 56],
    ],
  ],
  [
    'nor classes for online study',
    ['village-committee'],
    [class_('2026-02-01', 80)],
    on,
    [
      ['online-50', 50, 0, 50],
      ['village-56', 56, 80, 0],
    ],
  ],
  [
    'what is done beyond what is owed is shown, and nothing is owed below zero',
    [],
    [online('2026-02-01', 50.25)],
    on,
    [['online-50', 50, 50.25, 0]],
  ],
  [
    'quarters add up exactly',
    [],
    Array.from({ length: 199 }, () => online('2026-03-01', 0.25)),
    on,
    [['online-50', 50, 49.75, 0.25]],
  ],
  [
    'first and last day of the year count',
    [],
    [online('2026-01-01', 1), online('2026-12-31', 2)],
    on,
    [['online-50', 50, 3, 47]],
  ],
  [
    'last year and next year do not',
    [],
    [online('2025-12-31', 1), online('2027-01-01', 2)],
    on,
    [['online-50', 50, 0, 50]],
  ],
  [
    'on New Year’s Day everything begins anew',
    [],
    [online('2026-12-31', 40)],
    '2027-01-01',
    [['online-50', 50, 0, 50]],
  ],
  [
    'on the last day of the year it is still the old one',
    [],
    [online('2026-12-31', 40)],
    '2026-12-31',
    [['online-50', 50, 40, 10]],
  ],
  [
    'five years: their first and last day',
    ['county-division'],
    [class_('2023-01-01', 100), class_('2027-12-31', 50)],
    on,
    [
      ['online-50', 50, 0, 50],
      ['county-550', 550, 150, 400],
    ],
  ],
  [
    'five years: the day before and after',
    ['county-division'],
    [class_('2022-12-31', 100), class_('2028-01-01', 50)],
    on,
    [
      ['online-50', 50, 0, 50],
      ['county-550', 550, 0, 550],
    ],
  ],
  [
    'five years that came after count for themselves',
    ['county-division'],
    [class_('2027-12-31', 100), class_('2028-01-01', 50)],
    '2032-12-31',
    [
      ['online-50', 50, 0, 50],
      ['county-550', 550, 50, 500],
    ],
  ],
  [
    'before a requirement holds nothing is owed for it',
    ['township-section', 'party-member'],
    [],
    '2023-10-16',
    [
      ['online-50', 50, 0, 50],
      ['party-32', 32, 0, 32],
    ],
  ],
  [
    'from its first day it is',
    ['township-section', 'party-member'],
    [],
    '2023-10-17',
    [
      ['online-50', 50, 0, 50],
      ['section-90', 90, 0, 90],
    ],
  ],
  ['before all of them nothing is', ['village-committee'], [online('2018-05-01', 3)], '2018-12-31', []],
]

test.each(table)('%s', (_, categories, credits, day, expected) => {
  const spans = categories.map((category) => held(category))
  expect(meters(spans, credits, day)).toEqual(expected)
  for (const { makeUp, why } of owed(requirements, spans, credits, day))
    expect({ makeUp, why }).toEqual({ makeUp: false, why: null })
})

const five = { period: 'five-years', from: '2023-10-17' } as const
test.each([
  [{ period: 'year', from: '2019-01-01' } as const, '2026-11-22', '2026-01-01', '2026-12-31'],
  [five, '2023-10-17', '2023-01-01', '2027-12-31'],
  [five, '2027-12-31', '2023-01-01', '2027-12-31'],
  [five, '2028-01-01', '2028-01-01', '2032-12-31'],
  [five, '2033-06-30', '2033-01-01', '2037-12-31'],
])('%j on %s runs from %s to %s', (requirement, day, from, to) => {
  expect(periodOf([requirement], day)).toEqual({ from, to })
})

test('a requirement file that is wrong is refused with the field named', () => {
  const [good] = requirements
  for (const [field, value] of [
    ['hours', 0],
    ['meter', 'party'],
    ['period', 'month'],
    ['from', '2026-13-01'],
    ['certainty', 'sure'],
    ['rank', 0],
  ] as const)
    expect(Requirement.safeParse({ ...good, [field]: value }).error?.issues[0]?.path).toEqual([field])
})

// A change of post counts by days: 2026 has 365 of them.

const village = 'village-committee'
const section = 'township-section'
const county = 'county-division'
const party = 'party-member'

const changes: [string, HeldSpan[], Credited[], string, (string | number)[][]][] = [
  [
    'who became secretary on the first of July owes for half a year, rounded up to half a 学时',
    [held(village, '2026-07-01')],
    [],
    on,
    // 56 × 184 / 365 = 28.23
    [
      ['online-50', 50, 0, 50],
      ['village-56', 28.5, 0, 28.5],
    ],
  ],
  [
    'who was secretary until the end of June still owes for that half, all year long',
    [held(village, '2020-01-01', '2026-06-30'), held('other', '2026-07-01')],
    [class_('2026-02-01', 8)],
    on,
    // 56 × 181 / 365 = 27.77
    [
      ['online-50', 50, 0, 50],
      ['village-56', 28, 8, 20],
    ],
  ],
  [
    'next year nothing of it is left',
    [held(village, '2020-01-01', '2026-06-30'), held('other', '2026-07-01')],
    [],
    '2027-01-01',
    [['online-50', 50, 0, 50]],
  ],
  [
    'from party affairs to secretary: the highest of each day',
    [held(party, '2020-01-01', '2026-06-30'), held(village, '2026-07-01')],
    [],
    on,
    // 32 × 181 / 365 + 56 × 184 / 365 = 15.87 + 28.23 = 44.10
    [
      ['online-50', 50, 0, 50],
      ['village-56', 44.5, 0, 44.5],
    ],
  ],
  [
    'two posts at once and one of them ends: the lower one goes on',
    [held(party), held(village, '2020-01-01', '2026-06-30')],
    [],
    on,
    // 56 × 181 / 365 + 32 × 184 / 365 = 27.77 + 16.13 = 43.90
    [
      ['online-50', 50, 0, 50],
      ['party-32', 44, 0, 44],
    ],
  ],
  [
    'a lower post that comes and goes beside a higher one changes nothing',
    [held(village), held(party, '2026-03-01', '2026-09-30')],
    [],
    on,
    [
      ['online-50', 50, 0, 50],
      ['village-56', 56, 0, 56],
    ],
  ],
  [
    'from one village to another on the next day is one post',
    [held(village, '2020-01-01', '2026-06-30'), held(village, '2026-07-01')],
    [],
    on,
    [
      ['online-50', 50, 0, 50],
      ['village-56', 56, 0, 56],
    ],
  ],
  [
    'days without a post are not owed for',
    [held(village, '2020-01-01', '2026-06-30'), held(village, '2026-12-31')],
    [],
    '2026-12-31',
    // 56 × 182 / 365 = 27.92
    [
      ['online-50', 50, 0, 50],
      ['village-56', 28, 0, 28],
    ],
  ],
  [
    'a post for a single day is half a 学时',
    [held(village, '2026-05-04', '2026-05-04')],
    [],
    on,
    [
      ['online-50', 50, 0, 50],
      ['village-56', 0.5, 0, 0.5],
    ],
  ],
  [
    'a post that begins tomorrow is not known today',
    [held(village, '2026-11-23')],
    [],
    on,
    [['online-50', 50, 0, 50]],
  ],
  [
    'a leap year has a day more',
    [held(village, '2024-07-01')],
    [],
    '2024-12-31',
    // 56 × 184 / 366 = 28.15
    [
      ['online-50', 50, 0, 50],
      ['village-56', 28.5, 0, 28.5],
    ],
  ],
  [
    'online study is owed whole by everybody, whatever was held and for how long',
    [held(county, '2026-12-01'), held(party, '2026-01-01', '2026-01-31')],
    [],
    '2026-12-31',
    // 550 × 396 / 1826 = 119.3; 32 × 31 / 365 = 2.72
    [
      ['online-50', 50, 0, 50],
      ['county-550', 119.5, 0, 119.5],
      ['party-32', 3, 0, 3],
    ],
  ],
]

test.each(changes)('%s', (_, spans, credits, day, expected) => {
  expect(meters(spans, credits, day)).toEqual(expected)
})

test('a meter that is not the whole number says which days it counts, and how many', () => {
  const spans = [held(party, '2020-01-01', '2026-06-30'), held(village, '2026-07-01')]
  const [, meter] = owed(requirements, spans, [], on)
  expect(meter).toMatchObject({ makeUp: false, heldDays: 365, from: '2026-01-01', to: '2026-12-31' })
  expect(meter?.why).toBe(
    '按任职天数折算：2026年1月1日至2026年6月30日（181天）按每年32学时，2026年7月1日至2026年12月31日（184天）按每年56学时。合计向上取到0.5学时。',
  )
  expect(owed(requirements, [held(village, '2026-07-01')], [], on)[1]?.why).toBe(
    '按任职天数折算：2026年7月1日至2026年12月31日（184天）按每年56学时，其余天数没有这项要求。合计向上取到0.5学时。',
  )
  expect(owed(requirements, [held(village, '2026-07-01')], [], on)[1]?.heldDays).toBe(184)
})

// Promotion (条例 2023): what was left of the earlier requirement is due within a year after it.

/** The meters on classes as [requirement, make-up, owed, done, left, last day]. */
const classes = (spans: HeldSpan[], credits: Credited[], day: string) =>
  owed(requirements, spans, credits, day)
    .filter(({ meter }) => meter === 'concentrated')
    .map(({ requirement, makeUp, owed, done, left, to }) => [requirement.id, makeUp, owed, done, left, to])

const promoted = [held(section, '2020-01-01', '2026-06-30'), held(county, '2026-07-01')]

// 90 × 181 / 365 = 44.63 until the end of June; 550 × 549 / 1826 = 165.4 from July 2026 to the end of 2027.
const promotions: [string, Credited[], string, (string | number | boolean)[][]][] = [
  [
    'nothing was done before: all of it is to be made up for',
    [],
    on,
    [
      ['section-90', true, 45, 0, 45, '2027-07-01'],
      ['county-550', false, 165.5, 0, 165.5, '2027-12-31'],
    ],
  ],
  [
    'what was done before is taken off; inside its five years it counts like any other hour',
    [class_('2026-03-01', 20)],
    on,
    // 44.63 − 20 = 24.63
    [
      ['section-90', true, 25, 0, 25, '2027-07-01'],
      ['county-550', false, 165.5, 20, 145.5, '2027-12-31'],
    ],
  ],
  [
    'hours after the promotion fill it first, and an hour counts once',
    [class_('2026-03-01', 20), class_('2026-07-01', 16), class_('2026-09-01', 16)],
    on,
    [
      ['section-90', true, 25, 25, 0, '2027-07-01'],
      ['county-550', false, 165.5, 27, 138.5, '2027-12-31'],
    ],
  ],
  [
    'who had done enough has nothing to make up for',
    [class_('2026-03-01', 48)],
    on,
    [
      ['county-550', false, 165.5, 48, 117.5, '2027-12-31'],
      ['section-90', false, 45, 48, 0, '2026-12-31'],
    ],
  ],
  [
    'the next year it is still due, and this year’s hours fill it',
    [class_('2027-02-01', 30)],
    '2027-03-01',
    [
      ['section-90', true, 45, 30, 15, '2027-07-01'],
      ['county-550', false, 165.5, 0, 165.5, '2027-12-31'],
    ],
  ],
  [
    'on the last day of the year after it, too',
    [],
    '2027-07-01',
    [
      ['section-90', true, 45, 0, 45, '2027-07-01'],
      ['county-550', false, 165.5, 0, 165.5, '2027-12-31'],
    ],
  ],
  [
    'after that it is over, and what filled it fills nothing else',
    [class_('2027-02-01', 50), class_('2027-07-02', 10)],
    '2027-07-02',
    [['county-550', false, 165.5, 15, 150.5, '2027-12-31']],
  ],
]

test.each(promotions)('promoted in the middle of the year: %s', (_, credits, day, expected) => {
  expect(classes(promoted, credits, day)).toEqual(expected)
})

test('what has to be made up for says so in words', () => {
  const [meter] = owed(requirements, promoted, [], on).filter(({ makeUp }) => makeUp)
  expect(meter).toMatchObject({ from: '2026-07-01', requirement: { id: 'section-90' } })
  expect(meter?.why).toBe(
    '2026年7月1日提任时，原来的要求还差45学时，提任后一年内补齐。提任后的学时先补这里，补过的不再抵新职务的学时。',
  )
})

test('online hours make up for nothing that was to be done in classes', () => {
  expect(classes(promoted, [online('2026-08-01', 100)], on)[0]).toEqual([
    'section-90',
    true,
    45,
    0,
    45,
    '2027-07-01',
  ])
})

test('a promotion on New Year’s Day is measured by the year that ended', () => {
  const spans = [held(section, '2020-01-01', '2025-12-31'), held(county, '2026-01-01')]
  expect(classes(spans, [class_('2025-05-01', 60), class_('2026-02-01', 10)], on)).toEqual([
    ['section-90', true, 30, 10, 20, '2027-01-01'],
    // 550 × 730 / 1826 = 219.9; of the year before 60 hours are inside its five years
    ['county-550', false, 220, 60, 160, '2027-12-31'],
  ])
})

test.each([
  ['without a rank before', [held(village, '2020-01-01', '2026-06-30'), held(section, '2026-07-01')]],
  ['downwards', [held(county, '2020-01-01', '2026-06-30'), held(section, '2026-07-01')]],
  ['to another post of one rank', [held(section, '2020-01-01', '2026-06-30'), held(section, '2026-07-01')]],
  [
    'after more than a month without a post',
    [held(section, '2020-01-01', '2026-05-29'), held(county, '2026-07-01')],
  ],
  ['that has not begun', [held(section, '2020-01-01', '2026-12-31'), held(county, '2027-01-01')]],
])('a move %s leaves nothing to make up for', (_, spans) => {
  expect(owed(requirements, spans, [], on).filter(({ makeUp }) => makeUp)).toEqual([])
})

test('two promotions within a year are two debts, and the earlier is filled first', () => {
  const [ranked] = requirements.filter(({ id }) => id === 'village-56')
  const all = [...requirements.filter((one) => one !== ranked), { ...ranked, rank: 1 } as Requirement].map(
    (one) =>
      one.id === 'section-90' ? { ...one, rank: 2 } : one.id === 'county-550' ? { ...one, rank: 3 } : one,
  )
  const spans = [
    held(village, '2020-01-01', '2026-03-31'),
    held(section, '2026-04-01', '2026-06-30'),
    held(county, '2026-07-01'),
  ]
  const done = [class_('2026-05-01', 10), class_('2026-08-01', 10)]
  // 56 × 90 / 365 = 13.81; 90 × 91 / 365 = 22.44, of which nothing was done: the ten of May went to the first.
  expect(
    owed(all, spans, done, on).map(({ requirement, makeUp, owed, done }) => [
      requirement.id,
      makeUp,
      owed,
      done,
    ]),
  ).toEqual([
    ['online-50', false, 50, 0],
    ['village-56', true, 14, 14],
    ['section-90', true, 22.5, 6],
    ['county-550', false, 165.5, 0],
  ])
})

test.each([
  // Hours of the days between are still those before the promotion.
  ['the next day', '2026-06-30', 45, 15],
  ['a month later', '2026-05-31', 37.5, 7.5],
  ['31 days later', '2026-05-30', 37, 7],
])('a promotion %s is one, and hours until then count for what was left', (_, lastDay, whole, left) => {
  const spans = [held(section, '2020-01-01', lastDay), held(county, '2026-07-01')]
  const make = (credits: Credited[]) => classes(spans, credits, on).filter(([, makeUp]) => makeUp)
  expect(make([])).toEqual([['section-90', true, whole, 0, whole, '2027-07-01']])
  expect(make([class_('2026-06-30', 30)])).toEqual([['section-90', true, left, 0, left, '2027-07-01']])
})

test('a promotion over New Year with days between is measured by the year that ended', () => {
  const spans = [held(section, '2020-01-01', '2025-12-20'), held(county, '2026-01-10')]
  // 90 × 354 / 365 = 87.29
  expect(classes(spans, [class_('2026-01-05', 60)], on)[0]).toEqual([
    'section-90',
    true,
    27.5,
    0,
    27.5,
    '2027-01-10',
  ])
})

// 90 × 181 / 365 = 44.63 as section cadre; as a party member 32 all year: hours count for both side by side.
test.each([
  ['50 hours before', [class_('2026-03-01', 50)], [], ['section-90', 45, 50, 0]],
  ['40 hours before', [class_('2026-03-01', 40)], [['section-90', 5, 0, 5]], ['party-32', 32, 40, 0]],
  ['20 hours before', [class_('2026-03-01', 20)], [['section-90', 25, 0, 25]], ['party-32', 32, 20, 12]],
  [
    '20 before and 25 after',
    [class_('2026-03-01', 20), class_('2026-08-01', 25)],
    [['section-90', 25, 25, 0]],
    ['party-32', 32, 45, 0],
  ],
])('a party member who is promoted does not owe the sum of both: %s', (_, credits, makeUps, yearly) => {
  const found = owed(requirements, [...promoted, held(party)], credits, on)
  const said = (meters: typeof found) =>
    meters.map(({ requirement, owed, done, left }) => [requirement.id, owed, done, left])
  expect(said(found.filter(({ makeUp }) => makeUp))).toEqual(makeUps)
  expect(
    said(
      found.filter(
        ({ makeUp, requirement }) =>
          !makeUp && requirement.period === 'year' && requirement.meter === 'concentrated',
      ),
    ),
  ).toEqual([yearly])
})

test('hours that make up for the earlier post do not count for the new one, whatever else they count for', () => {
  const credits = [class_('2026-03-01', 20), class_('2026-08-01', 25)]
  const [, meter] = classes([...promoted, held(party)], credits, on)
  expect(meter).toEqual(['county-550', false, 165.5, 20, 145.5, '2027-12-31'])
})

test('of two requirements that one post had side by side, the one of which more was left is made up for, once', () => {
  const [base] = requirements.filter(({ id }) => id === 'section-90')
  const long = { ...base, id: 'section-300', hours: 300, period: 'five-years' } as Requirement
  const make = (credits: Credited[]) =>
    owed([...requirements, long], promoted, credits, on).flatMap(({ requirement, makeUp, owed, done }) =>
      makeUp ? [[requirement.id, owed, done]] : [],
    )
  // 300 × 1277 / 1826 = 209.8; 209.8 − 190 = 19.8
  expect(make([])).toEqual([['section-300', 210, 0]])
  expect(make([class_('2024-03-01', 190), class_('2026-08-01', 7)])).toEqual([['section-90', 45, 7]])
})

// By level (条例 2023): of one meter only the requirement of the highest rank held is owed, whatever its period.
test.each([
  [
    'who keeps a section post beside the county post owes 550 only',
    [held(section), held(county)],
    [['county-550', false, 550, 0, 550, '2027-12-31']],
  ],
  [
    'a party member still owes the hours of a member',
    [held(section), held(county), held(party)],
    [
      ['county-550', false, 550, 0, 550, '2027-12-31'],
      ['party-32', false, 32, 0, 32, '2026-12-31'],
    ],
  ],
  [
    'from the day of the promotion on, and what was left before is made up for',
    [held(section), held(county, '2026-07-01')],
    [
      ['section-90', true, 45, 0, 45, '2027-07-01'],
      ['county-550', false, 165.5, 0, 165.5, '2027-12-31'],
    ],
  ],
  [
    'when the county post ends the section post is owed again',
    [held(section), held(county, '2020-01-01', '2026-06-30')],
    [
      // 550 × 1277 / 1826 = 384.6; 90 × 184 / 365 = 45.37
      ['county-550', false, 385, 0, 385, '2027-12-31'],
      ['section-90', false, 45.5, 0, 45.5, '2026-12-31'],
    ],
  ],
])('%s', (_, spans, expected) => {
  expect(classes(spans, [], on)).toEqual(expected)
})

// A requirement that is lowered or raised: the old one ends, the new one takes its place on the next day.
const replaced = (hours: number, until: string, from: string) => {
  const [base] = requirements.filter(({ id }) => id === 'online-50')
  return [
    { ...base, until },
    { ...base, id: 'online-new', hours, from },
  ] as Requirement[]
}

test.each([
  ['lowered at New Year, the year before', 40, '2025-12-31', '2026-01-01', '2025-12-31', ['online-50', 50]],
  ['lowered at New Year, from then on', 40, '2025-12-31', '2026-01-01', '2026-01-01', ['online-new', 40]],
  ['a year that ended, seen from its last day', 40, '2026-12-31', '2027-01-01', on, ['online-50', 50]],
  // 50 × 181 / 365 + 40 × 184 / 365 = 24.79 + 20.16
  ['lowered within a year', 40, '2026-06-30', '2026-07-01', on, ['online-new', 45]],
  // 50 × 181 / 365 + 60 × 184 / 365 = 24.79 + 30.25
  ['raised within a year', 60, '2026-06-30', '2026-07-01', on, ['online-new', 55.5]],
])('a requirement %s', (_, hours, until, from, day, expected) => {
  const [meter] = owed(replaced(hours, until, from), [], [], day)
  expect([meter?.requirement.id, meter?.owed]).toEqual(expected)
})

test('a requirement that ended without another is owed no more', () => {
  const [old] = replaced(40, '2025-12-31', '2026-01-01')
  expect(owed([old as Requirement], [], [], '2026-01-01')).toEqual([])
})

test('a requirement that changed within the year says so', () => {
  const [meter] = owed(replaced(40, '2026-06-30', '2026-07-01'), [], [], on)
  expect(meter?.why).toBe(
    '要求有调整，按天数折算：2026年1月1日至2026年6月30日（181天）按每年50学时，2026年7月1日至2026年12月31日（184天）按每年40学时。合计向上取到0.5学时。',
  )
})

test('a requirement cannot end before it begins', () => {
  const issue = Requirement.safeParse({ ...requirements[0], until: '2019-01-01' }).error?.issues[0]
  expect(issue).toMatchObject({ path: ['until'], message: '失效日 until 比生效日 from 还早。核对两个日期。' })
})

test('a year after a leap day is the last of February', () => {
  expect(yearAfter('2028-02-29')).toBe('2029-02-28')
  expect(yearAfter('2027-03-01')).toBe('2028-03-01')
})
