// A stable order that says nothing: neither about the key nor about the order in which the author wrote.

/** FNV-1a over the text, then the final mix of MurmurHash3, so that near texts land far apart. */
export function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** `list` in an order that depends on the ids and the salt only. */
export const mixed = <T extends { id: string }>(list: readonly T[], salt: string): T[] =>
  list
    .map((thing) => ({ thing, rank: hash(`${salt}/${thing.id}`) }))
    .sort((a, b) => a.rank - b.rank || (a.thing.id < b.thing.id ? -1 : 1))
    .map(({ thing }) => thing)

/**
 * `list` sorted by a hash of seed and id; the first such order in which not every key id stands at its own place.
 * Without a key the first order.
 */
export function shuffled<T extends { id: string }>(
  list: readonly T[],
  seed: string,
  key: readonly string[] = [],
): T[] {
  for (let round = 0; round < 100; round++) {
    const order = mixed(list, `${seed}/${round}`)
    if (key.length === 0 || !key.every((id, i) => order[i]?.id === id)) return order
  }
  throw new Error(`Nothing to shuffle: ${list.length} parts with the key ${key.join()}`)
}
