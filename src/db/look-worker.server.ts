// Looks into a database that nobody has open and says whose it is. Started by restore.server.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { ownIdMark } from '#db/manifest.ts'
import { openPlain } from '#db/plain-client.server.ts'

/** `erased`: ids of persons whose data was erased, as the audit log has it. */
export type Looked = { databaseId: string | null; events: number; erased: string[] }

async function look(file: string): Promise<Looked | null> {
  const client = openPlain(file)
  try {
    const mark = await client.execute(`SELECT value FROM mark WHERE name = '${ownIdMark}'`)
    const events = await client.execute('SELECT count(*) FROM event')
    const erased = await client.execute("SELECT DISTINCT target FROM audit WHERE act = 'person-erased'")
    return {
      databaseId: mark.rows[0] ? String(mark.rows[0][0]) : null,
      events: Number(events.rows[0]?.[0]),
      erased: erased.rows.map((row) => String(row[0])),
    }
  } finally {
    client.close()
  }
}

// What cannot be read is replaced all the same: that is what a restore is for.
parentPort?.postMessage(await look(workerData as string).catch(() => null))
