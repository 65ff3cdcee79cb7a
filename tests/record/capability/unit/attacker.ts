// Whoever wants to know what is hidden: sees every cell and looks for tables of persons that fit. Knows nothing of how the
// rule decides, and more than pages tell: of every share that is shown, of how many it is one. What the attacker finds is
// proved: it is a table that fits every cell.
import type { Cell, Shown } from '#record/capability/unit/cell.ts'

/** A unit with what is in it; leaves are counted, the rest is their sum. */
export type Place = { id: string; leaves: number[]; cell: Cell; aimed: number }

/** Persons by leaf: reached, uncertain, not reached, no target, then the five levels. */
export type Table = number[][]

const statuses = [0, 1, 2, 3]
const levels = [4, 5, 6, 7, 8]
const kinds = 9

/** What may be asked of a place: all measured, or a category. */
export const questions = { measured: levels, reached: [0], uncertain: [1], notReached: [2] } as const
export const levelQuestions = levels.map((k) => [k])

/** So many persons of these categories in these leaves, less those of others, as is seen. */
type Sum = { terms: [variable: number, sign: 1 | -1][]; value: number; least: number; most: number }

/** A table by what differs from the true one, and sums that differ. */
type State = { changes: Map<number, number>; sums: Map<Sum, number>; broken: number; steps: number }

/** Knows what is shown and looks for other tables that fit as well. */
export class Attacker {
  private readonly touching = new Map<number, [Sum, 1 | -1][]>()
  private readonly table: Table

  /** @param table the true one: where to begin. */
  constructor(places: readonly Place[], table: Table) {
    this.table = table
    for (const leaf of table.keys()) this.learn([...of([leaf], statuses, 1), ...of([leaf], levels, -1)], 0, 0)
    for (const place of places) this.see(place)
  }

  private see({ leaves, cell, aimed }: Place): void {
    const { measured, share } = cell
    const learn = (categories: readonly number[], [least, most]: [number, number]) =>
      this.learn(of(leaves, categories, 1), least, most)
    if (measured !== null) learn(levels, [measured, measured])
    if (share) {
      learn([0, 1, 2], [aimed, aimed])
      learn([0], countsOf(share.sure, aimed))
      learn([0, 1], countsOf(share.possible, aimed))
    }
    for (const [i, shown] of (cell.levels ?? []).entries()) learn([4 + i], countsOf(shown, measured ?? 0))
  }

  private learn(terms: Sum['terms'], least: number, most: number): void {
    const value = terms.reduce((sum, [variable, sign]) => sum + sign * this.truth(variable), 0)
    if (value < least || value > most) throw new Error('What is shown is not true.')
    const sum = { terms, value, least, most }
    for (const [variable, sign] of terms)
      this.touching.set(variable, [...(this.touching.get(variable) ?? []), [sum, sign]])
  }

  /** A table that fits what is shown, in which more or fewer are of these categories in these leaves; null if none is near. */
  another(leaves: readonly number[], categories: readonly number[], patience = 20000): Table | null {
    const asked = of(leaves, categories, 1).map(([variable]) => variable)
    const start: State = { changes: new Map(), sums: new Map(), broken: 0, steps: 0 }
    const waiting = new Waiting()
    for (const v of asked) {
      for (const by of [1, -1] as const) {
        const first = this.step(start, v, by)
        if (first) waiting.add(first)
      }
    }
    const seen = new Set<string>()
    for (let tries = 0; tries < patience; tries++) {
      const state = waiting.take()
      if (!state) return null
      if (state.broken === 0) {
        if (asked.reduce((sum, v) => sum + (state.changes.get(v) ?? 0), 0) !== 0) return this.with(state)
        continue
      }
      for (const next of this.mending(state)) {
        const key = [...next.changes].sort(([a], [b]) => a - b).join(' ')
        if (seen.has(key)) continue
        seen.add(key)
        waiting.add(next)
      }
    }
    return null
  }

  /** Steps that mend what was broken first. */
  private mending(state: State): State[] {
    for (const [sum, change] of state.sums) {
      const value = sum.value + change
      if (value >= sum.least && value <= sum.most) continue
      const wanted = value < sum.least ? 1 : -1
      return sum.terms.flatMap(([v, sign]) => this.step(state, v, wanted === sign ? 1 : -1) ?? [])
    }
    return []
  }

  private step(state: State, variable: number, by: 1 | -1): State | null {
    const change = (state.changes.get(variable) ?? 0) + by
    if (this.truth(variable) + change < 0) return null
    const changes = new Map(state.changes).set(variable, change)
    if (change === 0) changes.delete(variable)
    const sums = new Map(state.sums)
    let broken = state.broken
    for (const [sum, sign] of this.touching.get(variable) ?? []) {
      const before = sums.get(sum) ?? 0
      const after = before + sign * by
      broken += beyond(sum, sum.value + after) - beyond(sum, sum.value + before)
      sums.set(sum, after)
    }
    return { changes, sums, broken, steps: state.steps + 1 }
  }

  private truth = (variable: number): number =>
    this.table[Math.floor(variable / kinds)]?.[variable % kinds] ?? 0

  private with({ changes }: State): Table {
    return this.table.map((row, leaf) => row.map((n, k) => n + (changes.get(leaf * kinds + k) ?? 0)))
  }
}

const beyond = ({ least, most }: Sum, value: number) => Math.max(0, least - value, value - most)

/** States by how far they are from fitting, the nearest first. */
class Waiting {
  private readonly lanes: State[][] = []

  add(state: State): void {
    const lane = state.broken + state.steps
    ;(this.lanes[lane] ??= []).push(state)
  }

  take(): State | null {
    return this.lanes.find((lane) => lane?.length)?.pop() ?? null
  }
}

function of(leaves: readonly number[], categories: readonly number[], sign: 1 | -1): Sum['terms'] {
  return leaves.flatMap((leaf) => categories.map((k): [number, 1 | -1] => [leaf * kinds + k, sign]))
}

/** Counts that would be shown like this: whole percent, or only at most 20, at least 80. */
function countsOf(shown: Shown, of: number): [number, number] {
  const fitting = Array.from({ length: of + 1 }, (_, n) => n).filter((n) => {
    const percent = (100 * n) / of
    if (shown.type === 'low') return percent <= 20
    if (shown.type === 'high') return percent >= 80
    if (percent <= 20 || percent >= 80) return false
    const { percent: said } = shown
    return Math.abs(percent - said) < 0.5 || Math.round(percent) === said || isEdge(said, percent)
  })
  return [fitting[0] ?? 0, fitting.at(-1) ?? 0]
}

const isEdge = (said: number, percent: number) =>
  (said === 21 && percent < 21) || (said === 79 && percent > 79)
