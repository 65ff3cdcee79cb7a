// From what was found in a file to items that can enter the bank: what the form says for all is put in, names become
// ids, everything is checked as the bank asks, and every fault says how to mend it. Values in, values out.
import { driftOf, textOf, type Pointer } from '#assessment/bank/drift.ts'
import { fault, type Fault, type FoundItem } from '#assessment/exchange/found.ts'
import { explain } from '#course/explain.ts'
import { Item } from '#quiz/question.ts'

/** A document that passages may be from. */
type Source = {
  id: string
  title: string
  open: boolean
  sections: { id: string; title: string; text: string }[]
}

/** What the form says for all items that do not say it themselves; empty for nothing. */
export type Defaults = { indicator: string; difficulty: string; source: string; passage: string }

export type Frame = {
  indicators: readonly { id: string; name: string }[]
  sources: ReadonlyMap<string, Source>
  /** Hashes of the revisions that an id has in the bank or beside a lesson. */
  taken: ReadonlyMap<string, ReadonlySet<string>>
  defaults: Defaults
  /** A hash of any value; the same for the same value. */
  hash: (value: unknown) => string
}

/** An item and what would become of it. */
export type Row = { number: number; place: string; written: FoundItem['written'] } & (
  | { verdict: 'sound'; item: Item; notes: string[] }
  | { verdict: 'there'; item: Item; notes: string[] }
  | { verdict: 'faulty'; faults: Fault[] }
)

type Draft = Record<string, unknown>

/** Judges every item; of two that are the same, the first counts. */
export function completeRows(found: readonly FoundItem[], frame: Frame): Row[] {
  const seen = new Map<string, string>()
  return found.map((one, i) => {
    const row = completeRow(one, i + 1, frame)
    if (row.verdict === 'faulty') return row
    const before = seen.get(row.item.id)
    seen.set(row.item.id, before ?? row.place)
    if (before === undefined) return row
    return { ...row, verdict: 'there', notes: [`和${before}是同一个题号，只收前一道。`] }
  })
}

function completeRow(found: FoundItem, number: number, frame: Frame): Row {
  const { place, written, faults, notes = [] } = found
  // Of what could not be read at all, nothing else is worth saying.
  if (faults.length > 0 && Object.keys(found.draft).length === 0)
    return { number, place, written, verdict: 'faulty', faults }
  const said: string[] = [...notes]
  const draft = withGrounds(withDefaults(found.draft, frame), frame, said)
  const wrong = [...faults, ...checkFields(draft, faults.length > 0, frame)]
  const identified = withId(draft, frame)
  const parsed = Item.safeParse(identified, { reportInput: true })
  if (!parsed.success && wrong.length === 0)
    wrong.push(...parsed.error.issues.map((issue) => explain(issue, sayPath(issue.path))))
  if (!parsed.success || wrong.length > 0)
    return { number, place, written, verdict: 'faulty', faults: dropTwice(wrong) }
  const item = parsed.data
  const hashes = frame.taken.get(item.id)
  const made = draft['id'] === undefined
  if (hashes && !made && !hashes.has(frame.hash(item)))
    return {
      ...{ number, place, written, verdict: 'faulty' },
      faults: [
        fault(
          `题号 ${item.id} 已经有了，内容不一样。`,
          '要当作新题，删去“题号”那一行；要改原来的题，请到那道题的页面。',
        ),
      ],
    }
  const verdict = hashes ? 'there' : 'sound'
  return { number, place, written, verdict, item, notes: hashes ? ['题库里已经有这道题。'] : said }
}

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '')

function withDefaults(draft: Draft, { indicators, sources, defaults }: Frame): Draft {
  const indicator = text(draft['indicator']) || defaults.indicator
  const source = text(draft['source']) || defaults.source
  const named = indicators.find(({ id, name }) => id === indicator || name === indicator)
  const titled =
    sources.get(source) ?? [...sources.values()].find(({ title, open }) => open && title === source)
  const passage = text(draft['passage']) || defaults.passage
  return {
    revision: 1,
    // A label with nothing behind it says nothing.
    ...Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== '')),
    ...(indicator !== '' && { indicator: named?.id ?? indicator }),
    ...(source !== '' && { source: titled?.id ?? source }),
    ...(passage !== '' && { passage }),
    difficulty: text(draft['difficulty']) || defaults.difficulty || 'medium',
  }
}

/** A passage that stands in one document only needs no source; an item with its passage needs no explanation. */
function withGrounds(draft: Draft, { sources }: Frame, notes: string[]): Draft {
  const passage = text(draft['passage'])
  const grounded = { ...draft }
  if (draft['source'] === undefined && [...passage].length >= 6) {
    const homes = [...sources.values()].filter((one) => one.open && stands(one, passage))
    if (homes.length === 1 && homes[0]) {
      grounded['source'] = homes[0].id
      notes.push(`出处是按依据找到的：《${homes[0].title}》。`)
    }
  }
  if (text(draft['rationale']) === '' && passage !== '') {
    grounded['rationale'] = passage
    notes.push('没有写解析，用依据代替。')
  }
  return grounded
}

const squeezed = new WeakMap<Source, string>()
const letters = (words: string) => words.replace(/\s+/g, '')

function stands(source: Source, passage: string): boolean {
  const all = squeezed.get(source) ?? letters(textOf(source))
  squeezed.set(source, all)
  return all.includes(letters(passage))
}

function checkFields(draft: Draft, keyTold: boolean, { indicators, sources }: Frame): Fault[] {
  const faults: Fault[] = []
  const indicator = text(draft['indicator'])
  if (text(draft['stem']) === '' && !keyTold) faults.push(fault('没有题干。', '题号后面写上问什么。'))
  if (indicator === '')
    faults.push(fault('没有指标。', '加一行“指标：”，写能力图谱里的名称；或在导入时给所有的题选一个。'))
  else if (!indicators.some(({ id }) => id === indicator))
    faults.push(fault(`能力图谱里没有指标“${indicator.slice(0, 30)}”。`, '对照能力图谱里的名称写。'))
  if (!['easy', 'medium', 'hard'].includes(text(draft['difficulty'])))
    faults.push(fault(`难度“${text(draft['difficulty']).slice(0, 20)}”看不懂。`, '写易、中或难。'))
  if (text(draft['passage']) === '')
    faults.push(fault('没有依据。', '加一行“依据：”，从馆藏资料里逐字抄一句能说明答案的话。'))
  else {
    const pointer: Pointer = { source: text(draft['source']) || undefined, passage: text(draft['passage']) }
    const drift = driftOf(pointer, sources)
    if (drift !== null) faults.push(driftFault(pointer, drift, sources))
  }
  if (text(draft['passage']) !== '' && text(draft['rationale']) === '')
    faults.push(fault('没有解析。', '加一行“解析：”，写为什么这样答。'))
  return faults
}

function driftFault({ source }: Pointer, drift: string, sources: Frame['sources']): Fault {
  const title = source === undefined ? undefined : sources.get(source)
  if (source === undefined)
    return fault(
      '没有出处，依据也没有在哪一份资料里找到。',
      '加一行“出处：”，写资料的题目；依据要逐字照抄，标点也要一样。',
    )
  return title?.open
    ? fault(`依据这句话在《${title.title}》里找不到。`, '从那一页逐字复制一句，标点也要一样。')
    : fault(drift, '“出处”写馆里一份课文、故事、案例或清单的题目。')
}

/** An item without an id is named after what it asks, so that the same question, pasted twice, is the same item. */
export function withId(draft: Draft, { hash }: Pick<Frame, 'hash'>): Draft {
  if (draft['id'] !== undefined) return draft
  const { kind, stem, options, steps, left, right, key, rubric, model, scenes, stages } = draft
  const asked = { kind, stem, options, steps, left, right, key, rubric, model, scenes, stages }
  return { ...draft, id: `itm-x${hash(asked).slice(0, 16)}` }
}

const names: Record<string, string> = {
  ...{ id: '题号', revision: '版本', kind: '题型', indicator: '指标', difficulty: '难度', source: '出处' },
  ...{ passage: '依据', stem: '题干', rationale: '解析', options: '选项', key: '答案', steps: '步骤' },
  ...{ left: '左边', right: '右边', rubric: '评分要点', longest: '字数', model: '参考答案', credit: '计分' },
  ...{ accept: '答案', scenes: '场面', choices: '做法', stages: '各问', rules: '程序', text: '文字' },
}

const sayPath = (path: readonly PropertyKey[]) =>
  path
    .map((step) => (typeof step === 'number' ? `第${step + 1}项` : (names[String(step)] ?? String(step))))
    .join('') || '整道题'

const dropTwice = (faults: readonly Fault[]) =>
  faults.filter(({ message }, i) => faults.findIndex((one) => one.message === message) === i)

/** The text of a faulty item with lines for what is missing, ready to be filled in. */
export function toMend({ written, faults }: Extract<Row, { verdict: 'faulty' }>): string {
  if (written.as === 'yaml') return written.text
  const missing = [
    ['没有指标。', '指标：'],
    ['没有依据。', '依据：'],
    ['没有出处，', '出处：'],
    ['没有答案。', '答案：'],
  ].filter(([message = '']) => faults.some((one) => one.message.startsWith(message)))
  const lines = missing.flatMap(([, line = '']) => (written.text.includes(`\n${line}`) ? [] : [line]))
  return [written.text, ...lines].join('\n')
}
