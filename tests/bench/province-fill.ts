// Writes an invented province into an empty database: units, people, and events as record() would have stored them, in
// the order of time. Nothing is derived. Only a bench may write beside the queue, and only while nobody has it open.
import { DatabaseSync } from 'node:sqlite'
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { v7 } from 'uuid'
import { dayAfter, dayOf } from '#day.ts'
import { closeDatabase, openDatabase } from '#db/database.server.ts'
import type { Progress } from '#db/lock.server.ts'
import { databaseOf } from '#db/place.ts'
import { assignment, grant, person, unit } from '#db/schema/people.ts'
import { chain, event as eventTable } from '#db/schema/record.ts'
import { inventNames } from '#demo/names.ts'
import type { Settings } from '#env.ts'
import { noticeVersion } from '#people/notice.ts'
import { bringInContent } from '#process/library-at-start.server.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { orderKey } from '#record/derive.ts'
import { effectiveAt } from '#record/events/effective.ts'
import { toRow } from '#record/record.server.ts'
import { happening, piecesEach } from './province-evidence.ts'
import { at, drawUp, type Province } from './province-people.ts'

/** Rows of one transaction. */
const chunk = 50_000
const invented = 1_000

/** Fills DATA_DIR with a province of so many people. */
export async function fillProvince(settings: Settings, count: number, progress: Progress): Promise<void> {
  await openDatabase(settings.dataDir)
  await bringInContent(settings)
  const indicators = indicatorsOf(modelInUse().model).map(({ id }) => id)
  await closeDatabase()
  const province = drawUp(count)
  const db = new DatabaseSync(databaseOf(settings.dataDir))
  try {
    // A bench that is broken off is thrown away, so nothing need be safe while it is written.
    db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576')
    const now = Date.now()
    enterPeople(db, province, dayOf(new Date(now).toISOString()))
    tellEvents(db, province, indicators, now, progress)
    db.exec('PRAGMA journal_mode = WAL')
  } finally {
    db.close()
  }
}

/** A prepared statement that stores one row of a table. */
function inserting<T extends SQLiteTable>(db: DatabaseSync, table: T, some: (keyof T['$inferInsert'])[]) {
  const columns = some.map((key) => {
    const column = getTableColumns(table)[key as string]
    if (!column) throw new Error(`There is no column ${String(key)}.`)
    return column
  })
  const names = columns.map(({ name }) => `"${name}"`)
  const marks = columns.map(() => '?')
  const statement = db.prepare(
    `INSERT INTO "${getTableName(table)}" (${names.join()}) VALUES (${marks.join()})`,
  )
  return (row: T['$inferInsert']) => {
    const values = some.map((key) => (row as Record<string, unknown>)[key as string] ?? null)
    statement.run(...values.map((value) => (typeof value === 'boolean' ? Number(value) : (value as string))))
  }
}

function enterPeople(db: DatabaseSync, province: Province, today: string) {
  const createdAt = `${dayAfter(today, -1_500)}T01:00:00.000Z`
  const noticeAt = createdAt
  const enterUnit = inserting(db, unit, ['id', 'parentId', 'path', 'name', 'kind', 'createdAt'])
  const enter = inserting(db, person, ['id', 'number', 'name', 'createdAt', 'noticeVersion', 'noticeAt'])
  const assign = inserting(db, assignment, ['id', 'personId', 'unitId', 'post', 'fromOn', 'main'])
  const entitle = inserting(db, grant, ['personId', 'role', 'unitId', 'grantedBy', 'grantedAt'])
  const names = inventNames(invented)
  db.exec('BEGIN')
  for (const one of province.units) enterUnit({ ...one, createdAt })
  for (const [i, { id, unit: place, posts }] of province.people.entries()) {
    enter({ id, number: `P${i}`, name: at(names, i), createdAt, noticeVersion, noticeAt })
    for (const [p, post] of posts.entries())
      assign({
        ...{ id: v7(), personId: id, unitId: place.id, post, fromOn: createdAt.slice(0, 10), main: p === 0 },
      })
  }
  for (const { id, unit: place } of [...province.people.slice(0, 1), ...province.officers])
    entitle({ personId: id, role: 'officer', unitId: place.id, grantedBy: 'bench', grantedAt: createdAt })
  db.exec('COMMIT')
}

/** Stores the events and the ends of the chains. Indexes are made at the end, because sorting once is quicker. */
function tellEvents(
  db: DatabaseSync,
  province: Province,
  indicators: string[],
  until: number,
  progress: Progress,
) {
  const all = province.people.length * piecesEach
  const remake = takeIndexesOff(db, getTableName(eventTable))
  const store = inserting(db, eventTable, [
    ...(['id', 'kind', 'personId', 'once', 'at', 'receivedAt', 'effectiveAt', 'payload'] as const),
    ...(['salt', 'payloadHash', 'previous', 'hash'] as const),
  ])
  const heads: (string | undefined)[] = []
  const derivedTo: string[] = []
  db.exec('BEGIN')
  for (let n = 0; n < all; n++) {
    const { who, event } = happening(province, indicators, n, until)
    const recorded = { ...event, receivedAt: event.at, effectiveAt: effectiveAt(event, event.at) }
    const row = toRow(recorded, heads[who])
    store(row)
    heads[who] = row.hash
    const key = orderKey(recorded)
    if (key > (derivedTo[who] ?? '')) derivedTo[who] = key
    if ((n + 1) % chunk > 0) continue
    db.exec('COMMIT; BEGIN')
    progress(n + 1, all, `${province.people.length} people live three years`)
  }
  const end = inserting(db, chain, ['personId', 'length', 'head', 'derivedTo'])
  for (const [i, { id }] of province.people.entries())
    end({ personId: id, length: piecesEach, head: heads[i] ?? '', derivedTo: derivedTo[i] ?? '' })
  db.exec('COMMIT')
  remake(progress)
}

/** Takes the indexes off a table; the result puts them back. */
function takeIndexesOff(db: DatabaseSync, table: string): (progress: Progress) => void {
  const indexes = db
    .prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?`)
    .all(table) as { name: string; sql: string }[]
  for (const { name } of indexes) db.exec(`DROP INDEX "${name}"`)
  return (progress) => {
    for (const [i, { sql }] of indexes.entries()) {
      db.exec(sql)
      progress(i + 1, indexes.length, 'Indexes of the events')
    }
  }
}
