// The labelled lines of an item (答案：, 解析：, 指标： …): what they are called, and what they say of it.
import type { Lettered } from '#assessment/exchange/lettered.ts'
import { half } from '#assessment/exchange/read-answer.ts'
import { difficultyOf, idAndRevision, kindOf, withoutName } from '#assessment/exchange/words.ts'

export type Label =
  | 'answer'
  | 'rationale'
  | 'difficulty'
  | 'indicator'
  | 'passage'
  | 'source'
  | 'id'
  | 'kind'
  | 'rubric'
  | 'longest'
  | 'credit'
  | 'ids'

const names: Record<Label, string[]> = {
  answer: ['答案', '正确答案', '参考答案', '标准答案', '本题答案', '正确选项', '答'],
  rationale: ['解析', '答案解析', '试题解析', '题目解析', '解答', '解题思路', '说明'],
  difficulty: ['难度', '难易', '难易度', '难易程度', '难度系数'],
  indicator: ['指标', '考点', '知识点', '能力指标'],
  passage: ['依据', '原文', '课文原句', '原句'],
  source: ['出处', '来源', '题目来源'],
  id: ['题号', '题目代号'],
  kind: ['题型', '类型'],
  rubric: ['评分要点', '要点', '得分点', '评分标准'],
  longest: ['字数', '字数上限'],
  credit: ['计分', '计分规则'],
  ids: ['编号'],
}

const labelOf = new Map(
  Object.entries(names).flatMap(([label, words]) => words.map((word) => [word, label as Label] as const)),
)
const words = [...labelOf.keys()].sort((a, b) => b.length - a.length).join('|')

/** `答案：` or `【答案】` at the beginning of a line, in half-width signs. */
const leading = new RegExp(
  `^\\s*(?:[\\[【(](${words})[\\]】)]\\s*:?|(${words})\\s*:|((?:正确|参考|标准)?答案)(?:\\s*[是为]|\\s)(?=\\s*(?:[A-H][A-H、,\\s]*|[√×✓✔✗✘对错]|正确|错误)[。.]?\\s*$)|((?:正确|参考|标准|试题)?答案)\\s*$)\\s*`,
)
/** What somebody answered once, as question banks on the web print it: no key. */
const noKey = '[我你您](?:的)?答案|(?:考生|学员|用户)答案'
export const isNoKey = (plain: string) => new RegExp(`^(?:${noKey})\\s*:`).test(plain)
/** The same in the middle of a line: in brackets anywhere, with a colon behind a space. */
const inside = new RegExp(
  `[\\[【](${words})[\\]】]\\s*:?\\s*|(?:\\s|(?<=[。;]))(${words}|${noKey})\\s*:\\s*`,
  'g',
)

/** A labelled line cut into its label and its words; null if it begins with no label. */
export function labelled(line: string): { label: Label; text: string } | null {
  const plain = half(line)
  const found = leading.exec(plain)
  const label = labelOf.get(found?.[1] ?? found?.[2] ?? found?.[3] ?? found?.[4] ?? '')
  return found && label ? { label, text: line.slice(found[0].length).trim() } : null
}

/** A line cut where a label begins within it: 答案：B　解析：…… is two lines. */
export function cutAtLabels(line: string): string[] {
  const plain = half(line)
  const starts = [...plain.matchAll(inside)].map(({ index }) => index).filter((at) => at > 0)
  return [0, ...starts].map((at, i) => line.slice(at, starts[i]).trim()).filter((part) => part !== '')
}

/** Sets a field of an item that is one word; the others are text and set by who reads them. */
export function setWord(one: Lettered, label: Label, text: string): void {
  const number = /^\d{1,6}/.exec(half(text))?.[0]
  if (label === 'difficulty') one.difficulty = difficultyOf(text)
  if (label === 'indicator') one.indicator = withoutName(text)
  if (label === 'source') one.source = withoutName(text).replace(/^《(.+)》$/, '$1')
  if (label === 'id') Object.assign(one, idAndRevision(half(text)))
  if (label === 'kind') one.kind = kindOf(text) ?? one.kind
  if (label === 'longest' && number !== undefined) one.longest = Number(number)
  if (label === 'credit') one.credit = text
  if (label === 'ids')
    one.ids = half(text)
      .trim()
      .split(/[\s,、]+/)
}

/** A criterion with its points: 说到当众开标（2分）. One without points is worth one. */
export function criterion(text: string): { text: string; points: number } {
  const [, words, points] = /^(.*?)\s*[(（]\s*(\d{1,3})\s*分\s*[)）]\s*[。；;]?\s*$/s.exec(half(text)) ?? []
  return words === undefined
    ? { text, points: 1 }
    : { text: text.slice(0, words.length).trim(), points: Number(points) }
}

/** An item of which nothing is known. */
export const nothing = (): Lettered => ({ options: [], left: [], accept: [], rubric: [] })
