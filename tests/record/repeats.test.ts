// A device that does not know what has arrived sends it all again, in any order and at once. The record is the same as
// if each thing had been told once, and every sending is answered with the one receipt.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Event } from '#record/events/event.ts'
import { onConflict, record, type Receipt } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'
import { derivedIn, keys, life, lifeOf } from './lives.ts'

freshDatabase()
happen.underYunnan()
happen.stoppedClock('2032-03-01T00:00:00.000Z')

const times = 10
const batches = process.env['LONG'] ? 200 : 10

/** In an order that some numbers decide. */
const mixed = <T>(things: readonly T[], by: readonly number[], round: number) =>
  things
    .map((thing, i) => ({ thing, key: ((by[(i + round) % by.length] ?? 0) * (round + 7)) % 1009 }))
    .sort((a, b) => a.key - b.key)
    .map(({ thing }) => thing)

/** Sends a batch in two halves at once, ten times over, all at the same moment. */
async function sendAllAtOnce(events: readonly Event[], by: readonly number[]): Promise<Receipt[]> {
  const rounds = Array.from({ length: times }, async (_, round) => {
    const batch = mixed(events, by, round)
    const half = (by[round % by.length] ?? 0) % (batch.length + 1)
    const halves = [batch.slice(0, half), batch.slice(half)].map(async (part) => {
      const receipts: Receipt[] = []
      for (const event of part) receipts.push(await record(event))
      return receipts
    })
    return (await Promise.all(halves)).flat()
  })
  return (await Promise.all(rounds)).flat()
}

let tellings = 0

test(
  'the same batch ten times, shuffled, split and in parallel: the same ledger, one receipt each',
  { timeout: 120_000 + batches * 1000 },
  async () => {
    let sent = 0
    await fc.assert(
      fc.asyncProperty(life(4, 14), keys, async (things, by) => {
        const [one, other] = [(tellings += 1), (tellings += 1)]
        const [once, often] = [happen.somebody(), happen.somebody()]
        for (const { event } of lifeOf(things, one, once)) await record(event)

        const events = lifeOf(things, other, often).map(({ event }) => event)
        // What is taken back must have arrived, so corrections are a batch of their own.
        const [corrections, rest] = [true, false].map((is) =>
          events.filter(({ kind }) => (kind === 'event-corrected') === is),
        ) as [Event[], Event[]]
        const receipts = [...(await sendAllAtOnce(rest, by)), ...(await sendAllAtOnce(corrections, by))]
        sent += receipts.length

        expect(await derivedIn(often, other)).toEqual(await derivedIn(once, one))
        expect((await happen.eventsOf(often)).map(({ id }) => id).toSorted()).toEqual(
          events.map(({ id }) => id).toSorted(),
        )
        expect(await verifyChain(often)).toMatchObject({ length: events.length, brokenAt: null })
        for (const { id } of events) {
          const own = receipts.filter((receipt) => receipt.id === id)
          expect(new Set(own.map(({ hash }) => hash)).size).toBe(1)
          expect([own.length, own.filter(({ repeated }) => !repeated).length]).toEqual([times, 1])
        }
      }),
      { numRuns: batches },
    )
    console.log(`${batches} batches sent ${times} times each, ${sent} sendings in all`)
  },
)

test('an id that comes again with other content is refused, changes nothing, and is told with its id alone', async () => {
  const told: unknown[] = []
  onConflict((event) => told.push(event))
  const [person, other] = [happen.somebody(), happen.somebody()]
  const first = happen.answered({ person, earned: 0 })
  const receipt = await record(first)
  const before = [await happen.derivedOf(person), await happen.eventsOf(person)]
  const others: Event[] = [
    { ...first, earned: 1 },
    { ...first, person: other },
    happen.opened({ person, id: first.id }),
  ]
  for (const event of [...others, ...others])
    await expect(record(event)).rejects.toMatchObject({
      kind: 'invalid',
      message: '这个编号已经记着另一件事，没有改动。',
    })
  expect(await record(first)).toEqual({ ...receipt, repeated: true })
  expect([await happen.derivedOf(person), await happen.eventsOf(person)]).toEqual(before)
  expect(await happen.eventsOf(other)).toEqual([])
  expect(told).toEqual([...others, ...others].map(({ id, kind }) => ({ id, kind })))
  onConflict(() => undefined)
})
