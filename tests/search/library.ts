// The library as it comes with the product, imported and so indexed, in a fresh database.
import { beforeAll } from 'vitest'
import { importLibrary } from '#course/import.server.ts'
import { contentDir } from '../record/published-rules.ts'
import { freshDatabase } from '../support/database.ts'

/** Everything of content/, found through the index that the publishing transactions wrote. */
export function searchableLibrary() {
  const place = freshDatabase()
  beforeAll(async () => {
    const { problems } = await importLibrary({ contentDir, dataDir: place.dataDir })
    if (problems.length > 0) throw new Error(JSON.stringify(problems))
  })
}
