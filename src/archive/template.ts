// The template of the archive for download: the heading, one sample row that is refused if it is left in, and how to
// write each column.
import { columns, emptyCells, problemHeader, type Cells, type Column } from '#archive/columns.ts'
import type { Activity } from '#archive/hours-entry.ts'
import { sampleNumber } from '#archive/read-row.ts'
import { bom, csvLines } from '#sheet/write-csv.ts'
import { workbook, type Sheet } from '#sheet/write-workbook.ts'

/** The headers in the order of the file. */
export const headerRow = columns.map(({ header }) => header) as string[]

/** The cells of a row in the order of the file. */
export const cellRow = (cells: Cells) => columns.map(({ field }) => cells[field])

/** How wide each column of a workbook is, in characters. */
export const widths = columns.map(({ field, header }) =>
  field === 'title'
    ? 36
    : ['unit', 'organiser', 'institution'].includes(field)
      ? 24
      : Math.max(10, header.length * 2 + 2),
)

const sample: Cells = {
  ...emptyCells(),
  number: `${sampleNumber}（这一行请删去）`,
  name: '张三',
  unit: '青溪县/白石镇/云岭村',
  post: '村党组织书记',
  title: '村（社区）干部履职培训班',
  category: '在职',
  meter: '集中培训',
  nature: '必修',
  organiser: '县委组织部',
  institution: '县委党校',
  startOn: '2026-03-02',
  endOn: '2026-03-04',
  plannedHours: '24',
  attendedHours: '24',
  leaveHours: '0',
  hours: '24',
  result: '结业',
  score: '合格',
  certificate: '培2026-018',
  source: '导入',
  evidence: '组织部档案柜3号盒',
}

/** How to write each column: its name, whether it is needed, what may stand in it. */
function explanations(activities: Activity[]): string[][] {
  return columns.map((column: Column) => {
    const words = column.field === 'activity' ? activities.map(({ title }) => title) : (column.words ?? [])
    const may = words.length > 0 ? `可以写：${words.join('、')}。` : ''
    return [column.header, column.needed ? '要填' : '可以空着', `${may}${column.how}`]
  })
}

/** The template as CSV; lines that begin with # are passed over by the import. */
export function templateCsv(activities: Activity[]): string {
  const notes = explanations(activities).map(([header, needed, how]) => [`#${header}（${needed}）：${how}`])
  return bom + csvLines([headerRow, cellRow(sample), ...notes])
}

/** The template as a workbook: the table, and on a second sheet how to write it. */
export function templateWorkbook(activities: Activity[]): AsyncGenerator<Uint8Array> {
  const notes: Sheet = {
    name: '怎么填',
    widths: [22, 12, 90],
    rows: [[['列', '要不要填', '怎么写'], ...explanations(activities)]],
  }
  return workbook([{ name: '培训档案', widths, rows: [[headerRow, cellRow(sample)]] }, notes])
}

/** Rows that are wrong, as they were typed, with what is wrong in a column of its own: to mend and upload again. */
export function wrongCsv(rows: { cells: Cells; says: string[] }[]): string {
  const mended = rows.map(({ cells, says }) => [...cellRow(cells), says.join('')])
  return bom + csvLines([[...headerRow, problemHeader], ...mended])
}
