// The tests of the whole county in a fresh database, without the rest of its year.
import { beforeAll, expect, test } from 'vitest'
import { rules } from './content.ts'
import { availableItems, driftedItems } from '#assessment/bank/bank.server.ts'
import { importBank } from '#assessment/bank/import-bank.server.ts'
import { listItems } from '#assessment/bank/list-items.server.ts'
import { importBlueprints } from '#assessment/blueprint/import-blueprints.server.ts'
import { ItemStatistics } from '#assessment/calibration/statistics.ts'
import { computeStatistics } from '#assessment/calibration/statistics.server.ts'
import { gradingDesk } from '#assessment/grading/desk.server.ts'
import { roomsOf } from '#assessment/sitting/room.server.ts'
import { importLibrary } from '#course/import.server.ts'
import { read } from '#db/database.server.ts'
import { attempt, itemStatistics, sitting } from '#db/schema/assessment.ts'
import { demoYear } from '#demo/calendar.ts'
import { enterSecureBank, enterWrittenPaper } from '#demo/secure-bank.server.ts'
import { enterCounty, enterYear } from '#demo/seed.server.ts'
import { sessionOf } from '#demo/session.ts'
import { testDays } from '#demo/test-days.server.ts'
import { writers } from '#demo/written.ts'
import { inventWorld } from '#demo/world.server.ts'
import { setSlowHash } from '#people/hash.server.ts'
import type { Session } from '#people/session.ts'
import { useRules } from '#process/rules-at-start.server.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { verifyRecord } from '#record/verify.server.ts'
import { freshDatabase } from '../support/database.ts'

const place = freshDatabase()
let trainer: Session
let statistics: Map<string, ItemStatistics>

beforeAll(async () => {
  setSlowHash({ hash: async () => 'hash', verify: async () => true })
  await useRules(rules, 'yunnan-2024')
  await importLibrary({ contentDir: 'content', dataDir: place.dataDir })
  await importBank('content', new Set(indicatorsOf(rules.model).map(({ id }) => id)))
  await importBlueprints('content', rules.model)
  const world = await inventWorld(demoYear('2026-11-22'))
  const at = '2025-12-01T00:00:00.000Z'
  await enterCounty(world)
  await enterSecureBank(at)
  await enterWrittenPaper(at)
  await enterYear([], () => undefined, await testDays(world))
  await computeStatistics(place.dataDir)
  const person = world.people.find(({ number }) => number === 'trainer')
  if (!person) throw new Error('There is no trainer in the county.')
  trainer = sessionOf(person, world.year.lastOn, { role: 'trainer', unit: world.county.county })
  const rows = await read.select().from(itemStatistics)
  statistics = new Map(rows.map(({ itemId, body }) => [itemId, ItemStatistics.parse(body)]))
}, 180_000)

test('every secure item can be asked: two of each indicator, and two short answers', async () => {
  expect((await driftedItems()).map(({ id, reason }) => `${id}: ${reason}`)).toEqual([])
  const secure = await availableItems({ secure: true })
  const counts = Map.groupBy(
    secure.filter(({ kind }) => kind !== 'short-answer'),
    ({ indicator }) => indicator,
  )
  expect([...counts.values()].map((own) => own.length)).toEqual(Array.from({ length: 24 }, () => 2))
  expect(secure.filter(({ kind }) => kind === 'short-answer')).toHaveLength(2)
})

test('every planned test was taken and handed in by the person', async () => {
  const attempts = await read.select().from(attempt)
  const of = (id: string) => attempts.filter(({ assessmentId }) => assessmentId === id)
  expect(attempts.filter(({ handedBy }) => handedBy !== 'person')).toEqual([])
  expect(of('asm-lianjie').length).toBeGreaterThan(70)
  expect(new Set(of('asm-zonghe').map(({ personId }) => personId)).size).toBeGreaterThan(45)
  expect(of('asm-demo-jianda')).toHaveLength(writers)
  expect(new Set(attempts.map(({ assessmentId }) => assessmentId)).size).toBe(9)
})

test('the sittings of the large paper are closed; the open one shows who was there', async () => {
  const sittings = await read.select().from(sitting).orderBy(sitting.openedAt)
  expect(sittings.map(({ closedAt }) => closedAt !== null)).toEqual([true, true, false])
  const [room] = await roomsOf(trainer, 'asm-demo-jianda')
  expect(room?.sitting.code).toMatch(/^\d{6}$/)
  expect(room?.takers.map(({ handed }) => handed)).toEqual(Array.from({ length: writers }, () => true))
})

test('two short answers wait for the trainer as second grader, and one disagreement waits for a word', async () => {
  const desk = await gradingDesk(trainer)
  expect(desk.toGrade).toHaveLength(2)
  expect(desk).toMatchObject({ more: 0, given: 0 })
  expect(desk.disagreements.map(({ own, marks }) => [own, marks.length])).toEqual([[true, 2]])
})

test('the statistics look like those of real items, and one key is doubted', async () => {
  const told = [...statistics.values()].filter(({ flags }) => !flags.some(({ type }) => type === 'few'))
  expect(told.length).toBeGreaterThan(60)
  const usual = told.filter(({ discrimination }) => (discrimination ?? 0) > 0.05)
  expect(usual.length / told.length).toBeGreaterThan(0.8)
  const facility = told.reduce((sum, one) => sum + (one.facility ?? 0), 0) / told.length
  expect(facility).toBeGreaterThan(0.5)
  expect(facility).toBeLessThan(0.85)
  const doubts = (await listItems()).filter(({ remarks }) =>
    remarks.some(({ text }) => /答案是不是标错了/.test(text)),
  )
  expect(doubts.map(({ indicator, kind, secure }) => [indicator, kind, secure])).toEqual([
    ['data-protection', 'single', false],
  ])
})

test('whoever verifies the record of all these tests finds nothing wrong', async () => {
  expect((await verifyRecord(read, [], () => undefined)).faults).toEqual([])
})
