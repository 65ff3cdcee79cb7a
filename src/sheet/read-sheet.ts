// From the bytes of a workbook to the cells of its first sheet, as text. Runs in a thread of its own.
import { zipSync } from 'fflate'
import { readSheet as readCells } from 'read-excel-file/universal'
import { UnreadableFile } from '#sheet/limits.ts'
import { unpack } from '#sheet/unpack.ts'

/** A line as it stands in a file, from 1. */
export type Line = { line: number; cells: string[] }

const notWorkbook = () =>
  new UnreadableFile('这不是能读的工作簿。', '请在Excel或WPS里打开，另存为“Excel 工作簿 (.xlsx)”，再上传。')

/**
 * Every row of the first sheet that holds anything.
 * @throws UnreadableFile
 */
export async function readSheet(bytes: Buffer): Promise<Line[]> {
  const parts = unpack(bytes)
  requireResults(parts)
  // What was unpacked and judged is what is read: it goes on without compression.
  const plain = zipSync(Object.fromEntries(parts), { level: 0 })
  const rows = (await readCells(plain.buffer, { trim: false }).catch(() => {
    throw notWorkbook()
  })) as unknown[][]
  return rows
    .map((row, i) => ({ line: i + 1, cells: row.map(textOf) }))
    .filter(({ cells }) => cells.some(Boolean))
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  // A day is a number of days, and a fraction may be lost on the way; half a second puts it right.
  if (value instanceof Date) return new Date(value.getTime() + 500).toISOString().slice(0, 10)
  if (typeof value === 'number') return String(Number(value.toPrecision(12)))
  return String(value as string | boolean)
}

/** A formula whose result was never computed, or is an error, would be read as an empty cell. */
const unsolved =
  /<c\b[^>]*\br="([A-Z]+\d+)"[^>]*>\s*<f\b(?:[^>]*\/>|[^>]*>[^<]*<\/f>)\s*(?:<v\s*\/>|<v><\/v>)?\s*<\/c>/
const failed = /<c\b[^>]*\br="([A-Z]+\d+)"[^>]*\bt="e"/

function requireResults(parts: Map<string, Buffer>) {
  for (const [name, part] of parts) {
    if (!/^xl\/worksheets\/sheet[^/]*\.xml$/.test(name)) continue
    const text = part.toString('utf8')
    const empty = unsolved.exec(text)?.[1]
    if (empty)
      throw new UnreadableFile(
        `${empty}格是公式，还没有算出结果。`,
        '在Excel或WPS里打开并保存一次，或把公式粘贴成数值，再上传。',
      )
    const wrong = failed.exec(text)?.[1]
    if (wrong) throw new UnreadableFile(`${wrong}格的公式出错了。`, '改好公式，或直接写上数值，再上传。')
  }
}
