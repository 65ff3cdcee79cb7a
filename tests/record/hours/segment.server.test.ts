// Visits in the database: one person, many tabs and devices, pages that fall silent, ids that are not one's own.
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { read } from '#db/database.server.ts'
import { segment as segmentTable } from '#db/schema/record.ts'
import { refusedOf } from '#record/hours/refused.server.ts'
import {
  beatSegment,
  closeSegment,
  closeSilent,
  findOpen,
  forgetSegments,
  openIn,
  openSegment,
} from '#record/hours/segment.server.ts'
import { seconds } from '#record/hours/span.ts'
import { record } from '#record/record.server.ts'
import { freshDatabase } from '../../support/database.ts'
import * as happen from '../happenings.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
// No test begins with what another one left silent.
beforeEach(async () => {
  clock.advance(86_400)
  await closeSilent()
})

const gone = {
  kind: 'closed',
  message: '这一段学习已经结束，时间已经记下。',
  hint: '页面会自动开始新的一段，不用重新学。',
}

const open = (person: string, id = v7(), lesson = 'lsn-a') =>
  openSegment({ id, person, lesson, edition: 1, revision: 'rev-1', device: null })
const beat = (person: string, segment: string, seq: number, claimed: number) =>
  beatSegment(person, { segment, seq, seconds: claimed, sections: ['s1'] })
const kindsOf = async (person: string) => (await happen.eventsOf(person)).map(({ kind }) => kind)
const secondsOf = async (person: string) =>
  ((await happen.derivedOf(person)).progress as { seconds: number }[]).reduce(
    (sum, row) => sum + row.seconds,
    0,
  )

test('a visit is opened once, however often the page asks, and the opening is in the record', async () => {
  const person = happen.somebody()
  const id = v7()
  await Promise.all([open(person, id), open(person, id), open(person, id)])
  clock.advance(30)
  await beat(person, id, 1, 30)
  expect(seconds((await open(person, id)).spans)).toBe(30)
  expect(await kindsOf(person)).toEqual(['lesson-opened'])
})

test('a visit that ends is one event with the time that was counted, and its row is gone', async () => {
  const person = happen.somebody()
  const { id } = await open(person)
  clock.advance(30)
  await beat(person, id, 1, 30)
  expect(await closeSegment(person, id)).toEqual({ person, lesson: 'lsn-a' })
  expect(await closeSegment(person, id)).toBeNull()
  expect(await kindsOf(person)).toEqual(['lesson-opened', 'segment-studied'])
  expect(await secondsOf(person)).toBe(30)
  expect(await read.select().from(segmentTable).where(eq(segmentTable.id, id))).toEqual([])
})

test('beats of one visit that arrive in the same moment are all kept', async () => {
  const person = happen.somebody()
  const { id } = await open(person)
  clock.advance(30)
  await Promise.all([beat(person, id, 1, 10), beat(person, id, 2, 12)])
  const [row] = await read.select().from(segmentTable).where(eq(segmentTable.id, id))
  expect(row?.lastSeq).toBe(2)
  forgetSegments()
  expect(await findOpen(person, id)).toMatchObject({ lastSeq: 2, sections: ['s1'], watched: {}, refused: {} })
})

test('a visit closed fifty times at once is recorded once', async () => {
  const person = happen.somebody()
  const { id } = await open(person)
  clock.advance(30)
  await beat(person, id, 1, 30)
  const ended = await Promise.all(Array.from({ length: 50 }, () => closeSegment(person, id)))
  expect(ended.filter(Boolean)).toHaveLength(1)
  expect(await secondsOf(person)).toBe(30)
})

test('a beat after the end, for an unknown visit and for another person’s all get the same reply', async () => {
  const [person, other] = [happen.somebody(), happen.somebody()]
  const { id } = await open(person)
  const { id: theirs } = await open(other)
  await closeSegment(person, id)
  for (const segment of [id, v7(), theirs]) {
    await expect(beat(person, segment, 1, 30)).rejects.toMatchObject(gone)
    await expect(findOpen(person, segment)).rejects.toMatchObject(gone)
    expect(await closeSegment(person, segment)).toBeNull()
  }
  forgetSegments()
  await expect(beat(person, theirs, 1, 30)).rejects.toMatchObject(gone)
  await expect(open(person, theirs)).rejects.toMatchObject(gone)
  expect(await findOpen(other, theirs)).toMatchObject({ lastSeq: 0, spans: [] })
})

test('an id that has ended is not opened again, nor one that stands for something else', async () => {
  const person = happen.somebody()
  const { id } = await open(person)
  await closeSegment(person, id)
  const answer = await record(happen.answered({ person }))
  for (const taken of [id, answer.id]) await expect(open(person, taken)).rejects.toMatchObject(gone)
  expect(await kindsOf(person)).toEqual(['lesson-opened', 'segment-studied', 'question-answered'])
})

test('two tabs that are open at the same time count once, and the page says why', async () => {
  const person = happen.somebody()
  const [one, other] = [await open(person), await open(person)]
  for (let i = 1; i <= 4; i++) {
    clock.advance(30)
    await Promise.all([beat(person, one.id, i, 30), beat(person, other.id, i, 30)])
  }
  await closeSegment(person, one.id)
  await closeSegment(person, other.id)
  expect(await secondsOf(person)).toBe(120)
  expect(await refusedOf(person)).toMatchObject([
    {
      event: other.id,
      left: 120,
      given: 0,
      reasons: [
        {
          reason: 'counted-elsewhere',
          seconds: 120,
          why: '同一时间你在另一个页面或设备上也在学，重叠的部分只计一次。',
        },
      ],
    },
  ])
})

test('two lessons at the same time on two devices count once', async () => {
  const person = happen.somebody()
  const [one, other] = [await open(person, v7(), 'lsn-a'), await open(person, v7(), 'lsn-b')]
  clock.advance(100)
  await beat(person, one.id, 1, 100)
  await beat(person, other.id, 1, 60)
  await Promise.all([closeSegment(person, one.id), closeSegment(person, other.id)])
  expect(await secondsOf(person)).toBe(100)
})

test('of any tabs, however they are opened, beaten and closed, no more counts than passed on the clock', async () => {
  const step = fc.tuple(
    fc.nat(2),
    fc.constantFrom('beat', 'beat', 'beat', 'close'),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 0, max: 200 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const person = happen.somebody()
      const began = clock.ms
      const tabs = new Map<number, { id: string; seq: number }>()
      for (const [tab, what, passed, claimed] of steps) {
        clock.advance(passed)
        const at = tabs.get(tab) ?? { id: (await open(person)).id, seq: 0 }
        tabs.set(tab, at)
        if (what === 'beat') await beat(person, at.id, (at.seq += 1), claimed)
        else if (await closeSegment(person, at.id)) tabs.delete(tab)
      }
      for (const { id } of tabs.values()) await closeSegment(person, id)
      // The first tab was opened after the first step's pause; five seconds are granted for slow lines.
      expect(await secondsOf(person)).toBeLessThanOrEqual((clock.ms - began) / 1000 + 5)
    }),
    { numRuns: 12 },
  )
})

test('a page that fell silent is closed after half an hour, and what it had counted stays', async () => {
  const person = happen.somebody()
  const { id } = await open(person)
  clock.advance(30)
  await beat(person, id, 1, 30)
  clock.advance(30 * 60)
  expect(await closeSilent()).toEqual([])
  clock.advance(1)
  expect(await closeSilent()).toEqual([{ person, lesson: 'lsn-a' }])
  expect(await secondsOf(person)).toBe(30)
  await expect(beat(person, id, 2, 900)).rejects.toMatchObject(gone)
})

test('a visit that was open when the server went down goes on where it was', async () => {
  const person = happen.somebody()
  const { id } = await open(person)
  clock.advance(30)
  await beat(person, id, 1, 30)
  forgetSegments()
  clock.advance(30)
  await beat(person, id, 1, 30)
  expect(seconds((await beat(person, id, 2, 30)).spans)).toBe(60)
  expect(await openIn(person, 'lsn-a')).toMatchObject([{ id, lastSeq: 2, sections: ['s1'] }])
})

test('whoever uses the id of a visit for an answer loses neither, and holds up nobody else', async () => {
  const [person, other] = [happen.somebody(), happen.somebody()]
  const { id } = await open(person)
  const { id: theirs } = await open(other)
  clock.advance(60)
  await beat(person, id, 1, 60)
  await beat(other, theirs, 1, 60)
  await record(happen.answered({ person, id }))
  clock.advance(2000)
  expect(await closeSilent()).toHaveLength(2)
  expect(await kindsOf(person)).toEqual(['lesson-opened', 'question-answered', 'segment-studied'])
  expect([await secondsOf(person), await secondsOf(other)]).toEqual([60, 60])
})

test('a beat that comes while its visit is being closed is in the record, or told that it came too late', async () => {
  const told: string[] = []
  for (let moments = 0; moments < 12; moments++) {
    const person = happen.somebody()
    const { id } = await open(person)
    clock.advance(30)
    await beat(person, id, 1, 30)
    clock.advance(30)
    const closing = closeSegment(person, id)
    for (let i = 0; i < moments; i++) await Promise.resolve()
    const [reply] = await Promise.allSettled([beat(person, id, 2, 30), closing])
    told.push(reply.status)
    const kept = await secondsOf(person)
    // Told that it was too late although it was not: the page goes on with a new visit, and nothing counts twice.
    expect(reply.status === 'fulfilled' ? [60] : [30, 60]).toContain(kept)
    if (reply.status === 'rejected') expect(reply.reason).toMatchObject(gone)
    await expect(beat(person, id, 3, 30)).rejects.toMatchObject(gone)
  }
  expect(told).toContain('rejected')
})

test('a page that beats wildly for hours can still be closed, and everything of its person be derived again', async () => {
  const person = happen.somebody()
  const { id } = await open(person)
  for (let i = 1; i <= 12; i++) {
    clock.advance(2)
    const watched = {
      'a.mp4': Array.from({ length: 50 }, (_, n): [number, number] => [
        i * 1000 + n * 10,
        i * 1000 + n * 10 + 1,
      ]),
    }
    const sections = Array.from({ length: 10 }, (_, n) => `s${i * 10 + n}`)
    await beatSegment(person, { segment: id, seq: i, seconds: 1, sections, watched })
  }
  expect(await closeSegment(person, id)).not.toBeNull()
  const before = await happen.derivedOf(person)
  await record(happen.observed({ person, observedOn: '2026-03-01' }))
  expect((await happen.derivedOf(person)).progress).toEqual(before.progress)
})
