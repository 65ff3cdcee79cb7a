// Receipts: each event is chained to the one before it of the same person, so that no row can be changed,
// taken out or put in between unseen. The payload enters by a salted hash: erasing it leaves the chain whole.
import { createHash } from 'node:crypto'

const sha256 = (...parts: string[]) => {
  const hash = createHash('sha256')
  // Lengths keep ('ab','c') apart from ('a','bc').
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest('hex')
}

/** What is hashed of one event. `payloadHash` is H(salt‖payload). */
export type Link = {
  previous: string
  id: string
  kind: string
  at: string
  receivedAt: string
  payloadHash: string
}

/** H(salt‖payload), hexadecimal SHA-256. */
export function hashPayload(salt: string, payload: string): string {
  return sha256(salt, payload)
}

/** H(previous, id, kind, at, receivedAt, H(salt‖payload)), hexadecimal SHA-256. */
export function hashLink(link: Link): string {
  return sha256(link.previous, link.id, link.kind, link.at, link.receivedAt, link.payloadHash)
}

/** A link as it is stored; payload and salt are null together once they were erased. */
export type StoredLink = Link & { hash: string; payload: string | null; salt: string | null }

/** What the first event of a person is linked to, so that a chain cannot be given to somebody else. */
export function beginOf(personId: string): string {
  return sha256('chain', personId)
}

/** Where a person's chain first breaks (index from 0), or null if it holds from the first event to the head. */
export function firstBreak(personId: string, links: readonly StoredLink[], head: string): number | null {
  let previous = beginOf(personId)
  for (const [i, link] of links.entries()) {
    if (link.previous !== previous || hashLink(link) !== link.hash || !holdsPayload(link)) return i
    previous = link.hash
  }
  const end = links.length === 0 ? '' : previous
  return end === head ? null : links.length
}

function holdsPayload({ payload, salt, payloadHash }: StoredLink): boolean {
  if (payload === null || salt === null) return payload === salt
  return hashPayload(salt, payload) === payloadHash
}

/** The root over all chain heads, in the order of person ids: one hash that fixes the whole record. */
export function rootOf(heads: { personId: string; head: string }[]): string {
  const sorted = [...heads].sort((a, b) => (a.personId < b.personId ? -1 : 1))
  return sha256(...sorted.flatMap(({ personId, head }) => [personId, head]))
}

/** JSON with sorted keys, so that the same content always gives the same text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, v]) => v !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, v]) => `${JSON.stringify(key)}:${canonicalJson(v)}`).join(',')}}`
}
