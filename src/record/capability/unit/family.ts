// Which parts of a unit may show a share or a distribution, so that nothing of the others can be computed. Asked from
// the top of the tree downwards; an answer needs only the unit, its parts, and what was promised above.
//
// The hidden parts of a unit are known together: the unit less the parts that are shown. So together they must be at
// least two and enough persons, and in every category there must be somebody, or there could be: some person could be in it
// without anything shown looking otherwise, because somebody else moves the other way (in a part that looks the same
// either way) or because the unit itself, and all above it, look the same. A shown part must not tell that nobody is in
// a category either. Whatever needs such a move lays it on the parts it needs: they and all below them must leave room.
import {
  endsOf,
  everyMove,
  from,
  into,
  move,
  reversed,
  towards,
  unseen,
  type Counts,
  type Moves,
  type Sorting,
} from '#record/capability/unit/slack.ts'

/** A part of a unit: a unit below it, or its own members. */
export type Part = Counts & { id: string; mayShow: boolean }

/** A part that is shown. */
export type Seat = Counts & {
  /** Moves its own cell does not show. */
  unseen: Moves
  /** Moves that would not be noticed outside it. */
  absorbed: Moves
  /** Of each set one move must stay possible inside it. */
  needs: Moves[]
}

/** The unit at the top; null if it must not be shown. */
export function seatAtTop(sorting: Sorting, part: Part): Seat | null {
  if (!part.mayShow || part.total < sorting.least) return null
  const own = unseen(sorting, part)
  const needs = emptyOf(sorting.secret, part).map((k) => own & into(k))
  return needs.includes(0) ? null : { ...part, unseen: own, absorbed: everyMove, needs }
}

/**
 * The seats of the parts of a unit that is shown, null for what is hidden.
 * More is hidden in order of size, equal sizes together, until the rest is safe.
 */
export function seatsOf(sorting: Sorting, whole: Seat, parts: readonly Part[]): (Seat | null)[] {
  const own = parts.map((part) => unseen(sorting, part))
  const hidden = new Set(
    [...parts.keys()].filter((i) => !(parts[i]?.mayShow && parts[i].total >= sorting.least)),
  )
  for (;;) {
    hideBeside(sorting.least, parts, hidden)
    const tried = new Trial(sorting, whole, parts, own, hidden)
    const failed = tried.settle()
    if (failed === null) return tried.seats()
    if (failed !== 'group') hidden.add(failed)
    else if (!hideSmallest(parts, hidden)) return parts.map(() => null)
  }
}

/** Hides more until the hidden are none, or two parts with anybody in them and enough persons together. */
export function hideBeside(least: number, parts: readonly Counts[], hidden: Set<number>): void {
  for (;;) {
    const sizes = [...hidden].flatMap((i) => parts[i]?.total || [])
    const persons = sizes.reduce((sum, n) => sum + n, 0)
    if (persons === 0 || (sizes.length >= 2 && persons >= least)) return
    if (!hideSmallest(parts, hidden)) return
  }
}

/** False if all are hidden already. */
function hideSmallest(parts: readonly Counts[], hidden: Set<number>): boolean {
  const shown = [...parts.keys()].filter((i) => !hidden.has(i))
  const smallest = Math.min(...shown.map((i) => parts[i]?.total ?? 0))
  for (const i of shown) if (parts[i]?.total === smallest) hidden.add(i)
  return shown.length > 0
}

const emptyOf = (categories: readonly number[], { by }: Counts) => categories.filter((k) => by[k] === 0)

/** One choice of what is hidden, put to the test. */
class Trial {
  private readonly rest: number[]
  /** Moves of a shown part that would not be noticed, whatever the other shown parts do. */
  private readonly free: Moves
  private readonly passing: Moves
  private readonly shown: number[]
  private readonly granted: Moves[]
  private readonly needs: Moves[][]
  private readonly sorting: Sorting
  private readonly whole: Seat
  private readonly parts: readonly Part[]
  private readonly own: readonly Moves[]

  constructor(
    sorting: Sorting,
    whole: Seat,
    parts: readonly Part[],
    own: readonly Moves[],
    hidden: ReadonlySet<number>,
  ) {
    this.sorting = sorting
    this.whole = whole
    this.parts = parts
    this.own = own
    this.shown = [...parts.keys()]
      .filter((i) => !hidden.has(i))
      .sort(
        (one, other) => this.sizeOf(other) - this.sizeOf(one) || (this.idOf(one) < this.idOf(other) ? -1 : 1),
      )
    this.rest = whole.by.map((_, k) => [...hidden].reduce((sum, i) => sum + (parts[i]?.by[k] ?? 0), 0))
    this.passing = whole.unseen & whole.absorbed
    this.free = this.passing | towards(this.rest) | this.throughRest()
    this.granted = parts.map(() => 0)
    this.needs = parts.map(() => [])
  }

  /** Null if all is safe, else what has to be hidden: a part, or more of them. */
  settle(): number | 'group' | null {
    if (!this.restIsSafe()) return 'group'
    for (const i of this.shown) if (!this.keepsItsSecrets(i)) return i
    return this.whole.needs.every((moves) => this.canHold(moves)) ? null : 'group'
  }

  seats(): (Seat | null)[] {
    const seats: (Seat | null)[] = this.parts.map(() => null)
    for (const i of this.shown) {
      const part = this.parts[i]
      if (!part) continue
      const absorbed = this.free | (this.granted[i] ?? 0)
      seats[i] = {
        by: part.by,
        total: part.total,
        unseen: this.ownOf(i),
        absorbed,
        needs: this.needs[i] ?? [],
      }
    }
    return seats
  }

  /** In every category of the hidden there is somebody, or could be. */
  private restIsSafe(): boolean {
    if (this.rest.every((n) => n === 0)) return true
    return this.rest.every((n, k) => {
      if (n > 0) return true
      // That nobody of the unit is in it was told with the unit, or kept there.
      if (this.whole.by[k] === 0 && !this.sorting.secret.includes(k)) return true
      const moves = from(this.rest) & into(k)
      return (moves & this.passing) !== 0 || this.swap(moves, null)
    })
  }

  private keepsItsSecrets(i: number): boolean {
    const part = this.parts[i]
    if (!part) return true
    return emptyOf(this.sorting.secret, part).every((k) => {
      const moves = this.ownOf(i) & into(k)
      if (!(moves & this.free)) return this.swap(moves, i)
      this.needs[i]?.push(moves & this.free)
      return true
    })
  }

  /** One of these moves must be possible in some part; it is laid on the largest that can. */
  private canHold(moves: Moves): boolean {
    if (moves & from(this.rest)) return true
    const holder = this.shown.find((i) => this.ownOf(i) & moves)
    if (holder === undefined) return false
    this.needs[holder]?.push(this.ownOf(holder) & moves)
    return true
  }

  /** Lets another shown part make up for a move of part `i`, or of the hidden ones (null). */
  private swap(moves: Moves, i: number | null): boolean {
    const back = reversed(moves)
    const partner = this.shown.find((other) => other !== i && this.ownOf(other) & back)
    if (partner === undefined) return false
    const [chosen] = endsOf(this.ownOf(partner) & back)
    if (!chosen) return false
    this.needs[partner]?.push(move(chosen.from, chosen.to))
    if (i === null) return true
    const own = move(chosen.to, chosen.from)
    this.needs[i]?.push(own)
    this.granted[i] = (this.granted[i] ?? 0) | own
    return true
  }

  /** If the unit may gain somebody in a category from one in which a hidden person is, a shown part may from any. */
  private throughRest(): Moves {
    return endsOf(this.passing & from(this.rest)).reduce((moves, { to }) => moves | into(to), 0)
  }

  private ownOf = (i: number): Moves => this.own[i] ?? 0
  private sizeOf = (i: number): number => this.parts[i]?.total ?? 0
  private idOf = (i: number): string => this.parts[i]?.id ?? ''
}
