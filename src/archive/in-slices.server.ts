// Long work in slices, with a turn for everybody else between them: the process is never held for long.

/** The items, so many at a time. */
export async function* inSlices<Item>(items: readonly Item[], size: number): AsyncGenerator<Item[]> {
  for (let from = 0; from < items.length; from += size) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve))
    yield items.slice(from, from + size)
  }
}
