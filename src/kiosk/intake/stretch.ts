// A kiosk is one screen: while somebody studies there, nobody else does.

/** Study that was claimed before, ms since 1970, and in which visit. */
export type Stretch = { about: string | null; span: readonly [number, number] }

/** The end of a stretch that no other visit has claimed; null if somebody else was there at its end. */
export function free(
  [from, to]: readonly [number, number],
  about: string | null,
  taken: Stretch[],
): [number, number] | null {
  const others = taken.filter((one) => one.about !== about && one.span[0] < to && one.span[1] > from)
  const start = others.reduce((latest, { span }) => Math.max(latest, span[1]), from)
  return start < to ? [start, to] : null
}
