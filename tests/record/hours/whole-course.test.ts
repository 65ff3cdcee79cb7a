// Rules that credit a course as a whole: nothing for a part of it, everything once it is (nearly) done, and only once.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import { derive } from '#record/derive.ts'
import { effectiveAt } from '#record/events/effective.ts'
import type { Event } from '#record/events/event.ts'
import { hoursFor, HourRule } from '#record/hours/rule.ts'
import { putInForce } from '#record/hours/rule.server.ts'
import { Ledger } from '#record/ledger.ts'
import { deriveAgain, record } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { freshDatabase } from '../../support/database.ts'
import * as happen from '../happenings.ts'
import { shanxi, yunnan, zhengzhou } from '../published-rules.ts'

freshDatabase()
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

type Which = { lesson: string; minutes: number; edition?: number; silentSeconds?: number }

/** Somebody finishes a lesson of a course of so many minutes; old records do not say how many. */
function finished(person: string, courseMinutes: number | undefined, which: Which): Event[] {
  const { silentSeconds, ...lesson } = which
  clock.advance(lesson.minutes * 60)
  return happen.finished(person, { ...lesson, course: 'crs-a' }).map((event): Event => {
    if (event.kind === 'lesson-completed' && courseMinutes !== undefined) return { ...event, courseMinutes }
    return event.kind === 'segment-studied' && silentSeconds !== undefined
      ? { ...event, silentSeconds }
      : event
  })
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)

/** The first so many lessons of a course, one after the other. */
const lessons = (minutes: readonly number[], count = minutes.length, courseMinutes = sum(minutes)) =>
  minutes
    .slice(0, count)
    .flatMap((each, i) => finished('p', courseMinutes, { lesson: `lsn-${i}`, minutes: each }))

const hoursOf = (rule: HourRule, events: readonly Event[]) =>
  creditsUnder(rule, events).map(({ hours }) => hours)

const course = [11, 12, 10, 11, 11]

test.each([
  ['Zhengzhou: three of five lessons give nothing', zhengzhou, course, 3, [0, 0, 0]],
  ['Zhengzhou: four of five likewise', zhengzhou, course, 4, [0, 0, 0, 0]],
  ['Zhengzhou: all of 55 minutes give half a 学时', zhengzhou, course, 5, [0, 0, 0, 0, 0.5]],
  ['Shanxi: one of five gives nothing', shanxi, course, 1, [0]],
  ['Shanxi: four fifths likewise', shanxi, course, 4, [0, 0, 0, 0]],
  ['Shanxi: all of 55 minutes give 1.2', shanxi, course, 5, [0, 0, 0, 0, 1.2]],
  ['Shanxi: 90 % of an hour exactly gives 1.2', shanxi, [18, 18, 18, 6], 3, [0, 0, 1.2]],
  ['Shanxi: a minute less gives nothing', shanxi, [18, 18, 17, 7], 3, [0, 0, 0]],
  ['Shanxi: the rest adds what is still missing', shanxi, [18, 18, 18, 6], 4, [0, 0, 1.2, 0.1]],
  ['Yunnan: a part of a course counts', yunnan, course, 3, [0.25, 0.25, 0.5]],
])('%s', (_, rule, minutes, count, hours) => {
  expect(hoursOf(rule, lessons(minutes, count))).toEqual(hours)
})

test('a row that gives nothing says how far the course is and how far it must be', () => {
  const rows = creditsUnder(zhengzhou, lessons(course))
  expect(rows[1]).toMatchObject({
    minutes: 12,
    points: 0,
    reason: '本课12分钟，本课程已学完23分钟，共55分钟，学到100%才记学时。',
  })
  expect(rows[4]?.reason).toBe(
    '本课11分钟，本课程今年累计55分钟，按郑州市公务员网络学习学分折算合计0.5学时；本课加0.5学时，按选修折0.5学分。',
  )
  expect(creditsUnder(shanxi, lessons(course, 1))[0]?.reason).toMatch(/，学到90%才记学时。$/)
})

test('records that do not say how long the course was are credited as before', () => {
  const old = course.flatMap((minutes, i) => finished('p', undefined, { lesson: `lsn-${i}`, minutes }))
  expect(hoursOf(zhengzhou, old)).toEqual([0, 0, 0.5, 0, 0])
})

test('what an old record gave of the course is not given again when the whole is done', () => {
  const old = [0, 1, 2].flatMap((i) =>
    finished('p', undefined, { lesson: `lsn-${i}`, minutes: course[i] ?? 0 }),
  )
  const rest = [3, 4].flatMap((i) => finished('p', 55, { lesson: `lsn-${i}`, minutes: course[i] ?? 0 }))
  expect(hoursOf(zhengzhou, [...old, ...rest])).toEqual([0, 0, 0.5, 0, 0])
})

test('a rule that gave more before takes nothing back', () => {
  const ledger = new Ledger('p')
  const generous = { ...yunnan, steps: [{ hours: 2 }] }
  const inForce = (rule: HourRule) => ({
    hourRule: () => rule,
    calibration: () => null,
    severity: () => null,
    indicator: (id: string) => id,
  })
  lessons([40, 40]).forEach((event, i) => {
    const receivedAt = new Date(Date.parse('2026-03-10T02:00:00.000Z') + i * 60_000).toISOString()
    const heard = { ...event, receivedAt, effectiveAt: effectiveAt(event, receivedAt) }
    derive(ledger, heard, inForce(i < 3 ? generous : zhengzhou))
  })
  expect(ledger.credits.map(({ hours }) => hours)).toEqual([2, 0])
})

test('a lesson studied in two editions is one part of the course, not two', () => {
  const twice = [1, 2].flatMap((edition) => finished('p', 40, { lesson: 'lsn-0', minutes: 20, edition }))
  expect(hoursOf(zhengzhou, twice)).toEqual([0, 0])
})

test('the test of a course credits all of it at once, also what was finished before', () => {
  const studied = finished('p', 50, { lesson: 'lsn-0', minutes: 25 })
  const one = { edition: 1, revision: 'rev-a1', title: '课', minutes: 25 }
  const test_ = happen.tested({
    person: 'p',
    lessons: [
      { ...one, lesson: 'lsn-0' },
      { ...one, lesson: 'lsn-1' },
    ],
  })
  expect(hoursOf(zhengzhou, [...studied, test_])).toEqual([0, 0.5])
  expect(hoursOf(zhengzhou, [test_])).toEqual([0, 0.5])
})

test('in whatever order its lessons are finished a course gives the same: all or nothing', () => {
  const minutes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 7 })
  fc.assert(
    fc.property(minutes, fc.nat({ max: 60 }), fc.constantFrom(shanxi, zhengzhou), (each, unread, rule) => {
      const [done, all] = [sum(each), sum(each) + unread]
      const share = rule.wholeCourse ?? 0
      const expected = done * 10 >= all * share * 10 - 1e-6 ? hoursFor(rule, done) : 0
      for (const order of [each, each.toReversed(), each.toSorted((a, b) => a - b)])
        expect(sum(hoursOf(rule, lessons(order, order.length, all)))).toBeCloseTo(expected, 9)
    }),
    { numRuns: 60 },
  )
})

test('the year of a course is one year: what was finished in December is no part of January’s', async () => {
  await putInForce(zhengzhou)
  const person = happen.somebody()
  clock.set('2026-12-31T10:00:00.000Z')
  for (const event of finished(person, 60, { lesson: 'lsn-0', minutes: 30 })) await record(event)
  clock.set('2027-01-02T10:00:00.000Z')
  for (const event of finished(person, 60, { lesson: 'lsn-1', minutes: 30 })) await record(event)
  expect((await happen.creditsInOrder(person)).map(({ hours }) => hours)).toEqual([0, 0])
})

test('a lesson that is taken back takes the course with it, and derived again it is the same', async () => {
  const person = happen.somebody()
  clock.set('2027-03-01T02:00:00.000Z')
  const first = finished(person, 40, { lesson: 'lsn-0', minutes: 20 })
  const second = finished(person, 40, { lesson: 'lsn-1', minutes: 20 })
  for (const event of [...first, ...second]) await record(event)
  expect((await happen.creditsInOrder(person)).map(({ hours }) => hours)).toEqual([0, 0.5])
  await record(happen.corrected({ person, corrects: first[0]?.id ?? '' }))
  const left = await happen.creditsInOrder(person)
  expect(left).toMatchObject([{ subject: 'lsn-1', hours: 0 }])
  const inForce = await versionsInForce()
  await write((tx) => deriveAgain(tx, person, inForce))
  expect(await happen.creditsInOrder(person)).toEqual(left)
})

test('a file that counts lesson by lesson cannot ask for the whole course, and a share is between nought and one', () => {
  const told = (rule: unknown) => HourRule.safeParse(rule).error?.issues[0]
  expect(told({ ...shanxi, per: 'lesson' })).toMatchObject({
    path: ['wholeCourse'],
    message: '每课单独算，就不看全课程学了多少。改成 per: course，或者删去 wholeCourse。',
  })
  for (const wholeCourse of [0, 1.1]) expect(told({ ...shanxi, wholeCourse })?.path).toEqual(['wholeCourse'])
})

test('a credit says how many of its minutes were told only after a silence, from a minute on', () => {
  const reason = (silentSeconds: number) =>
    creditsUnder(yunnan, finished('p', 55, { lesson: 'lsn-0', minutes: 11, silentSeconds }))[0]?.reason
  const plain = '本课11分钟，本课程今年累计11分钟，按云南省干部网络培训学时折算（2024年）合计0.25学时。'
  expect(reason(59)).toBe(plain)
  expect(reason(60)).toBe(`${plain}其中约1分钟是断网时学、恢复后补报的。`)
  expect(reason(290)).toBe(`${plain}其中约5分钟是断网时学、恢复后补报的。`)
})
