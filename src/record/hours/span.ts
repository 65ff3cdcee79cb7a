// Spans of time `[from, to)` in ms since 1970: union, and what is new in one against others.

export type Span = [from: number, to: number]

/** Sorted spans without overlap that cover the same time. */
export function union(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const [from, to] of [...spans].filter(([f, t]) => t > f).sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** The parts of `spans` that `covered` does not hold yet, sorted. */
export function uncovered(spans: readonly Span[], covered: readonly Span[]): Span[] {
  const taken = union(covered)
  const fresh: Span[] = []
  for (const [from, to] of union(spans)) {
    let start = from
    for (const [f, t] of taken) {
      if (t <= start || f >= to) continue
      if (f > start) fresh.push([start, f])
      start = Math.max(start, t)
    }
    if (start < to) fresh.push([start, to])
  }
  return fresh
}

/** Total length in seconds. */
export function seconds(spans: readonly Span[]): number {
  return spans.reduce((sum, [from, to]) => sum + (to - from), 0) / 1000
}
