// From the lines of a file to rows under the archive's columns: where the heading is, which columns there are, caps.
import { columns, emptyCells, problemHeader, type Cells } from '#archive/columns.ts'
import { plainCell } from '#sheet/cell.ts'
import { limits, tooManyRows, UnreadableFile } from '#sheet/limits.ts'
import type { Line } from '#sheet/read-sheet.ts'

/** A row of the archive as it was typed. */
export type TableRow = { line: number; cells: Cells }

/** People put a title above the table; the heading is looked for so far down. */
const farthestHeading = 10

/** Header names as they are compared: full-width brackets and spaces make no difference. */
const nameOf = (header: string) => header.normalize('NFKC').replace(/\s/g, '')

const fieldOf = new Map(columns.map(({ field, header }) => [nameOf(header), field]))

/**
 * The rows under the heading, in any order of columns. Lines that begin with # are explanations and left out.
 * @throws UnreadableFile if there is no heading, columns are missing, unknown or doubled, or rows are too many or none.
 */
export function readTable(lines: Line[]): TableRow[] {
  const at = lines
    .slice(0, farthestHeading)
    .findIndex(({ cells }) => cells.some((cell) => nameOf(cell) === '工号'))
  if (at < 0)
    throw new UnreadableFile(
      '没有找到列名。',
      '第一行要是列名，其中有“工号”。可以先下载模板，把内容粘贴进去。',
    )
  const names = (lines[at]?.cells ?? []).map(nameOf)
  requireHeading(names)
  const rows = lines.slice(at + 1).filter(isRow)
  if (rows.length === 0) throw new UnreadableFile('列名下面没有内容。', '每人每次培训写一行，再上传。')
  if (rows.length > limits.rows) throw tooManyRows()
  const fields = names.map((name) => fieldOf.get(name))
  return rows.map(({ line, cells }) => ({ line, cells: cellsOf(fields, cells) }))
}

function isRow({ cells }: Line): boolean {
  const first = cells.find((cell) => cell.trim() !== '')
  return first !== undefined && !first.trim().startsWith('#')
}

function requireHeading(names: string[]) {
  const missing = columns.filter((column) => 'needed' in column && !names.includes(nameOf(column.header)))
  const strange = names.filter((name) => name !== '' && !fieldOf.has(name) && name !== problemHeader)
  const twice = [...fieldOf.keys()].filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
  const problems = [
    missing.length > 0 &&
      `少了列：${missing.map(({ header }) => header).join('、')}。第一行要写齐这些列名，可以先下载模板。`,
    strange.length > 0 &&
      `多了列：${strange.map((name) => `“${name.slice(0, 20)}”`).join('、')}。本平台只收模板里的列，请删去多出的列。`,
    twice.length > 0 && `列名重复：${twice.join('、')}。每列只留一个。`,
  ].filter((problem) => problem !== false)
  if (problems.length > 0) throw new UnreadableFile(problems.join(''))
}

function cellsOf(fields: (keyof Cells | undefined)[], typed: string[]): Cells {
  const cells = emptyCells()
  fields.forEach((field, i) => {
    if (field) cells[field] = plainCell(typed[i] ?? '')
  })
  return cells
}
