// From the bytes of a CSV file to its cells, as text. Runs in a thread of its own.
import { parse } from 'csv-parse/sync'
import { limits, tooManyRows, UnreadableFile } from '#sheet/limits.ts'
import type { Line } from '#sheet/read-sheet.ts'
import { textOf } from '#people/roster/read-roster.ts'

type Parsed = { record: string[]; info: { lines: number } }

/** Lines before the first row: a heading, a title above it, explanations of the template. */
const spare = 60

/**
 * Every row that holds anything; comma or tab between cells.
 * @throws UnreadableFile
 */
export function readCsv(bytes: Uint8Array): Line[] {
  const text = textOf(bytes)
  if (text === null) throw new UnreadableFile('认不出文件的编码。', '另存为“CSV UTF-8”，再上传。')
  const firstLine = text.slice(0, 2_000).split(/\r?\n/, 1)[0] ?? ''
  const rows = parseCells(text, !firstLine.includes(',') && firstLine.includes('\t') ? '\t' : ',')
  return rows.map(({ record, info }) => ({ line: info.lines, cells: record }))
}

function parseCells(text: string, delimiter: string): Parsed[] {
  let kept = 0
  const dropEmpty = (row: Parsed) => {
    if (row.record.every((cell) => cell.trim() === '')) return null
    if (++kept > limits.rows + spare) throw tooManyRows()
    return row
  }
  try {
    const options = { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, info: true }
    return parse(text, {
      ...options,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: dropEmpty as never,
    }) as unknown as Parsed[]
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    const line = (error as { lines?: number }).lines
    throw new UnreadableFile(`第${line ?? '？'}行的引号不成对。`, '双引号要成对，单元格里的双引号写两个。')
  }
}
