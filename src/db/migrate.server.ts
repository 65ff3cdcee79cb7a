// Brings a database to the schema of this code: all that is missing in one transaction, so that whoever is killed
// meanwhile leaves it as it was or as it shall be. The table of what was applied is drizzle's.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client, Transaction } from '@libsql/client'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Progress } from '#db/lock.server.ts'

/** `when` (ms since 1970) tells migrations apart and gives their order; `tag` is the name of its file. */
export type Migration = { tag: string; when: number; hash: string; statements: string[] }

const folder = join(import.meta.dirname, 'migrations')

/** The migrations of this code, oldest first. */
export function knownMigrations(): Migration[] {
  const journal = readFileSync(join(folder, 'meta/_journal.json'), 'utf8')
  const { entries } = JSON.parse(journal) as { entries: { tag: string; when: number }[] }
  const files = readMigrationFiles({ migrationsFolder: folder })
  return entries.map(({ tag, when }, i) => {
    const { hash = '', sql: statements = [] } = files[i] ?? {}
    return { tag, when, hash, statements }
  })
}

const table = '__drizzle_migrations'

/** When each migration was made that a database has, oldest first; null if it never had any: it is not ours. */
export async function appliedTo(client: Client | Transaction): Promise<number[] | null> {
  const there = await client.execute(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '${table}'`)
  if (there.rows.length === 0) return null
  const { rows } = await client.execute(`SELECT created_at FROM ${table} ORDER BY created_at`)
  return rows.map((row) => Number(row[0]))
}

/** The migrations that a database lacks. */
export function pendingAfter(applied: readonly number[]): Migration[] {
  return knownMigrations().filter(({ when }) => !applied.includes(when))
}

/** True if a database was written by a newer program, or by another. */
export function isNewer(applied: readonly number[]): boolean {
  const known = new Set(knownMigrations().map(({ when }) => when))
  return applied.some((when) => !known.has(when))
}

/** Applies what a database lacks. The client must have one connection only (`concurrency: 1`). */
export async function migrate(client: Client, progress: Progress): Promise<void> {
  const pending = pendingAfter((await appliedTo(client)) ?? [])
  if (pending.length === 0) return
  // Tables are rebuilt by dropping them, which must not take along what refers to them; it can only be set here.
  await client.execute('PRAGMA foreign_keys = OFF')
  const tx = await client.transaction('write')
  try {
    await tx.execute(
      `CREATE TABLE IF NOT EXISTS ${table} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)`,
    )
    await applyAll(tx, pending, progress)
    await tx.commit()
  } finally {
    tx.close()
  }
  await client.execute('PRAGMA foreign_keys = ON')
}

async function applyAll(tx: Transaction, pending: readonly Migration[], progress: Progress) {
  const all = pending.flatMap(({ statements }) => statements).length
  let done = 0
  for (const { hash, when, statements } of pending) {
    for (const statement of statements) {
      await tx.execute(statement)
      progress((done += 1), all, '升级数据库')
    }
    await tx.execute({ sql: `INSERT INTO ${table} (hash, created_at) VALUES (?, ?)`, args: [hash, when] })
  }
  const dangling = await tx.execute('PRAGMA foreign_key_check')
  if (dangling.rows.length > 0)
    throw new Error(`After the migration ${dangling.rows.length} rows refer to what is not there.`)
}
