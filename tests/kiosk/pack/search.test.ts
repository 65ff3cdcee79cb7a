// Whether a hall finds what its pack holds: the queries of the site's search among 200 documents, asked of Pagefind itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asc } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { searchDocument } from '#db/schema/search.ts'
import { lookUp, startPagefind, type Pagefind } from '#export/look-up.ts'
import { sizeOf, type Made } from '#kiosk/pack/made.ts'
import { searchFiles } from '#kiosk/pack/search-files.server.ts'
import { searchIds, shelfFolder, type SearchIds } from '#kiosk/pack/search-place.ts'
import { indexDocument } from '#search/index-document.server.ts'
import { fillers } from '../../search/filler.ts'
import { searchableLibrary } from '../../search/library.ts'
import { heldOut, queries, type Query } from '../../search/queries.ts'
import { listenHere, type Listening } from '../../support/http.ts'

const documents = 200
const least = 0.95
let here: Listening
let folder = ''
let made: Made[] = []
let pagefind: Pagefind
let ids: SearchIds

searchableLibrary()
beforeAll(async () => {
  const real = await read.select().from(searchDocument)
  const invented = await fillers(documents - real.length)
  await write(async (tx) => {
    for (const doc of invented) await indexDocument(tx, doc)
  })
  const rows = await read.select().from(searchDocument).orderBy(asc(searchDocument.id))
  made = await searchFiles(new Map(rows.map(({ address, id }) => [address, id])))
  const bodies = new Map(made.map((one) => [one.path, 'body' in one ? one.body : Buffer.alloc(0)]))
  here = await listenHere((req, res) => {
    const body = bodies.get((req.url ?? '').replace(/\?.*/, ''))
    res.writeHead(body ? 200 : 404).end(body)
  })
  ids = JSON.parse(bodies.get(searchIds)?.toString() ?? '') as SearchIds
  // Node loads modules from files only; all else comes from the pack, as in a browser.
  const [first = '', ...more] = ids.shelves.map((number) => here.origin + shelfFolder(number))
  folder = mkdtempSync(join(tmpdir(), 'lianxue-pagefind-'))
  const file = join(folder, 'pagefind.mjs')
  const program = bodies.get(`${shelfFolder(ids.shelves[0] ?? 0)}pagefind.js`)?.toString() ?? ''
  writeFileSync(file, program.replaceAll('import.meta.url', JSON.stringify(`${first}pagefind.js`)))
  pagefind = await startPagefind(pathToFileURL(file).href, more)
}, 120_000)
afterAll(async () => {
  await here.close()
  rmSync(folder, { recursive: true })
})

async function recallOf(asked: readonly Query[]) {
  const rows = await read.select().from(searchDocument)
  const addressOf = new Map(rows.map(({ id, address }) => [id, address]))
  const missed: string[] = []
  for (const { q, expects } of asked) {
    const { hits } = await lookUp(pagefind, q)
    const first = hits.slice(0, 5).map(({ id }) => addressOf.get(ids.documents[id] ?? '') ?? '')
    if (!expects.some((address) => first.includes(address))) missed.push(q)
  }
  return { recall: 1 - missed.length / asked.length, missed }
}

test('what is looked for is among the first five of 200 documents', { timeout: 120_000 }, async () => {
  expect(Object.keys(ids.documents)).toHaveLength(documents)
  for (const asked of [Object.values(queries).flat(), heldOut]) {
    const { recall, missed } = await recallOf(asked)
    expect(recall, `missed: ${missed.join('、')}`).toBeGreaterThanOrEqual(least)
  }
})

test('a document that changes moves no other to another shelf, and shelves stay small', () => {
  expect(ids.shelves.length).toBeGreaterThan(8)
  const shelf = shelfFolder(ids.shelves[1] ?? 0)
  const share = sizeOf(made.filter(({ path }) => path.startsWith(shelf))) / sizeOf(made)
  expect(share).toBeLessThan(0.15)
})
