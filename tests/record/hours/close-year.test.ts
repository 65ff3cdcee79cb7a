// A closed year: its table never changes, can be derived again from what was known then, and what came later is listed.
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { closedHours, closedYear } from '#db/schema/record.ts'
import { person as personTable } from '#db/schema/people.ts'
import { erasePerson } from '#people/erase.server.ts'
import type { Event } from '#record/events/event.ts'
import { checkYear, yearCheck } from '#record/hours/check-year.server.ts'
import { closeYear, type ClosedYear } from '#record/hours/close-year.server.ts'
import { lateChanges, sumOfChanges } from '#record/hours/late.server.ts'
import { reproduceYear } from '#record/hours/reproduce-year.server.ts'
import { putInForce } from '#record/hours/rule.server.ts'
import { record } from '#record/record.server.ts'
import { Refusal } from '#refusal.ts'
import { freshDatabase } from '../../support/database.ts'
import * as happen from '../happenings.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

const tell = async (...events: Event[]) => {
  for (const event of events) await record(event)
}
/** Each test has a year of its own, so that nothing of another is in its table. */
let year = 2000
beforeEach(() => {
  year += 2
  clock.set(`${year}-03-10T02:00:00.000Z`)
})
const on = (monthDay: string) => `${year}-${monthDay}`
const nextYear = () => clock.set(`${year + 1}-01-15T02:00:00.000Z`)
const close = async () => {
  nextYear()
  const closed = await closeYear(year, 'officer-1')
  clock.advance(3600)
  return closed
}
const table = () =>
  read
    .select({
      person: closedHours.personId,
      meter: closedHours.meter,
      hours: closedHours.hours,
      minutes: closedHours.minutes,
    })
    .from(closedHours)
    .where(eq(closedHours.year, year))
    .orderBy(closedHours.personId, closedHours.meter)
const class_ = (person: string, hours: number, monthDay: string, more = {}) =>
  happen.imported({
    person,
    hours,
    title: `班${monthDay}`,
    startOn: on(monthDay),
    endOn: on(monthDay),
    ...more,
  })
const listed = async (closed: ClosedYear) =>
  (await lateChanges(closed)).map(({ personId, title, before, after, why }) => [
    personId,
    title,
    before,
    after,
    why,
  ])

test('a year is closed with the sums of each person on each meter, and with one hash over them', async () => {
  const [a, b, idle] = [happen.somebody(), happen.somebody(), happen.somebody()].sort() as [
    string,
    string,
    string,
  ]
  await tell(...happen.finished(a), class_(a, 8, '03-01'), class_(a, 4.5, '03-02'), class_(b, 24, '03-05'))
  await tell(happen.opened({ person: idle }))
  const closed = await close()
  expect(await table()).toEqual([
    { person: a, meter: 'concentrated', hours: 12.5, minutes: 0 },
    { person: a, meter: 'online', hours: 0.25, minutes: 10 },
    { person: b, meter: 'concentrated', hours: 24, minutes: 0 },
  ])
  expect(closed).toMatchObject({ year, closedAt: `${year + 1}-01-15T02:00:00.000Z`, closedBy: 'officer-1' })
  expect(closed.root).toMatch(/^[0-9a-f]{64}$/)
  expect(await reproduceYear(year)).toEqual({
    ...{ year, rows: 3, people: 2, faults: [], root: closed.root, sameRoot: true, erased: 0, holds: true },
  })
})

const refusal = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown)
  return error instanceof Refusal ? [error.kind, error.message] : error
}

test('a year that is not over cannot be closed, by the days of Shanghai', async () => {
  expect(await refusal(closeYear(year, 'officer-1'))).toEqual(['invalid', `${year}年还没有过完。`])
  clock.set(`${year}-12-31T15:59:59.000Z`)
  expect(await refusal(closeYear(year, 'officer-1'))).toEqual(['invalid', `${year}年还没有过完。`])
  clock.set(`${year}-12-31T16:00:00.000Z`)
  await closeYear(year, 'officer-1')
})

test('a year is closed once, even by two at the same moment, and only a closed year can be checked', async () => {
  expect(await refusal(reproduceYear(year))).toEqual(['not-found', `${year}年还没有封存。`])
  nextYear()
  const both = await Promise.all([closeYear(year, 'x').catch(String), closeYear(year, 'y').catch(String)])
  expect(both.filter((one) => typeof one === 'string')).toEqual([`Refusal: ${year}年正在封存。`])
  expect(await refusal(closeYear(year, 'z'))).toEqual(['already-done', `${year}年已经封存。`])
  expect(await table()).toEqual([])
})

test('hours of last year that are brought in after its closing are listed, and the table stays as it was', async () => {
  const person = happen.somebody()
  await tell(class_(person, 8, '03-01'))
  const closed = await close()
  const before = await table()
  const late = class_(person, 24, '12-20', { title: '年底专题班' })
  await tell(late)
  const [change] = await lateChanges(closed)
  expect(change).toEqual({
    personId: person,
    meter: 'concentrated',
    title: '年底专题班',
    ...{ before: 0, after: 24, arrivedAt: clock.iso },
    why: '市委党校的记录，经核准转入24学时。',
  })
  expect(await table()).toEqual(before)
  expect(await reproduceYear(year)).toMatchObject({ rows: 1, holds: true, sameRoot: true })
  expect(await lateChanges(closed, new Set(['somebody-else']))).toEqual([])
  expect(await lateChanges(closed, new Set([person]))).toHaveLength(1)
})

test('what is taken back after the closing is listed with the reason, and what is taken back again is gone', async () => {
  const person = happen.somebody()
  const [wrong, right] = [class_(person, 8, '03-01'), class_(person, 6, '03-02')]
  await tell(wrong, right)
  const closed = await close()
  await tell(happen.corrected({ person, corrects: wrong.id, reason: '名单误勾，撤回。' }))
  expect(await listed(closed)).toEqual([[person, '班03-01', 8, 0, '更正：名单误勾，撤回。']])
  const late = class_(person, 5, '11-01')
  await tell(late)
  clock.advance(60)
  await tell(happen.corrected({ person, corrects: late.id, reason: '重复。' }))
  expect(await listed(closed)).toEqual([[person, '班03-01', 8, 0, '更正：名单误勾，撤回。']])
  expect(sumOfChanges(await lateChanges(closed), 'concentrated')).toBe(-8)
  expect(sumOfChanges(await lateChanges(closed), 'online')).toBe(0)
  expect(await reproduceYear(year)).toMatchObject({ rows: 1, holds: true })
})

test('an entry that is replaced by another of as many hours is listed, though the sum is the same', async () => {
  const person = happen.somebody()
  const wrong = class_(person, 8, '03-01')
  await tell(wrong)
  const closed = await close()
  await tell(class_(person, 8, '03-02'))
  clock.advance(60)
  await tell(happen.corrected({ person, corrects: wrong.id, reason: '日期写错。' }))
  expect(await listed(closed)).toEqual([
    [person, '班03-01', 8, 0, '更正：日期写错。'],
    [person, '班03-02', 0, 8, '市委党校的记录，经核准转入8学时。'],
  ])
})

test('a visit that is taken back takes the lesson with it, and that is listed for the lesson', async () => {
  const person = happen.somebody()
  const [visit, ...rest] = happen.finished(person) as [Event, Event, Event]
  await tell(visit, ...rest)
  const closed = await close()
  await tell(happen.corrected({ person, corrects: visit.id, reason: '代学，撤回。' }))
  expect(await listed(closed)).toEqual([[person, '第一课', 0.25, 0, '它依据的记录被更正，不再计入。']])
})

test('what changes beside a late event, because a cap has room again, is listed too', async () => {
  await putInForce({
    ...happen.yunnan,
    version: `cap-${year}`,
    activities: [{ id: 'talk', title: '讲座', meter: 'concentrated', capPerYear: 10 }],
  })
  const person = happen.somebody()
  const [first, second] = [
    class_(person, 8, '03-10', { activity: 'talk', title: '甲' }),
    class_(person, 8, '03-11', { activity: 'talk', title: '乙' }),
  ]
  clock.set(on('04-01T02:00:00.000Z'))
  await tell(first, second)
  const closed = await close()
  expect(await table()).toMatchObject([{ hours: 10 }])
  await tell(happen.corrected({ person, corrects: first.id, reason: '重复。' }))
  expect(await listed(closed)).toEqual([
    [person, '甲', 8, 0, '更正：重复。'],
    [person, '乙', 2, 8, '封存以后收到的记录使它重新计算。市委党校的记录，经核准转入8学时。'],
  ])
  await putInForce(happen.yunnan)
})

test('an answer that is judged anew after the closing gives the lesson of then, and is listed', async () => {
  const person = happen.somebody()
  const [visit, answer, end] = happen.finished(person) as [
    Event,
    Event & { kind: 'question-answered' },
    Event,
  ]
  await tell(visit, { ...answer, earned: 0 }, end)
  const closed = await close()
  expect(await table()).toEqual([])
  const [stored] = (await happen.eventsOf(person)).filter(({ kind }) => kind === 'question-answered')
  const regrades = { event: answer.id, effectiveAt: stored?.effectiveAt ?? '' }
  await tell({ ...answer, id: crypto.randomUUID(), regrades })
  const why =
    '封存以后收到的记录使它重新计算。本课10分钟，本课程今年累计10分钟，按云南省干部网络培训学时折算（2024年）合计0.25学时。'
  expect(await listed(closed)).toEqual([[person, '第一课', 0, 0.25, why]])
  expect(await reproduceYear(year)).toMatchObject({ rows: 0, holds: true })
})

test('what is studied in the new year changes nothing of the old one', async () => {
  const person = happen.somebody()
  await tell(...happen.finished(person))
  const closed = await close()
  await tell(
    ...happen.finished(person, { lesson: 'lsn-b' }),
    class_(person, 3, '02-01', { startOn: clock.iso.slice(0, 10), endOn: clock.iso.slice(0, 10) }),
  )
  expect(await listed(closed)).toEqual([])
})

test('who is erased leaves the closed table, and the check says so instead of finding a fault', async () => {
  const [gone, stays] = [happen.somebody(), happen.somebody()]
  for (const id of [gone, stays])
    await write((tx) => tx.insert(personTable).values({ id, number: id, name: id, createdAt: clock.iso }))
  await tell(class_(gone, 8, '03-01'), class_(stays, 6, '03-02'))
  const closed = await close()
  await tell(class_(gone, 9, '10-01'))
  await erasePerson(gone, 'process')
  expect(await table()).toMatchObject([{ person: stays, hours: 6 }])
  expect(await reproduceYear(year)).toMatchObject({
    ...{ rows: 1, faults: [], sameRoot: false, erased: 1, holds: true },
  })
  expect(await listed(closed)).toEqual([])
})

test('who was erased before the closing was never in the table: then the hash must be the same', async () => {
  const gone = happen.somebody()
  await write((tx) =>
    tx.insert(personTable).values({ id: gone, number: gone, name: gone, createdAt: clock.iso }),
  )
  await tell(class_(gone, 8, '03-01'), class_(happen.somebody(), 6, '03-02'))
  await erasePerson(gone, 'process')
  await close()
  expect(await reproduceYear(year)).toMatchObject({ rows: 1, sameRoot: true, erased: 0, holds: true })
  await write((tx) =>
    tx
      .update(closedYear)
      .set({ root: 'f'.repeat(64) })
      .where(eq(closedYear.year, year)),
  )
  expect(await reproduceYear(year)).toMatchObject({ faults: [], sameRoot: false, holds: false })
})

test('a row that somebody changed, took away or invented is found and named', async () => {
  const [a, b] = [happen.somebody(), happen.somebody()]
  await tell(class_(a, 8, '03-01'), class_(b, 6, '03-02'))
  await close()
  const of = (id: string) => eq(closedHours.personId, id)
  await write(async (tx) => {
    await tx.update(closedHours).set({ hours: 80 }).where(of(a))
    await tx.delete(closedHours).where(of(b))
    await tx.insert(closedHours).values({ year, personId: 'nobody', meter: 'online', hours: 9, minutes: 9 })
  })
  const { faults, holds } = await reproduceYear(year)
  expect(holds).toBe(false)
  expect(faults.map(({ personId, closed, derived }) => [personId, closed?.hours, derived?.hours])).toEqual([
    [a, 80, 8],
    [b, undefined, 6],
    ['nobody', 9, undefined],
  ])
})

test('what a closing that died has left behind is written over', async () => {
  const person = happen.somebody()
  await tell(class_(person, 8, '03-01'))
  await write((tx) =>
    tx.insert(closedHours).values({ year, personId: person, meter: 'online', hours: 99, minutes: 9 }),
  )
  await close()
  expect(await table()).toMatchObject([{ person, meter: 'concentrated', hours: 8 }])
  expect(await reproduceYear(year)).toMatchObject({ holds: true, sameRoot: true })
})

test('what arrives while a year is being closed is not half in its table', async () => {
  const people = Array.from({ length: 230 }, () => happen.somebody())
  await Promise.all(people.map((person) => record(class_(person, 2, '03-01'))))
  nextYear()
  const arriving = (async () => {
    for (const person of people) await record(class_(person, 3, '11-01'))
  })()
  const closed = await closeYear(year, 'officer-1')
  await arriving
  const sums = (await table()).map(({ hours }) => hours)
  expect(sums).toHaveLength(230)
  expect(await reproduceYear(year)).toMatchObject({ faults: [], sameRoot: true, holds: true })
  expect(await lateChanges(closed)).toHaveLength(sums.filter((hours) => hours === 2).length)
  expect(sums).toContain(2)
})

test('whenever a year is closed in the course of things, its table can be derived again afterwards', async () => {
  const thing = fc.record({
    who: fc.nat(2),
    what: fc.constantFrom('class', 'class', 'lesson', 'correction'),
    n: fc.integer({ min: 1, max: 9 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(thing, { minLength: 3, maxLength: 14 }), fc.nat(14), async (things, moment) => {
      year += 2
      clock.set(`${year + 1}-02-01T02:00:00.000Z`)
      const people = [happen.somebody(), happen.somebody(), happen.somebody()]
      const told: Event[] = []
      const happens = async ({ who, what, n }: (typeof things)[number]) => {
        const person = people[who] as string
        clock.advance(700)
        const corrects = told.filter((event) => event.person === person).at(-n)
        const events =
          what === 'lesson'
            ? happen.finished(person, { lesson: `lsn-${n}` })
            : what === 'class'
              ? [class_(person, n, `0${n}-01`, { title: `班${told.length}` })]
              : corrects
                ? [happen.corrected({ person, corrects: corrects.id })]
                : []
        for (const event of events) await record(event).catch(() => null)
        told.push(...events.filter(({ kind }) => kind !== 'event-corrected'))
      }
      for (const one of things.slice(0, moment)) await happens(one)
      const closed = await closeYear(year, 'officer-1')
      const before = await table()
      for (const one of things.slice(moment)) await happens(one)
      expect(await table()).toEqual(before)
      expect(await reproduceYear(year)).toMatchObject({ faults: [], root: closed.root, holds: true })
      const now = (await Promise.all(people.map(happen.creditsInOrder))).flat()
      const sum = (rows: { hours: number }[]) => rows.reduce((total, { hours }) => total + hours, 0)
      const changed = await lateChanges(closed)
      const difference = sum(now.filter(({ period }) => period === year)) - sum(before)
      expect(sumOfChanges(changed, 'online') + sumOfChanges(changed, 'concentrated')).toBeCloseTo(
        difference,
        6,
      )
    }),
    { numRuns: 25 },
  )
})

test('a check tells what it found to whoever asks later', async () => {
  await tell(class_(happen.somebody(), 8, '03-01'))
  await close()
  expect(yearCheck(year)).toBeNull()
  const check = await checkYear(year)
  expect(check).toMatchObject({ state: 'done', at: clock.iso, result: { holds: true, rows: 1 } })
  expect(yearCheck(year)).toBe(check)
  expect(await refusal(checkYear(year + 40))).toEqual(['not-found', `${year + 40}年还没有封存。`])
  expect(yearCheck(year + 40)).toBeNull()
})
