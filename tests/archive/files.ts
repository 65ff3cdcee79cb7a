// Uploads for the tests of the archive: CSV as people type it, workbooks as Excel and WPS save them.
import { strToU8, zipSync, type Zippable } from 'fflate'
import writeWorkbook, { type SheetData } from 'write-excel-file/node'
import { columns, type Cells } from '#archive/columns.ts'
import { readFile } from '#archive/read-file.server.ts'
import type { Frame, ReadRow } from '#archive/read-row.ts'

export const headers: string[] = columns.map(({ header }) => header)

/** A sound row; `changes` by header. */
export function typedRow(changes: Record<string, string> = {}): string[] {
  const cells: Record<string, string> = {
    工号: 'QX1001',
    姓名: '张三',
    '培训班（课程）名称': '村（社区）干部履职培训班',
    培训方式: '集中培训',
    主办单位: '县委党校',
    开始日期: '2026-03-02',
    结束日期: '2026-03-04',
    认定学时: '24',
    ...changes,
  }
  return headers.map((header) => cells[header] ?? '')
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** A CSV file with the given lines below the heading. */
export const csv = (...rows: string[][]) =>
  Buffer.from([headers, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n'))

/** A workbook as an office program would save it. */
export const workbook = (data: unknown[][]): Promise<Buffer> =>
  writeWorkbook(data as SheetData, { dateFormat: 'yyyy-mm-dd' }).toBuffer()

export const frame: Frame = {
  activities: [
    { id: 'party-school', title: '党校培训', meter: 'concentrated', hoursOfDay: 6 },
    { id: 'lecture', title: '专题讲座', meter: 'concentrated', hoursOfDay: null },
  ],
  rule: 'nanjing@2024.1',
  today: '2026-11-22',
}

export const readCsvFile = (bytes: Uint8Array, name = '学时.csv') => readFile({ name, bytes }, frame)
export const readWorkbook = (bytes: Uint8Array, name = '学时.xlsx') => readFile({ name, bytes }, frame)

/** The problems of a row, by header. */
export const problemsOf = (row: ReadRow | undefined) =>
  row && 'problems' in row
    ? row.problems.map(({ field, says }) => `${columns.find((one) => one.field === field)?.header}：${says}`)
    : []

export const cellsOf = (rows: ReadRow[]): Cells[] => rows.map(({ cells }) => cells)

/** What a file is refused with. */
export const refused = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'was read',
    (error: Error & { hint?: string }) => `${error.message}${error.hint ?? ''}`,
  )

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook made by hand: one sheet with this XML between the tags of its rows, and other parts. */
export function handmade(sheetData: string, more: Zippable = {}): Buffer {
  return Buffer.from(
    zipSync(
      {
        'xl/workbook.xml': strToU8(
          `<workbook xmlns:r="${relations}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
        ),
        'xl/_rels/workbook.xml.rels': strToU8(
          `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
        ),
        'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${sheetData}</sheetData></worksheet>`),
        ...more,
      },
      { level: 9 },
    ),
  )
}

/** The letters of a column, from 0. */
const letters = (i: number) =>
  (i < 26 ? '' : String.fromCharCode(64 + Math.floor(i / 26))) + String.fromCharCode(65 + (i % 26))

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Rows of text as the XML of a sheet. */
export const inlineRows = (rows: string[][], first = 1): string =>
  rows
    .map((row, r) => {
      const cells = row.map(
        (cell, c) => `<c r="${letters(c)}${first + r}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`,
      )
      return `<row r="${first + r}">${cells.join('')}</row>`
    })
    .join('')
