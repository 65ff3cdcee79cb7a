// How fast 5,000 documents are searched, how much of it is found, and what indexing them costs.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { count, sql } from 'drizzle-orm'
import { importLibrary } from '#course/import.server.ts'
import { closeDatabase, openDatabase, read, write } from '#db/database.server.ts'
import { searchDocument } from '#db/schema/search.ts'
import { contentDir } from '#process/library-at-start.server.ts'
import { find } from '#search/find.server.ts'
import { indexDocument, reindex, type Indexed } from '#search/index-document.server.ts'
import { fillers } from '../search/filler.ts'
import { heldOut, queries, type Query } from '../search/queries.ts'
import { recallOf } from '../search/recall.ts'
import { longestHold, watchLoop } from './hold.ts'
import { quantile } from './load.ts'
import { atLeast, atMost, figure, type Line } from './table.ts'

const documents = 5_000
const rounds = 5
const own = Object.values(queries).flat()

export async function measureSearch(): Promise<Line[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  await openDatabase(dataDir)
  try {
    await importLibrary({ contentDir, dataDir })
    const [real] = await read.select({ count: count() }).from(searchDocument)
    const invented = await fillers(documents - (real?.count ?? 0))
    const publishing = await measurePublishing(invented)
    const found = [await recallLine('own queries', own), await recallLine('queries kept aside', heldOut)]
    return [
      ...found,
      ...(await measureFinding()),
      publishing,
      await weighIndex(),
      ...(await measureReindex(invented)),
    ]
  } finally {
    await closeDatabase()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function recallLine(what: string, asked: readonly Query[]): Promise<Line> {
  const { recall, missed } = await recallOf(asked)
  return atLeast(
    `recall@5 of ${asked.length} ${what}, 5,000 documents`,
    recall,
    0.95,
    '',
    `, missed ${missed.length}`,
  )
}

/** A document and its place in the index, each in a transaction of its own. */
async function measurePublishing(docs: readonly Indexed[]): Promise<Line> {
  const times: number[] = []
  for (const doc of docs) {
    const began = performance.now()
    await write((tx) => indexDocument(tx, doc))
    times.push(performance.now() - began)
  }
  const p95 = `, p95 ${figure(quantile(times, 0.95))} ms`
  return {
    what: 'indexing a document in its transaction, p50',
    measured: `${figure(quantile(times, 0.5))} ms${p95}`,
  }
}

async function measureFinding(): Promise<Line[]> {
  const times: number[] = []
  for (let round = 0; round <= rounds; round++) {
    for (const { q } of [...own, ...heldOut]) {
      const began = performance.now()
      await find({ q })
      if (round > 0) times.push(performance.now() - began)
    }
  }
  return [
    { what: 'a search with its passages, p50', measured: `${figure(quantile(times, 0.5))} ms` },
    atMost('… p95', quantile(times, 0.95), 30, ' ms', `, longest ${figure(Math.max(...times))} ms`),
  ]
}

async function weighIndex(): Promise<Line> {
  const weigh = async (like: string) => {
    const rows = await read.all<{ bytes: number }>(
      sql`SELECT sum(pgsize) AS bytes FROM dbstat WHERE name LIKE ${like}`,
    )
    return (rows[0]?.bytes ?? 0) / 1e6
  }
  const [tokens, texts] = [await weigh('search_index_%'), await weigh('search_section%')]
  return { what: 'index on disk', measured: `${figure(tokens)} MB of tokens, ${figure(texts)} MB of texts` }
}

async function measureReindex(docs: readonly Indexed[]): Promise<Line[]> {
  watchLoop()
  const began = performance.now()
  await reindex(docs)
  const perSecond = docs.length / ((performance.now() - began) / 1000)
  return [
    { what: 'indexing everything anew', measured: `${figure(perSecond)} documents/s` },
    atMost('… longest hold of the event loop meanwhile', longestHold(), 50, ' ms'),
  ]
}
