// Tables that are pasted: a lesson's have a head, one line of words in each cell, and no cell that spans others.

/** Most columns or rows that one cell may span; whatever asks for more is no table. */
const most = 50

/** Brings every table of a page into that form; a table around another one only laid out a page and goes. */
export function tidyTables(page: Document): void {
  for (const table of [...page.body.querySelectorAll('table')].reverse()) {
    if (table.querySelector('table')) table.replaceWith(...[...table.rows].flatMap(contentsOf))
    else tidy(page, table)
  }
}

const contentsOf = (row: HTMLTableRowElement) => [...row.cells].flatMap((cell) => [...cell.childNodes])

function tidy(page: Document, table: HTMLTableElement) {
  const rows = [...table.rows]
  const words = rows.map(() => [] as (string | Node[])[])
  rows.forEach((row, down) => {
    let across = 0
    for (const cell of row.cells) {
      while (words[down]?.[across] !== undefined) across++
      const { width, height } = spanOf(cell, rows.length - down)
      for (let below = 0; below < height; below++)
        for (let beside = 0; beside < width; beside++) {
          const line = words[down + below]
          if (line) line[across + beside] = below + beside === 0 ? oneLine(page, cell) : ''
        }
    }
  })
  const columns = Math.max(...words.map(({ length }) => length), 0)
  if (columns === 0) return table.remove()
  const clean = page.createElement('table')
  words.forEach((line, down) => {
    const row = clean.insertRow()
    for (let across = 0; across < columns; across++) {
      const cell = page.createElement(down === 0 ? 'th' : 'td')
      cell.append(...(line[across] || []))
      row.append(cell)
    }
  })
  table.replaceWith(clean)
}

const spanOf = (cell: HTMLTableCellElement, left: number) => ({
  width: Math.min(cell.colSpan || 1, most),
  height: Math.min(cell.rowSpan || 1, left, most),
})

/** The words of a cell without its paragraphs; what stood on lines of its own is parted by a space. */
function oneLine(page: Document, cell: HTMLTableCellElement): Node[] {
  for (const end of cell.querySelectorAll('br')) end.replaceWith(' ')
  const blocks = [...cell.querySelectorAll('p, div, section, li, ul, ol, h1, h2, h3, h4, h5, h6, blockquote')]
  for (const block of blocks) block.replaceWith(...block.childNodes, ' ')
  cell.normalize()
  const last = cell.lastChild
  if (last?.nodeValue) last.nodeValue = last.nodeValue.trimEnd()
  return cell.textContent.trim() === '' ? [page.createTextNode('')] : [...cell.childNodes]
}
