// Receipts: each event is chained to the one before it of the same person, so that no row can be changed,
// taken out or put in between unseen. The payload enters by a salted hash: erasing it leaves the chain whole.
import { hashOf } from '#db/chain-root.ts'

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
  return hashOf(salt, payload)
}

/** H(previous, id, kind, at, receivedAt, H(salt‖payload)), hexadecimal SHA-256. */
export function hashLink(link: Link): string {
  return hashOf(link.previous, link.id, link.kind, link.at, link.receivedAt, link.payloadHash)
}

/** A link as it is stored; payload and salt are null together once they were erased. */
export type StoredLink = Link & { hash: string; payload: string | null; salt: string | null }

/** What the first event of a person is linked to, so that a chain cannot be given to somebody else. */
export function beginOf(personId: string): string {
  return hashOf('chain', personId)
}

/** Whether a link comes after the one with that hash and is as it was stored. */
export function follows(previous: string, link: StoredLink): boolean {
  return link.previous === previous && hashLink(link) === link.hash && holdsPayload(link)
}

/** Whether the payload is the one that was hashed; an erased one is. */
export function holdsPayload({ payload, salt, payloadHash }: StoredLink): boolean {
  if (payload === null || salt === null) return payload === salt
  return hashPayload(salt, payload) === payloadHash
}

/** JSON with sorted keys, so that the same content always gives the same text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, v]) => v !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, v]) => `${JSON.stringify(key)}:${canonicalJson(v)}`).join(',')}}`
}
