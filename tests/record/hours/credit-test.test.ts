// What a passed test of a course is worth: its lessons once, whoever studied them before or after, and a bonus.
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { event as eventTable } from '#db/schema/record.ts'
import { derive } from '#record/derive.ts'
import { effectiveAt } from '#record/events/effective.ts'
import type { Event } from '#record/events/event.ts'
import { passes } from '#record/hours/credit-test.ts'
import { hoursFor, type HourRule } from '#record/hours/rule.ts'
import { Ledger } from '#record/ledger.ts'
import { deriveAgain, record } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { freshDatabase } from '../../support/database.ts'
import * as happen from '../happenings.ts'
import { shanxi } from '../published-rules.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const day = 86_400

/** What somebody has to whom these things happened, one a minute, under one rule; no database. */
function ledgerUnder(rule: HourRule, events: readonly Event[]) {
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
  return ledger
}

test('who passes has every lesson of the course, summed as if finished one by one, and the bonus of the rule', () => {
  const { credits, progress } = ledgerUnder(happen.yunnan, [happen.tested({ person: 'p', earned: 8.5 })])
  const row = { meter: 'online', period: 2026, on: '2026-03-10', course: 'crs-a', nature: 'compulsory' }
  const rule = 'yunnan-2024@2024.1'
  const title = '云南省干部网络培训学时折算（2024年）'
  const passed = '通过课程测试（无人监考，8.5分/10分）'
  expect(credits).toMatchObject([
    {
      ...{ ...row, rule, subject: 'lsn-a', title: '第一课', edition: 1, minutes: 10, hours: 0.25 },
      reason: `${passed}，免学。本课10分钟，本课程今年累计10分钟，按${title}合计0.25学时。`,
    },
    {
      ...{ ...row, rule, subject: 'lsn-b', title: '第二课', edition: 1, minutes: 12, hours: 0.25 },
      reason: `${passed}，免学。本课12分钟，本课程今年累计22分钟，按${title}合计0.5学时。`,
    },
    {
      ...{ ...row, rule, subject: 'test:crs-a', title: '第一门课：课程测试', minutes: 0, hours: 0.5 },
      reason: `${passed}，按${title}另记0.5学时，每门课程一年一次。`,
    },
  ])
  expect([...progress.values()]).toMatchObject([
    { lesson: 'lsn-a', edition: 1, completedAt: '2026-03-10T02:00:00.000Z' },
    { lesson: 'lsn-b', edition: 1, completedAt: '2026-03-10T02:00:00.000Z' },
  ])
})

test('the level itself passes, also where thirds do not add up exactly; a thousandth below does not', () => {
  expect(passes({ earned: 8, possible: 10, passShare: 0.8 })).toBe(true)
  expect(passes({ earned: 2 / 3 + 1 / 3 + 5.4, possible: 8, passShare: 0.8 })).toBe(true)
  expect(passes({ earned: 7.999, possible: 10, passShare: 0.8 })).toBe(false)
})

test('who fails has nothing of it: no lesson, no bonus, no progress', () => {
  const { credits, progress } = ledgerUnder(happen.yunnan, [happen.tested({ person: 'p', earned: 7.999 })])
  expect([credits, [...progress.keys()]]).toEqual([[], []])
})

test('a lesson that was finished before is not given again, and its minutes count in the sum of the course', () => {
  const studied = happen.finished('p', { lesson: 'lsn-a', minutes: 10 })
  const { credits } = ledgerUnder(happen.yunnan, [...studied, happen.tested({ person: 'p' })])
  expect(credits.map(({ subject, hours }) => [subject, hours])).toEqual([
    ['lsn-a', 0.25],
    ['lsn-b', 0.25],
    ['test:crs-a', 0.5],
  ])
  expect(credits[1]?.reason).toContain('本课程今年累计22分钟')
})

test('a lesson that was begun keeps what was seen and passed of it', () => {
  const visit = happen.studied({ person: 'p', sections: ['s1'] })
  const { progress } = ledgerUnder(happen.yunnan, [visit, happen.tested({ person: 'p' })])
  expect(progress.get('lsn-a/1')).toMatchObject({ sections: ['s1'], seconds: 600 })
  expect(progress.get('lsn-a/1')?.completedAt).not.toBeNull()
})

test('a second pass adds only what the first could not give: a new edition, and no second bonus', () => {
  const first = happen.tested({ person: 'p' })
  const [one, other] = first.lessons
  if (!one || !other) throw new Error('Two lessons are needed.')
  const second = happen.tested({ person: 'p', lessons: [one, { ...other, edition: 2 }] })
  const { credits } = ledgerUnder(happen.yunnan, [first, second])
  expect(credits.map(({ subject, edition }) => [subject, edition])).toEqual([
    ['lsn-a', 1],
    ['lsn-b', 1],
    ['test:crs-a', null],
    ['lsn-b', 2],
  ])
})

test('the bonus is of one course: another course has its own', () => {
  const lessons = [{ lesson: 'lsn-x', edition: 1, revision: 'rev-x', title: '别的一课', minutes: 9 }]
  const events = [happen.tested({ person: 'p' }), happen.tested({ person: 'p', course: 'crs-x', lessons })]
  const { credits } = ledgerUnder(happen.yunnan, events)
  expect(credits.filter(({ hours }) => hours === 0.5).map(({ subject }) => subject)).toEqual([
    'test:crs-a',
    'test:crs-x',
  ])
})

test('a rule without a bonus gives none; 学分 follow the nature of the course', () => {
  const { credits } = ledgerUnder(shanxi, [happen.tested({ person: 'p', nature: 'elective' })])
  expect(credits.map(({ subject, hours, points }) => [subject, hours, points])).toEqual([
    // Shanxi credits a course as a whole: with its last lesson.
    ['lsn-a', 0, 0],
    ['lsn-b', 0.4, 0.2],
  ])
  expect(credits[1]?.reason).toMatch(/；本课加0\.4学时，按选修折0\.2学分。$/)
})

// With the database: what is given once is given once, and can be taken back.

const tell = async (events: readonly Event[]) => {
  for (const event of events) await record(event)
}
const subjectsOf = async (person: string) =>
  (await happen.creditsInOrder(person)).map(({ subject, hours }) => [subject, hours])
const onceOf = async (id: string) =>
  (await read.select({ once: eventTable.once }).from(eventTable).where(eq(eventTable.id, id)))[0]?.once

async function expectSameAgain(person: string) {
  const before = await happen.derivedOf(person)
  const inForce = await versionsInForce()
  await write((tx) => deriveAgain(tx, person, inForce))
  expect(await happen.derivedOf(person)).toEqual(before)
  expect(await verifyChain(person)).toMatchObject({ brokenAt: null })
}

const whole = [
  ['lsn-a', 0.25],
  ['lsn-b', 0.25],
  ['test:crs-a', 0.5],
]

test('a lesson finished after the test is not credited a second time, and nothing breaks', async () => {
  const person = happen.somebody()
  await record(happen.tested({ person }))
  clock.advance(3600)
  await tell(happen.finished(person, { lesson: 'lsn-b', minutes: 12 }))
  expect(await subjectsOf(person)).toEqual(whole)
  await expectSameAgain(person)
})

test('a lesson finished before it keeps its own row, and the test adds the others', async () => {
  const person = happen.somebody()
  const studied = happen.finished(person, { lesson: 'lsn-b', minutes: 12 })
  await tell(studied)
  clock.advance(3600)
  const tested = happen.tested({ person })
  await record(tested)
  const rows = await happen.creditsInOrder(person)
  expect(rows.map(({ subject, eventId }) => [subject, eventId])).toEqual([
    ['lsn-b', studied[2]?.id],
    ['lsn-a', tested.id],
    ['test:crs-a', tested.id],
  ])
  expect(rows.reduce((sum, { hours }) => sum + hours, 0)).toBe(hoursFor(happen.yunnan, 22) + 0.5)
  await expectSameAgain(person)
})

test('taken back, it takes all its rows with it; what was studied stands, and the lessons may be finished', async () => {
  const person = happen.somebody()
  await tell(happen.finished(person))
  clock.advance(3600)
  const tested = happen.tested({ person })
  await record(tested)
  await record(happen.corrected({ person, corrects: tested.id }))
  expect(await subjectsOf(person)).toEqual([['lsn-a', 0.25]])
  clock.advance(3600)
  await tell(happen.finished(person, { lesson: 'lsn-b', minutes: 12 }))
  expect(await subjectsOf(person)).toEqual([
    ['lsn-a', 0.25],
    ['lsn-b', 0.25],
  ])
  await expectSameAgain(person)
})

test('a lesson that the test had given counts as finished once the test is taken back, if it was finished meanwhile', async () => {
  const person = happen.somebody()
  const tested = happen.tested({ person })
  await record(tested)
  clock.advance(3600)
  const studied = happen.finished(person)
  await tell(studied)
  await record(happen.corrected({ person, corrects: tested.id }))
  expect(await happen.creditsInOrder(person)).toMatchObject([{ subject: 'lsn-a', eventId: studied[2]?.id }])
  await expectSameAgain(person)
})

test('in the next year the test gives the lessons and the bonus again', async () => {
  const person = happen.somebody()
  clock.set('2026-12-20T02:00:00.000Z')
  await record(happen.tested({ person }))
  clock.set('2027-01-10T02:00:00.000Z')
  await record(happen.tested({ person }))
  const rows = await happen.creditsInOrder(person)
  expect(rows.map(({ period, subject }) => [period, subject])).toEqual(
    [2026, 2027].flatMap((period) => whole.map(([subject]) => [period, subject])),
  )
  await expectSameAgain(person)
})

test('two hand-ins of one day are one, whatever their ids; of another day, another', async () => {
  const person = happen.somebody()
  const failed = happen.tested({ person, earned: 3 })
  await record(failed)
  clock.advance(60)
  expect(await record(happen.tested({ person }))).toMatchObject({ id: failed.id, repeated: true })
  expect(await subjectsOf(person)).toEqual([])
  // A failed try is used, whatever else is finished or made again; one that was taken back is as if it had not been.
  await tell(happen.finished(person, { lesson: 'lsn-z', course: 'crs-z' }))
  await expectSameAgain(person)
  expect(await onceOf(failed.id)).not.toBeNull()
  await record(happen.corrected({ person, corrects: failed.id }))
  expect(await onceOf(failed.id)).toBeNull()
  expect(await record(happen.tested({ person }))).toMatchObject({ repeated: false })
  clock.advance(day)
  expect(await record(happen.tested({ person }))).toMatchObject({ repeated: false })
})
