// Reads one upload in a thread of its own, so that no file can hold up the process: the bytes come in, rows go out a
// slice at a time, each when it is asked for. Started by read-file.server.ts only.
import { parentPort, workerData } from 'node:worker_threads'
import { UnreadableFile } from '#archive/limits.ts'
import { readCsv } from '#archive/read-csv.ts'
import { readRow, type Frame } from '#archive/read-row.ts'
import { readSheet } from '#archive/read-sheet.ts'
import { readTable } from '#archive/read-table.ts'
import type { Asked, Told } from '#archive/read-file.server.ts'

/** Rows that are handed over together. */
const slice = 500

async function read({ bytes, format, frame }: Asked) {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const lines = format === 'xlsx' ? await readSheet(file) : readCsv(file)
  return readTable(lines).map((row) => readRow(row, frame satisfies Frame))
}

const tell = (told: Told) => parentPort?.postMessage(told)

try {
  const rows = await read(workerData as Asked)
  parentPort?.on('message', (from: number) => {
    const to = Math.min(rows.length, from + slice)
    tell({ rows: rows.slice(from, to), more: to < rows.length })
  })
  tell({ rows: [], more: true })
} catch (error) {
  if (!(error instanceof UnreadableFile)) throw error
  tell({ refused: { message: error.message, hint: error.hint } })
}
