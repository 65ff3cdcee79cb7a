// Rows that are written by the thousand must be the rows that drizzle would have written.
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { insertAll, replaceAll } from '#db/many-rows.server.ts'
import { belief, progress } from '#db/schema/record.ts'
import { freshDatabase } from '../support/database.ts'

freshDatabase()

const progressOf = (personId: string) => ({
  ...{ personId, lessonId: 'lsn-a', edition: 1, openedAt: '2026-11-01T00:00:00.000Z' },
  ...{ sections: ['s1', '二'], passed: [], seconds: 1 / 3, eventId: `event-${personId}` },
})

test('what a person did is stored as it was, to the last digit, and what nobody said is the default', async () => {
  const rows = Array.from({ length: 1_201 }, (_, i) => ({
    ...progressOf(`p${i}`),
    seconds: 100 * Math.sin(i),
  }))
  await write((tx) => insertAll(tx, progress, rows))
  const stored = await read.select().from(progress).orderBy(progress.personId)
  const expected = rows.map((row) => ({ ...row, silentSeconds: 0, completedAt: null }))
  expect(stored).toEqual(expected.sort((a, b) => (a.personId < b.personId ? -1 : 1)))
})

test('a row takes the place of the one with the same key, and no other is touched', async () => {
  const row = {
    ...{ personId: 'one', indicator: 'mediation', mean: 0.1 + 0.2, sd: 0.9, pieces: 1, kinds: 1 },
    ...{ asOfOn: '2026-11-01', eventId: 'e1', meanBefore: null },
  }
  const key = [belief.personId, belief.indicator]
  await write((tx) => replaceAll(tx, belief, key, [row, { ...row, personId: 'other' }]))
  await write((tx) => replaceAll(tx, belief, key, [{ ...row, mean: 0.7, level: 3, status: 'reached' }]))
  const [one] = await read.select().from(belief).where(eq(belief.personId, 'one'))
  expect(one).toMatchObject({ mean: 0.7, level: 3, status: 'reached', meanBefore: null })
  const [other] = await read.select().from(belief).where(eq(belief.personId, 'other'))
  expect(other).toMatchObject({ mean: 0.1 + 0.2, level: null, status: 'unmeasured' })
})

test('of rows of which one is refused none is stored', async () => {
  const twice = [progressOf('twice'), progressOf('twice')]
  await expect(write((tx) => insertAll(tx, progress, twice))).rejects.toThrow(/UNIQUE/)
  expect(await read.select().from(progress).where(eq(progress.personId, 'twice'))).toEqual([])
})
