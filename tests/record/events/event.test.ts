// One stored sample of every kind of event, for every shape ever saved: whatever changes, they stay readable and
// worth what they were worth. Never change a sample; a new shape adds a file (`<kind>.2.json`).
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import { chain, event as eventTable } from '#db/schema/record.ts'
import { canonicalJson, hashLink, hashPayload } from '#record/events/chain.ts'
import { effectiveAt, formerKey, onceKey } from '#record/events/effective.ts'
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
  expect([onceKey(claim as Event), formerKey(claim as Event)]).toContain(row.once)
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
    // Nine minutes studied, of them four told after a silence; three more were given back.
    {
      lessonId: 'lsn-baozheng',
      seconds: 720,
      silentSeconds: 240,
      completedAt: '2026-11-26T02:05:09.318Z',
    },
    {
      lessonId: 'lsn-sizhi',
      edition: 1,
      openedAt: '2026-11-20T11:58:03.412Z',
      sections: ['s1', 's2', 's3', 's4'],
      passed: ['itm-sizhi-4'],
      seconds: 620,
      completedAt: '2026-11-20T12:08:33.902Z',
    },
    // One more minute at the screen of a hall, after it was credited by the test.
    { lessonId: 'lsn-tanquan', seconds: 60, silentSeconds: 60, completedAt: '2026-11-25T12:31:44.712Z' },
    { lessonId: 'lsn-xuanyu', seconds: 0, completedAt: '2026-11-25T12:31:44.712Z' },
  ])
  expect(countedSpan).toHaveLength(5)
  expect(refusedTime).toMatchObject([
    { reason: 'faster-than-clock', seconds: 12, lessonId: 'lsn-sizhi' },
    { reason: 'line-lost', seconds: 120, lessonId: 'lsn-baozheng' },
  ])
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
    { meter: 'concentrated', on: '2026-11-04', hours: 18, nature: 'compulsory', activity: 'party-school' },
    { subject: 'lsn-tanquan', minutes: 9, hours: 0.25, nature: 'elective', courseId: 'crs-qinglian' },
    { subject: 'lsn-xuanyu', minutes: 10, hours: 0.25, nature: 'elective', courseId: 'crs-qinglian' },
    { subject: 'test:crs-qinglian', minutes: 0, hours: 0.5, courseId: 'crs-qinglian' },
    {
      subject: 'lsn-baozheng',
      minutes: 13,
      hours: 0.25,
      courseId: 'crs-cunji',
      reason: /其中约4分钟是断网时学、恢复后补报的。$/,
    },
  ])
  expect(evidence).toMatchObject([
    { item: 'itm-sizhi-4', body: { kind: 'practice', share: 1, difficulty: 'medium', calibration: null } },
    { item: null, at: '2026-11-19T04:00:00.000Z', body: { kind: 'observation', level: 4, severity: null } },
    { item: 'itm-qinglian-test-2', body: { kind: 'unsupervised-test', share: 1, guessing: 0.25 } },
    // Graded anew after an objection: at the time of the answer, not of the objection.
    {
      item: 'itm-demo-mediation-2',
      at: '2026-11-25T03:30:00.000Z',
      body: { kind: 'supervised-test', share: 1 },
    },
    // A situation in a test at home is a kind of its own, and weighs like any test that nobody watched.
    { item: 'itm-zhaobiao-1', body: { kind: 'scenario', share: 0.8, unsupervised: true } },
  ])
  expect(belief).toMatchObject([
    { indicator: 'conflict-of-interest', pieces: 3, kinds: 3, asOfOn: '2026-11-25' },
    { indicator: 'mediation', pieces: 1, kinds: 1, asOfOn: '2026-11-25' },
    { indicator: 'small-powers', pieces: 1, kinds: 1, asOfOn: '2026-11-26' },
  ])
})
