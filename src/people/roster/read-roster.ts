// From the bytes of a CSV file to the rows of a roster: encoding, columns, caps. What a row means comes later.
import { parse } from 'csv-parse/sync'

/** The columns, in the order of the template; all are needed, others are refused (PIPL Art. 6). */
export const columns = ['工号', '姓名', '单位', '职务', '任职日期', '是否主职'] as const
type Column = (typeof columns)[number]

/** One row as typed, without outer space; `line` is where it stands in the file, from 1. */
export type RosterRow = { line: number; cells: Record<Column, string> }

/** At most so many bytes. */
export const rosterBytes = 1024 * 1024
/** At most so many rows below the heading. */
export const rosterRows = 5000

export type Decoded = { text: string } | { problem: string }

/** UTF-8 with or without BOM, GB18030 (what Excel and WPS save in China), UTF-16 with BOM. */
export function decodeRoster(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return { problem: '文件是空的。请选填好的名册。' }
  if (bytes.length > rosterBytes) return { problem: '文件超过1 MB。请分成几份，一份一份导入。' }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    return { problem: '这是Excel工作簿，不是CSV。在Excel或WPS里“另存为”，类型选CSV，再上传。' }
  }
  const text = textOf(bytes)
  return text === null ? { problem: '认不出文件的编码。另存为“CSV UTF-8”，再上传。' } : { text }
}

/** Bytes as text in the first encoding that fits; null if none does. */
export function textOf(bytes: Uint8Array): string | null {
  const texts = encodings(bytes).map((encoding) => decode(bytes, encoding))
  const text = texts.find((one) => one !== null) ?? null
  return text?.includes('\0') ? null : text
}

function encodings(bytes: Uint8Array): string[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le']
  return ['utf-8', 'gb18030']
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

export type Roster = { rows: RosterRow[] } | { problems: string[] }

type Parsed = { record: string[]; info: { lines: number } }

/** Rows under their headings, in any order of columns; comma or tab between cells. Empty rows are left out. */
export function readRoster(text: string): Roster {
  const [firstLine = ''] = text.split(/\r?\n/, 1)
  const parsed = parseCells(text, !firstLine.includes(',') && firstLine.includes('\t') ? '\t' : ',')
  if (!Array.isArray(parsed)) return { problems: [parsed.problem] }
  const [heading, ...body] = parsed
  if (!heading) return { problems: ['文件里没有内容。第一行要是列名，可以先下载模板。'] }
  const names = heading.record.map((name) => name.normalize('NFKC').trim())
  const problems = checkHeading(names)
  const rows = body.filter(({ record }) => record.some((cell) => cell.trim() !== ''))
  if (problems.length === 0 && rows.length === 0) problems.push('列名下面没有人。每人一行，再上传。')
  if (rows.length > rosterRows) {
    problems.push(`一共${rows.length}行，一次最多${rosterRows}行。请分成几份，一份一份导入。`)
  }
  if (problems.length > 0) return { problems }
  return { rows: rows.map(({ record, info }) => ({ line: info.lines, cells: cellsOf(names, record) })) }
}

function parseCells(text: string, delimiter: string): Parsed[] | { problem: string } {
  try {
    const options = { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, info: true }
    return parse(text, options) as unknown as Parsed[]
  } catch (error) {
    const line = (error as { lines?: number }).lines
    return { problem: `第${line ?? '？'}行的引号不成对。双引号要成对，单元格里的双引号写两个。` }
  }
}

function checkHeading(names: string[]): string[] {
  const problems: string[] = []
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) problems.push(`少了列：${missing.join('、')}。第一行要写齐列名，可以先下载模板。`)
  const strange = names.filter((name) => name !== '' && !(columns as readonly string[]).includes(name))
  if (strange.length > 0) {
    const list = strange.map((name) => `“${name.slice(0, 20)}”`).join('、')
    problems.push(`多了列：${list}。本平台只收模板里的六列，请删去多出的列再上传。`)
  }
  const twice = columns.filter((column) => names.indexOf(column) !== names.lastIndexOf(column))
  if (twice.length > 0) problems.push(`列名重复：${twice.join('、')}。每列只留一个。`)
  return problems
}

function cellsOf(names: string[], record: string[]): Record<Column, string> {
  const cell = (column: Column) => (record[names.indexOf(column)] ?? '').trim()
  return Object.fromEntries(columns.map((column) => [column, cell(column)])) as Record<Column, string>
}

/** The template for download: with BOM, so that Excel opens it as UTF-8. */
export function rosterTemplate(): string {
  const example = ['QX0001', '张三', '青溪县/白石镇/云岭村', '村党组织书记', '2026-03-01', '是']
  return `\uFEFF${[columns, example].map((line) => line.join(',')).join('\r\n')}\r\n`
}
