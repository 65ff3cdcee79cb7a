// How likely each item of a pool is asked, by whoever draws what somebody never met first. Pure.

/**
 * Chance of each item by id when `count` of them are asked: the unmet ones share the places, the met ones what is left.
 * @param count may be a fraction where a number is only expected.
 */
export function chancesOf(
  pool: readonly { id: string }[],
  count: number,
  met: ReadonlySet<string>,
): Map<string, number> {
  const [unmet, known] = [pool.filter(({ id }) => !met.has(id)), pool.filter(({ id }) => met.has(id))]
  const ofUnmet = Math.min(count, unmet.length)
  const ofKnown = Math.min(count - ofUnmet, known.length)
  return new Map([
    ...unmet.map(({ id }) => [id, ofUnmet / unmet.length] as const),
    ...known.map(({ id }) => [id, ofKnown / known.length] as const),
  ])
}

/** The chances of several draws from pools that overlap: none is asked twice. */
export function together(draws: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const all = new Map<string, number>()
  for (const draw of draws)
    for (const [id, chance] of draw) all.set(id, Math.min(1, (all.get(id) ?? 0) + chance))
  return all
}
