// Which classes of one person lie on the same days: nobody sits in two at once, so somebody should look at them.

/** A class with its days, as the name of it stands in the file or in the record. */
export type Span = { title: string; startOn: string; endOn: string }

/** For every span that shares a day with another the one it is told with. */
export function overlapping<T extends Span>(spans: readonly T[]): Map<T, T> {
  const found = new Map<T, T>()
  let latest: T | undefined
  for (const span of spans.toSorted(
    (a, b) => Number(a.startOn > b.startOn) - Number(a.startOn < b.startOn),
  )) {
    if (latest && latest.endOn >= span.startOn) {
      found.set(span, latest)
      if (!found.has(latest)) found.set(latest, span)
    }
    if (!latest || span.endOn > latest.endOn) latest = span
  }
  return found
}
