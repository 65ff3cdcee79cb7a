// Writes many rows in few statements, without drizzle's builder: deriving a record again would spend a third of its time
// on building statements that are always the same.
import { getTableColumns, getTableName, SQL } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { InValue } from '@libsql/client'
import type { Database } from '#db/database.server.ts'

/** Rows a statement may carry: SQLite allows 32,766 variables. */
const chunk = 500

/** Inserts rows, however many. */
export async function insertAll<T extends SQLiteTable>(tx: Database, table: T, rows: T['$inferInsert'][]) {
  await storeAll(tx, table, rows, '')
}

/** Inserts rows in place of those that have the same key. */
export async function replaceAll<T extends SQLiteTable>(
  tx: Database,
  table: T,
  target: SQLiteColumn[],
  rows: T['$inferInsert'][],
) {
  const others = Object.values(getTableColumns(table)).filter((column) => !target.includes(column))
  const set = others.map(({ name }) => `"${name}" = excluded."${name}"`)
  await storeAll(tx, table, rows, ` ON CONFLICT (${namesOf(target)}) DO UPDATE SET ${set.join()}`)
}

async function storeAll<T extends SQLiteTable>(
  tx: Database,
  table: T,
  rows: T['$inferInsert'][],
  onConflict: string,
) {
  const columns = Object.entries(getTableColumns(table)) as [keyof T['$inferInsert'], SQLiteColumn][]
  const head = `INSERT INTO "${getTableName(table)}" (${namesOf(columns.map(([, column]) => column))}) VALUES `
  const marks = `(${columns.map(() => '?').join()})`
  for (let i = 0; i < rows.length; i += chunk) {
    const some = rows.slice(i, i + chunk)
    const sql = head + Array(some.length).fill(marks).join() + onConflict
    const args = some.flatMap((row) => columns.map(([key, column]) => storedAs(column, row[key])))
    await tx.$client.execute({ sql, args })
  }
}

const namesOf = (columns: readonly SQLiteColumn[]) => columns.map(({ name }) => `"${name}"`).join()

/** A value as its column stores it; what is left out is the column's default. */
function storedAs(column: SQLiteColumn, value: unknown): InValue {
  const given = value === undefined ? (column.default ?? null) : value
  if (given instanceof SQL)
    throw new Error(`${column.name} is computed by the database; insert it by drizzle.`)
  return given === null ? null : (column.mapToDriverValue(given) as InValue)
}
