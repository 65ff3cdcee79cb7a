// What a finished lesson is worth, by the rule of its day, and that it is given once.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { derive } from '#record/derive.ts'
import { effectiveAt } from '#record/events/effective.ts'
import type { Event } from '#record/events/event.ts'
import { hoursFor, type HourRule } from '#record/hours/rule.ts'
import { putInForce } from '#record/hours/rule.server.ts'
import { Ledger } from '#record/ledger.ts'
import { deriveAgain, record } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { write } from '#db/database.server.ts'
import { freshDatabase } from '../../support/database.ts'
import * as happen from '../happenings.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

/** Credits of somebody to whom these things happened, one a minute, under one rule; no database. */
function creditsUnder(rule: HourRule, events: readonly Event[]) {
  const ledger = new Ledger('p')
  const inForce = { hourRule: () => rule, calibration: () => null, severity: () => null }
  events.forEach((event, i) => {
    const receivedAt = new Date(Date.parse('2026-03-10T02:00:00.000Z') + i * 60_000).toISOString()
    derive(ledger, { ...event, receivedAt, effectiveAt: effectiveAt(event, receivedAt) }, inForce)
  })
  return ledger.credits
}

/** Lessons of one course, each finished after the one before it. */
const course = (minutes: readonly number[]) =>
  minutes.flatMap((each, i) => {
    clock.advance(each * 60)
    return happen.finished('p', { lesson: `lsn-${i}`, course: 'crs-a', minutes: each })
  })

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)

test.each([
  [[14], [0.25]],
  [[15], [0.25]],
  [[16], [0.5]],
  [[29], [0.5]],
  [[30], [1]],
  [[31], [1]],
  [
    [7, 7],
    [0.25, 0],
  ],
  [
    [7, 8],
    [0.25, 0],
  ],
  [
    [8, 8],
    [0.25, 0.25],
  ],
  [
    [15, 15],
    [0.25, 0.75],
  ],
  [
    [11, 12, 10, 11, 11],
    [0.25, 0.25, 0.5, 0, 0],
  ],
  [
    [30, 25],
    [1, 0],
  ],
])('lessons of %j minutes in one course add %j 学时', (minutes, hours) => {
  const credits = creditsUnder(happen.yunnan, course(minutes))
  expect(credits.map((credit) => credit.hours)).toEqual(hours)
  expect(credits.map((credit) => credit.minutes)).toEqual(minutes)
})

test('the rows of a course add up to what the rule gives for all of its minutes, in any order of lessons', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), (minutes) => {
      const credits = creditsUnder(happen.yunnan, course(minutes))
      expect(sum(credits.map(({ hours }) => hours))).toBe(hoursFor(happen.yunnan, sum(minutes)))
    }),
    { numRuns: 60 },
  )
})

test('minutes of two courses are not added up', () => {
  const events = [...happen.finished('p', { lesson: 'lsn-x', course: 'crs-x', minutes: 10 })]
  clock.advance(600)
  events.push(...happen.finished('p', { lesson: 'lsn-y', course: 'crs-y', minutes: 10 }))
  expect(creditsUnder(happen.yunnan, events).map(({ hours }) => hours)).toEqual([0.25, 0.25])
})

test('two completions of one lesson, should both ever be in the record, are credited once', () => {
  const events = happen.finished('p')
  expect(creditsUnder(happen.yunnan, [...events, ...events])).toHaveLength(1)
})

test('under a rule that takes lesson by lesson each stands alone', () => {
  const credits = creditsUnder({ ...happen.yunnan, per: 'lesson' }, course([11, 16, 30]))
  expect(credits.map(({ hours }) => hours)).toEqual([0.25, 0.5, 1])
  expect(credits[1]?.reason).toBe('本课16分钟，按云南省干部网络培训学时折算（2024年）记0.5学时。')
})

test('every row says by which rule and why', () => {
  expect(creditsUnder(happen.yunnan, course([11, 12])).at(-1)).toMatchObject({
    meter: 'online',
    period: 2026,
    on: '2026-03-10',
    rule: 'yunnan-2024@2024.1',
    reason: '本课12分钟，本课程今年累计23分钟，按云南省干部网络培训学时折算（2024年）合计0.5学时。',
  })
})

test('hours from elsewhere enter as they were approved, on the meter that was named, with who says so', () => {
  const events = [
    happen.imported({ person: 'p', meter: 'online', hours: 7.5, organiser: '省干部网络学院' }),
    happen.imported({ person: 'p', organiser: '' }),
    happen.attended({ person: 'p', minutes: 90, hours: 2 }),
    happen.attended({ person: 'p', organiser: '', hours: 8 }),
  ]
  expect(creditsUnder(happen.yunnan, events)).toMatchObject([
    {
      meter: 'online',
      hours: 7.5,
      on: '2026-02-04',
      rule: 'imported',
      reason: '省干部网络学院的记录，经核准转入7.5学时。',
    },
    { meter: 'concentrated', hours: 24, reason: '其他平台的记录，经核准转入24学时。' },
    {
      minutes: 90,
      on: '2026-03-01',
      rule: 'attendance',
      reason: '清溪村党支部组织，主持人已确认到场，记2学时。',
    },
    { reason: '主办单位组织，主持人已确认到场，记8学时。' },
  ])
})

// With the database: what is given once is given once.

const tell = async (events: readonly Event[]) => {
  for (const event of events) await record(event)
}
const hoursOf = async (person: string) => (await happen.creditsInOrder(person)).map(({ hours }) => hours)

test('a lesson is credited once in a year, however often it is finished', async () => {
  const person = happen.somebody()
  await tell(happen.finished(person))
  for (const later of ['2026-03-10T03:00:00.000Z', '2026-09-01T03:00:00.000Z']) {
    clock.set(later)
    await tell(happen.finished(person))
  }
  expect(await hoursOf(person)).toEqual([0.25])
})

test('in a later year a lesson is credited again, if it was studied again from the beginning', async () => {
  const person = happen.somebody()
  await tell(happen.finished(person))
  clock.set('2027-02-01T03:00:00.000Z')
  const [visit, answer, end] = happen.finished(person)
  await record(end as Event)
  expect(await hoursOf(person)).toEqual([0.25])
  clock.advance(3600)
  await tell([visit, answer, { ...(end as Event), id: crypto.randomUUID() }] as Event[])
  expect(await happen.creditsInOrder(person)).toMatchObject([
    { period: 2026, hours: 0.25 },
    { period: 2027, hours: 0.25 },
  ])
})

test('a new edition opens credit again; a revision of the same edition does not', async () => {
  const person = happen.somebody()
  clock.set('2026-03-12T02:00:00.000Z')
  await tell(happen.finished(person, { edition: 1, revision: 'rev-1' }))
  clock.advance(3600)
  await tell(happen.finished(person, { edition: 1, revision: 'rev-2' }))
  expect(await hoursOf(person)).toEqual([0.25])
  clock.advance(3600)
  await tell(happen.finished(person, { edition: 2, revision: 'rev-3' }))
  expect(await happen.creditsInOrder(person)).toMatchObject([
    { edition: 1, hours: 0.25 },
    { edition: 2, hours: 0.25 },
  ])
})

test('what was studied and answered in an old edition does not finish the new one', async () => {
  const person = happen.somebody()
  const [visit, answer, end] = happen.finished(person)
  await tell([visit, answer] as Event[])
  await record({ ...end, edition: 2 } as Event)
  expect(await hoursOf(person)).toEqual([])
})

const tooLittle: [string, (all: ReturnType<typeof happen.finished>) => Event[]][] = [
  ['a section was not seen', ([visit, answer]) => [{ ...visit, sections: ['s1'] } as Event, answer as Event]],
  ['a check was not passed', ([visit, answer]) => [visit as Event, { ...answer, earned: 0.5 } as Event]],
  ['a check was not answered', ([visit]) => [visit as Event]],
  [
    'a second is missing',
    ([visit, answer]) => [{ ...visit, spans: [[0, 539_000]] } as Event, answer as Event],
  ],
  ['nobody was there', () => []],
]

test.each(tooLittle)('nothing is credited where %s; once it is done, it is', async (_, happened) => {
  const person = happen.somebody()
  clock.advance(86_400)
  const all = happen.finished(person)
  const end = all[2] as Event
  await tell([...happened(all), end])
  expect(await hoursOf(person)).toEqual([])
  expect((await happen.derivedOf(person)).progress).not.toContainEqual(
    expect.objectContaining({ completedAt: expect.any(String) as string }),
  )
  clock.advance(3600)
  await tell(happen.finished(person))
  expect(await happen.creditsInOrder(person)).toMatchObject([{ hours: 0.25, on: clock.iso.slice(0, 10) }])
  clock.advance(3600)
  await tell(happen.finished(person))
  expect(await hoursOf(person)).toEqual([0.25])
  const credits = await happen.creditsInOrder(person)
  const inForce = await versionsInForce()
  await write((tx) => deriveAgain(tx, person, inForce))
  expect(await happen.creditsInOrder(person)).toEqual(credits)
})

test('exactly the time that is asked for is enough', async () => {
  const person = happen.somebody()
  const [visit, answer, end] = happen.finished(person)
  await tell([{ ...visit, spans: [[0, 540_000]] } as Event, answer as Event, end as Event])
  expect(await hoursOf(person)).toEqual([0.25])
})

test('whoever has a visit taken back loses what it earned, and may earn it again', async () => {
  const person = happen.somebody()
  clock.advance(86_400)
  const [visit, answer, end] = happen.finished(person) as [Event, Event, Event]
  await tell([visit, answer, end])
  await record(happen.corrected({ person, corrects: visit.id, reason: '代学，撤回。' }))
  expect(await hoursOf(person)).toEqual([])
  clock.advance(3600)
  const [again, , endAgain] = happen.finished(person) as [Event, Event, Event]
  await tell([again, endAgain])
  expect(await hoursOf(person)).toEqual([0.25])
})

test('the year of a credit is that of Shanghai, and a course begins anew with it', async () => {
  const person = happen.somebody()
  clock.set('2026-12-31T15:59:59.000Z')
  await tell(happen.finished(person, { lesson: 'lsn-1', minutes: 16 }))
  clock.set('2026-12-31T16:20:00.000Z')
  await tell(happen.finished(person, { lesson: 'lsn-2', minutes: 16 }))
  expect(await happen.creditsInOrder(person)).toMatchObject([
    { on: '2026-12-31', period: 2026, hours: 0.5 },
    { on: '2027-01-01', period: 2027, hours: 0.5 },
  ])
})

test('a rule that changes later leaves earlier credit as it is, also when everything is derived again', async () => {
  const person = happen.somebody()
  clock.set('2027-05-01T02:00:00.000Z')
  await tell(happen.finished(person, { lesson: 'lsn-1' }))
  clock.advance(3600)
  await putInForce({ ...happen.yunnan, version: '2027.1', steps: [{ hours: 3 }], completionRatio: 0.5 })
  expect(await hoursOf(person)).toEqual([0.25])
  clock.advance(3600)
  await tell(happen.finished(person, { lesson: 'lsn-2', course: 'crs-b' }))
  const credits = await happen.creditsInOrder(person)
  expect(credits).toMatchObject([
    { rule: 'yunnan-2024@2024.1', hours: 0.25 },
    { rule: 'yunnan-2024@2027.1', hours: 3 },
  ])
  const inForce = await versionsInForce()
  await write((tx) => deriveAgain(tx, person, inForce))
  expect(await happen.creditsInOrder(person)).toEqual(credits)
})

test('the rule that is in force is not put in force twice, and an older one can come back', async () => {
  clock.set('2028-01-01T02:00:00.000Z')
  const nameAt = async () => (await versionsInForce()).hourRule(clock.iso).version
  const changed = { ...happen.yunnan, version: '2028.1' }
  await putInForce(changed)
  clock.advance(60)
  await putInForce(changed)
  expect(await nameAt()).toBe('2028.1')
  await putInForce(happen.yunnan)
  expect(await nameAt()).toBe('2024.1')
  expect((await versionsInForce()).hourRule('2028-01-01T02:00:30.000Z').version).toBe('2028.1')
  expect((await versionsInForce()).hourRule('2000-01-01T00:00:00.000Z').version).toBe('2024.1')
})
