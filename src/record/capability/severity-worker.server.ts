// Reads all observations and what else is known of the people, and estimates the severity of the raters, in a thread of
// its own with a connection of its own that only reads. Started by severity.server.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { eq, isNull } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql'
import type { Database } from '#db/database.server.ts'
import { databaseOf } from '#db/place.ts'
import { openPlain } from '#db/plain-client.server.ts'
import { evidence as evidenceTable } from '#db/schema/record.ts'
import { believe, population } from '#record/capability/belief.ts'
import { severities, wellKnown, type Rated } from '#record/capability/severity.ts'
import type { Evidence } from '#record/evidence/evidence.ts'
import { levelCentre } from '#record/evidence/likelihood.ts'
import { weigh } from '#record/evidence/weight.ts'

export type Task = {
  dataDir: string
  /** The day as of which evidence has aged. */
  on: string
  cuts: readonly number[]
}

/** Severity of each rater of whom enough was seen. */
export type Found = [rater: string, severity: number][]

const { dataDir, on, cuts } = workerData as Task

/** The observations of one person, and what the other evidence says of the same indicators. */
function ratedOf(pieces: readonly Evidence[]) {
  return [...Map.groupBy(pieces, ({ indicator }) => indicator)].flatMap(([indicator, own]) => {
    const rated = own.flatMap((piece): Rated[] => {
      if (piece.kind !== 'observation') return []
      const { rater, personId: person, level } = piece
      return [{ rater, person, indicator, centre: levelCentre(level, cuts), weight: weigh(piece, on) }]
    })
    const others = own.filter(({ kind }) => kind !== 'observation')
    if (rated.length === 0) return []
    const { mean, sd } = others.length > 0 ? believe(others, on, cuts) : population
    return [{ indicator, rated, known: { mean, sd } }]
  })
}

async function find(db: Database): Promise<Found> {
  const people = await db
    .selectDistinct({ id: evidenceTable.personId })
    .from(evidenceTable)
    .where(isNull(evidenceTable.item))
  const rated: Rated[] = []
  const known = new Map<string, { mean: number; sd: number }>()
  for (const { id } of people) {
    const rows = await db
      .select({ body: evidenceTable.body })
      .from(evidenceTable)
      .where(eq(evidenceTable.personId, id))
    for (const cell of ratedOf(rows.map(({ body }) => body as Evidence))) {
      rated.push(...cell.rated)
      known.set(`${id} ${cell.indicator}`, cell.known)
    }
  }
  const enough = wellKnown(rated)
  const found = severities(rated, (person, indicator) => known.get(`${person} ${indicator}`) ?? population)
  return [...found].filter(([rater]) => enough.has(rater))
}

const client = openPlain(databaseOf(dataDir))
try {
  await client.execute('PRAGMA query_only = ON')
  parentPort?.postMessage(await find(drizzle(client)))
} finally {
  client.close()
}
