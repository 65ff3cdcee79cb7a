// Items as a workbook, and the template for it.
import { columns } from '#assessment/exchange/columns.ts'
import { cellsOf, headerRow, widths } from '#assessment/exchange/sheet-rows.ts'
import { kinds } from '#quiz/kinds/registry.ts'
import type { Item } from '#quiz/question.ts'
import { workbook, type Sheet } from '#sheet/write-workbook.ts'

const explanations: Sheet = {
  name: '怎么填',
  widths: [14, 12, 90],
  rows: [
    [
      ['列', '要不要填', '怎么写'],
      ...columns.map(({ header, needed, how }) => [header, needed ? '要填' : '可以空着', how]),
    ],
  ],
}

const leftOut = (items: readonly Item[]): Sheet[] =>
  items.length === 0
    ? []
    : [
        {
          name: '没有写进来的题',
          widths: [40, 14, 40],
          rows: [
            [
              ['题号', '题型', '怎么办'],
              ...items.map(({ id, kind }) => [id, kinds[kind].name, '请用JSON导出。']),
            ],
          ],
        },
      ]

/** The items that a table can hold, and on a sheet of their own the names of the others. */
export function itemWorkbook(items: readonly Item[]): AsyncGenerator<Uint8Array> {
  const rows = items.map(cellsOf)
  const left = items.filter((_, i) => rows[i] === null)
  const held = rows.filter((cells) => cells !== null)
  return workbook([{ name: '题目', widths, rows: [[headerRow, ...held]] }, explanations, ...leftOut(left)])
}

const sample: Record<string, string> = {
  题型: '单选题',
  题干: '#这一行是样子，不会读进来：到会党员要达到多少？',
  选项A: '二分之一',
  选项B: '三分之二',
  答案: 'B',
  解析: '党员大会要有三分之二以上的党员到会。',
  难度: '易',
}

/** An empty table with one row to show how; that row is not read. */
export const templateWorkbook = (): AsyncGenerator<Uint8Array> =>
  workbook([
    {
      name: '题目',
      widths,
      rows: [
        [headerRow, headerRow.map((header) => (header === '题型' ? '#单选题' : (sample[header] ?? '')))],
      ],
    },
    explanations,
  ])
