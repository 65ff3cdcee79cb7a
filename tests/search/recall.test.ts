// Whether people find what is there: the queries of queries.ts among what comes with the product, and among 5,000.
import { expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import { indexDocument } from '#search/index-document.server.ts'
import { fillers } from './filler.ts'
import { searchableLibrary } from './library.ts'
import { heldOut, queries } from './queries.ts'
import { recallOf } from './recall.ts'

const own = Object.values(queries).flat()
const least = 0.95

searchableLibrary()

test('there are at least 60 queries of every kind, and 20 that were kept aside', () => {
  expect(own.length).toBeGreaterThanOrEqual(60)
  expect(heldOut.length).toBeGreaterThanOrEqual(20)
})

test('what is looked for is among the first five of the library', async () => {
  const { recall, missed } = await recallOf(own)
  expect(recall, `missed: ${missed.join('、')}`).toBeGreaterThanOrEqual(least)
})

test('… and so it is for queries that were kept aside', async () => {
  const { recall, missed } = await recallOf(heldOut)
  expect(recall, `missed: ${missed.join('、')}`).toBeGreaterThanOrEqual(least)
})

test('among 5,000 documents too', { timeout: 300_000 }, async () => {
  const docs = await fillers(4_956)
  const atOnce = 100
  for (let from = 0; from < docs.length; from += atOnce) {
    await write(async (tx) => {
      for (const doc of docs.slice(from, from + atOnce)) await indexDocument(tx, doc)
    })
  }
  for (const asked of [own, heldOut]) {
    const { recall, missed } = await recallOf(asked)
    expect(recall, `missed: ${missed.join('、')}`).toBeGreaterThanOrEqual(least)
  }
})
