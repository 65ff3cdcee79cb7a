// What was done to a chain that does not hold: which event, and which of its columns was likely changed.
import {
  beginOf,
  canonicalJson,
  hashLink,
  hashPayload,
  holdsPayload,
  type Link,
  type StoredLink,
} from '#record/events/chain.ts'
import { effectiveAt, formerKey, onceKey } from '#record/events/effective.ts'
import type { Event } from '#record/events/event.ts'
import { Event as EventShape } from '#record/events/event.ts'

/** An event as its row has it. */
export type StoredEvent = StoredLink & {
  seq: number
  personId: string
  once: string | null
  effectiveAt: string
}

/** Where a chain breaks; `seq` and `id` are those of the event at that place, null at its end. */
export type ChainFault = { seq: number | null; id: string | null; says: string }

const columnNames = {
  id: '编号（id）',
  kind: '种类（kind）',
  at: '发生时间（at）',
  receivedAt: '收到时间（received_at）',
  effectiveAt: '计入时间（effective_at）',
  once: '只计一次的标记（once）',
  payload: '内容（payload）',
  salt: '盐（salt）',
  payloadHash: '内容的校验值（payload_hash）',
  previous: '上一条的校验值（previous）',
  hash: '校验值（hash）',
}

/** The first column that is not hashed and does not follow from those that are; a once-key may have been freed. */
export function misread(link: StoredEvent): 'once' | 'effectiveAt' | null {
  if (link.payload === null) return null
  const { id, kind, personId: person, at } = link
  // Its hash was right, so it is what the door has let in.
  const told = { ...JSON.parse(link.payload), id, kind, person, at } as Event
  if (link.once !== null && ![onceKey(told), formerKey(told)].includes(link.once)) return 'once'
  return link.effectiveAt === effectiveAt(told, link.receivedAt) ? null : 'effectiveAt'
}

const kinds = EventShape.options.map((shape) => shape.shape.kind.value)

/** Other values for one hashed column, each under its name: with the right one the hash fits again. */
function guesses(link: StoredEvent, previous: string): Partial<Link>[] {
  const { payload, salt, receivedAt, effectiveAt: effective } = link
  return [
    { previous },
    ...(payload !== null && salt !== null ? [{ payloadHash: hashPayload(salt, payload) }] : []),
    { receivedAt: effective },
    { at: receivedAt },
    { at: effective },
    ...kinds.map((kind) => ({ kind })),
  ]
}

function saltOrPayload({ payload, salt }: StoredEvent): string {
  if (salt !== null && !/^[0-9a-f]{32}$/.test(salt)) return columnNames.salt
  if (payload === null || salt === null) return columnNames.payload
  try {
    if (canonicalJson(JSON.parse(payload)) === payload) return `${columnNames.payload}或${columnNames.salt}`
  } catch {
    // No longer JSON: the door stored nothing like it.
  }
  return columnNames.payload
}

/** Which column of a row was changed, by all that its neighbours tell; null if the row fits its own hash. */
function changed(link: StoredEvent, previous: string, next: string | undefined): string | null {
  const own = hashLink(link)
  if (own === link.hash) {
    if (!holdsPayload(link)) return saltOrPayload(link)
    const column = misread(link)
    return column && columnNames[column]
  }
  if (own === next) return columnNames.hash
  const guess = guesses(link, previous).find((each) => hashLink({ ...link, ...each }) === link.hash)
  if (guess) return columnNames[Object.keys(guess)[0] as keyof Link]
  return `${columnNames.id}、${columnNames.at}、${columnNames.kind}或${columnNames.receivedAt}`
}

/** What is wrong with the place of a row that is whole. */
function misplaced(links: readonly StoredEvent[], i: number): string {
  const { previous, personId } = links[i] as StoredEvent
  const before = previous === beginOf(personId) ? -1 : links.findIndex(({ hash }) => hash === previous)
  if (before > i) return `位置被换过，它应在 seq ${links[before]?.seq} 之后`
  if (before === -1 && previous !== beginOf(personId)) return '它前面少了一条，或前一条被整条换过'
  const [from, to] = [links[before + 1]?.seq, links[i - 1]?.seq]
  return `它前面的 seq ${from === to ? from : `${from}–${to}`} 是后来插进来的，或位置被换过`
}

/**
 * All that is wrong with a person's chain, in its order; empty if it holds. Pure.
 * @param links in order of arrival. @param end the row of `chain`, null if it is not there.
 * @param elsewhere whose event another hash is, as people call that person; null if it is nobody's.
 */
export function chainFaults(
  personId: string,
  links: readonly StoredEvent[],
  end: { length: number; head: string } | null,
  elsewhere: (hash: string) => string | null = () => null,
): ChainFault[] {
  const faults: ChainFault[] = []
  let previous = beginOf(personId)
  for (const [i, link] of links.entries()) {
    const { seq, id } = link
    const next = links[i + 1]?.previous ?? end?.head
    const other = link.previous === previous || hashLink(link) !== link.hash ? null : elsewhere(link.previous)
    const column = other ? null : changed(link, previous, next)
    if (other && next === link.hash) faults.push({ seq, id, says: `它前面那一条被改记到${other}名下` })
    else if (other) faults.push({ seq, id, says: `人员（person_id）被改过，原来是${other}的` })
    else if (column) faults.push({ seq, id, says: `${column}被改过` })
    else if (link.previous !== previous) faults.push({ seq, id, says: misplaced(links, i) })
    previous = column === columnNames.hash ? hashLink(link) : link.hash
  }
  const says = faultAtEnd(links, links.length === 0 ? '' : previous, end, faults.length > 0)
  return says ? [...faults, { seq: null, id: null, says }] : faults
}

function faultAtEnd(
  links: readonly StoredEvent[],
  head: string,
  end: { length: number; head: string } | null,
  broken: boolean,
): string | null {
  if (!end) return links.length > 0 ? '链的末端（chain 表里的这一行）不见了' : null
  if (end.head !== head) {
    const at = links.findIndex(({ hash }) => hash === end.head)
    if (at >= 0) return `末尾的${links.length - at - 1}条是后来添上的，或链的末端（chain.head）被改过`
    if (end.length > links.length) return `末尾少了${end.length - links.length}条`
    return '链的末端（chain.head）被改过'
  }
  return end.length !== links.length && !broken ? '链的条数（chain.length）被改过' : null
}
