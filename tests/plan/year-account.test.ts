// The account of a year, after Nanjing: compulsory at least 56, with elective 84, ten of it online; the surplus carries over.
import { expect, test } from 'vitest'
import { accountOf, accountWithCarry, type Counted } from '#plan/year-account.ts'
import { nanjing, yunnan } from '../record/published-rules.ts'

const must = (hours: number, period = 2026): Counted => ({
  period,
  meter: 'concentrated',
  nature: 'compulsory',
  hours,
})
const online = (hours: number, period = 2026): Counted => ({ ...must(hours, period), meter: 'online' })
const choice = (hours: number, period = 2026): Counted => ({ ...must(hours, period), nature: 'elective' })

const none = { compulsory: 0, total: 0, onlineCompulsory: 0 }

const table: [string, Counted[], number, object][] = [
  [
    'nothing was done',
    [],
    0,
    { total: 0, met: false, missing: { compulsory: 56, total: 84, onlineCompulsory: 10 }, carriedOut: 0 },
  ],
  [
    'exactly enough',
    [online(10), must(46), choice(28)],
    0,
    {
      compulsory: 56,
      elective: 28,
      onlineCompulsory: 10,
      total: 84,
      met: true,
      missing: none,
      carriedOut: 0,
    },
  ],
  [
    'half a 学时 short of compulsory ones, with more than enough in all',
    [online(10), must(45.5), choice(50)],
    0,
    { met: false, missing: { ...none, compulsory: 0.5 }, carriedOut: 0 },
  ],
  [
    'not enough online',
    [online(9.5), must(80)],
    0,
    { met: false, missing: { ...none, onlineCompulsory: 0.5 }, carriedOut: 0 },
  ],
  [
    'elective online study is not compulsory',
    [{ ...online(20), nature: 'elective' }, must(56), choice(8)],
    0,
    { onlineCompulsory: 0, met: false, missing: { ...none, onlineCompulsory: 10 } },
  ],
  [
    'what is not said to be compulsory is elective',
    [online(10), must(46), { ...must(28), nature: null }],
    0,
    { compulsory: 56, elective: 28, met: true },
  ],
  ['the surplus goes on', [online(10), must(60), choice(30)], 0, { total: 100, met: true, carriedOut: 16 }],
  [
    'what was carried in counts as elective',
    [online(10), must(46)],
    28,
    { elective: 0, carriedIn: 28, total: 84, met: true, carriedOut: 0 },
  ],
  [
    'what was carried in never counts as compulsory',
    [online(10), must(40)],
    100,
    { total: 150, met: false, missing: { ...none, compulsory: 6 }, carriedOut: 0 },
  ],
  [
    'what was carried in is used first, and goes no further than this year',
    [online(10), must(50)],
    100,
    { total: 160, met: true, carriedOut: 60 },
  ],
  ['other years do not count', [online(10, 2025), must(90, 2027)], 0, { total: 0, met: false }],
]

test.each(table)('%s', (_, credits, carriedIn, expected) => {
  expect(accountOf(nanjing, credits, 2026, carriedIn)).toMatchObject({ year: 2026, ...expected })
})

test('no more is carried over than the rule allows, and nothing where it allows none', () => {
  const credits = [online(10), must(90)]
  const out = (carryOver: typeof nanjing.carryOver) =>
    accountOf({ ...nanjing, carryOver }, credits, 2026).carriedOut
  expect(out({ to: 'elective' })).toBe(16)
  expect(out({ to: 'elective', max: 10 })).toBe(10)
  expect(out('none')).toBe(0)
  expect(out(undefined)).toBe(0)
})

test('under a rule without yearly targets every year is met and nothing is carried over', () => {
  expect(accountOf(yunnan, [], 2026)).toMatchObject({ met: true, missing: none, carriedOut: 0 })
})

test('the surplus of a year is found in the next, and not in the one after it', () => {
  const credits = [
    ...[online(10, 2024), must(90, 2024)],
    ...[online(10, 2025), must(46, 2025), choice(12, 2025)],
    ...[online(10, 2026), must(46, 2026), choice(20, 2026)],
  ]
  const account = (year: number) => accountWithCarry(() => nanjing, credits, year)
  expect(account(2024)).toMatchObject({ carriedIn: 0, carriedOut: 16, met: true })
  expect(account(2025)).toMatchObject({ carriedIn: 16, total: 84, carriedOut: 0, met: true })
  expect(account(2026)).toMatchObject({ carriedIn: 0, total: 76, met: false, missing: { total: 8 } })
  expect(account(2023)).toMatchObject({ total: 0, carriedIn: 0 })
})

test('each year is settled by its own rule', () => {
  const credits = [online(10, 2025), must(90, 2025)]
  const ruleIn = (year: number) => (year < 2026 ? yunnan : nanjing)
  expect(accountWithCarry(ruleIn, credits, 2026).carriedIn).toBe(0)
})
