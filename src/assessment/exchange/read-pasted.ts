// Reads a paper as teachers paste it: nothing is asked of its form that can be seen by itself, and nothing is dropped
// unsaid. What was taken for no question is told too.
import { partKeys, readKey, type KeyEntry } from '#assessment/exchange/answer-key.ts'
import {
  criterion,
  cutAtLabels,
  isNoKey,
  labelled,
  setWord,
  type Label,
} from '#assessment/exchange/fields.ts'
import { fault, type Fault, type Found } from '#assessment/exchange/found.ts'
import {
  cutOptions,
  headingOf,
  optionAt,
  optionsWithin,
  paperLines,
  questionAt,
  tagAt,
  type PaperLine,
} from '#assessment/exchange/paper-lines.ts'
import {
  emptyQuestion,
  finish,
  holdsForAll,
  type Given,
  type Question,
} from '#assessment/exchange/pasted-question.ts'
import { half } from '#assessment/exchange/read-answer.ts'
import { kindOf } from '#assessment/exchange/words.ts'
import type { KindName } from '#quiz/kinds/registry.ts'

/** The items of a pasted paper, and the lines that belong to none. */
export function readPasted(text: string): Found[] {
  const lines = paperLines(text)
  const parts = partKeys(lines)
  const paper = new Paper(parts.paper)
  const strange: PaperLine[] = []
  const unused = new Set<number>()
  let from = 0
  for (const key of parts.keys) {
    const at = key[0]?.number ?? 0
    const read = readKey(key)
    // A key is for the questions above it that no key was for yet.
    const above = paper.questions.filter(({ line }) => line > from && line < at)
    for (const line of giveAnswers(above, read.entries)) unused.add(line)
    strange.push(...read.strange)
    from = at
  }
  const items = paper.questions.map((question) => finish(question, paper.given))
  const idle = paper.given.filter(({ used }) => !used).map(({ line }) => line)
  const left = lines.filter(({ number }) => unused.has(number))
  const passed = [...idle, ...paper.passed, ...strange, ...left]
  return [
    ...items,
    ...passed.map(({ number, text }): Found => ({ type: 'passed-over', place: `第${number}行`, text })),
  ]
}

/** Gives each entry of the key to its question; returns the lines with entries that fit none. */
function giveAnswers(questions: readonly Question[], entries: readonly KeyEntry[]): Set<number> {
  const given = new Set<Question>()
  const unused = new Set<number>()
  let last = -1
  for (const { number, kind, answer, rationale, line } of entries) {
    const fits = questions.filter((one) => one.number === number && !given.has(one))
    const ofKind = fits.filter((one) => kind === null || one.sectionKind === kind)
    const may = ofKind.length > 0 ? ofKind : fits.filter((one) => one.sectionKind === null)
    // Where numbers begin anew, a key goes on as its paper does.
    const question = may.find((one) => questions.indexOf(one) > last) ?? may[0]
    if (question) last = questions.indexOf(question)
    if (question) given.add(question)
    else unused.add(line)
    if (question) Object.assign(question, { keyAnswer: answer, keyRationale: rationale })
  }
  return unused
}

/** What stands at the foot of a page that was copied. */
const pageNumber = /^第?\s*\d{1,3}\s*页\s*[,、(/]?\s*(?:共\s*\d{1,3}\s*页\)?)?$/

/** Where words that begin with no label belong. */
type Place = 'stem' | 'option' | 'left' | Label | 'nowhere'

class Paper {
  readonly questions: Question[] = []
  readonly passed: PaperLine[] = []
  /** Labelled lines above the first question hold for all. */
  readonly given: Given[] = []
  private kind: KindName | null = null
  private place: Place = 'nowhere'
  private last = 0
  /** Number of the line that is being read. */
  private at = 0
  /** Whether points of an explanation are being numbered. */
  private inPoints = false
  private readonly lines: readonly PaperLine[]
  private readonly bracketed: boolean

  constructor(lines: readonly PaperLine[]) {
    this.lines = lines
    this.bracketed = !lines.some((line) => questionAt(line, false) !== null)
    for (const [i, line] of lines.entries()) {
      this.at = line.number
      if (line.text !== '') this.take(line, i)
    }
  }

  private take(line: PaperLine, i: number) {
    if (pageNumber.test(line.plain)) {
      this.passed.push(line)
      return
    }
    const heading = headingOf(line)
    if (heading) {
      this.kind = heading.kind
      this.last = 0
      this.place = 'nowhere'
      return
    }
    const tag = tagAt(line.plain)
    const from = tag?.from ?? 0
    const question = questionAt({ ...line, plain: line.plain.slice(from) }, this.bracketed)
    if (tag && line.plain.length > from)
      this.begin(line, question?.number ?? this.last + 1, {
        from: from + (question?.from ?? 0),
        kind: tag.kind,
      })
    else if (question && this.begins(question.number, i))
      this.begin(line, question.number, { from: question.from, kind: this.kind })
    else {
      this.questions.at(-1)?.lines.push(line.text)
      this.continue(line.text, i)
    }
  }

  /** Within an explanation, `1.` is a point of it, unless what follows looks like a question or the numbers go on. */
  private begins(number: number, i: number): boolean {
    const within = ['rationale', 'passage', 'rubric', 'answer'].includes(this.place)
    if (!within || (number === this.last + 1 && !this.inPoints)) return true
    for (const line of this.after(i)) {
      if (questionAt(line, this.bracketed) || headingOf(line)) break
      if (optionAt(line.plain, 0) || labelled(line.text)?.label === 'answer') return true
    }
    this.inPoints = true
    return false
  }

  private begin(line: PaperLine, number: number, { from, kind }: { from: number; kind: KindName | null }) {
    const tag = tagAt(line.plain.slice(from))
    const start = from + (tag?.from ?? 0)
    this.questions.push(emptyQuestion(line, number, tag?.kind ?? kind))
    this.last = number
    this.place = 'stem'
    this.inPoints = false
    const [stem = '', ...fields] = cutAtLabels(line.text.slice(start))
    const at = optionsWithin(half(stem))
    if (at < 0) this.add(stem)
    else {
      this.add(stem.slice(0, at).trim())
      this.continue(stem.slice(at), line.number - 1)
    }
    for (const field of fields) this.field(field)
  }

  private continue(text: string, i: number) {
    const [first = '', ...more] = cutAtLabels(text)
    if (labelled(first)) this.field(first)
    else this.words(first, i)
    for (const field of more) this.field(field)
  }

  private words(text: string, i: number) {
    const question = this.questions.at(-1)
    const plain = half(text)
    const options = question?.one.options ?? []
    const left =
      question?.sectionKind === 'match' ? /^(?:\(\s*\d{1,2}\s*\)|[①-⑧]\s*[.、]?)\s*/.exec(plain) : null
    const option = left ? null : optionAt(plain, options.length)
    if (question && left && this.place !== 'nowhere') {
      question.one.left.push(text.slice(left[0].length).trim())
      this.place = 'left'
    } else if (question && option && ['stem', 'option', 'left'].includes(this.place)) {
      if (option.place !== options.length) question.faults.push(lettersBroken(option.place))
      const [next] = this.after(i)
        .filter((line) => line.text !== '')
        .take(1)
      options.push(...cutOptions(text, option, optionAt(next?.plain ?? '', -1)?.place ?? -1))
      this.place = 'option'
    } else if (isNoKey(plain)) this.pass(text)
    else this.add(text)
  }

  private field(text: string) {
    const field = labelled(text)
    if (!field) return this.add(text)
    if (this.questions.length === 0 || this.place === 'nowhere') {
      const line = this.lineOf(text)
      if (line && holdsForAll(field.label)) this.given.push({ ...field, line, used: false })
      else this.pass(text)
      return
    }
    const question = this.questions.at(-1)
    if (question && field.label === 'kind') question.sectionKind = kindOf(field.text) ?? question.sectionKind
    else {
      this.place = field.label
      this.add(field.text)
    }
  }

  private pass(text: string) {
    const line = this.lineOf(text)
    if (line) this.passed.push(line)
  }

  /** The lines below a place, as far as they are asked for. */
  private *after(i: number) {
    for (let at = i + 1; at < this.lines.length; at++) yield this.lines[at] as PaperLine
  }

  private lineOf(text: string): PaperLine | null {
    const [line] = this.after(this.at - 2)
      .filter((one) => one.text.includes(text))
      .take(1)
    return line ?? null
  }

  /** Adds words to the place where they belong. */
  private add(text: string) {
    const one = this.questions.at(-1)?.one
    const more = (before: string | undefined) => [before, text].filter(Boolean).join('\n')
    if (!one || this.place === 'nowhere') {
      this.pass(text)
      return
    }
    if (this.place === 'option') one.options.push(more(one.options.pop()))
    else if (this.place === 'left') one.left.push(more(one.left.pop()))
    else if (this.place === 'rubric') one.rubric.push(criterion(text))
    else if (this.place === 'stem') one.stem = more(one.stem)
    else if (this.place === 'answer') one.answer = more(one.answer)
    else if (this.place === 'rationale') one.rationale = more(one.rationale)
    else if (this.place === 'passage') one.passage = more(one.passage)
    else setWord(one, this.place, text)
  }
}

const lettersBroken = (place: number): Fault =>
  fault(
    `选项的字母接不上：这里不该是${String.fromCharCode(65 + place)}。`,
    '从A开始，一个一个往下写；少写的选项补上。',
  )
