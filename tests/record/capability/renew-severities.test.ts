// Severities put in force from what was recorded, by a thread that reads the database beside the process.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { read } from '#db/database.server.ts'
import { evidence, version } from '#db/schema/record.ts'
import { useModel } from '#record/capability/model.server.ts'
import { renewSeverities, severityOf } from '#record/capability/severity.server.ts'
import type { Evidence } from '#record/evidence/evidence.ts'
import { rebuild } from '#record/rebuild.server.ts'
import { record } from '#record/record.server.ts'
import { sampleModel } from '../../support/capability.ts'
import { freshDatabase } from '../../support/database.ts'
import * as happen from '../happenings.ts'

const place = freshDatabase()
happen.underYunnan()
beforeAll(() => useModel(sampleModel, []))
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

const people = Array.from({ length: 12 }, () => happen.somebody())

/** The levels that a rater names of so many people, on one day. */
async function rate(rater: string, observedOn: string, level: (person: number) => number, count = 12) {
  for (const [i, person] of people.slice(0, count).entries())
    await record(happen.observed({ person, rater, observedOn, level: level(i) }))
}

const versions = () => read.select().from(version).where(eq(version.kind, 'severity'))

test('nobody has a severity before anything was seen', async () => {
  expect(await renewSeverities(place.dataDir)).toEqual({ known: 0, renewed: 0 })
  expect(await severityOf('strict')).toBeNull()
})

test('a strict and a mild rater of the same people get values on both sides of 0; who rated nine times none', async () => {
  await rate('strict', '2026-03-01', (i) => 2 + (i % 2))
  await rate('mild', '2026-03-02', (i) => 3 + (i % 2))
  await rate('new', '2026-03-03', () => 3, 9)
  expect(await renewSeverities(place.dataDir)).toEqual({ known: 2, renewed: 2 })
  const [strict, mild] = [await severityOf('strict'), await severityOf('mild')]
  expect(strict).toBeGreaterThan(0.1)
  expect(mild).toBeLessThan(-0.1)
  expect(await severityOf('new')).toBeNull()
  expect((await versions()).map(({ subject, fromAt, version: name }) => [subject, fromAt, name])).toEqual([
    ['mild', '2026-03-10T02:00:00.000Z', 'severity-2026-03-10T02:00:00.000Z'],
    ['strict', '2026-03-10T02:00:00.000Z', 'severity-2026-03-10T02:00:00.000Z'],
  ])
})

test('what tests say counts: who names high levels of people who answer well is not mild', async () => {
  clock.set('2026-03-11T02:00:00.000Z')
  const able = Array.from({ length: 10 }, () => happen.somebody())
  for (const person of able)
    await record(happen.observed({ person, rater: 'elsewhere', observedOn: '2026-03-04', level: 5 }))
  await renewSeverities(place.dataDir)
  const before = (await severityOf('elsewhere')) ?? NaN
  expect(before).toBeLessThan(-0.3)
  clock.set('2026-03-12T02:00:00.000Z')
  for (const person of able)
    for (let i = 0; i < 12; i += 1)
      await record(happen.answered({ person, item: `itm-${i}`, indicator: 'mediation', mode: 'supervised' }))
  await renewSeverities(place.dataDir)
  expect((await severityOf('elsewhere')) ?? NaN).toBeGreaterThan(before + 0.2)
})

test('an observation is read with the value of its day, also after another came and after a rebuild', async () => {
  const [person] = [happen.somebody()]
  const severities = async () => {
    const rows = await read.select().from(evidence).where(eq(evidence.personId, person))
    return rows
      .map(({ body }) => body as Evidence)
      .map((piece) => (piece.kind === 'observation' ? piece.severity : NaN))
  }
  const inForce = await severityOf('strict')
  await record(happen.observed({ person, rater: 'strict', observedOn: '2026-02-01' }))
  clock.set('2026-03-20T02:00:00.000Z')
  await record(happen.observed({ person, rater: 'strict', observedOn: '2026-03-15' }))
  await rate('strict', '2026-03-16', () => 1)
  await renewSeverities(place.dataDir)
  expect(await severityOf('strict')).not.toBe(inForce)
  expect(await severities()).toEqual([null, inForce])
  await rebuild(() => undefined)
  expect(await severities()).toEqual([null, inForce])
})

test('the same again puts nothing new in force', async () => {
  const before = await versions()
  clock.set('2026-03-21T02:00:00.000Z')
  expect(await renewSeverities(place.dataDir)).toEqual({ known: 3, renewed: 0 })
  expect(await versions()).toEqual(before)
})
