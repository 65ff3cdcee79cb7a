import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSheet } from '#sheet/read-sheet.ts'
import { plainCell, tidyText } from '#sheet/cell.ts'
import { unpack } from '#sheet/unpack.ts'
import { workbook, type Cell } from '#sheet/write-workbook.ts'
import { cells } from '../archive/naughty.ts'

async function written(rows: Cell[][]): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  const slices = Array.from({ length: Math.ceil(rows.length / 7) }, (_, i) => rows.slice(i * 7, i * 7 + 7))
  for await (const chunk of workbook([{ name: '甲&乙', widths: [10, 20], rows: slices }])) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const readBack = async (rows: string[][]) =>
  (await readSheet(await written(rows))).map(({ cells }) => cells.map(plainCell))

test('every naughty string comes back from a workbook as it went in', async () => {
  expect(await readBack(cells.map((cell, i) => [String(i), cell]))).toEqual(
    cells.map((cell, i) => [String(i), cell]),
  )
})

test('whatever can be typed comes back, however long the sheet', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 }).map(tidyText)
  const rows = fc.array(fc.tuple(fc.constant('x'), text, text.filter(Boolean)), {
    minLength: 1,
    maxLength: 400,
  })
  await fc.assert(
    fc.asyncProperty(rows, async (table) => {
      expect(await readBack(table)).toEqual(table)
    }),
    { numRuns: 25 },
  )
})

test('a cell that looks like a formula is text, and numbers are numbers', async () => {
  const parts = unpack(await written([['标题'], ['=1+1', 24.5]]))
  const sheet = parts.get('xl/worksheets/sheet1.xml')?.toString() ?? ''
  expect(sheet).toContain(`<c r="A2" t="inlineStr"><is><t xml:space="preserve">'=1+1</t></is></c>`)
  expect(sheet).toContain('<c r="B2"><v>24.5</v></c>')
  expect(sheet).not.toContain('<f>')
})

test('a workbook of several sheets names them all', async () => {
  const chunks: Uint8Array[] = []
  const sheet = (name: string) => ({ name, widths: [10], rows: [[[name]]] })
  for await (const chunk of workbook([sheet('表'), sheet('怎么填')])) chunks.push(chunk)
  const parts = unpack(Buffer.concat(chunks))
  expect([...parts.keys()]).toEqual(
    expect.arrayContaining([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/styles.xml',
      'xl/worksheets/sheet2.xml',
    ]),
  )
  expect(parts.get('xl/workbook.xml')?.toString()).toMatch(/name="表" sheetId="1".*name="怎么填" sheetId="2"/)
})

test('columns beyond Z are counted on', async () => {
  const row = Array.from({ length: 29 }, (_, i) => `c${i}`)
  expect(await readBack([row])).toEqual([row])
})
