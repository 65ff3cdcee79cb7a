// The file of receipts, checked as its reader would: with what stands in it, and nothing of ours.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { receiptsFile } from '#record/receipts.server.ts'
import { record } from '#record/record.server.ts'
import { storeRoot } from '#record/root.server.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'

freshDatabase()
happen.underYunnan()
happen.stoppedClock('2026-03-10T02:00:00.000Z')

type File = Awaited<ReturnType<typeof receiptsFile>>

/** H as the file describes it. */
function H(...parts: string[]): string {
  const text = parts.map((part) => `${new TextEncoder().encode(part).length}:${part}`).join('')
  return createHash('sha256').update(text).digest('hex')
}

/** The first receipt that does not hold, from 1; 0 if all hold up to the head. */
function brokenAt({ person, chain, receipts }: File): number {
  let previous = H('chain', person.id)
  for (const [i, one] of receipts.entries()) {
    const payloadHash = 'withheld' in one ? one.payloadHash : H(one.salt ?? '', one.payload ?? '')
    const hash = H(previous, one.id, one.kind, one.at, one.receivedAt, payloadHash)
    if (one.previous !== previous || one.payloadHash !== payloadHash || one.hash !== hash) return i + 1
    previous = hash
  }
  return chain.head === previous && chain.length === receipts.length ? 0 : receipts.length + 1
}

/** As it is downloaded: through JSON. */
const download = async (id: string) =>
  JSON.parse(JSON.stringify(await receiptsFile({ id, name: '张三', number: 'QX1' }))) as File

test('whoever has the file can check every receipt in it with no help of ours', async () => {
  const person = happen.somebody()
  for (const event of happen.finished(person)) await record(event)
  await record(happen.observed({ person, note: '“引号”\n换行 é 𠮷' }))
  const root = await storeRoot()
  const file = await download(person)
  expect(file.receipts).toHaveLength(4)
  expect(brokenAt(file)).toBe(0)
  expect(file.root).toEqual(root)
  expect(file.chain).toMatchObject({ length: 4, brokenAt: null })
})

test('one character changed, a receipt left out or two exchanged are found', async () => {
  const person = happen.somebody()
  for (const event of happen.finished(person)) await record(event)
  const file = await download(person)
  const [one, two, three] = file.receipts as [File['receipts'][0], File['receipts'][0], File['receipts'][0]]
  const changed = { ...two, payload: (two.payload ?? '').replace('"earned":1', '"earned":2') }
  expect(brokenAt({ ...file, receipts: [one, changed, three] })).toBe(2)
  expect(brokenAt({ ...file, receipts: [one, three] })).toBe(2)
  expect(brokenAt({ ...file, receipts: [two, one, three] })).toBe(1)
  expect(brokenAt({ ...file, receipts: [one, two] })).toBe(3)
  expect(brokenAt({ ...file, person: { ...file.person, id: 'another' } })).toBe(1)
})

test('of an answer in a watched test the file has the hash only, so that nobody collects the keys of secure items', async () => {
  const person = happen.somebody()
  await record(happen.answered({ person, item: 'itm-secret', mode: 'supervised' }))
  await record(happen.answered({ person, item: 'itm-open', mode: 'test' }))
  const file = await download(person)
  expect(JSON.stringify(file)).not.toContain('itm-secret')
  expect(file.receipts).toMatchObject([
    { payload: null, salt: null, withheld: true },
    { payload: expect.stringContaining('itm-open') as string },
  ])
  expect(brokenAt(file)).toBe(0)
  expect(brokenAt({ ...file, receipts: file.receipts.slice(1) })).toBe(1)
})
