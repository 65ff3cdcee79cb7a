// Writes many rows in few statements.
import { getTableColumns, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable, SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core'
import type { Database } from '#db/database.server.ts'

/** Rows a statement may carry: SQLite allows 32,766 variables. */
const chunk = 500

/** Inserts rows, however many. */
export async function insertAll<T extends SQLiteTable>(tx: Database, table: T, rows: T['$inferInsert'][]) {
  for (let i = 0; i < rows.length; i += chunk) await tx.insert(table).values(rows.slice(i, i + chunk))
}

/** Inserts rows in place of those that have the same key. */
export async function replaceAll<T extends SQLiteTable>(
  tx: Database,
  table: T,
  target: SQLiteColumn[],
  rows: T['$inferInsert'][],
) {
  const others = Object.entries(getTableColumns(table)).filter(([, column]) => !target.includes(column))
  const set = Object.fromEntries(others.map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)]))
  for (let i = 0; i < rows.length; i += chunk)
    await tx
      .insert(table)
      .values(rows.slice(i, i + chunk))
      .onConflictDoUpdate({ target, set: set as SQLiteUpdateSetSource<T> })
}
