// The law under everything: what is derived from a life depends on what happened and when, never on the order in
// which the server heard of it. Three times must be the same: in order, in any order, and thrown away and made again.
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { chain, event as eventTable } from '#db/schema/record.ts'
import type { Event } from '#record/events/event.ts'
import { rebuild, rebuildCommands } from '#record/rebuild.server.ts'
import { deriveAgain, record, recordIn } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { addVersion, versionsInForce } from '#record/versions.server.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-03-01T00:00:00.000Z')

/** Versions that come into force while things happen. */
beforeAll(async () => {
  await addVersion('hour-rule', 'in-force', '2026-03-04T00:00:00.000Z', 'stricter', {
    ...happen.yunnan,
    version: '2026.1',
    completionRatio: 1,
    per: 'lesson',
  })
  const calibration = { a: 1.6, b: 0.4, c: 0.2, version: 'c1' }
  await addVersion('calibration', 'itm-1', '2026-03-03T00:00:00.000Z', 'c1', calibration)
  await addVersion('severity', 'officer-2', '2026-02-20T00:00:00.000Z', 's1', 0.3)
})

/** One thing of a life: how long after the one before it the server hears of it, and what it is. */
type Thing = {
  kind: Event['kind']
  gap: number
  lesson: number
  edition: number
  n: number
  back: number
  length: number
  bit: boolean
}

const thing: fc.Arbitrary<Thing> = fc.record({
  kind: fc.constantFrom<Event['kind'][]>(
    ...([
      'segment-studied',
      'segment-studied',
      'segment-studied',
      'question-answered',
      'question-answered',
    ] as const),
    ...([
      'lesson-completed',
      'lesson-completed',
      'lesson-opened',
      'practice-observed',
      'hours-imported',
    ] as const),
    ...(['attendance-recorded', 'event-corrected'] as const),
  ),
  // Minutes: 0 so that two arrive in one millisecond, a year so that a period ends and answers age.
  gap: fc.constantFrom(0, 1, 3, 40, 600, 600, 1500, 100_000, 280_000),
  lesson: fc.nat(2),
  edition: fc.constantFrom(1, 1, 1, 2),
  n: fc.nat(4),
  back: fc.nat(15),
  length: fc.integer({ min: 1, max: 15 }),
  bit: fc.boolean(),
})

/** How every life begins, so that there is something for what comes after it to touch. */
const beginning: Thing[] = [
  { kind: 'segment-studied', gap: 40, lesson: 0, edition: 1, n: 1, back: 0, length: 15, bit: true },
  { kind: 'question-answered', gap: 1, lesson: 0, edition: 1, n: 1, back: 1, length: 1, bit: true },
  { kind: 'lesson-completed', gap: 1, lesson: 0, edition: 1, n: 1, back: 0, length: 1, bit: false },
]

type Heard = { event: Event; receivedAt: string }

/** An id that sorts by number in every telling of a life. */
const idOf = (telling: number, number: number) =>
  `${telling.toString(16).padStart(8, '0')}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`

/** The same life told again: other ids, another person, all else alike. */
function lifeOf(things: readonly Thing[], telling: number, person: string): Heard[] {
  let at = Date.parse('2026-03-01T00:00:00.000Z')
  const done = new Set<string>()
  return things.flatMap((one, i): Heard[] => {
    at += one.gap * 60_000
    const event = eventOf(one, i, at, person, (number) => idOf(telling, number))
    const once = event?.kind === 'lesson-completed' ? `${event.lesson} ${event.edition}` : String(i)
    const back = event?.kind === 'event-corrected' ? `back ${event.corrects}` : once
    if (!event || done.has(back)) return []
    done.add(back)
    return [{ event, receivedAt: new Date(at).toISOString() }]
  })
}

function eventOf(one: Thing, i: number, at: number, person: string, id: (n: number) => string): Event | null {
  // Ids run against the clock for some, so that of two in one millisecond either may be the first.
  const base = { id: id(one.bit ? i : 1000 - i), person, at: new Date(at).toISOString() }
  const lesson = { lesson: `lsn-${one.lesson}`, edition: one.edition, revision: `rev-${one.lesson}` }
  const day = new Date(at - one.back * 86_400_000).toISOString().slice(0, 10)
  const minute = (count: number) => at - count * 60_000
  switch (one.kind) {
    case 'lesson-opened':
      return happen.opened({ ...base, ...lesson })
    case 'segment-studied': {
      const from = minute(one.back + one.length)
      const spans: [number, number][] = one.bit
        ? [[from, minute(one.back)]]
        : [
            [from, minute(one.back)],
            [minute(3), minute(0)],
          ]
      const refused: Record<string, number> = one.bit ? { 'faster-than-clock': one.n + 1 } : {}
      return happen.studied({
        ...base,
        ...lesson,
        spans,
        refused,
        sections: one.n === 0 ? ['s1'] : ['s1', 's2'],
      })
    }
    case 'question-answered': {
      const beside =
        one.n === 4 ? { lesson: null, edition: null } : { lesson: lesson.lesson, edition: one.edition }
      const points = { earned: one.back % 3 === 0 ? one.n / 4 : 1, possible: 1 }
      const shown = { item: `itm-${one.n % 2}`, indicator: one.n % 2 ? 'mediation' : 'openness' }
      return happen.answered({
        ...base,
        ...beside,
        ...points,
        ...shown,
        mode: one.bit ? 'practice' : 'supervised',
      })
    }
    case 'lesson-completed': {
      const asks = {
        minutes: one.n + 1,
        sections: one.bit ? ['s1'] : ['s1', 's2'],
        items: one.n % 2 ? ['itm-1'] : [],
      }
      return happen.completed({ ...base, ...lesson, course: one.lesson < 2 ? 'crs-a' : 'crs-b', ...asks })
    }
    case 'practice-observed':
      return happen.observed({ ...base, observedOn: day, level: one.n + 1, rater: `officer-${one.lesson}` })
    case 'hours-imported':
      return happen.imported({
        ...base,
        title: `班${i}`,
        startOn: '2026-01-01',
        endOn: day,
        hours: one.n + 1,
      })
    case 'attendance-recorded':
      return happen.attended({
        ...base,
        title: `会${i}`,
        on: day,
        meter: one.bit ? 'online' : 'concentrated',
      })
    case 'event-corrected': {
      const number = i - 1 - (one.back % 8)
      if (number < 0) return null
      return happen.corrected({ ...base, id: id(2000 + i), corrects: id(one.bit ? number : 1000 - number) })
    }
  }
}

/** Tells the record a life, each thing with the clock at which it was heard; all in one job, for speed. */
async function tell(heard: readonly Heard[]): Promise<number> {
  const inForce = await versionsInForce()
  const known = new Set<string>()
  const sound = heard.filter(({ event }) => {
    if (event.kind === 'event-corrected' && !known.has(event.corrects)) return false
    if (event.kind !== 'event-corrected') known.add(event.id)
    return true
  })
  await write(async (tx) => {
    for (const { event, receivedAt } of sound) {
      clock.set(receivedAt)
      await recordIn(tx, event, inForce)
    }
  })
  return sound.length
}

/** Any order that never takes back what has not been heard of. */
function shuffled(heard: readonly Heard[], keys: readonly number[]): Heard[] {
  const order = heard
    .map((one, i) => ({ one, key: keys[i % keys.length] ?? 0 }))
    .sort((a, b) => a.key - b.key)
  const corrections = order.filter(({ one }) => one.event.kind === 'event-corrected')
  const rest = order.filter(({ one }) => one.event.kind !== 'event-corrected').map(({ one }) => one)
  for (const { one, key } of corrections) {
    const target = 'corrects' in one.event ? one.event.corrects : ''
    const after = rest.findIndex(({ event }) => event.id === target) + 1
    rest.splice(Math.max(after, Math.round((key / 1e6) * rest.length)), 0, one)
  }
  return rest
}

/** What was derived, without what differs between two tellings. */
async function derived(person: string, telling: number) {
  const text = JSON.stringify(await happen.derivedOf(person))
  return JSON.parse(
    text.replaceAll(idOf(telling, 0).slice(0, 9), 'telling-').replaceAll(`"${person}"`, '"somebody"'),
  ) as Record<string, unknown[]>
}

let tellings = 0
const seen: Record<string, number> = {}

test('whatever happened, in whatever order it was heard: the same hours, evidence and beliefs', async () => {
  const life = fc.array(thing, { minLength: 4, maxLength: 16 })
  const keys = fc.array(fc.nat(1e6), { minLength: 40, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(life, keys, async (rest, order) => {
      const things = [...beginning, ...rest]
      const [one, other] = [(tellings += 1), (tellings += 1)]
      const [first, second] = [happen.somebody(), happen.somebody()]
      const told = await tell(lifeOf(things, one, first))
      expect(await tell(shuffled(lifeOf(things, other, second), order))).toBe(told)
      const inOrder = await derived(first, one)
      expect(await derived(second, other)).toEqual(inOrder)
      for (const [table, rows] of Object.entries(inOrder)) seen[table] = (seen[table] ?? 0) + rows.length
    }),
    { numRuns: 20 },
  )
  // The law would say little of lives in which nothing counts.
  for (const table of ['progress', 'countedSpan', 'refusedTime', 'credit', 'evidence', 'belief'])
    expect(seen[table]).toBeGreaterThan(10)
  expect((await happen.derivedOf()).credit).toContainEqual(expect.objectContaining({ subject: 'lsn-0' }))
})

test('thrown away and made again, everything is as it was, of everybody, and every chain still holds', async () => {
  const before = await happen.derivedOf()
  const said: string[] = []
  const end = await rebuildCommands['rebuild']?.(undefined, (line) => said.push(line))
  expect(await happen.derivedOf()).toEqual(before)
  for (let n = 1; n <= 20; n++) expect(await verifyChain(`person-${n}`)).toMatchObject({ brokenAt: null })
  expect(said.at(-1)).toMatch(/^已推算(\d+)人，共\1人（100%），\d+条事件$/)
  expect(said.length).toBeLessThanOrEqual(11)
  expect(end).toMatch(/^完成：\d+条事件重新推算，用了\d+\.\d秒，每秒\d+条。$/)
})

test('what is recorded or erased while everything is made again is neither lost nor brought back', async () => {
  clock.set('2028-06-01T02:00:00.000Z')
  const [{ personId: person } = { personId: '' }] = await read.select().from(chain)
  const gone = happen.observed({ person, indicator: 'gone', observedOn: '2028-05-30' })
  await record(gone)
  const inForce = await versionsInForce()
  const erase = write(async (tx) => {
    await tx.update(eventTable).set({ payload: null, salt: null }).where(eq(eventTable.id, gone.id))
    await deriveAgain(tx, person, inForce)
  })
  // Both are heard after the rebuild has read what there is of its first person, and before it stores it.
  const come = record(happen.answered({ person, indicator: 'come', item: 'itm-meanwhile' }))
  await Promise.all([rebuild(() => undefined), come, erase])
  const { evidence } = await happen.derivedOf(person)
  const indicators = (evidence as { indicator: string }[]).map(({ indicator }) => indicator)
  expect([indicators.includes('gone'), indicators.includes('come')]).toEqual([false, true])
})

test('of two different reports of one fact the first that was heard stands: there the order decides, and is shown', async () => {
  const [person, other] = [happen.somebody(), happen.somebody()]
  clock.set('2029-01-01T00:00:00.000Z')
  const reports = (who: string) => [
    happen.imported({ person: who, hours: 8 }),
    happen.imported({ person: who, hours: 16 }),
  ]
  for (const report of reports(person)) await record(report)
  for (const report of reports(other).reverse()) await record(report)
  expect((await happen.creditsInOrder(person)).map(({ hours }) => hours)).toEqual([8])
  expect((await happen.creditsInOrder(other)).map(({ hours }) => hours)).toEqual([16])
})

test('an observation of last month moves the belief as if it had been told then', async () => {
  const [told, late] = [happen.somebody(), happen.somebody()]
  const tellBoth = async (person: string, days: { at: string; make: () => Event }[]) => {
    for (const { at, make } of days) {
      clock.set(at)
      await record({ ...make(), person })
    }
  }
  const see = (id: string) => ({
    at: '2029-02-03T09:00:00.000Z',
    make: () => happen.observed({ person: '', id, observedOn: '2029-02-03', level: 5 }),
  })
  const answer = (id: string) => ({
    at: '2029-03-05T09:00:00.000Z',
    make: () => happen.answered({ person: '', id, earned: 0 }),
  })
  await tellBoth(told, [see(idOf(9001, 1)), answer(idOf(9001, 2))])
  await tellBoth(late, [answer(idOf(9002, 2)), { ...see(idOf(9002, 1)), at: '2029-03-06T09:00:00.000Z' }])
  expect(await derived(late, 9002)).toEqual(await derived(told, 9001))
  expect(JSON.stringify(await derived(late, 9002))).toContain('"at":"2029-02-03T04:00:00.000Z"')
})

test('a class of last year that is entered today counts for last year', async () => {
  const person = happen.somebody()
  clock.set('2029-01-10T02:00:00.000Z')
  for (const each of happen.finished(person)) await record(each)
  await record(happen.imported({ person, startOn: '2028-12-30', endOn: '2028-12-31', hours: 16 }))
  expect(await happen.creditsInOrder(person)).toMatchObject([
    { period: 2028, on: '2028-12-31', hours: 16, meter: 'concentrated' },
    { period: 2029, on: '2029-01-10', hours: 0.25, meter: 'online' },
  ])
})

test('what was erased is not derived again, and the rest is', async () => {
  const person = happen.somebody()
  clock.set('2029-04-01T02:00:00.000Z')
  const gone = happen.observed({ person, observedOn: '2029-03-30' })
  await record(gone)
  await record(happen.attended({ person, on: '2029-03-31' }))
  await write((tx) =>
    tx.update(eventTable).set({ payload: null, salt: null }).where(eq(eventTable.id, gone.id)),
  )
  const inForce = await versionsInForce()
  expect(await write((tx) => deriveAgain(tx, person, inForce))).toBe(1)
  const left = await happen.derivedOf(person)
  expect([left.evidence?.length, left.belief?.length, left.credit?.length]).toEqual([0, 0, 1])
})
