// Answers at the end of a paper: 参考答案：1-5 BACDA, 6.ABD 7.AC, by section where the paper has sections.
import { cutAtLabels, labelled } from '#assessment/exchange/fields.ts'
import { headingOf, questionAt, type PaperLine } from '#assessment/exchange/paper-lines.ts'
import { half, lettersIn } from '#assessment/exchange/read-answer.ts'
import type { KindName } from '#quiz/kinds/registry.ts'

/** An answer of the key: of the question with this number, in a section of this kind where the key says so. */
export type KeyEntry = {
  line: number
  kind: KindName | null
  number: number
  answer: string
  /** The explanation that stands behind it. */
  rationale?: string
}

const title =
  /^[\[【(]?\s*(?:附件?\s*\d?\s*:?\s*)?(?:参考答案|标准答案|试题答案|答案)(?:[及和与]?(?:答案)?(?:解析|评分标准|评分细则|评分参考)|部分)*\s*[\]】)]?\s*:?\s*/
/** A title of its own line may name the paper: 2026年测试卷参考答案. */
const named =
  /^(?!\d{1,3}[.、:)])[^。?？]{0,30}?(?:参考|标准|试|卷|题)答案(?:[及和与](?:解析|评分标准|评分细则))?\s*[\]】)]?\s*:?$/
const signs = '[A-Ha-h√×✓✔✗✘对错TFtf]'
const entry = new RegExp(
  `^\\s*\\d{1,3}\\s*(?:[-~—–至]+\\s*\\d{1,3}\\s*[.、:)]?\\s*(?:${signs}|\\()|[.、:)]\\s*(?:[[【(]答案[\\]】)]|答案:|${signs}[A-Ha-h]*(?:[\\s,、;。]|$)|正确|错误))`,
)

/** Where a key begins, from a place on; -1 if there is none. */
export function keyStart(lines: readonly PaperLine[], from = 0): number {
  return lines.findIndex(({ plain }, i) => {
    if (i < from) return false
    const section = headingOf(ofSection(lines[i] as PaperLine))
    if (section && isOfSection(plain) && entry.test(section.rest.replace(/^[\s:]+/, ''))) return true
    const rest = plain.replace(title, '')
    if (rest === plain && !named.test(plain)) return false
    if (entry.test(withoutHeading(rest))) return true
    if (rest.trim() !== '' && !named.test(plain)) return false
    const [next, below] = lines.slice(i + 1).filter((line) => line.text !== '')
    if (!next) return false
    const head = headingOf(next) === null ? next : below
    return (
      entry.test(withoutHeading(next.plain)) ||
      (below !== undefined && inTable(next, below, null).length > 0) ||
      (head !== undefined && entry.test(head.plain)) ||
      (head !== undefined &&
        /^\s*1\s*[.、:)]/.test(head.plain) &&
        rest !== plain &&
        unanswered(lines.slice(from, i)))
    )
  })
}

/** True of several questions without an answer: what begins with 1. below 参考答案 is then for all of them. */
const unanswered = (lines: readonly PaperLine[]) =>
  // A written answer may have points of its own.
  lines.map(headingOf).findLast((one) => one !== null)?.kind !== 'short-answer' &&
  lines.filter((line) => questionAt(line, false) !== null).length > 1 &&
  !lines.some(({ text }) => cutAtLabels(text).some((one) => labelled(one)?.label === 'answer'))

/** A paper with its keys, at its end or behind each section: `paper` is as long as `lines`, empty where a key stands. */
export function partKeys(lines: readonly PaperLine[]): { paper: PaperLine[]; keys: PaperLine[][] } {
  const paper = [...lines]
  const keys: PaperLine[][] = []
  for (let start = keyStart(lines); start >= 0;) {
    const next = keyStart(lines, start + 1)
    const end = lines.findIndex((line, i) => i > start && i < next && opensSection(line, lines.slice(i + 1)))
    const stop = end < 0 ? lines.length : end
    keys.push(lines.slice(start, stop))
    for (let i = start; i < stop; i++) paper[i] = { number: i + 1, text: '', plain: '' }
    start = end < 0 ? -1 : keyStart(lines, end)
  }
  return { paper, keys }
}

/** True of a heading with questions below it, no answers. */
function opensSection(line: PaperLine, below: readonly PaperLine[]): boolean {
  const next = headingOf(line) === null ? undefined : below.find(({ text }) => text !== '')
  return next !== undefined && questionAt(next, false) !== null && !entry.test(next.plain)
}

const answersOf = /^((?:[一二三四五六七八九十]{1,3}[、.]\s*)?\p{Script=Han}{2,6}题)(?:参考)?答案/u
const isOfSection = (plain: string) => answersOf.test(plain)
/** 单选题答案： as 单选题： */
const ofSection = (line: PaperLine): PaperLine => ({ ...line, plain: line.plain.replace(answersOf, '$1') })

const withoutHeading = (plain: string) =>
  plain.replace(/^\s*(?:[一二三四五六七八九十]{1,3}[、.]\s*)?(?:\p{Script=Han}{2,6}题?\s*:?\s*)?(?=\d)/u, '')

/** The entries of a key, and the lines that are none. */
export function readKey(lines: readonly PaperLine[]): { entries: KeyEntry[]; strange: PaperLine[] } {
  const entries: KeyEntry[] = []
  const strange: PaperLine[] = []
  let kind: KindName | null = null
  let inPoints = false
  const full = lines.filter(({ plain }) => plain !== '')
  for (let i = 0; i < full.length; i++) {
    const line = full[i] as PaperLine
    const text = i === 0 && !isOfSection(line.plain) ? line.text.slice(titleOf(line.plain).length) : line.text
    const plain = half(text)
    if (plain.trim() === '') continue
    const below = full[i + 1]
    const table = below ? inTable(line, below, kind) : []
    const heading = headingOf(ofSection({ ...line, plain, text }))
    if (heading) kind = heading.kind
    const last = entries.at(-1)
    const explained = heading === null && last?.rationale !== undefined
    const number = Number(/^\s*(\d{1,3})\s*[.、:)]/.exec(plain)?.[1] ?? 0)
    const begins = entry.test(withoutHeading(plain)) || (number === (last?.number ?? 0) + 1 && !inPoints)
    const rest = plain.length - (heading ? heading.rest : withoutHeading(plain)).length
    const [words = '', ...fields] = cutAtLabels(text.slice(rest))
    if (table.length > 0) {
      entries.push(...table)
      i++
    } else if (last && (labelled(words) !== null || (explained && !begins))) {
      inPoints ||= number > 0
      for (const one of [words, ...fields]) takeField(last, one)
    } else {
      const alone =
        fields.length > 0 ? /^[\s第]*(\d{1,3})\s*题?\s*[.、:)]?\s*$/.exec(half(words))?.[1] : undefined
      const found = alone
        ? [{ line: line.number, kind, number: Number(alone), answer: '' }]
        : entriesIn(half(words), kind, line.number)
      const open = found.at(-1)
      if (!open && (fields.length > 0 || !heading)) strange.push(line)
      if (open) for (const one of fields) takeField(open, one)
      entries.push(...found)
      inPoints = false
    }
  }
  return { entries, strange }
}

const titleOf = (plain: string) => (named.test(plain) ? plain : (title.exec(plain)?.[0] ?? ''))

/** 答案 and 解析 behind a number of the key, and what goes on below them. */
function takeField(one: KeyEntry, text: string) {
  const field = labelled(text)
  if (field?.label === 'answer' && one.answer === '') one.answer = half(field.text).replace(/[;,。]$/, '')
  else {
    const words = field?.label === 'rationale' ? field.text : text
    one.rationale = [one.rationale, words].filter(Boolean).join('\n')
  }
}

/** 题号 1 2 3 above 答案 B C A; none if the two rows are not equally long. */
function inTable(above: PaperLine, below: PaperLine, kind: KindName | null): KeyEntry[] {
  const [numbers, answers] = [cellsOf(above), cellsOf(below)]
  // Empty cells at the end of a row are not seen.
  const rows = above.text.includes('\t') && below.text.includes('\t')
  const sound =
    numbers.length > 1 && (rows ? numbers.length >= answers.length : numbers.length === answers.length)
  if (!sound || numbers[0] !== '题号' || !/^(?:参考|正确)?答案$/.test(answers[0] ?? '')) return []
  if (!numbers.slice(1).every((number) => /^\d{1,3}$/.test(number))) return []
  return numbers.slice(1).flatMap((number, i) => {
    const answer = answers[i + 1] ?? ''
    return answer === '' ? [] : [{ line: below.number, kind, number: Number(number), answer }]
  })
}

const cellsOf = ({ text }: PaperLine) =>
  (text.includes('\t') ? text.split('\t') : text.split(/[\s|]+/)).map((cell) => half(cell).trim())

const first =
  /^[\s:]*(?:\([^)]*[分题][^)]*\)[\s:]*)?第?\s*(\d{1,3})(?!\d|\s*分)\s*题?\s*(?:[-~—–至]+\s*(\d{1,3})(?!\d))?\s*[.、:)]*\s*/
/** A further number in a line: a sum of money, a time of day or a range of days within an answer is none. */
const further =
  /(?<=[A-Ha-h√×✓✔✗✘对错误确][,、]?\s*|[\s;。])(\d{1,3})(?!\d)\s*(?:[-~—–至]+\s*(\d{1,3})(?!\d)\s*(?:[.、:)]+|(?=[A-Ha-h√×✓✔✗✘对错TF(]))|[.、:)]|(?=[√×✓✔✗✘]))\s*/g

function entriesIn(plain: string, kind: KindName | null, line: number): KeyEntry[] {
  const begin = first.exec(plain)
  if (!begin) return []
  const marks = [{ from: Number(begin[1]), to: begin[2], at: 0, end: begin[0].length }]
  for (const found of plain.matchAll(further)) {
    const [last, from] = [marks.at(-1), Number(found[1])]
    const decimal = /\.$/.test(found[0]) && /\d/.test(plain[found.index + found[0].length] ?? '')
    const goesOn = (chosen.includes(kind) && !decimal) || from === Number(last?.to ?? last?.from) + 1
    if (last && found.index >= last.end + (decimal ? 1 : 0) && goesOn)
      marks.push({ from, to: found[2], at: found.index, end: found.index + found[0].length })
  }
  return marks.flatMap(({ from, to, end }, i) => {
    const answer = plain
      .slice(end, marks[i + 1]?.at)
      .trim()
      .replace(/[;,。、]$/, '')
    if (to === undefined)
      return answer === '' ? [] : [{ line, kind, number: from, ...withReason(answer, kind) }]
    const answers = severalIn(answer, Number(to) - from + 1)
    // What cannot be dealt out fits no question, and is told.
    if (answers.length === 0) return [{ line, kind, number: -1, answer }]
    return answers.map((one, at) => ({ line, kind, number: from + at, answer: one }))
  })
}

/** So many answers side by side: by spaces where there are as many words, else sign by sign. */
function severalIn(text: string, count: number): string[] {
  const words = half(text)
    .split(/[\s,、;]+/)
    .filter(Boolean)
  if (words.length === count) return words
  const each = words.flatMap((word) => [...word])
  return each.length === count ? each : []
}

const chosen: readonly (KindName | null)[] = [null, 'single', 'multiple', 'true-false']

/** `B。见第2条` is an answer and why. */
function withReason(said: string, kind: KindName | null): { answer: string; rationale?: string } {
  const [, answer, rationale] = /^([A-Ha-h]+|[√×✓✔✗✘✕对错]|正确|错误)\s*[。;,]\s*(.+)$/s.exec(said) ?? []
  const plain = answer === undefined || rationale === undefined || !chosen.includes(kind)
  return plain || lettersIn(said) !== null ? { answer: said } : { answer, rationale }
}
