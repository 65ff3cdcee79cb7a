// Which persons could be otherwise without a shown cell telling: the moves that a share or a distribution does not show.

/** Persons of a unit by category; `total` is all of them together. */
export type Counts = { by: readonly number[]; total: number }

/** A way of sorting the measured, as a cell shows it. */
export type Sorting = {
  /** Fewest persons of whom it is shown. */
  least: number
  /** Categories of which a shown cell must not tell that nobody is in them. */
  secret: readonly number[]
  /** What is seen of counts: the same number means the same looks. */
  face: (by: readonly number[], total: number) => number
}

/**
 * A set of moves of one person from a category to another, as bits. At most five categories, as there are five levels.
 */
export type Moves = number

const width = 5
const range = [0, 1, 2, 3, 4]

/** Every move there is. */
export const everyMove: Moves = (1 << (width * width)) - 1

/** The move of one person between two categories. */
export const move = (from: number, to: number): Moves => 1 << (from * width + to)

/** Moves out of a category. */
const outOf = (from: number): Moves => ((1 << width) - 1) << (from * width)

/** Moves into a category. */
export const into = (to: number): Moves => range.reduce((moves, from) => moves | move(from, to), 0)

/** Moves that end where somebody is, so that he could go the other way. */
export function towards(by: readonly number[]): Moves {
  return by.reduce((moves, n, to) => (n > 0 ? moves | into(to) : moves), 0)
}

/** Moves that begin where somebody is. */
export function from(by: readonly number[]): Moves {
  return by.reduce((moves, n, one) => (n > 0 ? moves | outOf(one) : moves), 0)
}

/** The same moves the other way. */
export function reversed(moves: Moves): Moves {
  let back = 0
  for (const one of range) for (const other of range) if (moves & move(one, other)) back |= move(other, one)
  return back
}

/** Each move of a set by its ends. */
export function endsOf(moves: Moves): { from: number; to: number }[] {
  return range.flatMap((one) =>
    range.flatMap((other) => (moves & move(one, other) ? [{ from: one, to: other }] : [])),
  )
}

/** Moves after which a shown cell would look the same. */
export function unseen({ face }: Sorting, { by, total }: Counts): Moves {
  const looks = face(by, total)
  const other = [...by]
  let moves = 0
  for (const [one, n] of by.entries()) {
    if (n === 0) continue
    for (const to of by.keys()) {
      if (to === one) continue
      other[one] = n - 1
      other[to] = (by[to] ?? 0) + 1
      if (face(other, total) === looks) moves |= move(one, to)
      other[one] = n
      other[to] = by[to] ?? 0
    }
  }
  return moves
}
