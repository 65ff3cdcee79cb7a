// The law under everything: what is derived from a life depends on what happened and when, never on the order in
// which the server heard of it. Three times must be the same: in order, in any order, and thrown away and made again.
import { count, eq, max } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { chain, event as eventTable } from '#db/schema/record.ts'
import { useModel } from '#record/capability/model.server.ts'
import { renewStandings } from '#record/capability/renew.server.ts'
import { Event } from '#record/events/event.ts'
import { rebuild, rebuildCommands } from '#record/rebuild.server.ts'
import { deriveAgain, record, recordIn } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { addVersion, versionsInForce } from '#record/versions.server.ts'
import { sampleModel } from '../support/capability.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'
import { derivedIn, idOf, keys, life, lifeOf, shuffled, type Heard } from './lives.ts'

freshDatabase()
useModel(sampleModel, [])
happen.underYunnan()
const clock = happen.stoppedClock('2026-03-01T00:00:00.000Z')

/** Versions that come into force while things happen. */
beforeAll(async () => {
  await addVersion('hour-rule', 'in-force', '2026-03-04T00:00:00.000Z', 'stricter', {
    ...happen.yunnan,
    version: '2026.1',
    completionRatio: 1,
    per: 'lesson',
    activities: [
      { id: 'study-group', title: '自学小组', meter: 'concentrated', capPerItem: 5, capPerYear: 12 },
    ],
  })
  const calibration = { a: 1.6, b: 0.4, c: 0.2, version: 'c1' }
  await addVersion('calibration', 'itm-1@1', '2026-03-03T00:00:00.000Z', 'c1', calibration)
  await addVersion('severity', 'officer-2', '2026-02-20T00:00:00.000Z', 's1', 0.3)
})

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

let tellings = 0
const seen: Record<string, number> = {}
const lives = process.env['LONG'] ? 1000 : 20

// Looking for the smallest life that breaks the law takes a while.
const patient = { timeout: 300_000 + lives * 1000 }

test(
  'whatever happened, in whatever order it was heard: the same hours, evidence and beliefs',
  patient,
  async () => {
    await fc.assert(
      fc.asyncProperty(life(4, 16), keys, async (things, order) => {
        const [one, other] = [(tellings += 1), (tellings += 1)]
        const [first, second] = [happen.somebody(), happen.somebody()]
        const heard = lifeOf(things, one, first)
        const told = await tell(heard)
        expect(await tell(shuffled(lifeOf(things, other, second), order))).toBe(told)
        // What a belief says is said as of a day: of the same for both.
        clock.set(heard.at(-1)?.receivedAt ?? '')
        await renewStandings()
        const inOrder = await derivedIn(first, one)
        expect(await derivedIn(second, other)).toEqual(inOrder)
        for (const [table, rows] of Object.entries(inOrder)) seen[table] = (seen[table] ?? 0) + rows.length
      }),
      { numRuns: lives },
    )
    // The law would say little of lives in which nothing counts.
    for (const table of ['progress', 'countedSpan', 'refusedTime', 'credit', 'evidence', 'belief'])
      expect(seen[table]).toBeGreaterThan(10)
    const { credit } = await happen.derivedOf()
    for (const part of [
      { subject: 'lsn-0' },
      { activity: 'study-group' },
      { reason: expect.stringMatching(/免学/) },
    ])
      expect(credit).toContainEqual(expect.objectContaining(part))
    const kinds = await read
      .select({ kind: eventTable.kind, all: count() })
      .from(eventTable)
      .groupBy(eventTable.kind)
    expect(kinds.filter(({ all }) => all > 3).map(({ kind }) => kind)).toHaveLength(Event.options.length)
    console.log(`${lives} lives told twice, ${kinds.reduce((sum, { all }) => sum + all, 0)} events`)
  },
)

test('thrown away and made again, everything is as it was, of everybody, and every chain still holds', async () => {
  // Lives end on different days, and what a belief says never goes back to an earlier one.
  const [last] = await read.select({ at: max(eventTable.receivedAt) }).from(eventTable)
  clock.set(last?.at ?? '')
  await renewStandings()
  const before = await happen.derivedOf()
  const steps: [number, number][] = []
  const end = await rebuildCommands['rebuild']?.(
    undefined,
    () => undefined,
    (done, all) => steps.push([done, all]),
  )
  expect(await happen.derivedOf()).toEqual(before)
  for (let n = 1; n <= 20; n++) expect(await verifyChain(`person-${n}`)).toMatchObject({ brokenAt: null })
  const [done, all] = steps.at(-1) ?? [0, 1]
  expect([done, steps.length > 1]).toEqual([all, true])
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
  expect(await derivedIn(late, 9002)).toEqual(await derivedIn(told, 9001))
  expect(JSON.stringify(await derivedIn(late, 9002))).toContain('"at":"2029-02-03T04:00:00.000Z"')
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
