// Counts readers in a thread of its own, with a connection that only reads. Started by reading-figures.server.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { drizzle } from 'drizzle-orm/libsql'
import { databaseOf } from '#db/place.ts'
import { openPlain } from '#db/plain-client.server.ts'
import { countReaders } from '#studio/readers/count-readers.server.ts'

const { dataDir, at } = workerData as { dataDir: string; at: string }
const client = openPlain(databaseOf(dataDir))
try {
  await client.execute('PRAGMA query_only = ON')
  parentPort?.postMessage(await countReaders(drizzle(client), at))
} finally {
  client.close()
}
