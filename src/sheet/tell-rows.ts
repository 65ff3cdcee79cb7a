// The side of the thread: reads, and hands rows over a slice at a time, each when it is asked for.
import { parentPort } from 'node:worker_threads'
import type { Told } from '#sheet/in-thread.server.ts'
import { UnreadableFile } from '#sheet/limits.ts'

/** Rows that are handed over together. */
const slice = 500

/** Reads all rows and tells them to who started the thread, or why there are none. */
export async function tellRows<Row>(read: () => Promise<Row[]>): Promise<void> {
  const tell = (told: Told<Row>) => parentPort?.postMessage(told)
  try {
    const rows = await read()
    parentPort?.on('message', (from: number) => {
      const to = Math.min(rows.length, from + slice)
      tell({ rows: rows.slice(from, to), more: to < rows.length })
    })
    tell({ rows: [], more: true })
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    tell({ refused: { message: error.message, hint: error.hint } })
  }
}
