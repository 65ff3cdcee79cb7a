// The map of a unit as a file: a row for each line and indicator with what is shown of it, and nothing of what is hidden.
import type { Cell } from '#record/capability/unit/cell.ts'
import { levelWord, noDecisionWord } from '#record/capability/words.ts'
import { hiddenWords, percentWord } from '#plan/unit/say-cell.ts'
import { cellAt, type UnitMap } from '#plan/unit/unit-map.ts'

/** What stands above the columns. */
export const mapColumns = [
  '单位',
  '名册人数',
  '方面',
  '指标',
  '指标编号',
  '已测人数',
  '有把握达标',
  '至多达标',
  ...[1, 2, 3, 4, 5].map(levelWord),
  '截至',
  '说明',
] as const

/** Widths of the columns in characters. */
export const mapWidths = [18, 10, 22, 20, 24, 10, 12, 12, 8, 8, 8, 8, 8, 12, 26]

/** One row: a line of the map at one indicator. */
export type MapFileRow = {
  unit: string
  members: number | null
  dimension: string
  indicator: string
  indicatorName: string
  cell: Cell
}

/** Every line of the map at every indicator, the whole first, in the order of the page. */
export function fileRows(map: UnitMap): MapFileRow[] {
  const { whole, rows, model } = map
  const lines = [{ ...whole, name: rows.length > 0 ? `${whole.name}（合计）` : whole.name }, ...rows]
  return lines.flatMap((line) =>
    model.dimensions.flatMap((dimension) =>
      dimension.indicators.map(({ id, name }) => ({
        ...{ unit: line.name, members: line.members, dimension: dimension.name },
        ...{ indicator: id, indicatorName: name, cell: cellAt(line, id) },
      })),
    ),
  )
}

/** A row as cells: counts as numbers, shares as 45%, ≥80%, ≤20%; what is hidden is empty and says so in words. */
export function rowCells({ cell, ...row }: MapFileRow, on: string): (string | number)[] {
  const { measured, share, levels } = cell
  return [
    row.unit,
    row.members ?? '',
    row.dimension,
    row.indicatorName,
    row.indicator,
    measured ?? '',
    share ? percentWord(share.sure) : '',
    share ? percentWord(share.possible) : '',
    ...(levels?.map(percentWord) ?? ['', '', '', '', '']),
    on,
    measured === null || share === null ? hiddenWords : levels === null ? `分布${levelsHidden}` : '',
  ]
}

const levelsHidden = '不足10人或为保护他人隐去'

/** What a reader has to know beside the rows, one sentence each. */
export function notesOf({ unit, sight, on, current, model }: UnitMap): string[] {
  const whose =
    sight === 'published'
      ? '按季度公布的数，一格至少有5人变了才更新。'
      : current
        ? '当天的数。'
        : '那个月第一天的数。'
  return [
    noDecisionWord,
    `${unit.name}，截至${on ?? '还没有公布过数'}：${whose}`,
    '比例是已测、岗位定了目标的人里达标的：从有把握达标的，到连同证据不足的至多达标的。80%以上和20%以下只写≥80%和≤20%。',
    `空着的格子${hiddenWords}，不代表低。按名册的次序，不按高低。`,
    `等级：${model.levels.map(({ name }, i) => `${levelWord(i + 1)}${name}`).join('，')}。`,
  ]
}
