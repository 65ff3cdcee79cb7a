import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDelivery, pieceOf } from '#kiosk/device/deliver.ts'
import { hold } from '#kiosk/device/held.ts'
import { Unreachable, type Line } from '#kiosk/device/line.ts'
import type { Waiting } from '#kiosk/device/store.ts'
import { mostEntries, mostLetters, type Entry } from '#kiosk/entry.ts'
import type { Taken } from '#kiosk/intake/taken.ts'
import { memoryStore } from '../../support/memory-store.ts'

const waitingOf = (seq: number, letters = 300): Waiting => {
  const times = { contact: 'c', up: 1, off: 0, at: '2026-11-20T00:00:00.000Z' }
  const entry = { id: `id-${seq}`, kiosk: 'k', seq, ...times, sealed: 'x'.repeat(letters), signature: 's' }
  return { seq, byFile: false, entry }
}

/** A disk with so many entries, and a server that answers as told; what it was sent. */
async function delivery(all: Waiting[], answer: (sent: Entry[], request: number) => Taken) {
  const store = memoryStore()
  const held = await hold({ store, read: () => ({ mono: 0, wall: 0 }), wipe: async () => undefined })
  for (const add of all) await store.commit({ add })
  const requests: Entry[][] = []
  const line = {
    post: async (_: string, body: object) => {
      const { entries } = body as { entries: Entry[] }
      return answer(entries, requests.push(entries))
    },
  } as Line
  const left = async () => (await store.waiting(9_999)).map(({ seq }) => seq)
  return { deliver: openDelivery(store, held, line), requests, left, held }
}
const storedAll = (sent: Entry[]): Taken => ({ stored: sent.map(({ id }) => id), refused: [] })

test('pieces are whole, in order, within what one request may carry, and never empty', () => {
  const some = fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 400 })
  fc.assert(
    fc.property(some, fc.integer({ min: 20_000, max: mostLetters }), (sizes, letters) => {
      let rest = sizes.map((size, i) => waitingOf(i + 1, size))
      const seqs: number[] = []
      while (rest.length > 0) {
        const piece = pieceOf(rest, letters)
        expect(piece.length).toBeGreaterThan(0)
        expect(piece.length).toBeLessThanOrEqual(mostEntries)
        const text = JSON.stringify({ entries: piece.map(({ entry }) => entry) })
        if (piece.length > 1) expect(text.length).toBeLessThanOrEqual(letters + 20)
        seqs.push(...piece.map(({ seq }) => seq))
        rest = rest.slice(piece.length)
      }
      expect(seqs).toEqual(sizes.map((_, i) => i + 1))
    }),
    { numRuns: 40 },
  )
})

test('what the server leaves unanswered is kept, and the rest is sent all the same', async () => {
  const all = Array.from({ length: 450 }, (_, i) => waitingOf(i + 1))
  const odd = (sent: Entry[]): Taken => storedAll(sent.filter(({ seq }) => seq % 100 !== 1))
  const { deliver, requests, left } = await delivery(all, odd)
  expect(await deliver()).toBe(false)
  expect(await left()).toEqual([1, 101, 201, 301, 401])
  expect(requests.flat()).toHaveLength(450)
})

test('what was refused is not sent again, and is counted', async () => {
  const refused = [{ id: 'id-2', reason: '签名不对。' }]
  const { deliver, left, held } = await delivery(
    [1, 2, 3].map((seq) => waitingOf(seq)),
    (sent) => ({
      ...storedAll(sent.filter(({ seq }) => seq !== 2)),
      refused,
    }),
  )
  expect(await deliver()).toBe(true)
  expect(await left()).toEqual([])
  expect(held.self().refused).toBe(1)
})

test('a line that breaks is asked for less, and for more again once it carries', async () => {
  const all = Array.from({ length: 60 }, (_, i) => waitingOf(i + 1, 10_000))
  let breaks = 3
  const { deliver, requests, left } = await delivery(all, (sent) => {
    if (breaks-- > 0) throw new Unreachable()
    return storedAll(sent)
  })
  for (let tries = 0; tries < 3; tries++) await expect(deliver()).rejects.toThrow(Unreachable)
  expect(await left()).toHaveLength(60)
  expect(await deliver()).toBe(true)
  const counts = requests.map((sent) => sent.length)
  expect(counts.slice(0, 4)).toEqual([39, 19, 9, 4])
  expect(counts[4]).toBeGreaterThan(4)
  expect(await left()).toEqual([])
})
