// A few people of the county with their whole year, in two fresh databases.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rules } from './content.ts'
import { handedOf, outcomeOf } from '#assessment/attempt/results.server.ts'
import { importBank } from '#assessment/bank/import-bank.server.ts'
import { importBlueprints } from '#assessment/blueprint/import-blueprints.server.ts'
import { mistakesOf } from '#assessment/review/mistakes.server.ts'
import { now, setClock } from '#clock.server.ts'
import { forgetAsked } from '#course/asked.server.ts'
import { importLibrary } from '#course/import.server.ts'
import { closeDatabase, openDatabase, read } from '#db/database.server.ts'
import { attempt } from '#db/schema/assessment.ts'
import { belief, credit, event, evidence, progress, refusedTime, root } from '#db/schema/record.ts'
import { demoYear } from '#demo/calendar.ts'
import { enterSecureBank, enterWrittenPaper } from '#demo/secure-bank.server.ts'
import { enterCounty, enterExam, enterTraces, enterYear } from '#demo/seed.server.ts'
import { testDays } from '#demo/test-days.server.ts'
import { learnersTest } from '#demo/test-plan.ts'
import { inventWorld } from '#demo/world.server.ts'
import { planYear } from '#demo/year.ts'
import { setSlowHash } from '#people/hash.server.ts'
import { looksAt } from '#people/view.server.ts'
import { overviewOf } from '#plan/overview.server.ts'
import { useRules } from '#process/rules-at-start.server.ts'
import { disputesOf } from '#record/dispute.server.ts'
import { refusedOf } from '#record/hours/refused.server.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { verifyRecord } from '#record/verify.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { forgetVersions } from '#record/versions.server.ts'

const year = demoYear('2026-11-22')
const at = '2025-12-01T00:00:00.000Z'
const folders: string[] = []
const clock = now

/** Seeds one person of each zeal beside the learner, and leaves the database open. */
async function seedSome() {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-demo-'))
  folders.push(dataDir)
  await openDatabase(dataDir)
  forgetVersions()
  forgetAsked()
  await useRules(rules, 'yunnan-2024')
  await importLibrary({ contentDir: 'content', dataDir })
  await importBank('content', new Set(indicatorsOf(rules.model).map(({ id }) => id)))
  await importBlueprints('content', rules.model)
  const world = await inventWorld(year)
  await enterCounty(world)
  await enterExam(world)
  await enterSecureBank(at)
  await enterWrittenPaper(at)
  const some = ['learner', 'QX1003', 'QX1010', 'QX1020', 'QX1117']
  const people = world.people.filter(({ number }) => some.includes(number))
  const events = planYear(world).filter(({ person }) => people.some(({ id }) => id === person))
  const said: string[] = []
  await enterYear(events, (line) => said.push(line), await testDays(world, people))
  await enterTraces(world, events)
  expect(now).toBe(clock)
  const learner = people.find(({ number }) => number === 'learner')?.id ?? ''
  return { learner, events, said }
}

/** Everything derived, in an order that does not depend on arrival. */
async function derived() {
  const [credits, pieces, beliefs, steps, refused, attempts] = await Promise.all([
    read.select().from(credit).orderBy(credit.eventId),
    read.select().from(evidence).orderBy(evidence.id),
    read.select().from(belief).orderBy(belief.personId, belief.indicator),
    read.select().from(progress).orderBy(progress.personId, progress.lessonId),
    read.select().from(refusedTime).orderBy(refusedTime.eventId, refusedTime.reason),
    read
      .select({ id: attempt.id, seed: attempt.seed, handedAt: attempt.handedAt, result: attempt.result })
      .from(attempt)
      .orderBy(attempt.id),
  ])
  return { credits, pieces, beliefs, steps, refused, attempts }
}

let seeded: Awaited<ReturnType<typeof seedSome>>
let first: Awaited<ReturnType<typeof derived>>

beforeAll(async () => {
  setSlowHash({ hash: async () => 'hash', verify: async () => true })
  await seedSome()
  first = await derived()
  await closeDatabase()
  seeded = await seedSome()
  setClock(() => new Date('2026-11-22T02:00:00.000Z'))
}, 120_000)

afterAll(async () => {
  setClock(clock)
  await closeDatabase()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

test('two fresh demos show the same credit, evidence, beliefs, refusals and results of tests', async () => {
  expect(first.attempts.length).toBeGreaterThan(6)
  expect(first.credits.length).toBeGreaterThan(40)
  expect(first.beliefs.length).toBeGreaterThan(40)
  expect(await derived()).toEqual(first)
})

test('everything was received at its own time', async () => {
  const times = await read.select({ id: event.id, at: event.receivedAt }).from(event).orderBy(event.seq)
  const planned = new Set(seeded.events.map(({ id }) => id))
  expect(times.filter(({ id }) => planned.has(id))).toEqual(seeded.events.map(({ id, at }) => ({ id, at })))
})

test('progress is told up to 100 %', () => {
  expect(seeded.said.at(-1)).toContain(`100%`)
  expect(seeded.said.at(-1)).toContain(`共${seeded.events.length}条记录`)
})

test('every lesson that was finished is credited', () => {
  const finished = seeded.events.flatMap((event) => (event.kind === 'lesson-completed' ? [event.id] : []))
  const credited = new Set(first.credits.map(({ eventId }) => eventId))
  expect(finished.length).toBeGreaterThan(5)
  expect(finished.filter((id) => !credited.has(id))).toEqual([])
})

test('the learner sees a map with 达标, 未达标, 证据不足 and 未测', async () => {
  const { map, evidence: pieces } = await overviewOf(seeded.learner)
  const statuses = map.dimensions.flatMap(({ indicators }) => indicators.map(({ status }) => status))
  const count = (status: string) => statuses.filter((one) => one === status).length
  expect(count('reached')).toBeGreaterThanOrEqual(4)
  expect(count('not-reached')).toBeGreaterThanOrEqual(2)
  expect(count('uncertain')).toBeGreaterThanOrEqual(3)
  expect(count('unmeasured')).toBeGreaterThanOrEqual(5)
  expect([...pieces.keys()].length).toBeGreaterThan(15)
  expect(map.dimensions.filter(({ estimate }) => estimate !== null).length).toBeGreaterThanOrEqual(2)
})

test('the learner has both meters partly full, a lesson to go on with, and three next steps', async () => {
  const { meters, resume, steps } = await overviewOf(seeded.learner)
  expect(meters.map(({ meter }) => meter)).toEqual(['online', 'concentrated'])
  for (const { done, owed } of meters) {
    expect(done).toBeGreaterThan(owed / 4)
    expect(done).toBeLessThan(owed)
  }
  expect(resume?.id).toBe('lsn-jian')
  expect(steps?.map(({ candidate }) => candidate.sort).sort()).toEqual(['lesson', 'practice', 'test'])
})

test('the learner sees refused time of both reasons, of which one was given back, and sees who looked', async () => {
  const refused = await refusedOf(seeded.learner)
  expect(refused.map(({ reasons, left, given }) => [reasons[0]?.reason, left > 0, given > 0])).toEqual([
    ['faster-than-clock', false, true],
    ['counted-elsewhere', true, false],
  ])
  expect(await looksAt(seeded.learner)).toHaveLength(2)
})

test('of three objections one waits, one was upheld and one was declined, in words of the officer', async () => {
  const disputes = await disputesOf(seeded.learner)
  expect(disputes.map(({ about, outcome }) => [about.split(':')[0], outcome])).toEqual([
    ['answer', null],
    ['time', 'upheld'],
    ['time', 'declined'],
  ])
  for (const { outcome, answer } of disputes) expect(answer !== null).toBe(outcome !== null)
})

test('the chain of receipts holds, and each night of the year has its root', async () => {
  expect(await verifyChain(seeded.learner)).toMatchObject({ brokenAt: null })
  expect((await read.select().from(root)).length).toBeGreaterThan(50)
})

test('the learner took one test at home: what was wrong is to be studied and comes again, and the map moved', async () => {
  expect(await handedOf(seeded.learner)).toHaveLength(1)
  const outcome = await outcomeOf(seeded.learner, learnersTest.assessment)
  expect(outcome?.attempt.result).toMatchObject({ shown: 8, answered: 8 })
  const opened = outcome?.moves.filter(({ before, after }) => before === null && after !== null) ?? []
  expect(opened.map(({ indicator }) => indicator)).toEqual(
    expect.arrayContaining(['plan-budget', 'risk-assessment']),
  )
  expect(outcome?.areas.find(({ indicator }) => indicator === 'plan-budget')?.earned).toBeLessThan(1)
  expect((await mistakesOf(seeded.learner)).due.length).toBeGreaterThan(1)
})

test('whoever verifies the demo finds nothing wrong', async () => {
  expect((await verifyRecord(read, [], () => undefined)).faults).toEqual([])
})
