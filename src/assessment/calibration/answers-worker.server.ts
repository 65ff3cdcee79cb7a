// Reads the answers of tests and computes from them, in a thread of its own with a connection of its own that only
// reads: seconds of work, for which nobody waits. Started by compute.server.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { drizzle } from 'drizzle-orm/libsql'
import { calibrateDimension, type CalibratedDimension } from '#assessment/calibration/calibrate-dimension.ts'
import type { Model } from '#assessment/calibration/calibrate.ts'
import { cronbachAlpha } from '#assessment/calibration/cronbach.ts'
import { describeItems, fewestAnswers } from '#assessment/calibration/describe-items.ts'
import {
  readAnswers,
  readItems,
  readTitles,
  type ReadAnswer,
  type ReadItem,
} from '#assessment/calibration/read-answers.server.ts'
import type { ItemStatistics } from '#assessment/calibration/statistics.ts'
import { databaseOf } from '#db/place.ts'
import { openPlain } from '#db/plain-client.server.ts'
import { storedVersions } from '#record/versions.server.ts'

/** What the thread is asked: statistics always, a calibration by dimension if there is one. */
export type Task = {
  dataDir: string
  /** Now, for what is in force. */
  at: string
  /** By post the group that it is compared in. */
  groups: Record<string, string>
  calibrate: { model: Model; dimensions: { id: string; indicators: string[] }[] } | null
}

/** What it tells: how far it is, and at the end everything. */
export type Told = { dimension: [done: number, all: number] } | { computed: Computed }

export type Computed = {
  statistics: [item: string, ItemStatistics][]
  /** By test, where enough took it. */
  alphas: { title: string; alpha: number; length: number; people: number }[]
  dimensions: CalibratedDimension[]
}

const { dataDir, at, groups, calibrate } = workerData as Task
const tell = (told: Told) => parentPort?.postMessage(told)

/** Alpha is of papers that are alike by chance; where items were chosen to fit, all get about the same points. */
function alphasOf(answers: readonly ReadAnswer[], titles: ReadonlyMap<string, string>): Computed['alphas'] {
  const drawn = answers.filter(({ adaptive }) => !adaptive)
  return [...Map.groupBy(drawn, ({ test }) => test)].flatMap(([test, own]) => {
    const papers = [...Map.groupBy(own, ({ paper }) => paper).values()]
    const items = [...new Set(own.map(({ item }) => item))]
    const places = new Map(items.map((item, place) => [item, place]))
    const responses = papers.map((paper) => {
      const row = items.map((): number | null => null)
      for (const { item, share } of paper) row[places.get(item) ?? 0] = share
      return row
    })
    const lengths = papers.map(({ length }) => length).sort((one, other) => one - other)
    const length = lengths[Math.floor(lengths.length / 2)] ?? 0
    const alpha = papers.length < fewestAnswers || length < 2 ? null : cronbachAlpha(responses, length)
    return alpha === null ? [] : [{ title: titles.get(test) ?? test, alpha, length, people: papers.length }]
  })
}

function* dimensionsOf(
  { model, dimensions }: NonNullable<Task['calibrate']>,
  items: readonly ReadItem[],
  answers: readonly ReadAnswer[],
  inForce: Awaited<ReturnType<typeof storedVersions>>,
): Generator<CalibratedDimension> {
  // The belief helped to choose the items of adaptive tests, and calibrate() does not know it: slopes would come out a
  // sixth to a third too small, and difficulties too near to the middle.
  const drawn = answers.filter(({ adaptive }) => !adaptive)
  const byItem = Map.groupBy(drawn, ({ item }) => item)
  for (const { id, indicators } of dimensions) {
    const own = items.filter(({ indicator }) => indicators.includes(indicator))
    const answered = own.map((item) => ({
      id: item.id,
      revision: item.revision,
      guessing: item.guessing,
      inForce: anchorOf(item, inForce),
      shares: new Map(
        (byItem.get(item.id) ?? []).flatMap(({ person, share }) => (share === null ? [] : [[person, share]])),
      ),
    }))
    yield calibrateDimension(id, answered, model)
  }
}

/** Reworded, an item may still tie the scales together; one that has become another question shows as drifting. */
function anchorOf({ id, revision }: ReadItem, inForce: Awaited<ReturnType<typeof storedVersions>>) {
  const revisions = Array.from({ length: revision }, (_, back) => revision - back)
  return revisions.map((one) => inForce.calibration(id, one, at)).find((one) => one !== null) ?? null
}

async function compute(): Promise<Computed> {
  const client = openPlain(databaseOf(dataDir))
  try {
    await client.execute('PRAGMA query_only = ON')
    const db = drizzle(client)
    const items = await readItems(db)
    const answers = await readAnswers(db, items, groups)
    const dimensions: CalibratedDimension[] = []
    for (const one of calibrate ? dimensionsOf(calibrate, items, answers, await storedVersions(db)) : []) {
      dimensions.push(one)
      tell({ dimension: [dimensions.length, calibrate?.dimensions.length ?? 0] })
    }
    return {
      statistics: [...describeItems(items, answers)],
      alphas: alphasOf(answers, await readTitles(db)),
      dimensions,
    }
  } finally {
    client.close()
  }
}

tell({ computed: await compute() })
