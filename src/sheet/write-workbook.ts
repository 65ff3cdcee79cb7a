// Rows as a workbook (ECMA-376), written a slice at a time: text stands in the cells as text, never as a formula.
// By hand, because the library for it mixes up words such as "constructor" and holds all of a large table in memory.
import { strToU8, Zip, ZipDeflate } from 'fflate'
import { guardCell } from '#sheet/cell.ts'

/** Text, or a number that may be added up. */
export type Cell = string | number

export type Sheet = {
  name: string
  /** Of the columns, in characters. */
  widths: number[]
  /** The first row is the heading and stays in sight. */
  rows: AsyncIterable<Cell[][]> | Iterable<Cell[][]>
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The bytes of a workbook as they come into being; heading cells are bold. */
export async function* workbook(sheets: Sheet[]): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    made.push(chunk)
  })
  const add = (name: string) => {
    const part = new ZipDeflate(name, { level: 6 })
    zip.add(part)
    return part
  }
  for (const [name, text] of frameOf(sheets.map(({ name }) => name)))
    add(name).push(strToU8(head + text), true)
  for (const [i, sheet] of sheets.entries()) {
    const part = add(`xl/worksheets/sheet${i + 1}.xml`)
    part.push(strToU8(head + beginningOf(sheet)))
    let row = 0
    for await (const some of sheet.rows) {
      part.push(strToU8(some.map((cells) => rowXml(cells, ++row)).join('')))
      yield* made.splice(0)
    }
    part.push(strToU8('</sheetData></worksheet>'), true)
  }
  zip.end()
  yield* made.splice(0)
}

function frameOf(names: string[]): [string, string][] {
  const each = (write: (number: number, name: string) => string) =>
    names.map((name, i) => write(i + 1, name)).join('')
  return [
    [
      '[Content_Types].xml',
      `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/>${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${kind}.worksheet+xml"/>`)}</Types>`,
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each((n, name) => `<sheet name="${escape(name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packaged}/relationships">${each((n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${names.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', styles],
  ]
}

/** Format 0 is plain, 1 is bold. */
const styles = `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

function beginningOf({ widths }: Sheet): string {
  const cols = widths
    .map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  return `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols}</cols><sheetData>`
}

function rowXml(cells: Cell[], row: number): string {
  const style = row === 1 ? ' s="1"' : ''
  const all = cells.map((cell, i) => cellXml(cell, `${lettersOf(i)}${row}`, style)).join('')
  return `<row r="${row}">${all}</row>`
}

function cellXml(cell: Cell, at: string, style: string): string {
  if (cell === '') return ''
  if (typeof cell === 'number') return `<c r="${at}"${style}><v>${cell}</v></c>`
  return `<c r="${at}"${style} t="inlineStr"><is><t xml:space="preserve">${escape(guardCell(cell))}</t></is></c>`
}

/** `_x0041_` would be read as A (ECMA-376 part 1, 22.9.2.19). */
const escape = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')

/** Letters of a column, from 0. */
const lettersOf = (i: number): string =>
  (i < 26 ? '' : lettersOf(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26))
