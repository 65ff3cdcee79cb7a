// Whether the process can do its work. Read by machines that watch it; says nothing about persons.
import { sql } from 'drizzle-orm'
import { queueLength, read } from '#db/database.server.ts'
import { storageFault, type StorageFault } from '#db/storage.server.ts'
import { cacheSize } from '#process/front-cache.server.ts'
import { log } from '#process/log.server.ts'
import { reports } from '#process/reports.server.ts'

export type Health = {
  status: 'ok' | 'failing'
  /** True if the database answers. */
  database: boolean
  /** Why what is sent cannot be stored, and since when; null if it can. Reading goes on meanwhile. */
  storage: StorageFault | null
  /** Writes that wait for their turn. */
  queued: number
  /** Pages kept in memory, and their bytes. */
  kept: { pages: number; bytes: number }
  /** Times that a browser reported a page that broke the content policy. */
  policyReports: number
  /** Seconds since the process began. */
  seconds: number
}

/** The state of the process now. */
export async function health(): Promise<Health> {
  const database = await answers()
  return {
    status: database && storageFault === null ? 'ok' : 'failing',
    database,
    storage: storageFault,
    queued: queueLength(),
    kept: cacheSize(),
    policyReports: reports,
    seconds: Math.floor(process.uptime()),
  }
}

async function answers(): Promise<boolean> {
  try {
    await read.get(sql`select count(*) from mark`)
    return true
  } catch (err) {
    log.error({ err }, 'the database does not answer')
    return false
  }
}

/** Logs when writing begins to fail and when it goes again; thousands of refused writes in between would fill the log. */
export function logStorage(fault: StorageFault | null, err?: unknown): void {
  if (fault) log.error({ err, storage: fault.kind }, 'writes cannot be stored')
  else log.info('writes are stored again')
}
