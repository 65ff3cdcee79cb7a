import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell } from '#record/capability/unit/cell.ts'
import { cellsOf, ownOf, type Unit } from '#record/capability/unit/disclose.ts'
import { aimedOf, measuredOf, nobody, type Tally } from '#record/capability/unit/tally.ts'
import { Attacker, levelQuestions, questions, type Place, type Table } from './attacker.ts'
import { personsIn, plant, smallTree, tallyOf, type Grove } from './grove.ts'

const indicator = 'judgement'

/** Every unit and every 本级, as they are shown. */
function placesOf({ units, leavesOf, table }: Grove): Place[] {
  const total = (id: string) => tallyOf(leavesOf(id).map((leaf) => table[leaf] ?? []))
  const totals = new Map(units.map(({ id }) => [id, new Map([[indicator, total(id)]])]))
  const cells = cellsOf(units, totals)
  return [...cells].map(([id, found]) => ({
    id,
    leaves: leavesOf(id),
    cell: found.get(indicator) ?? { measured: null, share: null, levels: null },
    aimed: aimedOf(total(id)),
  }))
}

const countIn = (table: Table, leaves: readonly number[], categories: readonly number[]) =>
  leaves.reduce((sum, leaf) => sum + categories.reduce((n, k) => n + (table[leaf]?.[k] ?? 0), 0), 0)

/** What a cell must not tell: of these categories, that it is exactly so many; or, of a coarse share, none or all. */
function secretsOf({ cell, leaves, aimed }: Place, table: Table) {
  const count = (categories: readonly number[]) => countIn(table, leaves, categories)
  const measured = count(questions.measured)
  const hidden = [
    ...(cell.measured === null && measured > 0 ? [questions.measured] : []),
    ...(cell.share === null && aimed > 0 ? [questions.reached, questions.uncertain, questions.notReached] : []),
    ...(cell.levels === null && measured > 0 ? levelQuestions : []),
  ]
  const none = [
    ...(cell.share ? [questions.reached, questions.notReached] : []),
    ...(cell.levels ? levelQuestions : []),
  ].filter((categories) => count(categories) === 0)
  return [...hidden, ...none].map((categories) => ({ categories, truth: count(categories) }))
}

/** Nobody of a unit above is uncertain, and its interval says so. */
const toldAbove = (place: Place, places: readonly Place[], table: Table) =>
  places.some(
    ({ leaves, cell }) =>
      cell.share !== null &&
      place.leaves.every((leaf) => leaves.includes(leaf)) &&
      countIn(table, leaves, questions.uncertain) === 0,
  )

/** Everything that is hidden and yet has one value only. */
function computed(grove: Grove): string[] {
  const places = placesOf(grove)
  const { table } = grove
  const attacker = new Attacker(places, table)
  const tables: Table[] = []
  return places.flatMap((place) =>
    secretsOf(place, table).flatMap(({ categories, truth }) => {
      if (categories === questions.uncertain && truth === 0 && toldAbove(place, places, table)) return []
      if (tables.some((other) => countIn(other, place.leaves, categories) !== truth)) return []
      const other = attacker.another(place.leaves, categories)
      if (other) tables.push(other)
      return other ? [] : [`${place.id} ${categories.join()} = ${truth}`]
    }),
  )
}

const cellIn = (places: readonly Place[], id: string): Cell | undefined =>
  places.find((place) => place.id === id)?.cell

describe('nothing that is hidden can be computed', () => {
  test('from all that is shown of a small tree, for every number, status and level', () => {
    fc.assert(
      fc.property(smallTree, (grove) => {
        expect(computed(grove)).toEqual([])
      }),
      { numRuns: Number(process.env['RUNS'] ?? 300) },
    )
  })

  test('and the attacker finds what a rule without complements would give away', () => {
    const grove = plant([
      { by: [6, 0, 6, 0], levels: [2, 4, 4, 2, 0] },
      { by: [0, 0, 4, 0], levels: [4, 0, 0, 0, 0] },
      { by: [0, 0, 4, 0], levels: [4, 0, 0, 0, 0] },
    ])
    const open = (n: number, percent: number): Cell => ({
      measured: n,
      share: { sure: { type: 'percent', percent }, possible: { type: 'percent', percent } },
      levels: null,
    })
    const shut: Cell = { measured: null, share: null, levels: null }
    const places = placesOf(grove).map((place) => ({
      ...place,
      cell: place.leaves.length === 4 ? open(20, 30) : place.leaves[0] === 1 ? open(12, 50) : shut,
    }))
    const attacker = new Attacker(places, grove.table)
    expect(attacker.another([2], questions.reached)).toBeNull()
    expect(attacker.another([2], questions.measured)).not.toBeNull()
  })
})
