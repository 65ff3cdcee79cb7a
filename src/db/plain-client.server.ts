// A connection for a moment, to look at a file, to copy or to prepare it, beside or before those of database.server.ts.
import { createClient, type Client } from '@libsql/client'

/** One connection that may wait for others. After `close` its file stays open until the thread ends. */
export const openPlain = (file: string): Client =>
  createClient({ url: `file:${file}`, concurrency: 1, timeout: 15_000 })
