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
import { nanjing, shanxi } from '../published-rules.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

/** Credits of somebody to whom these things happened, one a minute, under one rule; no database. */
function creditsUnder(rule: HourRule, events: readonly Event[]) {
  const ledger = new Ledger('p')
  const inForce = {
    hourRule: () => rule,
    calibration: () => null,
    severity: () => null,
    indicator: (id: string) => id,
  }
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

// 学分, nature and caps, as other counties have them.

test('a compulsory lesson and an elective one are worth as many 学分 as the rule says, and the row says which', () => {
  const [visit, answer, end] = happen.finished('p', { lesson: 'lsn-1', minutes: 45 }) as [Event, Event, Event]
  clock.advance(3600)
  const elective = happen.finished('p', { lesson: 'lsn-2', course: 'crs-b', minutes: 20 })
  clock.advance(3600)
  const unsaid = happen.finished('p', { lesson: 'lsn-3', course: 'crs-c', minutes: 20 })
  const ofChoice = elective.map((event) =>
    event.kind === 'lesson-completed' ? { ...event, nature: 'elective' as const } : event,
  )
  const events = [visit, answer, { ...end, nature: 'compulsory' } as Event, ...ofChoice, ...unsaid]
  expect(creditsUnder(shanxi, events)).toMatchObject([
    {
      hours: 1,
      points: 1,
      nature: 'compulsory',
      activity: null,
      reason:
        '本课45分钟，本课程今年累计45分钟，按山西省干部网络培训学时学分折算合计1学时；本课加1学时，按必修折1学分。',
    },
    { hours: 0.4, points: 0.2, nature: 'elective', reason: /；本课加0.4学时，按选修折0.2学分。$/ },
    { hours: 0.4, points: 0.2, nature: null },
  ])
  expect(creditsUnder(happen.yunnan, events).map(({ points }) => points)).toEqual([null, null, null])
})

test('tenths of a 学时 add up to what the course is worth, without dust', () => {
  const credits = creditsUnder(shanxi, course([5, 9, 14, 17]))
  expect(credits.map(({ hours }) => hours)).toEqual([0.1, 0.2, 0.3, 0.4])
})

test('hours of an activity stop at the cap of the item and the row says so; another class begins anew', () => {
  const day = (n: number, title: string, hours: number) =>
    happen.imported({
      person: 'p',
      title,
      hours,
      activity: 'unit-training',
      ...{ startOn: `2026-02-0${n}`, endOn: `2026-02-0${n}` },
    })
  const credits = creditsUnder(nanjing, [
    day(1, '甲班', 10),
    day(2, '甲班', 10),
    day(3, '甲班', 4),
    day(4, '乙班', 18),
  ])
  expect(credits.map(({ hours, activity }) => [hours, activity])).toEqual([
    [10, 'unit-training'],
    [8, 'unit-training'],
    [0, 'unit-training'],
    [18, 'unit-training'],
  ])
  expect(credits[1]?.reason).toBe(
    '市委党校的记录，经核准转入10学时。按南京市干部教育培训学时管理（nanjing@1），“单位内训”每项最多18学时，此前已记10学时，这次计入8学时。',
  )
  expect(credits[3]?.reason).toBe('市委党校的记录，经核准转入18学时。')
})

test('a class whose attendance was confirmed falls under the same caps as one that was entered', () => {
  const events = [
    happen.imported({
      person: 'p',
      title: '甲班',
      hours: 12,
      activity: 'unit-training',
      startOn: '2026-02-01',
      endOn: '2026-02-01',
    }),
    happen.attended({ person: 'p', title: '甲班', hours: 12, activity: 'unit-training', on: '2026-02-02' }),
  ]
  expect(creditsUnder(nanjing, events).map(({ hours }) => hours)).toEqual([12, 6])
})

test('a cap a year holds over all items of a year, and the next year is another', () => {
  const rule = {
    ...nanjing,
    activities: [{ id: 'talk', title: '讲座', meter: 'concentrated' as const, capPerYear: 20 }],
  }
  const talk = (on: string, hours: number) =>
    happen.imported({ person: 'p', title: on, hours, activity: 'talk', startOn: on, endOn: on })
  const events = [talk('2025-12-30', 15), talk('2025-12-31', 15), talk('2026-01-02', 15)]
  expect(creditsUnder(rule, events).map(({ hours, period }) => [hours, period])).toEqual([
    [15, 2025],
    [5, 2025],
    [15, 2026],
  ])
})

test('an activity that the rule does not know, and hours without one, enter as they were approved', () => {
  const events = [
    happen.imported({ person: 'p', hours: 90, activity: 'unit-training' }),
    happen.imported({ person: 'p', hours: 90 }),
  ]
  expect(creditsUnder(happen.yunnan, events).map(({ hours }) => hours)).toEqual([90, 90])
})

test('a day of call-up training is worth its own 学分, other hours by their nature', () => {
  const events = [
    happen.imported({ person: 'p', hours: 8, nature: 'elective', activity: 'call-up' }),
    happen.imported({ person: 'p', hours: 8, nature: 'elective' }),
  ]
  expect(creditsUnder(shanxi, events)).toMatchObject([
    { points: 8, nature: 'elective' },
    { points: 4, nature: 'elective' },
  ])
})

test('in whatever order hours under a cap are heard of, the same is credited', async () => {
  clock.set('2029-06-01T02:00:00.000Z')
  await putInForce({
    ...nanjing,
    version: 'capped',
    activities: [{ id: 'talk', title: '讲座', meter: 'concentrated', capPerItem: 12, capPerYear: 30 }],
  })
  clock.set('2029-12-01T02:00:00.000Z')
  const talk = fc.record({
    day: fc.integer({ min: 1, max: 9 }),
    title: fc.constantFrom('甲', '乙'),
    hours: fc.integer({ min: 1, max: 12 }),
  })
  const talks = fc.uniqueArray(talk, {
    minLength: 2,
    maxLength: 7,
    selector: ({ day, title }) => `${day}${title}`,
  })
  const id = (telling: number, n: number) =>
    `${telling.toString(16).padStart(8, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
  let telling = 0
  const tellAll = async (told: { day: number; title: string; hours: number; n: number }[]) => {
    const person = happen.somebody()
    telling += 1
    for (const { day, title, hours, n } of told)
      await record(
        happen.imported({
          ...{ person, title, hours, activity: 'talk', id: id(telling, n) },
          ...{ startOn: `2029-11-0${day}`, endOn: `2029-11-0${day}` },
        }),
      )
    return (await happen.creditsInOrder(person)).map(({ on, title, hours, reason }) => [
      on,
      title,
      hours,
      reason,
    ])
  }
  await fc.assert(
    fc.asyncProperty(talks, fc.infiniteStream(fc.nat()), async (all, keys) => {
      const told = all.map((one, n) => ({ ...one, n }))
      const shuffled = told.map((one) => ({ one, key: keys.next().value as number }))
      const other = shuffled.sort((a, b) => a.key - b.key).map(({ one }) => one)
      expect(await tellAll(other)).toEqual(await tellAll(told))
    }),
    { numRuns: 25 },
  )
})
