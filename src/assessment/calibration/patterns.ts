// Who answered what, pressed together: people who answered alike are one pattern with a count.

/** A row is a person, a column an item; the share of points from 0 to 1, null (or NaN) where it was not shown. */
export type Responses = readonly ArrayLike<number | null>[]

/** Patterns one behind the other: pattern p has the answers `starts[p]` to `starts[p + 1]` of `items` and `shares`. */
export type Patterns = {
  /** How many people answered so. */
  counts: Float64Array
  starts: Int32Array
  items: Int32Array
  shares: Float64Array
}

/** What is known of an item before anything is estimated. */
export type Seen = {
  /** People who answered it. */
  answers: number
  /** Mean share of points; NaN without answers. */
  facility: number
  /** Whether shares differ at all; without that there is nothing to estimate. */
  differs: boolean
}

/** Columns of the responses; 0 when there are none. */
export const itemsIn = (responses: Responses) => responses[0]?.length ?? 0

/**
 * Refuses what cannot be responses.
 * @throws Error naming row and column, both from 0.
 */
export function requireResponses(responses: Responses, counts?: readonly number[]): void {
  const items = itemsIn(responses)
  if (counts && counts.length !== responses.length) throw new Error('counts needs one number for each row.')
  responses.forEach((row, person) => {
    if (row.length !== items)
      throw new Error(`Row ${person} has ${row.length} items, the first has ${items}.`)
    for (let item = 0; item < items; item += 1) {
      const share = row[item] ?? NaN
      if (share < 0 || share > 1)
        throw new Error(`Row ${person}, item ${item}: ${share} is no share of points.`)
    }
    const count = counts?.[person] ?? 1
    if (!(count >= 0 && count < Infinity)) throw new Error(`Row ${person} counts ${count} times.`)
  })
}

/** Answers, facility and whether answers differ, for each item. */
export function lookAt(responses: Responses, counts?: readonly number[]): Seen[] {
  return Array.from({ length: itemsIn(responses) }, (_, item) => {
    let [answers, sum, least, most] = [0, 0, Infinity, -Infinity]
    responses.forEach((row, person) => {
      const share = row[item] ?? NaN
      const count = counts?.[person] ?? 1
      if (Number.isNaN(share) || count === 0) return
      answers += count
      sum += count * share
      least = Math.min(least, share)
      most = Math.max(most, share)
    })
    return { answers, facility: sum / answers, differs: most > least }
  })
}

/** Presses responses together, over the items named by their columns; who answered none of them is left out. */
export function patternsOf(
  responses: Responses,
  columns: readonly number[],
  counts?: readonly number[],
): Patterns {
  const found = new Map<string, { row: ArrayLike<number | null>; count: number }>()
  responses.forEach((row, person) => {
    const count = counts?.[person] ?? 1
    const key = columns.map((item) => row[item] ?? '').join()
    const known = found.get(key)
    if (known) known.count += count
    else if (count > 0) found.set(key, { row, count })
  })
  const starts = [0]
  const items: number[] = []
  const shares: number[] = []
  const each: number[] = []
  for (const { row, count } of found.values()) {
    columns.forEach((item, place) => {
      const share = row[item] ?? NaN
      if (Number.isNaN(share)) return
      items.push(place)
      shares.push(share)
    })
    if (items.length === starts.at(-1)) continue
    starts.push(items.length)
    each.push(count)
  }
  return {
    counts: Float64Array.from(each),
    starts: Int32Array.from(starts),
    items: Int32Array.from(items),
    shares: Float64Array.from(shares),
  }
}
