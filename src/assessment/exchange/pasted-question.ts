// One question of a pasted paper, once all its lines are read: its kind, its answer wherever it stands, its blank.
import { setWord, nothing, type Label } from '#assessment/exchange/fields.ts'
import { fault, type Fault, type FoundItem } from '#assessment/exchange/found.ts'
import { toDraft, type Lettered } from '#assessment/exchange/lettered.ts'
import type { PaperLine } from '#assessment/exchange/paper-lines.ts'
import { half, lettersIn, truthIn } from '#assessment/exchange/read-answer.ts'
import { kinds, type KindName } from '#quiz/kinds/registry.ts'

export type Question = {
  line: number
  number: number
  /** Of its heading, or said in it. */
  sectionKind: KindName | null
  one: Lettered
  /** From the answers at the end of the paper. */
  keyAnswer?: string
  keyRationale?: string | undefined
  faults: Fault[]
  /** As it was pasted. */
  lines: string[]
}

/** A labelled line above the first question; `used` once a question took it. */
export type Given = { label: Label; text: string; line: PaperLine; used: boolean }

export const emptyQuestion = (
  { number: line, text }: PaperLine,
  number: number,
  kind: KindName | null,
): Question => ({
  ...{ line, number, sectionKind: kind, one: nothing(), faults: [], lines: [text] },
})

/** The item. `given` holds for it where it says nothing itself. */
export function finish(question: Question, given: readonly Given[]): FoundItem {
  const { one, line, number, faults, lines } = question
  const taken = given.filter(
    ({ label }, i) => !saidOf(one, label) && given.findIndex((g) => g.label === label) === i,
  )
  for (const each of taken) {
    giveWord(one, each.label, each.text)
    each.used = true
  }
  const before = clean(one.answer)
  one.answer = bare(before ?? clean(question.keyAnswer), one.options)
  if (before && question.keyAnswer && differ(before, question.keyAnswer))
    faults.push(
      fault(
        `题下的答案是“${before.slice(0, 20)}”，卷末的答案是“${question.keyAnswer.slice(0, 20)}”。`,
        '改成一样，或删去一处。',
      ),
    )
  const explained = clean(one.rationale) === undefined ? question.keyRationale : undefined
  if (explained) one.rationale = explained
  takeFromBrackets(question)
  one.kind = one.kind ?? question.sectionKind ?? guessKind(one)
  shape(one, faults)
  const { draft, faults: wrong } = toDraft(one)
  const kindLine = question.sectionKind ? [`题型：${kinds[question.sectionKind].name}`] : []
  const added = [
    ...(before === undefined && question.keyAnswer ? [`答案：${question.keyAnswer}`] : []),
    ...(explained ? [`解析：${explained}`] : []),
    ...taken.map(({ label, text }) => `${said[label]}：${text}`),
  ]
  const [first = '', ...rest] = lines.filter((text) => !/^题型[:：]/.test(text))
  const all = [first, ...kindLine, ...rest, ...added.filter((text) => !lines.includes(text))]
  return {
    ...{ type: 'item', place: `第${line}行，第${number}题`, draft, faults: [...faults, ...wrong] },
    written: { as: 'text', text: all.join('\n') },
  }
}

const said: Partial<Record<Label, string>> = {
  indicator: '指标',
  difficulty: '难度',
  source: '出处',
  passage: '依据',
}

/** True for what may stand above the first question, for all of them. */
export const holdsForAll = (label: Label) => label in said

const saidOf = (one: Lettered, label: Label) =>
  label in said ? Boolean(one[label as 'indicator' | 'difficulty' | 'source' | 'passage']) : true

function giveWord(one: Lettered, label: Label, text: string) {
  if (label === 'passage') one.passage = text
  else setWord(one, label, text)
}

const clean = (answer: string | undefined) => {
  const plain = answer?.trim()
  return plain === '' ? undefined : plain
}

/** `C．7天`, where that is option C, and `（B）` are a letter. */
function bare(answer: string | undefined, options: readonly string[]): string | undefined {
  const [, letter, words = ''] =
    /^\s*[(（]?\s*([A-Ha-hＡ-Ｈ])\s*[)）.．、:：]\s*(.*)$/s.exec(answer ?? '') ?? []
  const option = options[lettersIn(letter ?? '')?.[0] ?? -1]
  const same = words === '' || (option !== undefined && ended(words) === ended(option))
  return letter !== undefined && options.length > 0 && same ? letter : answer
}

const ended = (text: string) => text.trim().replace(/[。.;；]$/, '')

const inBrackets =
  /[(（]\s*([A-Ha-hＡ-Ｈ](?:[\s、,，]*[A-Ha-hＡ-Ｈ])*|[√×✓✔✗✘✕╳]|对|错|正确|错误|T|F)\s*[)）]/g

/** An answer that stands in the brackets of the question is taken out of them. */
function takeFromBrackets({ one, sectionKind, faults }: Question) {
  const { stem = '', answer, options } = one
  const found = [...stem.matchAll(inBrackets)].filter(([, said = '']) =>
    options.length > 0 ? lettersIn(said) !== null || truthIn(said) !== null : truthIn(said) !== null,
  )
  const [whole = '', said = ''] = found[0] ?? []
  if (found.length !== 1 || (options.length === 0 && sectionKind !== null && sectionKind !== 'true-false'))
    return
  if (answer !== undefined && !sameAnswer(answer, said)) {
    faults.push(
      fault(
        `题干括号里是“${said}”，答案是“${half(answer).slice(0, 20)}”，两处不一样。`,
        '改成一样，或删去一处。',
      ),
    )
    return
  }
  one.answer = answer ?? said
  one.stem = stem
    .replace(whole, options.length > 0 ? '（　）' : '')
    .replace(/。\s*。$/, '。')
    .trim()
}

/** True if both can be read and say something else. */
const differ = (a: string, b: string) => (truthIn(a) !== null || lettersIn(a) !== null) && !sameAnswer(a, b)

function sameAnswer(a: string, b: string): boolean {
  const truth = truthIn(a)
  return truth !== null
    ? truth === truthIn(b)
    : lettersIn(a)?.toSorted().join() === (lettersIn(b)?.toSorted().join() ?? '')
}

const blank = /[_＿]{2,}/g
const bracketBlank = /[(（][\s\u3000_]*[)）]/g

function guessKind({ options, answer = '', stem = '', rubric }: Lettered): KindName | undefined {
  if (rubric.length > 0) return 'short-answer'
  if (options.length > 0) {
    const letters = answer === '' ? [0] : lettersIn(answer)
    const truths = options.length === 2 && options.every((text) => truthIn(text) !== null)
    if (truths && letters === null && truthIn(answer) !== null) return 'true-false'
    return letters !== null && letters.length > 1 ? 'multiple' : 'single'
  }
  if (truthIn(answer) !== null) return 'true-false'
  return stem.match(blank)?.length === 1 && answer !== '' ? 'fill-in' : undefined
}

/** What the kind wants of the question: one blank, no empty brackets at the end of a statement. */
function shape(one: Lettered, faults: Fault[]) {
  const { kind, stem = '' } = one
  if (kind === 'true-false') one.stem = stem.replace(/[(（][\s\u3000]*[)）]\s*([。.]?)\s*$/, '$1').trim()
  if (kind !== 'fill-in') return
  const shapes = stem.match(blank) ? blank : bracketBlank
  const blanks = stem.match(shapes)?.length ?? 0
  if (blanks === 1) one.stem = stem.replace(shapes, (found) => (/^_{4,}$/.test(found) ? found : '____'))
  else
    faults.push(
      blanks === 0
        ? fault('填空题的题干里没有空格。', '在要填的地方写四条下划线____。')
        : fault(`题干里有${blanks}处空格。`, '一道题只留一处，其余的拆成另外的题。'),
    )
  one.accept = (one.answer ?? '')
    .split(/[|｜]/)
    .map((form) => form.trim())
    .filter(Boolean)
  if (one.accept.some((form) => form.includes('\n')))
    faults.push(fault('填空题的答案有好几行。', '只写一行，几种写法用|隔开；别的题的答案放到别的题下面。'))
}
