// An item as a form has it, so that it can be written by who never saw YAML: texts, and which of them are right. Ids of
// parts and the order in which the file has them come along unseen, so that an item that is not changed stays the same.
import { blankRows, isFormKind, type FormKind } from '#quiz/writing/form-kinds.ts'

/** An item as it stands in a file or a form: half-written perhaps, so nothing but id and kind is sure. */
export type WrittenItem = { id: string; kind: string; [field: string]: unknown }

type Part = { id: string; text: string }

/** What the form of an item holds. Of lists and answers only those of its kind count; the others wait for a change of kind. */
export type ItemFields = {
  id: string
  revision: number
  kind: FormKind
  indicator: string
  difficulty: string
  /** Id of the document with the passage; empty beside a lesson. */
  source: string
  passage: string
  stem: string
  rationale: string
  options: (Part & { right: boolean })[]
  /** Whether the stem is right; null while nobody has said so. */
  holds: boolean | null
  /** Wordings of the answer. */
  accept: string[]
  /** First to last, as they are right. */
  steps: Part[]
  /** Left sides, each with the text of its right side. */
  pairs: (Part & { answer: string })[]
  /** Right sides that belong to nothing. */
  spare: string[]
  points: (Part & { points: number })[]
  /** Most characters of an answer. */
  longest: number
  model: string
  /** Parts as the file has them: steps, right sides, or the ids of its key. */
  filed: readonly Part[]
  /** How ticks become points, where the file says so. */
  credit: string | undefined
}

// As in src/course/limits.ts: what a file of the library may not hold.
const unseen =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069\uFFFD-\uFFFF]|\p{Cs}/gu

/** What is kept of a typed text. */
export const tidy = (typed: string) => typed.replace(/\r\n?/g, '\n').replace(unseen, '').trim()

const textIn = (value: unknown) => (typeof value === 'string' ? value : '')
const numberIn = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise)
const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const recordIn = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
const partsIn = (value: unknown): Part[] =>
  listIn(value).map((one) => ({ id: textIn(recordIn(one)['id']), text: textIn(recordIn(one)['text']) }))

/** A form with nothing in it. */
export function emptyFields(id: string, kind: FormKind): ItemFields {
  const nothing = {
    ...{ id, kind, revision: 1, indicator: '', difficulty: 'medium', source: '' },
    ...{ passage: '', stem: '', rationale: '', options: [], holds: null, accept: [], steps: [] },
    ...{ pairs: [], spare: [], points: [], longest: 300, model: '', filed: [], credit: undefined },
  }
  return withKind(nothing, kind)
}

/** The form with another kind: what was written stays where the new kind has a place for it. */
export function withKind(fields: ItemFields, kind: FormKind): ItemFields {
  const next = { ...blankRows(kind, fields), kind }
  if (kind !== 'single') return next
  const first = next.options.findIndex(({ right }) => right)
  return { ...next, options: next.options.map((one, i) => ({ ...one, right: i === first })) }
}

/** The form of an item; null for kinds that have none. */
export function toFields(item: WrittenItem): ItemFields | null {
  if (!isFormKind(item.kind)) return null
  const { id, kind, key } = item
  const fields: ItemFields = {
    ...emptyFields(id, kind),
    revision: numberIn(item['revision'], 1),
    indicator: textIn(item['indicator']),
    difficulty: textIn(item['difficulty']),
    source: textIn(item['source']),
    passage: textIn(item['passage']),
    stem: textIn(item['stem']),
    rationale: textIn(item['rationale']),
  }
  return { ...fields, ...ownFields(item, kind, key) }
}

function ownFields(item: WrittenItem, kind: FormKind, key: unknown): Partial<ItemFields> {
  switch (kind) {
    case 'single':
      return { options: partsIn(item['options']).map((one) => ({ ...one, right: one.id === key })) }
    case 'multiple': {
      const keys = listIn(key).map(textIn)
      return {
        options: partsIn(item['options']).map((one) => ({ ...one, right: keys.includes(one.id) })),
        filed: keys.map((id) => ({ id, text: '' })),
        credit: textIn(item['credit']) || undefined,
      }
    }
    case 'true-false':
      return { holds: typeof key === 'boolean' ? key : null }
    case 'fill-in':
      return { accept: listIn(recordIn(key)['accept']).map(textIn) }
    case 'order': {
      const filed = partsIn(item['steps'])
      const keys = listIn(key).map(textIn)
      const placed = keys.flatMap((id) => filed.find((one) => one.id === id) ?? [])
      return { filed, steps: [...placed, ...filed.filter(({ id }) => !keys.includes(id))] }
    }
    case 'match': {
      const [right, keys] = [partsIn(item['right']), recordIn(key)]
      const answers = new Set(Object.values(keys))
      return {
        filed: right,
        pairs: partsIn(item['left']).map((one) => ({
          ...one,
          answer: right.find(({ id }) => id === keys[one.id])?.text ?? '',
        })),
        spare: right.filter(({ id }) => !answers.has(id)).map(({ text }) => text),
      }
    }
    case 'short-answer':
      return {
        points: listIn(item['rubric']).map((one) => ({
          ...{ id: textIn(recordIn(one)['id']), text: textIn(recordIn(one)['text']) },
          points: numberIn(recordIn(one)['points'], 1),
        })),
        longest: numberIn(item['longest'], 300),
        model: textIn(item['model']),
      }
  }
}
