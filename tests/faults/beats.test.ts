// Beats of one visit that wait behind a locked file: the time that the later one tells is not lost with the earlier.
import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { read } from '#db/database.server.ts'
import { patience } from '#db/queue.server.ts'
import { segment } from '#db/schema/record.ts'
import { beatSegment, openSegment } from '#record/hours/segment.server.ts'
import { seconds } from '#record/hours/span.ts'
import * as happen from '../record/happenings.ts'
import { freshDatabase } from '../support/database.ts'
import { hold } from './hold.ts'

const place = freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const asUsual = { ...patience }
afterEach(() => void Object.assign(patience, asUsual))

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test('a beat that was refused is told with the next, which waits; sent again it is known', async () => {
  patience.milliseconds = 1500
  const [person, id] = [happen.somebody(), v7()]
  await openSegment({ id, person, lesson: 'lsn-a', edition: 1, revision: 'rev-1', device: null })
  const beat = (seq: number) => {
    clock.advance(30)
    return beatSegment(person, { segment: id, seq, seconds: 30, sections: ['s1'] })
  }
  const giveBack = await hold(place.dataDir)
  const first = beat(1)
  const refused = expect(first).rejects.toMatchObject({ kind: 'busy' })
  await pause(700)
  const second = beat(2)
  await refused
  await giveBack()
  expect(seconds((await second).spans)).toBe(60)
  expect(seconds((await beat(1)).spans)).toBe(60)
  const [row] = await read.select().from(segment).where(eq(segment.id, id))
  expect(row).toMatchObject({ lastSeq: 2, sections: '["s1"]' })
})

test('a beat that was refused alone is not counted until it is sent again', async () => {
  patience.milliseconds = 200
  const [person, id] = [happen.somebody(), v7()]
  await openSegment({ id, person, lesson: 'lsn-a', edition: 1, revision: 'rev-1', device: null })
  clock.advance(30)
  const told = { segment: id, seq: 1, seconds: 30, sections: ['s1'] }
  const giveBack = await hold(place.dataDir)
  await expect(beatSegment(person, told)).rejects.toMatchObject({ kind: 'busy' })
  await giveBack()
  expect(await read.select().from(segment).where(eq(segment.id, id))).toMatchObject([
    { lastSeq: 0, spans: '[]' },
  ])
  expect(seconds((await beatSegment(person, told)).spans)).toBe(30)
})
