// What an event shows: the first answer to an item within half a year, and every observation.
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { read } from '#db/database.server.ts'
import { belief } from '#db/schema/record.ts'
import type { Evidence } from '#record/evidence/evidence.ts'
import { weigh } from '#record/evidence/weight.ts'
import { record } from '#record/record.server.ts'
import { addVersion } from '#record/versions.server.ts'
import { freshDatabase } from '../../support/database.ts'
import * as happen from '../happenings.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const half = 180 * 86_400

const beliefsOf = (person: string) => read.select().from(belief).where(eq(belief.personId, person))
const piecesOf = async (person: string) =>
  ((await happen.derivedOf(person)).evidence as { body: Evidence }[]).map(({ body }) => body)

test('a second answer to the same item within 180 days changes no belief; on the 180th day it does', async () => {
  const person = happen.somebody()
  await record(happen.answered({ person, earned: 0 }))
  const first = await beliefsOf(person)
  for (const seconds of [1, 86_400, half - 86_402]) {
    clock.advance(seconds)
    await record(happen.answered({ person, earned: 1 }))
    expect(await beliefsOf(person)).toEqual(first)
  }
  clock.advance(1)
  const again = await record(happen.answered({ person, earned: 1 }))
  expect(await beliefsOf(person)).toMatchObject([{ pieces: 2, eventId: again.id }])
  expect((await beliefsOf(person))[0]?.mean).toBeGreaterThan(first[0]?.mean ?? 0)
})

test('practice, a test at home and a watched test weigh differently, and a situation is a kind of its own', async () => {
  const person = happen.somebody()
  const item = (name: string) => ({ person, item: `itm-${name}` })
  await record(happen.answered({ ...item('p'), mode: 'practice', itemKind: 'scenario' }))
  await record(happen.answered({ ...item('t'), mode: 'test' }))
  await record(happen.answered({ ...item('ts'), mode: 'test', itemKind: 'scenario', attempt: 'a1' }))
  await record(happen.answered({ ...item('ss'), mode: 'supervised', itemKind: 'procedure', attempt: 'a2' }))
  const pieces = await piecesOf(person)
  expect(pieces.map(({ kind }) => kind)).toEqual(['practice', 'unsupervised-test', 'scenario', 'procedure'])
  expect(pieces.map((piece) => weigh(piece, '2026-03-10'))).toEqual([0.3, 0.5, 0.5, 0.8])
})

test('the half year runs from the answer that counted, not from the last review', async () => {
  const person = happen.somebody()
  for (const days of [0, 100, 79, 1, 179, 1]) {
    clock.advance(days * 86_400)
    await record(happen.answered({ person }))
  }
  expect(await piecesOf(person)).toHaveLength(3)
})

test('another item is other evidence, and so is the same item of somebody else', async () => {
  const [person, other] = [happen.somebody(), happen.somebody()]
  await record(happen.answered({ person, item: 'itm-1' }))
  await record(happen.answered({ person, item: 'itm-2' }))
  await record(happen.answered({ person: other, item: 'itm-1' }))
  expect([(await piecesOf(person)).length, (await piecesOf(other)).length]).toEqual([2, 1])
})

test('an answer in a watched paper and one beside a lesson are one item: the first counts', async () => {
  const person = happen.somebody()
  await record(
    happen.answered({ person, mode: 'supervised', lesson: null, edition: null, earned: 1, possible: 2 }),
  )
  clock.advance(60)
  await record(happen.answered({ person, mode: 'practice', earned: 1, possible: 1 }))
  expect(await piecesOf(person)).toMatchObject([{ kind: 'supervised-test', share: 0.5 }])
})

test('an answer in a test that nobody watched is told from one beside a lesson and one that was watched', async () => {
  const person = happen.somebody()
  for (const mode of ['practice', 'test', 'supervised'] as const)
    await record(happen.answered({ person, mode, item: `itm-${mode}`, lesson: null, edition: null }))
  const kinds = (await piecesOf(person)).map(
    (piece) => `${piece.kind === 'observation' ? '' : piece.item} ${piece.kind}`,
  )
  expect(kinds.sort()).toEqual([
    'itm-practice practice',
    'itm-supervised supervised-test',
    'itm-test unsupervised-test',
  ])
})

test('every observation counts, with the severity of its rater on that day', async () => {
  const person = happen.somebody()
  clock.set('2027-06-10T02:00:00.000Z')
  await addVersion('severity', 'officer-1', '2027-06-01T00:00:00.000Z', 's1', -0.4)
  for (const observedOn of ['2027-05-20', '2027-06-05', '2027-06-06'])
    await record(happen.observed({ person, observedOn }))
  const severities = (await piecesOf(person)).map((piece) =>
    piece.kind === 'observation' ? piece.severity : NaN,
  )
  expect(severities.sort()).toEqual([-0.4, -0.4, null])
})

test('an item is read by the calibration of the day of the answer, also after a later one', async () => {
  const person = happen.somebody()
  const calibration = (version: string) => ({ a: 1.2, b: 0.1, c: 0.2, version })
  clock.set('2027-07-01T02:00:00.000Z')
  await record(happen.answered({ person, item: 'itm-c' }))
  await addVersion('calibration', 'itm-c@1', '2027-07-02T00:00:00.000Z', 'c1', calibration('c1'))
  clock.set('2028-02-01T02:00:00.000Z')
  await record(happen.answered({ person, item: 'itm-c' }))
  await addVersion('calibration', 'itm-c@1', '2028-03-01T00:00:00.000Z', 'c2', calibration('c2'))
  const versions = (await piecesOf(person)).map(
    (piece) => piece.kind !== 'observation' && (piece.calibration?.version ?? null),
  )
  expect(versions).toEqual([null, 'c1'])
})

test('a version once put in force is not replaced by another of the same instant', async () => {
  const from = '2027-08-01T00:00:00.000Z'
  await addVersion('severity', 'officer-7', from, 's1', 0.1)
  await addVersion('severity', 'officer-7', from, 's2', 0.9)
  const person = happen.somebody()
  await record(happen.observed({ person, rater: 'officer-7', observedOn: '2027-08-02' }))
  expect(await piecesOf(person)).toMatchObject([{ severity: 0.1 }])
})

test('finishing a lesson, sitting in it and being at a class show nothing of an ability', async () => {
  const person = happen.somebody()
  const [visit, , end] = happen.finished(person)
  for (const event of [visit, end, happen.attended({ person }), happen.imported({ person })])
    if (event) await record(event)
  expect(await piecesOf(person)).toEqual([])
  expect(await beliefsOf(person)).toEqual([])
})
