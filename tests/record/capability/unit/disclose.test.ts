import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell } from '#record/capability/unit/cell.ts'
import { cellsOf, ownOf, type Unit } from '#record/capability/unit/disclose.ts'
import { aimedOf, type Tally } from '#record/capability/unit/tally.ts'
import { Attacker, levelQuestions, questions, type Place, type Table } from './attacker.ts'
import { groveOf, openTree, plant, smallTree, tallyOf, type Grove, type Person, type Shoot } from './grove.ts'

const indicator = 'judgement'
const shut: Cell = { measured: null, share: null, levels: null }

/** Every unit and every 本级, as they are shown. */
function placesOf({ units, leavesOf, table }: Grove): Place[] {
  const total = (id: string) => tallyOf(leavesOf(id).map((leaf) => table[leaf] ?? []))
  const totals = new Map(units.map(({ id }) => [id, new Map([[indicator, total(id)]])]))
  const cells = cellsOf(units, totals)
  return [...cells].map(([id, found]) => ({
    id,
    leaves: leavesOf(id),
    cell: found.get(indicator) ?? shut,
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
    ...(cell.share === null && aimed > 0
      ? [questions.reached, questions.uncertain, questions.notReached]
      : []),
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

const measuredIn = (places: readonly Place[]) => places.map(({ id, cell }) => [id, cell.measured])

/** How one person in ten stands low or high, and most in the middle. */
const usual = fc
  .tuple(fc.constantFrom(0, 0, 1, 1, 1, 1, 2, 2, 2, 3), fc.constantFrom(0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4))
  .map(([status, level]): Person => [status, level])

/** A county of 15 towns with 19 villages each: 5 to 60 measured, mostly about 33. */
const county = fc.sample(
  fc
    .array(
      fc.array(
        fc
          .constantFrom(5, 8, 12, 20, 26, 30, 31, 32, 33, 33, 33, 34, 34, 35, 36, 38, 40, 45, 52, 60)
          .chain((n) => fc.array(usual, { minLength: n, maxLength: n })),
        { minLength: 20, maxLength: 20 },
      ),
      { minLength: 15, maxLength: 15 },
    )
    .map((towns) =>
      groveOf({
        own: [],
        below: towns.map(([own = [], ...villages]) => ({
          own,
          below: villages.map((persons): Shoot => ({ own: persons, below: [] })),
        })),
      }),
    ),
  { numRuns: 1, seed: 20261127 },
)

describe('nothing that is hidden can be computed', () => {
  test('from all that is shown of a small tree, for every number, status and level', () => {
    fc.assert(
      fc.property(smallTree, (grove) => {
        expect(computed(grove)).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  test('nor where nearly all is shown and nearly all persons are alike', () => {
    fc.assert(
      fc.property(openTree, (grove) => {
        expect(computed(grove)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('nor from a county of 300 units', () => {
    for (const grove of county) expect(computed(grove)).toEqual([])
  })

  test('the rest of a unit is not shown to have reached nothing', () => {
    const grove = plant([
      { by: [6, 3, 3, 0], levels: [2, 4, 4, 2, 0] },
      { by: [0, 1, 3, 0], levels: [4, 0, 0, 0, 0] },
      { by: [0, 1, 3, 0], levels: [4, 0, 0, 0, 0] },
    ])
    const places = placesOf(grove)
    expect(cellIn(places, 'u')?.share).not.toBeNull()
    expect(['u.0', 'u.1', 'u.2'].map((id) => cellIn(places, id)?.share)).toEqual([null, null, null])
    // The number of measured tells nothing of what they can do.
    expect(cellIn(places, 'u.0')?.measured).toBe(12)
  })

  test('and the attacker of these tests finds what a rule without complements would give away', () => {
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
    const naive: Record<string, Cell> = { u: open(20, 30), 'u.0': open(12, 50) }
    const places = placesOf(grove).map((place) => ({ ...place, cell: naive[place.id] ?? shut }))
    const attacker = new Attacker(places, grove.table)
    expect(attacker.another([2], questions.reached)).toBeNull()
    expect(attacker.another([2], questions.measured)).not.toBeNull()
  })
})

describe('what is shown', () => {
  test('a number and a share are of at least five persons, a distribution of at least ten', () => {
    fc.assert(
      fc.property(smallTree, (grove) => {
        for (const { cell, leaves, aimed } of placesOf(grove)) {
          const measured = countIn(grove.table, leaves, questions.measured)
          if (cell.measured !== null) expect(cell.measured).toBe(measured)
          if (cell.measured !== null) expect(measured).toBeGreaterThanOrEqual(5)
          if (cell.share) expect(aimed).toBeGreaterThanOrEqual(5)
          if (cell.levels) expect(measured).toBeGreaterThanOrEqual(10)
          if (cell.share ?? cell.levels) expect(cell.measured).not.toBeNull()
        }
      }),
    )
  })

  test('below what is hidden nothing is shown', () => {
    fc.assert(
      fc.property(smallTree, (grove) => {
        const places = placesOf(grove)
        for (const { id, parentId } of grove.units) {
          const above = parentId === null ? null : cellIn(places, parentId)
          if (above?.measured === null) expect(cellIn(places, id)).toEqual(shut)
        }
      }),
    )
  })

  test('all and none look like nearly all and nearly none', () => {
    const one = (reached: number, levels: number[]) =>
      cellIn(placesOf(plant([{ by: [reached, 0, 10 - reached, 0], levels }])), 'u')
    expect(one(10, [0, 0, 0, 1, 9])).toEqual(one(8, [0, 0, 0, 2, 8]))
    expect(one(10, [0, 0, 0, 1, 9])?.share).toEqual({ sure: { type: 'high' }, possible: { type: 'high' } })
    expect(one(0, [9, 1, 0, 0, 0])?.share).toEqual({ sure: { type: 'low' }, possible: { type: 'low' } })
  })

  test('a distribution whose percents fill the whole is hidden, for the rest would be nobody', () => {
    const [cell] = [cellIn(placesOf(plant([{ by: [4, 4, 2, 0], levels: [0, 5, 5, 0, 0] }])), 'u')]
    expect(cell?.measured).toBe(10)
    expect(cell?.levels).toBeNull()
  })

  test('one unit too small hides the next smallest with it, and those of the same size', () => {
    const of = (n: number) => ({ by: [n / 4, n / 4, n / 4, n / 4], levels: [n / 4, n / 4, n / 4, n / 4, 0] })
    const places = placesOf(plant([of(4), of(12), of(8), of(8), of(40)]))
    expect(measuredIn(places).slice(0, 6)).toEqual([
      ['u', 72],
      ['u.0', null],
      ['u.1', 12],
      ['u.2', null],
      ['u.3', null],
      ['u.4', 40],
    ])
  })

  test('a unit in which nobody was measured hides no other', () => {
    const half = { by: [8, 8, 8, 0], levels: [4, 5, 6, 5, 4] }
    const places = placesOf(plant([half, half, { by: [0, 0, 0, 0], levels: [0, 0, 0, 0, 0] }]))
    expect(cellIn(places, 'u.0')?.levels).toHaveLength(5)
    expect(cellIn(places, 'u.2')).toEqual(shut)
  })

  test('does not depend on the order of units', () => {
    fc.assert(
      fc.property(smallTree, fc.infiniteStream(fc.nat()), (grove, lots) => {
        const places = placesOf(grove)
        const order = new Map(grove.units.map(({ id }) => [id, lots.next().value ?? 0]))
        const units = grove.units.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
        const again = placesOf({ ...grove, units })
        for (const { id, cell } of places) expect(cellIn(again, id)).toEqual(cell)
      }),
    )
  })

  test('is the same on every page: a page knows only those above a unit and their sub-units', () => {
    fc.assert(
      fc.property(smallTree, (grove) => {
        const whole = placesOf(grove)
        for (const unit of grove.units) {
          const way = grove.units.filter(({ id }) => id === unit.id || unit.id.startsWith(`${id}.`))
          const around = grove.units.filter(
            ({ id, parentId }) =>
              parentId === null || way.some((one) => one.id === parentId || one.id === id),
          )
          const page = placesOf({ ...grove, units: around })
          for (const { id, cell } of page) expect(cell).toEqual(cellIn(whole, id))
        }
      }),
    )
  })

  test('of tallies of different days, 本级 is not shown and nothing below zero is counted', () => {
    const so = (n: number): Tally => ({
      reached: n,
      uncertain: n,
      notReached: n,
      noTarget: 0,
      levels: [0, n, n, n, 0],
    })
    const units: Unit[] = [{ id: 'u', parentId: null }, ...['a', 'b'].map((id) => ({ id, parentId: 'u' }))]
    const totals = new Map(
      Object.entries({ u: so(30), a: so(10), b: so(25) }).map(([id, tally]) => [
        id,
        new Map([[indicator, tally]]),
      ]),
    )
    const cells = cellsOf(units, totals, false)
    expect(cells.get(ownOf('u'))?.get(indicator)).toEqual(shut)
    expect(cells.get('a')?.get(indicator)?.measured).toBe(30)
    totals.get('u')?.set(indicator, so(40))
    expect(cellsOf(units, totals).get(ownOf('u'))?.get(indicator)?.measured).toBe(15)
    expect(cellsOf(units, totals, false).get(ownOf('u'))?.get(indicator)).toEqual(shut)
  })

  test('is nearly everything in a usual county', () => {
    for (const grove of county) {
      const cells = placesOf(grove)
        .filter(({ leaves }) => countIn(grove.table, leaves, questions.measured) > 0)
        .map(({ cell }) => cell)
      const share = (open: number) => Math.round((100 * open) / cells.length)
      const shown = {
        measured: share(cells.filter(({ measured }) => measured !== null).length),
        share: share(cells.filter((cell) => cell.share !== null).length),
        levels: share(cells.filter((cell) => cell.levels !== null).length),
      }
      console.log(`shown of ${cells.length} cells of a county, percent:`, shown)
      expect(shown.measured).toBe(100)
      expect(shown.share).toBeGreaterThanOrEqual(90)
      expect(shown.levels).toBeGreaterThanOrEqual(60)
    }
  })
})
