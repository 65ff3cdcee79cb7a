import { createClient } from '@libsql/client'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { guarded, openDatabase, read, write, writeRow } from '#db/database.server.ts'
import type { Bulk } from '#db/queue.server.ts'
import { DatabaseInUse } from '#db/lock.server.ts'
import { mark } from '#db/schema/process.ts'
import { freshDatabase } from '../support/database.ts'

const place = freshDatabase()

/** Counts rows as the disk has them, from a connection of its own. */
async function onDisk(prefix: string): Promise<number> {
  const client = createClient({ url: `file:${join(place.dataDir, 'lianxue.db')}` })
  const { rows } = await client.execute({
    sql: 'SELECT count(*) FROM mark WHERE name LIKE ?',
    args: [`${prefix}%`],
  })
  client.close()
  return Number(rows[0]?.[0])
}

test('what was acknowledged is on disk, however many write in one turn', async () => {
  await Promise.all(
    Array.from({ length: 500 }, (_, i) =>
      write((tx) => tx.insert(mark).values({ name: `a${i}`, value: 'x' })),
    ),
  )
  expect(await onDisk('a')).toBe(500)
})

test('a job that fails takes nobody with it', async () => {
  const [good, bad, alsoGood] = await Promise.allSettled([
    write((tx) => tx.insert(mark).values({ name: 'b1', value: 'x' })),
    write(async (tx) => {
      await tx.insert(mark).values({ name: 'b2', value: 'x' })
      await tx.insert(mark).values({ name: 'b2', value: 'again' })
    }),
    write((tx) => tx.insert(mark).values({ name: 'b3', value: 'x' })),
  ])
  expect([good.status, bad.status, alsoGood.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await onDisk('b')).toBe(2)
})

test('a job that waits for the outside is an error in the program, and the queue goes on', async () => {
  const waiting = write(() => new Promise((resolve) => setTimeout(resolve, 20)))
  await expect(waiting).rejects.toThrow('awaited something besides')
  await write((tx) => tx.insert(mark).values({ name: 'c1', value: 'x' }))
  expect(await onDisk('c')).toBe(1)
})

test('the reader cannot write', async () => {
  await expect(read.insert(mark).values({ name: 'd', value: 'x' })).rejects.toThrow()
  expect(await onDisk('d')).toBe(0)
})

test('a library with its own SQL reads and writes through the same queue', async () => {
  const foreign = drizzle(guarded)
  const [row] = await foreign.insert(mark).values({ name: 'e1', value: 'x' }).returning()
  expect(row?.name).toBe('e1')
  expect(await foreign.select().from(mark).where(eq(mark.name, 'e1'))).toHaveLength(1)
  await expect(foreign.transaction(async () => undefined)).rejects.toThrow('bypass the queue')
})

test('a second opener is told who has it', async () => {
  await expect(openDatabase(place.dataDir)).rejects.toThrow(DatabaseInUse)
  await write((tx) => tx.insert(mark).values({ name: 'f1', value: 'x' }))
  expect(await onDisk('f')).toBe(1)
})

/** One statement for all marks of a turn. */
const addMarks: Bulk<string> = (names) => ({
  sql: 'INSERT INTO mark SELECT value, ? FROM json_each(?)',
  args: [String(names.length), JSON.stringify(names)],
})

test('rows that arrive in one turn are one statement, and each is acknowledged once it is on disk', async () => {
  await Promise.all(Array.from({ length: 200 }, (_, i) => writeRow(addMarks, `g${i}`)))
  expect(await onDisk('g')).toBe(200)
  expect((await read.select().from(mark).where(eq(mark.name, 'g0')))[0]?.value).toBe('200')
})

test('a row keeps its place among other writes', async () => {
  const before = writeRow(addMarks, 'h1')
  const gone = write((tx) => tx.delete(mark).where(eq(mark.name, 'h1')))
  await Promise.all([before, gone, writeRow(addMarks, 'h1')])
  expect(await onDisk('h')).toBe(1)
})

test('rows that cannot be written are all told so, and take nobody else with them', async () => {
  const other = write((tx) => tx.insert(mark).values({ name: 'i2', value: 'x' }))
  const twice = await Promise.allSettled([writeRow(addMarks, 'i1'), writeRow(addMarks, 'i1')])
  expect(twice.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await other
  expect(await onDisk('i')).toBe(1)
})
