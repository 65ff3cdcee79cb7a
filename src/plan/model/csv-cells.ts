// From the text of a CSV file to its cells: comma or tab between them, within caps; what was guarded is as it was before.
import { parse } from 'csv-parse/sync'
import { plainCell } from '#sheet/cell.ts'

/** A row that holds something; `line` is where it ends in the file, from 1. */
export type Row = { line: number; cells: string[] }

const most = { rows: 400, row: 60_000 }

type Parsed = { record: string[]; info: { lines: number } }

export function readCells(text: string): { rows: Row[] } | { problems: string[] } {
  const start = text.slice(0, 4_000)
  const delimiter = !start.includes(',') && start.includes('\t') ? '\t' : ','
  try {
    const parsed = parse(text, {
      ...{ bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, info: true },
      ...{ record_delimiter: ['\r\n', '\n', '\r'], max_record_size: most.row, to: most.rows + 1 },
    }) as unknown as Parsed[]
    if (parsed.length > most.rows)
      return { problems: [`文件超过${most.rows}行，这不像一份能力模型。请核对选的文件。`] }
    const rows = parsed.map(({ record, info }) => ({ line: info.lines, cells: record.map(plainCell) }))
    return { rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')) }
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number }
    if (code === 'CSV_MAX_RECORD_SIZE')
      return { problems: [`第${lines ?? '？'}行太长，读不下。核对引号有没有成对。`] }
    return {
      problems: [`第${lines ?? '？'}行的引号不成对。双引号要成对，单元格里的双引号写两个。`],
    }
  }
}
