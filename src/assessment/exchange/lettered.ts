// An item as papers and tables have it: options by letter, an answer in letters. Between it and the stored item, both ways.
import { fault, type Fault } from '#assessment/exchange/found.ts'
import { lettersIn, pairsIn, truthIn } from '#assessment/exchange/read-answer.ts'
import type { Part } from '#quiz/kinds/kind.ts'
import type { KindName } from '#quiz/kinds/registry.ts'
import type { Item } from '#quiz/question.ts'

/** Everything as text; what is not there is missing or empty. */
export type Lettered = {
  kind?: KindName
  id?: string
  revision?: number
  indicator?: string
  difficulty?: string
  source?: string
  passage?: string
  rationale?: string
  stem?: string
  /** A, B, C …: options, steps, or the right sides of pairs. */
  options: string[]
  /** 1, 2, 3 …: the left sides of pairs. */
  left: string[]
  answer?: string
  /** Accepted forms of a blank. */
  accept: string[]
  rubric: { text: string; points: number }[]
  longest?: number
  credit?: string
  /** Ids of the parts where they are not the usual ones: of `left`, then of `options`; or of the rubric. */
  ids?: string[]
}

const letters = 'abcdefgh'

/** a, b, c …; from the end where that would be the key of an order or of pairs. */
const letterIds = (count: number, backwards = false) => {
  const ids = Array.from({ length: count }, (_, i) => letters[i] ?? `x${i}`)
  return backwards ? ids.reverse() : ids
}

const numberIds = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`)

const ascending = (places: readonly number[]) => places.every((place, i) => place === i)

/** Ids of the parts, where nobody says others. `key` are places among the options, in the order of the answer. */
function usualIds(kind: KindName, { options, left, rubric }: Lettered, key: readonly number[]): string[] {
  if (kind === 'short-answer') return numberIds(rubric.length, 'r')
  if (kind === 'order') return letterIds(options.length, ascending(key))
  if (kind === 'match') return [...numberIds(left.length, 'l'), ...letterIds(options.length, ascending(key))]
  return letterIds(options.length)
}

const partsOf = (texts: readonly string[], ids: readonly string[]): Part[] =>
  texts.map((text, i) => ({ id: ids[i] ?? '', text }))

/** The stored item; what is missing or not understood stays out, with what is wrong. */
export function toDraft(lettered: Lettered): { draft: Record<string, unknown>; faults: Fault[] } {
  const { kind, id, revision, indicator, difficulty, source, passage, rationale, stem } = lettered
  const shared = { id, revision, kind, indicator, difficulty, source, passage, stem, rationale }
  const own = kind === undefined ? { draft: {}, faults: [noKind] } : ofKind(kind, lettered)
  const draft = Object.entries({ ...shared, ...own.draft }).filter(([, value]) => value !== undefined)
  return { draft: Object.fromEntries(draft), faults: own.faults }
}

const noKind = fault(
  '看不出是什么题型。',
  '在前面加一行“一、单选题”这样的标题，或加一行“题型：单选题”；单选、多选要有选项，填空要有空格____。',
)

const noAnswer = (example: string) => fault('没有答案。', `加一行“答案：${example}”。`)

function ofKind(kind: KindName, one: Lettered): { draft: Record<string, unknown>; faults: Fault[] } {
  const { answer = '' } = one
  if (kind === 'true-false') {
    const key = truthIn(answer, one.options)
    if (key !== null) return { draft: { key }, faults: [] }
    const wrong =
      answer === '' ? noAnswer('对') : fault(`答案“${short(answer)}”看不懂。`, '判断题写“对”或“错”。')
    return { draft: {}, faults: [wrong] }
  }
  if (kind === 'fill-in') {
    const accept = one.accept.length > 0 ? one.accept : answer === '' ? [] : [answer]
    return accept.length > 0
      ? { draft: { key: { accept } }, faults: [] }
      : { draft: {}, faults: [noAnswer('三分之二|2/3')] }
  }
  if (kind === 'short-answer') return shortAnswer(one)
  return kind === 'match' ? match(one) : ofOptions(kind, one)
}

function shortAnswer(one: Lettered) {
  const ids = one.ids ?? usualIds('short-answer', one, [])
  const rubric = one.rubric.map((criterion, i) => ({ id: ids[i] ?? '', ...criterion }))
  const { longest, answer: model } = one
  const faults = model ? [] : [noAnswer('一段参考答案')]
  if (rubric.length === 0)
    faults.push(fault('没有评分要点。', '每条要点一行，写“评分要点：说到当众开标（2分）”。'))
  return { draft: { rubric, ...(longest !== undefined && { longest }), ...(model && { model }) }, faults }
}

function match(one: Lettered) {
  const pairs = pairsIn(one.answer ?? '', one)
  const ids = fitting(one, one.left.length + one.options.length) ?? usualIds('match', one, pairs ?? [-1])
  const left = partsOf(one.left, ids)
  const right = partsOf(one.options, ids.slice(left.length))
  const key = pairs && Object.fromEntries(left.map(({ id }, i) => [id, right[pairs[i] ?? -1]?.id ?? '']))
  const faults = pairs ? [] : [one.answer ? unread(one.answer, '1-C，2-A，3-B') : noAnswer('1-C，2-A，3-B')]
  return { draft: { left, right, ...(key && { key }) }, faults }
}

function ofOptions(kind: 'single' | 'multiple' | 'order' | KindName, one: Lettered) {
  const { answer = '', options, credit } = one
  const places = lettersIn(answer)
  const outside = places?.find((place) => place >= options.length)
  const example = kind === 'single' ? 'B' : kind === 'multiple' ? 'ABD' : 'CAB'
  const faults: Fault[] = []
  if (options.length === 0)
    faults.push(fault('没有选项。', '每个选项一行，写成“A. 甲”“B. 乙”；也可以写在一行里，中间空开。'))
  else if (answer === '') faults.push(noAnswer(example))
  else if (places === null) faults.push(unread(answer, example))
  else if (outside !== undefined)
    faults.push(fault(`答案里有${letterOf(outside)}，选项里没有。`, '改答案，或把少了的选项补上。'))
  else if (kind === 'single' && places.length > 1)
    faults.push(fault(`单选题写了${places.length}个答案。`, '只留一个，或把题型改成多选题。'))
  const ids = fitting(one, options.length) ?? usualIds(kind, one, places ?? [])
  const list = partsOf(options, ids)
  const key = faults.length > 0 ? undefined : (places ?? []).map((place) => list[place]?.id ?? '')
  return {
    draft: {
      [kind === 'order' ? 'steps' : 'options']: list,
      ...(key && { key: kind === 'single' ? key[0] : key }),
      ...(kind === 'multiple' && credit && { credit }),
    },
    faults,
  }
}

const fitting = ({ ids }: Lettered, count: number) => (ids?.length === count ? ids : null)

const unread = (answer: string, example: string) =>
  fault(`答案“${short(answer)}”看不懂。`, `写成“答案：${example}”这样。`)

const short = (text: string) => (text.length > 20 ? `${[...text].slice(0, 20).join('')}……` : text)

/** A, B, C … of a place. */
export const letterOf = (place: number) => String.fromCharCode(65 + place)

/** An item in letters; null for the kinds that papers cannot hold. */
export function lettered(item: Item): Lettered | null {
  const { id, revision, kind, indicator, difficulty, source, passage, rationale, stem } = item
  const none = { options: [], left: [], accept: [], rubric: [] }
  const shared = { id, revision, kind, indicator, difficulty, source, passage, rationale, stem, ...none }
  const own = inLetters(item)
  if (own === null) return null
  const { ids = [], key = [], ...rest } = own
  const whole: Lettered = { ...shared, ...rest }
  return ids.join() === usualIds(kind, whole, key).join() ? whole : { ...whole, ids }
}

type InLetters = Partial<Lettered> & { key?: number[] }

function inLetters(item: Item): InLetters | null {
  switch (item.kind) {
    case 'true-false':
      return { answer: item.key ? '对' : '错' }
    case 'fill-in':
      return { accept: item.key.accept }
    case 'single':
      return lists(item.options, [item.key])
    case 'multiple':
      return { ...lists(item.options, item.key), ...(item.credit && { credit: item.credit }) }
    case 'order':
      return lists(item.steps, item.key)
    case 'match': {
      const key = item.left.map(({ id }) => item.right.findIndex((part) => part.id === item.key[id]))
      return {
        ...{ left: item.left.map(({ text }) => text), options: item.right.map(({ text }) => text) },
        ...{ key, ids: [...item.left, ...item.right].map(({ id }) => id) },
        answer: key.map((place, i) => `${i + 1}-${letterOf(place)}`).join('，'),
      }
    }
    case 'short-answer':
      return {
        ...{ answer: item.model, longest: item.longest, ids: item.rubric.map(({ id }) => id) },
        rubric: item.rubric.map(({ text, points }) => ({ text, points })),
      }
    default:
      return null
  }
}

function lists(parts: readonly Part[], keys: readonly string[]): InLetters {
  const key = keys.map((id) => parts.findIndex((part) => part.id === id))
  return {
    ...{ options: parts.map(({ text }) => text), ids: parts.map(({ id }) => id), key },
    answer: key.map(letterOf).join(''),
  }
}
