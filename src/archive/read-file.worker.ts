// Reads one upload in a thread of its own, so that no file can hold up the process. Started by read-file.server.ts only.
import { workerData } from 'node:worker_threads'
import { readCsv } from '#archive/read-csv.ts'
import { readRow } from '#archive/read-row.ts'
import { readTable } from '#archive/read-table.ts'
import type { Asked } from '#archive/read-file.server.ts'
import { readSheet } from '#sheet/read-sheet.ts'
import { tellRows } from '#sheet/tell-rows.ts'

await tellRows(async () => {
  const { bytes, format, frame } = workerData as Asked
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const lines = format === 'xlsx' ? await readSheet(file) : readCsv(file)
  return readTable(lines).map((row) => readRow(row, frame))
})
