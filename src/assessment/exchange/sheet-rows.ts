// Items as rows of a table, both ways.
import { columns, type Column } from '#assessment/exchange/columns.ts'
import { escapeText, joinForms, splitForms, unescapeText } from '#assessment/exchange/escape.ts'
import { criterion, nothing, setWord } from '#assessment/exchange/fields.ts'
import { fault, type Fault, type Found } from '#assessment/exchange/found.ts'
import { lettered, letterOf, toDraft, type Lettered } from '#assessment/exchange/lettered.ts'
import { kindOf, sayDifficulty } from '#assessment/exchange/words.ts'
import { pieceOf } from '#assessment/exchange/write-text.ts'
import { kinds } from '#quiz/kinds/registry.ts'
import type { Item } from '#quiz/question.ts'
import { plainCell } from '#sheet/cell.ts'
import { UnreadableFile } from '#sheet/limits.ts'
import type { Line } from '#sheet/read-sheet.ts'

export const headerRow = columns.map(({ header }) => header)
export const widths = columns.map(({ width }) => width)

/** In the column 转义: this row is written with backslashes. */
const escapedMark = '\\'

/** An item as cells; null for kinds that a table cannot hold. */
export function cellsOf(item: Item): string[] | null {
  const one = lettered(item)
  if (one === null) return null
  const plain = columns.map(({ holds }) => cellOf(one, holds, false))
  const escaped = columns.map(({ holds }) => cellOf(one, holds, true))
  const differs = plain.some((cell, i) => cell !== escaped[i])
  return differs ? escaped.map((cell, i) => (columns[i]?.holds === 'escaped' ? escapedMark : cell)) : plain
}

function cellOf(one: Lettered, holds: Column['holds'], escaped: boolean): string {
  const text = (words = '') => (escaped ? escapeText(words) : words)
  if (typeof holds === 'object')
    return text('option' in holds ? one.options[holds.option] : one.left[holds.left])
  const cells: Record<typeof holds, () => string> = {
    kind: () => (one.kind ? kinds[one.kind].name : ''),
    stem: () => text(one.stem),
    answer: () =>
      one.kind === 'fill-in' ? (escaped ? joinForms(one.accept) : one.accept.join('|')) : text(one.answer),
    rationale: () => text(one.rationale),
    difficulty: () => sayDifficulty(one.difficulty ?? ''),
    indicator: () => text(one.indicator),
    passage: () => text(one.passage),
    source: () => text(one.source),
    rubric: () => one.rubric.map(({ text: words, points }) => `${text(words)}（${points}分）`).join('\n'),
    longest: () => String(one.longest ?? ''),
    credit: () => one.credit ?? '',
    id: () => (one.id === undefined ? '' : `${one.id} 第${one.revision ?? 1}版`),
    ids: () => one.ids?.join(' ') ?? '',
    escaped: () => '',
  }
  return cells[holds]()
}

const nameOf = (header: string) => header.normalize('NFKC').replace(/\s/g, '')
const farthestHeading = 10

/**
 * The items of a table, with columns in any order; rows that begin with # are explanations.
 * @throws UnreadableFile if there is no heading, or it has unknown columns.
 */
export function readRows(lines: readonly Line[]): Found[] {
  const at = lines
    .slice(0, farthestHeading)
    .findIndex(({ cells }) => cells.some((cell) => nameOf(cell) === '题干'))
  const heading = (lines[at]?.cells ?? []).map(nameOf)
  if (at < 0)
    throw new UnreadableFile(
      '没有找到列名。',
      '第一行要是列名，其中有“题干”。可以先下载模板，把题目粘贴进去。',
    )
  const strange = heading.filter((name) => name !== '' && !headerRow.includes(name))
  if (strange.length > 0)
    throw new UnreadableFile(
      `多了列：${strange.map((name) => `“${name.slice(0, 20)}”`).join('、')}。`,
      '只收模板里的列，请删去多出的列，或改成模板里的列名。',
    )
  const twice = heading.find((name, i) => name !== '' && heading.indexOf(name) < i)
  if (twice !== undefined)
    throw new UnreadableFile(`列“${twice}”有两列。`, '同名的列只留一列，把不要的删去。')
  const fields = heading.map((name) => columns.find(({ header }) => header === name)?.holds)
  return lines
    .slice(at + 1)
    .filter(
      ({ cells }) =>
        !cells
          .find((cell) => cell.trim() !== '')
          ?.trim()
          .startsWith('#'),
    )
    .map((line) => readRow(line, fields))
}

function readRow({ line, cells }: Line, fields: (Column['holds'] | undefined)[]): Found {
  const one = nothing()
  const faults: Fault[] = []
  const typed = fields.map((holds, i) => [holds, plainCell(cells[i] ?? '')] as const)
  const escaped = typed.some(([holds, cell]) => holds === 'escaped' && cell === escapedMark)
  const text = (cell: string) => (escaped ? unescapeText(cell) : cell)
  const kind = typed.find(([holds]) => holds === 'kind')?.[1] ?? ''
  one.kind = kindOf(kind) ?? undefined
  if (kind !== '' && one.kind === undefined)
    faults.push(
      fault(
        `不认识题型“${kind.slice(0, 20)}”。`,
        '写单选题、多选题、判断题、填空题、排序题、配对题或简答题。',
      ),
    )
  const parts: { options: string[]; left: string[] } = { options: [], left: [] }
  for (const [holds, cell] of typed) {
    if (holds === undefined || cell === '') continue
    if (typeof holds === 'object') {
      if ('option' in holds) parts.options[holds.option] = text(cell)
      else parts.left[holds.left] = text(cell)
    } else if (holds === 'stem') one.stem = text(cell)
    else if (holds === 'passage') one.passage = text(cell)
    else if (holds === 'rationale') one.rationale = text(cell)
    else if (holds === 'answer' && one.kind === 'fill-in')
      one.accept = escaped ? splitForms(cell) : cell.split(/[|｜]/).map((form) => form.trim())
    else if (holds === 'answer') one.answer = text(cell)
    else if (holds === 'rubric')
      one.rubric = cell.split('\n').map((row) => {
        const { text: words, points } = criterion(row)
        return { text: text(words), points }
      })
    else if (holds !== 'kind' && holds !== 'escaped') setWord(one, holds, text(cell))
  }
  one.options = withoutHoles(parts.options, (i) => `选项${letterOf(i)}`, faults)
  one.left = withoutHoles(parts.left, (i) => `左${i + 1}`, faults)
  const { draft, faults: wrong } = toDraft(one)
  const missing = one.kind === undefined && kind !== ''
  return {
    type: 'item',
    place: `第${line}行`,
    draft,
    faults: [...faults, ...(missing ? [] : wrong)],
    written: pieceOf(one),
  }
}

function withoutHoles(list: string[], nameOfPart: (i: number) => string, faults: Fault[]): string[] {
  const hole = Array.from(list, (one) => one === undefined).indexOf(true)
  if (hole >= 0) faults.push(fault(`${nameOfPart(hole)}空着，后面却有。`, '从第一格起，一格一项往后填。'))
  return list.filter((one) => one !== undefined)
}
