// The root over all chain heads: one hash that fixes the whole record. It stands here, below the record, because
// every backup carries it too.
import { createHash, type Hash } from 'node:crypto'

const feed = (hash: Hash, part: string) => hash.update(`${Buffer.byteLength(part)}:`).update(part)

/** SHA-256 over several texts, hexadecimal. Lengths keep ('ab','c') apart from ('a','bc'). */
export function hashOf(...parts: string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) feed(hash, part)
  return hash.digest('hex')
}

export type Head = { personId: string; head: string }

/** A root that is fed bit by bit; heads come in the order of person ids, compared as text. */
export class RootHash {
  #hash = createHash('sha256')

  add({ personId, head }: Head): this {
    feed(feed(this.#hash, personId), head)
    return this
  }

  /** The root, hexadecimal. */
  end(): string {
    return this.#hash.digest('hex')
  }
}

/** The root over all chain heads, in the order of person ids. */
export function rootOf(heads: readonly Head[]): string {
  const root = new RootHash()
  for (const head of heads.toSorted((a, b) => (a.personId < b.personId ? -1 : 1))) root.add(head)
  return root.end()
}
