// Tables: the first row is the header, merged cells are spread out again, and what is no table to a reader (a frame
// around text, a form with pages in its cells) is unfolded to paragraphs.
import type { PhrasingContent, RootContent, Table, TableRow } from 'mdast'
import type { Run } from '#course/marks.ts'
import { marksIn, mostMarks } from '#studio/word/block-weight.ts'
import { excerpt } from '#studio/word/losses.ts'
import { runsOf, sentence, type Gathered } from '#studio/word/sentence.ts'
import {
  plainWords,
  within,
  type WordCell,
  type WordNode,
  type WordRow,
  type WordTable,
} from '#studio/word/word-model.ts'

/** A cell with more letters, or paragraphs, is text set in a frame. */
const mostIn = { letters: 300, paragraphs: 6 }
/** Columns that Word allows. */
const mostColumns = 63

/** @param unfold turns what stands in a cell into blocks. */
export function tableBlocks(
  table: WordTable,
  gathered: Gathered,
  unfold: (nodes: readonly WordNode[]) => RootContent[],
): RootContent[] {
  const rows = table.children.filter((node) => node.type === 'tableRow')
  const cells = rows.flatMap(({ children }) => children.filter((node) => node.type === 'tableCell'))
  const name = excerpt(plainWords(table.children), 12)
  if (cells.every(({ children }) => isEmpty(children))) return []
  const where = `以“${name}”开头的表格`
  const grid = gridOf(rows)
  if (isFrame(grid)) {
    if (cells.length > 1)
      gathered.lost.add('表格', where, '格里的文字太长，按先后拆成了段落，请核对次序。', '装着大段文字的表格')
    return cells.flatMap(({ children }) => unfold(children))
  }
  tellLosses(cells, gathered, where)
  const width = Math.max(...grid.map(({ length }) => length))
  const lines = grid.map((row) =>
    Array.from({ length: width }, (_, at) => (row[at] ? cellWords(row[at], gathered) : [])),
  )
  const parts = fitting(lines.map(toRow))
  if (parts.length > 1) gathered.lost.add('表格', where, '表格太长，拆成了几张，每张都有表头。', '很长的表格')
  return parts
}

const isEmpty = (nodes: readonly WordNode[]) =>
  plainWords(nodes).trim() === '' && ![...within(nodes)].some(({ type }) => type === 'image')

/** Rows of cells by column; where a merged cell goes on, there is none. */
function gridOf(rows: readonly WordRow[]): (WordCell | undefined)[][] {
  const grid: (WordCell | undefined)[][] = rows.map(() => [])
  const taken = rows.map(() => new Set<number>())
  for (const [y, row] of rows.entries()) {
    let x = 0
    for (const cell of row.children) {
      if (cell.type !== 'tableCell') continue
      while (taken[y]?.has(x)) x++
      const wide = spanOf(cell.colSpan, mostColumns - x)
      const high = spanOf(cell.rowSpan, rows.length - y)
      for (let down = 0; down < high; down++)
        for (let right = 0; right < wide; right++) {
          taken[y + down]?.add(x + right)
          const line = grid[y + down]
          if (line) line[x + right] = down === 0 && right === 0 ? cell : undefined
        }
      x += wide
    }
  }
  return grid
}

const spanOf = (span: number, most: number) => (span >= 1 ? Math.max(1, Math.min(Math.floor(span), most)) : 1)

const paragraphsIn = (cell: WordCell) =>
  [...within(cell.children)].filter((node) => node.type === 'paragraph' && !isEmpty(node.children)).length

function isFrame(grid: readonly (readonly (WordCell | undefined)[])[]): boolean {
  const cells = grid.flatMap((row) => row.filter((cell) => cell !== undefined))
  if (cells.length === 1) return true
  return (
    cells.some(
      (cell) => plainWords(cell.children).length > mostIn.letters || paragraphsIn(cell) > mostIn.paragraphs,
    ) ||
    grid.some((row) => row.reduce((sum, cell) => sum + plainWords(cell?.children ?? []).length, 0) > 1500)
  )
}

function tellLosses(cells: readonly WordCell[], { lost }: Gathered, where: string) {
  if (cells.some(({ colSpan, rowSpan }) => colSpan > 1 || rowSpan > 1))
    lost.add('合并的单元格', where, '文字留在合并前的第一格，其余的格空着；请补上或改成几张小表。')
  if (cells.some(({ children }) => [...within(children)].some(({ type }) => type === 'table')))
    lost.add('表格里的表格', where, '里面的表格成了一格里的文字，请核对，或另做一张表。')
  if (cells.some((cell) => paragraphsIn(cell) > 1))
    lost.add('一格里的几段文字', where, '几段接成了一段，请看看是否读得通。')
}

/** All paragraphs of a cell as one sentence. */
function cellWords(cell: WordCell, gathered: Gathered): PhrasingContent[] {
  const paragraphs = [...within(cell.children)].filter((node) => node.type === 'paragraph')
  const space: Run = { leaf: { type: 'text', value: ' ' }, marks: [] }
  return sentence(paragraphs.flatMap(({ children }) => [...runsOf(children, gathered), space]))
}

const toRow = (cells: PhrasingContent[][]): TableRow => ({
  type: 'tableRow',
  children: cells.map((children) => ({ type: 'tableCell', children })),
})

const toTable = (children: TableRow[]): Table => ({ type: 'table', align: [], children })

const weight = (rows: TableRow[]) => marksIn(toTable(rows))

/** As few tables as hold the rows within what a block of a lesson may hold. */
function fitting([head, ...rows]: TableRow[]): Table[] {
  if (!head) return []
  if (rows.length === 0 || weight([head, ...rows]) <= mostMarks) return [toTable([head, ...rows])]
  const own = weight([head])
  const parts: TableRow[][] = []
  let left = 0
  for (const row of rows) {
    const cost = weight([head, row]) - own
    if (parts.length === 0 || cost > left) {
      parts.push([])
      left = mostMarks - own
    }
    parts.at(-1)?.push(row)
    left -= cost
  }
  return parts.map((part) => toTable([head, ...part]))
}
