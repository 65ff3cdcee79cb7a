// The chain as it lies in the database: whoever changes a row behind the door's back is found out.
import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { write } from '#db/database.server.ts'
import { chain, event } from '#db/schema/record.ts'
import { erasePerson } from '#people/erase.server.ts'
import { person as personTable } from '#db/schema/people.ts'
import { canonicalJson, hashLink, hashPayload } from '#record/events/chain.ts'
import type { Event } from '#record/events/event.ts'
import { record } from '#record/record.server.ts'
import { latestRoot, storeRoot, verifyChain } from '#record/root.server.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

/** Something of every kind, in the order of arrival. */
async function lifeOf(person: string): Promise<Event[]> {
  const life: Event[] = [happen.opened({ person }), ...happen.finished(person)]
  life.push(happen.observed({ person }), happen.imported({ person }), happen.attended({ person }))
  life.push(happen.corrected({ person, corrects: life.at(-1)?.id ?? '' }))
  for (const each of life) {
    await record(each)
    clock.advance(60)
  }
  return life
}

type Row = typeof event.$inferSelect

const rowsOf = async (person: string) => (await happen.eventsOf(person)) as Row[]
const put = (...changed: Row[]) =>
  write(async (tx) => {
    for (const row of changed) await tx.update(event).set(row).where(eq(event.seq, row.seq))
  })

test('the chain of somebody to whom everything happened holds, and so does that of a newcomer', async () => {
  const person = happen.somebody()
  await lifeOf(person)
  const head = (await rowsOf(person)).at(-1)?.hash
  expect(await verifyChain(person)).toEqual({ length: 8, head, brokenAt: null })
  expect(await verifyChain(happen.somebody())).toEqual({ length: 0, head: '', brokenAt: null })
})

/** One character of a text made another one. */
const bent = (text: string, place: number) => {
  const i = place % Math.max(1, text.length)
  return text.slice(0, i) + (text[i] === 'x' ? 'y' : 'x') + text.slice(i + 1)
}

const texts = [
  'id',
  'kind',
  'personId',
  'at',
  'receivedAt',
  'effectiveAt',
  'once',
  'payload',
  'salt',
  'payloadHash',
  'previous',
  'hash',
] as const

test('any byte changed in any column of any row is found', async () => {
  const person = happen.somebody()
  await lifeOf(person)
  const rows = await rowsOf(person)
  // An event without a once-key and one whose key was freed look alike, and both are right.
  const cells = rows.flatMap((row) =>
    texts.filter((column) => row[column] !== null).map((column) => ({ row, column })),
  )
  let before = rows[0] as Row
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...cells), fc.nat(), async ({ row, column }, place) => {
      await put(before, { ...row, [column]: bent(row[column] ?? '', place) })
      before = row
      expect((await verifyChain(person)).brokenAt).not.toBeNull()
    }),
    { numRuns: 80 },
  )
  await put(before)
  expect(await verifyChain(person)).toMatchObject({ brokenAt: null })
})

test('a row that is gone, came in, or changed places with another is found where it is', async () => {
  const person = happen.somebody()
  await lifeOf(person)
  const rows = await rowsOf(person)
  const brokenAt = async () => (await verifyChain(person)).brokenAt
  for (const [i, row] of rows.entries()) {
    await write((tx) => tx.delete(event).where(eq(event.seq, row.seq)))
    expect(await brokenAt()).toBe(i)
    await write((tx) => tx.insert(event).values(row))
    const forged = { ...row, id: v7(), seq: row.seq + 1000, once: null }
    await write((tx) => tx.insert(event).values(forged))
    expect(await brokenAt()).toBe(rows.length)
    await write((tx) => tx.delete(event).where(eq(event.seq, forged.seq)))
    const next = rows[i + 1]
    if (!next) continue
    const swap = (a: number, b: number) =>
      write(async (tx) => {
        await tx.update(event).set({ seq: -1 }).where(eq(event.seq, a))
        await tx.update(event).set({ seq: a }).where(eq(event.seq, b))
        await tx.update(event).set({ seq: b }).where(eq(event.seq, -1))
      })
    await swap(row.seq, next.seq)
    expect(await brokenAt()).toBe(i)
    await swap(row.seq, next.seq)
  }
  expect(await brokenAt()).toBeNull()
})

test('hours made larger with a hash to match still do not fit their chain', async () => {
  const person = happen.somebody()
  await lifeOf(person)
  const rows = await rowsOf(person)
  const at = rows.findIndex(({ kind }) => kind === 'hours-imported')
  const row = rows[at] as Row
  const payload = canonicalJson({ ...JSON.parse(row.payload ?? ''), hours: 500 })
  const forged = { ...row, payload, payloadHash: hashPayload(row.salt ?? '', payload) }
  await put(forged)
  expect(await verifyChain(person)).toMatchObject({ brokenAt: at })
  await put({ ...forged, hash: hashLink(forged) })
  expect(await verifyChain(person)).toMatchObject({ brokenAt: at + 1 })
})

test('a head or a length that was changed is found', async () => {
  const person = happen.somebody()
  await lifeOf(person)
  const set = (change: object) =>
    write((tx) => tx.update(chain).set(change).where(eq(chain.personId, person)))
  const { head } = await verifyChain(person)
  await set({ head: bent(head, 3) })
  expect(await verifyChain(person)).toMatchObject({ brokenAt: 8 })
  await set({ head, length: 7 })
  expect(await verifyChain(person)).toMatchObject({ brokenAt: 8 })
  await set({ length: 8 })
  expect(await verifyChain(person)).toMatchObject({ brokenAt: null })
})

test('a person who was erased leaves a chain that still holds, and nothing to read in it', async () => {
  const person = happen.somebody()
  const createdAt = clock.iso
  await write((tx) => tx.insert(personTable).values({ id: person, number: person, name: '张三', createdAt }))
  await lifeOf(person)
  const before = await verifyChain(person)
  await erasePerson(person, 'officer-1')
  expect(await verifyChain(person)).toEqual(before)
  const rows = await rowsOf(person)
  expect(rows.map(({ payload, salt, once }) => [payload, salt, once])).toEqual(
    rows.map(() => [null, null, null]),
  )
  expect(Object.values(await happen.derivedOf(person)).flat()).toEqual([])
})

test('what was erased cannot be filled with something else', async () => {
  const person = happen.somebody()
  await lifeOf(person)
  const row = (await rowsOf(person))[5] as Row
  await put({ ...row, payload: null, salt: null })
  expect(await verifyChain(person)).toMatchObject({ brokenAt: null })
  await put({ ...row, payload: row.payload?.replace('24', '42') ?? '' })
  expect(await verifyChain(person)).toMatchObject({ brokenAt: 5 })
})

test('the root of a night is the same as long as nothing happens, and another after anything did', async () => {
  clock.set('2026-04-01T18:00:00.000Z')
  const first = await storeRoot()
  expect(first.on).toBe('2026-04-02')
  clock.set('2026-04-02T18:00:00.000Z')
  const second = await storeRoot()
  expect([second.root, second.chains]).toEqual([first.root, first.chains])
  await record(happen.opened({ person: happen.somebody() }))
  clock.set('2026-04-03T18:00:00.000Z')
  const third = await storeRoot()
  expect(third.root).not.toBe(second.root)
  expect(third.chains).toBe(second.chains + 1)
  expect(await latestRoot()).toEqual(third)
})

test('the first root of a day stands, whatever happens later that day', async () => {
  clock.set('2026-05-01T18:00:00.000Z')
  const first = await storeRoot()
  await record(happen.opened({ person: happen.somebody() }))
  clock.advance(3600)
  expect(await storeRoot()).toEqual(first)
  expect(await Promise.all([storeRoot(), storeRoot()])).toEqual([first, first])
})

test('whoever cuts off the end of a chain and mends its head is found out by the root of the night before', async () => {
  clock.set('2026-06-01T18:00:00.000Z')
  const person = happen.somebody()
  await lifeOf(person)
  const night = await storeRoot()
  const [last, before] = (await rowsOf(person)).reverse()
  await write(async (tx) => {
    await tx.delete(event).where(eq(event.seq, last?.seq ?? 0))
    await tx.run(
      sql`update chain set length = length - 1, head = ${before?.hash} where person_id = ${person}`,
    )
  })
  expect(await verifyChain(person)).toMatchObject({ brokenAt: null })
  clock.advance(86_400)
  expect((await storeRoot()).root).not.toBe(night.root)
})
