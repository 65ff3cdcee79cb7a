// Draws the items of a fixed paper: so many for each cell, unseen ones first, at random from a seed, none twice.
import type { BankedItem } from '#assessment/bank/bank.server.ts'
import type { Cell } from '#assessment/blueprint/blueprint.ts'
import { mixed } from '#quiz/shuffled.ts'

/** A cell that the bank cannot fill. */
export type ShortCell = {
  cell: Cell
  /** Items that it got. */
  have: number
  missing: number
  /** Items of the bank that fit it; some may be needed by other cells. */
  fits: number
}

export type Drawn = { type: 'drawn'; items: BankedItem[] } | { type: 'short'; cells: ShortCell[] }

/** What the takers saw before, and what the draw depends on. The same seed and bank draw the same paper. */
export type DrawBy = { seen: ReadonlySet<string>; seed: string }

/** True if an item may fill a place of a cell. A short answer, for which people are needed, only where it is named. */
export const fitsCell = (cell: Cell, item: Pick<BankedItem, 'indicator' | 'kind' | 'difficulty'>) =>
  cell.indicator === item.indicator &&
  (cell.kind === undefined ? item.kind !== 'short-answer' : cell.kind === item.kind) &&
  (cell.difficulty === undefined || cell.difficulty === item.difficulty)

/**
 * Items are entered one by one, unseen ones first, each group in an order by the seed; an item that finds its cells full
 * may move others to other cells (augmenting paths, Kuhn 1955). Sets of items that can be placed together are the
 * independent sets of a transversal matroid (Edmonds & Fulkerson 1965), so this greedy order fills as many places as can
 * be filled, and with as many unseen items as is possible.
 */
export function draw(cells: readonly Cell[], bank: readonly BankedItem[], { seen, seed }: DrawBy): Drawn {
  const order = mixed(bank, `${seed}/draw`)
  const sorted = [...order.filter(({ id }) => !seen.has(id)), ...order.filter(({ id }) => seen.has(id))]
  const places = new Places(cells)
  for (const item of sorted) {
    if (places.full) break
    places.enter(item)
  }
  if (!places.full) return { type: 'short', cells: places.short(bank) }
  return { type: 'drawn', items: mixed(places.items, `${seed}/order`) }
}

type Filled = { cell: Cell; items: BankedItem[] }

/** Cells with the items that fill them. */
class Places {
  private readonly cells: Filled[]

  constructor(cells: readonly Cell[]) {
    this.cells = cells.map((cell) => ({ cell, items: [] }))
  }

  get full(): boolean {
    return this.cells.every(({ cell, items }) => items.length === cell.count)
  }

  get items(): BankedItem[] {
    return this.cells.flatMap(({ items }) => items)
  }

  /** Gives an item a place, moving others where that helps; false if there is none. */
  enter(item: BankedItem, tried = new Set<Filled>()): boolean {
    for (const filled of this.cells) {
      const { cell, items } = filled
      if (tried.has(filled) || !fitsCell(cell, item)) continue
      tried.add(filled)
      if (items.length < cell.count) {
        items.push(item)
        return true
      }
      const leaving = items.findIndex((other) => this.enter(other, tried))
      if (leaving < 0) continue
      items[leaving] = item
      return true
    }
    return false
  }

  short(bank: readonly BankedItem[]): ShortCell[] {
    return this.cells.flatMap(({ cell, items }) => {
      const missing = cell.count - items.length
      const fits = bank.filter((item) => fitsCell(cell, item)).length
      return missing > 0 ? [{ cell, have: items.length, missing, fits }] : []
    })
  }
}
