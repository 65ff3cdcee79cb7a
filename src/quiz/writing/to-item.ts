// From a form to the item: names of fields in the order in which files have them, ids that give no key away, and the
// number of its revision.
import { tidy, type ItemFields, type WrittenItem } from '#quiz/writing/fields.ts'
import { freeId } from '#quiz/writing/form-kinds.ts'

type Part = { id: string; text: string }

/** The item that the form holds; what is missing in the form is empty or missing in the item. */
export function toItem(fields: ItemFields): WrittenItem {
  const { id, revision, kind, indicator, difficulty, source } = fields
  return {
    ...{ id, revision, kind, indicator, difficulty },
    ...(source !== '' && { source }),
    passage: tidy(fields.passage),
    stem: tidy(fields.stem),
    ...ownPart(fields),
    rationale: tidy(fields.rationale),
  }
}

function ownPart(fields: ItemFields): Record<string, unknown> {
  const { kind, filed } = fields
  switch (kind) {
    case 'single':
      return { options: tidied(fields.options), key: fields.options.find(({ right }) => right)?.id ?? '' }
    case 'multiple': {
      const right = fields.options.filter((one) => one.right)
      const key = asFiled(right, filed, () => 0).map(({ id }) => id)
      return { options: tidied(fields.options), key, ...(fields.credit && { credit: fields.credit }) }
    }
    case 'true-false':
      return fields.holds === null ? {} : { key: fields.holds }
    case 'fill-in':
      return { key: { accept: fields.accept.map(tidy).filter(Boolean) } }
    case 'order':
      return stepsOf(tidied(fields.steps), filed)
    case 'match':
      return sidesOf(fields)
    case 'short-answer': {
      const rubric = fields.points.map(({ id, text, points }) => ({ id, text: tidy(text), points }))
      return { rubric, longest: fields.longest, model: tidy(fields.model) }
    }
  }
}

const tidied = (parts: readonly Part[]) => parts.map(({ id, text }) => ({ id, text: tidy(text) }))

const byId = (a: Part, b: Part) => (a.id < b.id ? -1 : 1)

/** In the order of the file; what it does not hold yet comes after, in an order of its own. */
function asFiled<T extends Part>(
  parts: readonly T[],
  filed: readonly Part[],
  otherwise: (a: Part, b: Part) => number,
): T[] {
  const at = ({ id }: Part) => {
    const place = filed.findIndex((one) => one.id === id)
    return place < 0 ? filed.length : place
  }
  return [...parts].sort((a, b) => at(a) - at(b) || otherwise(a, b))
}

/** Each id becomes its neighbour in alphabetical order, so that the alphabet no longer gives the key away. */
function turned(parts: readonly Part[]): Part[] {
  const ids = parts.map(({ id }) => id).sort()
  return parts.map(({ id, text }) => ({ id: ids[(ids.indexOf(id) + 1) % ids.length] ?? id, text }))
}

function stepsOf(steps: readonly Part[], filed: readonly Part[]) {
  const ids = steps.map(({ id }) => id)
  const named = ids.join() === [...ids].sort().join() ? turned(steps) : steps
  return { steps: asFiled(named, filed, byId), key: named.map(({ id }) => id) }
}

function sidesOf({ pairs, spare, filed }: ItemFields) {
  const left = tidied(pairs)
  const answers = pairs.map(({ answer }) => tidy(answer))
  const named = nameRight([...new Set([...answers, ...spare.map(tidy)])].filter(Boolean), filed)
  const keyIn = (right: readonly Part[]) =>
    left.flatMap(({ id }, i) => {
      const found = right.find(({ text }) => text === answers[i])
      return found ? [[id, found.id] as const] : []
    })
  const [ids, key] = [named.map(({ id }) => id).sort(), new Map(keyIn(named))]
  const aligned = [...left].sort(byId).every(({ id }, i) => key.get(id) === ids[i])
  const right = aligned ? turned(named) : named
  return { left, right: asFiled(right, filed, byId), key: Object.fromEntries(keyIn(right)) }
}

/** A text that the file knows keeps its id. */
function nameRight(texts: readonly string[], filed: readonly Part[]): Part[] {
  const known = texts.flatMap((text) => filed.find((one) => one.text === text) ?? [])
  const named = [...known]
  for (const text of texts)
    if (!named.some((one) => one.text === text))
      named.push({
        id: freeId(
          'r',
          named.map(({ id }) => id),
        ),
        text,
      })
  return named
}

/** True if two values are the same but for the order of names. */
export const isSame = (a: unknown, b: unknown) => JSON.stringify(a, sorted) === JSON.stringify(b, sorted)

const sorted = (_name: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/**
 * A changed item with the revision that it must have; one that says what it said when it was opened keeps its own.
 * @param opened the item when the page was opened; undefined for a new one.
 * @param published its highest published revision; undefined if it was never published.
 */
export function withRevision(
  item: WrittenItem,
  opened: WrittenItem | undefined,
  published: number | undefined,
): WrittenItem {
  const own = { ...item, revision: opened?.['revision'] ?? item['revision'] }
  if (published === undefined || (opened && isSame(own, opened))) return own
  return { ...item, revision: published + 1 }
}

/**
 * The id of a new item of a lesson: never one that was used, though the item be gone.
 * @param used all ids that are known to be, or to have been, in use.
 */
export function nextItemId(lessonId: string, used: Iterable<string>): string {
  const prefix = `itm-${lessonId.replace(/^lsn-/, '').slice(0, 50)}-`
  const numbers = [...used].flatMap((id) => {
    const rest = id.startsWith(prefix) ? id.slice(prefix.length) : ''
    return /^[1-9]\d{0,5}$/.test(rest) ? [Number(rest)] : []
  })
  return `${prefix}${Math.max(0, ...numbers) + 1}`
}
