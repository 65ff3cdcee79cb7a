// A real database with the real migrations, fresh for each test file, gone afterwards.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { closeDatabase, openDatabase } from '#db/database.server.ts'

/** Opens a fresh database before the tests of a file and removes it after them; returns where it lies. */
export function freshDatabase(): { dataDir: string } {
  const place = { dataDir: '' }
  beforeAll(async () => {
    place.dataDir = mkdtempSync(join(tmpdir(), 'lianxue-'))
    await openDatabase(place.dataDir)
  })
  afterAll(async () => {
    await closeDatabase()
    rmSync(place.dataDir, { recursive: true, force: true })
  })
  return place
}
