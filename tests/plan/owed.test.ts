// Who owes what, and what counts for it. The requirements are those of content/requirements, with their sources.
import { expect, test } from 'vitest'
import { owed, periodOf, type Credited } from '#plan/owed.ts'
import { Requirement } from '#plan/requirement.ts'
import { posts, requirements } from '../record/published-rules.ts'

const online = (on: string, hours: number): Credited => ({ meter: 'online', on, hours })
const class_ = (on: string, hours: number): Credited => ({ meter: 'concentrated', on, hours })

/** The meters of somebody as [requirement, owed, done, left]. */
const meters = (categories: string[], credits: Credited[], on: string) =>
  owed(requirements, categories, credits, on).map(({ requirement, owed, done, left }) => [
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
  expect(meters(categories, credits, day)).toEqual(expected)
})

const five = { period: 'five-years', from: '2023-10-17' } as const
test.each([
  [{ period: 'year', from: '2019-01-01' } as const, '2026-11-22', '2026-01-01', '2026-12-31'],
  [five, '2023-10-17', '2023-01-01', '2027-12-31'],
  [five, '2027-12-31', '2023-01-01', '2027-12-31'],
  [five, '2028-01-01', '2028-01-01', '2032-12-31'],
  [five, '2033-06-30', '2033-01-01', '2037-12-31'],
])('%j on %s runs from %s to %s', (requirement, day, from, to) => {
  expect(periodOf(requirement, day)).toEqual({ from, to })
})

test('a requirement file that is wrong is refused with the field named', () => {
  const [good] = requirements
  for (const [field, value] of [
    ['hours', 0],
    ['meter', 'party'],
    ['period', 'month'],
    ['from', '2026-13-01'],
    ['certainty', 'sure'],
  ] as const)
    expect(Requirement.safeParse({ ...good, [field]: value }).error?.issues[0]?.path).toEqual([field])
})
