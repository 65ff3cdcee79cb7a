// One stored sample of every kind of event, for every shape ever saved: whatever changes, they stay readable and
// worth what they were worth. Never change a sample; a new shape adds a file (`<kind>.2.json`).
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import { chain, event as eventTable } from '#db/schema/record.ts'
import { canonicalJson, hashLink, hashPayload } from '#record/events/chain.ts'
import { effectiveAt, onceKey } from '#record/events/effective.ts'
import { Event } from '#record/events/event.ts'
import { deriveAgain, fromRow } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { freshDatabase } from '../../support/database.ts'
import * as happen from '../happenings.ts'

freshDatabase()
happen.underYunnan()

const folder = join(import.meta.dirname, '..', 'samples')
type Stored = typeof eventTable.$inferSelect
const samples = readdirSync(folder).map((file): [string, Stored] => [
  file,
  { seq: 0, ...JSON.parse(readFileSync(join(folder, file), 'utf8')) } as Stored,
])

test('there is a sample of everything that can happen to a learner', () => {
  const kinds = Event.options.map((option) => option.shape.kind.value)
  expect(new Set(samples.map(([, { kind }]) => kind))).toEqual(new Set(kinds))
  expect(samples.every(([file, { kind }]) => file.startsWith(`${kind}.`))).toBe(true)
})

test.each(samples)('%s as it was once stored can be read, and nobody has changed it', (_, row) => {
  const event = fromRow(row)
  expect(event).toMatchObject({
    id: row.id,
    kind: row.kind,
    person: row.personId,
    effectiveAt: row.effectiveAt,
  })
  expect(canonicalJson(JSON.parse(row.payload ?? ''))).toBe(row.payload)
  expect(hashPayload(row.salt ?? '', row.payload ?? '')).toBe(row.payloadHash)
  expect(hashLink(row)).toBe(row.hash)
  const { receivedAt: _received, effectiveAt: _effective, ...claim } = event
  expect(effectiveAt(claim as Event, row.receivedAt)).toBe(row.effectiveAt)
  expect(onceKey(claim as Event)).toBe(row.once)
})

test('replayed, they are worth what they were worth when they were stored', async () => {
  const rows = samples.map(([, { seq: _, ...row }]) => row)
  const person = rows[0]?.personId ?? ''
  await write(async (tx) => {
    await tx.insert(eventTable).values(rows)
    await tx.insert(chain).values({ personId: person, length: rows.length, head: '', derivedTo: '' })
  })
  const inForce = await versionsInForce()
  expect(await write((tx) => deriveAgain(tx, person, inForce))).toBe(rows.length)
  const { progress, countedSpan, refusedTime, credit, evidence, belief } = await happen.derivedOf(person)
  expect(progress).toMatchObject([
    {
      lessonId: 'lsn-sizhi',
      edition: 1,
      openedAt: '2026-11-20T11:58:03.412Z',
      sections: ['s1', 's2', 's3', 's4'],
      passed: ['itm-sizhi-4'],
      seconds: 620,
      completedAt: '2026-11-20T12:08:33.902Z',
    },
  ])
  expect(countedSpan).toHaveLength(2)
  expect(refusedTime).toMatchObject([{ reason: 'faster-than-clock', seconds: 12, lessonId: 'lsn-sizhi' }])
  expect(credit).toMatchObject([
    {
      meter: 'online',
      on: '2026-11-20',
      minutes: 11,
      hours: 0.25,
      rule: 'yunnan-2024@2024.1',
      courseId: 'crs-jiafeng',
    },
    { meter: 'online', on: '2026-10-31', minutes: 0, hours: 9.5, rule: 'imported' },
    { meter: 'concentrated', on: '2026-11-21', minutes: 90, hours: 2, rule: 'attendance' },
  ])
  expect(evidence).toMatchObject([
    { item: 'itm-sizhi-4', body: { kind: 'practice', share: 1, difficulty: 'medium', calibration: null } },
    { item: null, at: '2026-11-19T04:00:00.000Z', body: { kind: 'observation', level: 4, severity: null } },
  ])
  expect(belief).toMatchObject([
    { indicator: 'conflict-of-interest', pieces: 2, kinds: 2, asOfOn: '2026-11-20' },
  ])
})
