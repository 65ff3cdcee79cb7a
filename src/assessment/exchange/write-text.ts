// Items as plain text: a paper as teachers know it, in which every line is one field, so that nothing is lost on the way.
import { escapeText, joinForms } from '#assessment/exchange/escape.ts'
import type { Written } from '#assessment/exchange/found.ts'
import { letterOf, lettered, type Lettered } from '#assessment/exchange/lettered.ts'
import { chineseNumber, mark, sayDifficulty } from '#assessment/exchange/words.ts'
import { kinds } from '#quiz/kinds/registry.ts'
import type { Item } from '#quiz/question.ts'

/** Names to be read beside ids; null where there is none. */
export type Names = { indicator: (id: string) => string | null; source: (id: string) => string | null }

/** The lines of a paper, and the items that it cannot hold. */
export type WrittenPaper = { lines: string[]; left: Item[] }

const manual = [
  '# 一行写一项，换行写成\\n，反斜杠写成\\\\。删去第一行，就当作普通的卷子来读。',
  '# 带#的行不读。',
]

/** A paper of the items, in their order. */
export function writePaper(items: readonly Item[], names: Names): WrittenPaper {
  const lines = [mark, ...manual]
  const left: Item[] = []
  let [kind, headings, number] = ['', 0, 0]
  for (const item of items) {
    const one = lettered(item)
    if (one === null) {
      left.push(item)
      continue
    }
    if (item.kind !== kind) {
      kind = item.kind
      lines.push('', `${chineseNumber(++headings)}、${kinds[item.kind].name}`)
    }
    lines.push('', ...linesOf(one, ++number, names))
  }
  if (left.length > 0)
    lines.push('', ...left.map(({ id, kind }) => `# 没有写进来：${id}（${kinds[kind].name}，请用JSON导出）`))
  return { lines, left }
}

const noNames: Names = { indicator: () => null, source: () => null }

/** One item to be mended by hand, however little of it was understood. */
export function pieceOf(one: Lettered): Written {
  const [question = '', ...rest] = linesOf(one, 1, noNames)
  const kind = one.kind ? [`题型：${kinds[one.kind].name}`] : []
  return { as: 'text', text: [mark, question, ...kind, ...rest].join('\n') }
}

function linesOf(one: Lettered, number: number, names: Names): string[] {
  const { kind, stem = '', answer = '', accept, credit, longest, ids } = one
  const line = (label: string, text: string | number | undefined) =>
    text === undefined || text === ''
      ? []
      : [`${label}：${typeof text === 'number' ? text : escapeText(text)}`]
  const named = (id: string | undefined, name: string | null) =>
    id === undefined ? undefined : name === null ? id : `${id}（${name.replace(/\s/g, ' ')}）`
  return [
    `${number}. ${escapeText(stem)}`,
    ...one.left.map((text, i) => `（${i + 1}）${escapeText(text)}`),
    ...one.options.map((text, i) => `${letterOf(i)}. ${escapeText(text)}`),
    kind === 'fill-in' ? `答案：${joinForms(accept)}` : `答案：${escapeText(answer)}`,
    ...line('计分', credit),
    ...one.rubric.map(({ text, points }) => `评分要点：${escapeText(text)}（${points}分）`),
    ...line('字数', longest),
    ...line('编号', ids?.join(' ')),
    ...line('解析', one.rationale),
    ...line('难度', one.difficulty && sayDifficulty(one.difficulty)),
    ...line('指标', named(one.indicator, names.indicator(one.indicator ?? ''))),
    ...line('依据', one.passage),
    ...line('出处', named(one.source, names.source(one.source ?? ''))),
    ...line('题号', one.id && `${one.id} 第${one.revision ?? 1}版`),
  ]
}
