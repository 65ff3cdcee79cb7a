// Trees of units with persons in them, drawn by chance or planted by hand.
import fc from 'fast-check'
import { ownOf, type Unit } from '#record/capability/unit/disclose.ts'
import type { Tally } from '#record/capability/unit/tally.ts'
import type { Table } from './attacker.ts'

/** A person: status 0 to 3 (reached, uncertain, not reached, no target) and level 0 to 4. */
export type Person = readonly [status: number, level: number]

export type Grove = {
  units: Unit[]
  /** Persons of each leaf: four statuses, five levels. */
  table: Table
  /** Leaves of a unit, or of 本级 by its key. */
  leavesOf: (id: string) => number[]
}

/** A unit by its own members and its sub-units. */
export type Shoot = { own: readonly Person[]; below: readonly Shoot[] }

export const rowOf = (persons: readonly Person[]): number[] => {
  const row = Array<number>(9).fill(0)
  for (const [status, level] of persons) {
    row[status] = (row[status] ?? 0) + 1
    row[4 + level] = (row[4 + level] ?? 0) + 1
  }
  return row
}

export function tallyOf(rows: readonly (readonly number[])[]): Tally {
  const sum = (k: number) => rows.reduce((all, row) => all + (row[k] ?? 0), 0)
  return {
    ...{ reached: sum(0), uncertain: sum(1), notReached: sum(2), noTarget: sum(3) },
    levels: [4, 5, 6, 7, 8].map(sum),
  }
}

/** Numbers the units of a tree and counts its leaves. */
export function groveOf(root: Shoot): Grove {
  const units: Unit[] = []
  const table: Table = []
  const leaves = new Map<string, number[]>()
  const grow = ({ own, below }: Shoot, id: string, parentId: string | null): number[] => {
    units.push({ id, parentId })
    const mine = table.push(rowOf(own)) - 1
    leaves.set(ownOf(id), [mine])
    const all = [mine, ...below.flatMap((one, i) => grow(one, `${id}.${i}`, id))]
    leaves.set(id, all)
    return all
  }
  grow(root, 'u', null)
  return { units, table, leavesOf: (id) => leaves.get(id) ?? [] }
}

/** A county whose units have the given counts, and nobody of its own. */
export function plant(parts: readonly { by: readonly number[]; levels: readonly number[] }[]): Grove {
  const spread = (counts: readonly number[]) => counts.flatMap((n, k) => Array<number>(n).fill(k))
  const below = parts.map(({ by, levels }) => {
    const levelOf = spread(levels)
    return { own: spread(by).map((status, i) => [status, levelOf[i] ?? 0] as const), below: [] }
  })
  return groveOf({ own: [], below })
}

/** Trees of two or three levels; in each only some statuses and levels occur, so that none and all are frequent. */
export const smallTree: fc.Arbitrary<Grove> = fc
  .tuple(
    fc.subarray([0, 1, 2, 3], { minLength: 1 }),
    fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }),
    fc.constantFrom(6, 12, 20),
  )
  .chain(([statuses, levels, most]) => {
    const person = fc.tuple(fc.constantFrom(...statuses), fc.constantFrom(...levels))
    const persons = fc.oneof(
      fc.constant<[number, number][]>([]),
      fc.array(person, { maxLength: 4 }),
      fc.array(person, { maxLength: most, size: 'max' }),
    )
    const leaf = persons.map((own): Shoot => ({ own, below: [] }))
    const town = fc
      .tuple(persons, fc.array(leaf, { maxLength: 3 }))
      .map(([own, below]): Shoot => ({ own, below }))
    return fc
      .tuple(persons, fc.array(fc.oneof(leaf, town), { minLength: 1, maxLength: 4 }))
      .map(([own, below]) => groveOf({ own, below }))
  })

/** Persons of whom nearly all are alike, so that the few others matter. */
const alike = fc
  .tuple(
    fc.tuple(fc.nat(2), fc.nat(4)),
    fc.integer({ min: 5, max: 22 }),
    fc.array(fc.tuple(fc.nat(3), fc.nat(4)), { maxLength: 6 }),
  )
  .map(([most, n, others]): Person[] => [...Array<Person>(n).fill(most), ...others])

/** Trees of three levels large enough that most is shown: what is shown above binds what is shown below. */
export const openTree: fc.Arbitrary<Grove> = fc
  .array(fc.tuple(alike, fc.array(alike, { minLength: 2, maxLength: 3 })), { minLength: 2, maxLength: 3 })
  .map((towns) =>
    groveOf({
      own: [],
      below: towns.map(([own, villages]) => ({
        own,
        below: villages.map((one) => ({ own: one, below: [] })),
      })),
    }),
  )
