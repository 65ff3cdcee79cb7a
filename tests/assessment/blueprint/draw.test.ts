import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BankedItem } from '#assessment/bank/bank.server.ts'
import type { Cell } from '#assessment/blueprint/blueprint.ts'
import { draw, fitsCell } from '#assessment/blueprint/draw.ts'
import { sayShort } from '#assessment/blueprint/say-short.ts'

const indicators = ['openness', 'small-powers'] as const
const kinds = ['single', 'scenario'] as const
const difficulties = ['easy', 'hard'] as const

const itemOf = (id: string, [indicator, kind, difficulty]: [string, string, string]) =>
  ({ id, revision: 1, indicator, kind, difficulty, secure: false }) as BankedItem

const Items = fc
  .array(
    fc.tuple(fc.constantFrom(...indicators), fc.constantFrom(...kinds), fc.constantFrom(...difficulties)),
    {
      maxLength: 7,
    },
  )
  .map((sorts) => sorts.map((sort, i) => itemOf(`itm-${i}`, sort)))
const Cells = fc.array(
  fc.record(
    {
      indicator: fc.constantFrom(...indicators),
      kind: fc.constantFrom(...kinds),
      difficulty: fc.constantFrom(...difficulties),
      count: fc.integer({ min: 1, max: 2 }),
    },
    { requiredKeys: ['indicator', 'count'] },
  ),
  { minLength: 1, maxLength: 3 },
) as fc.Arbitrary<Cell[]>
const Seen = fc.uniqueArray(fc.integer({ min: 0, max: 6 })).map((n) => new Set(n.map((i) => `itm-${i}`)))

/** Most unseen items of all ways to fill every place, by trying all; null if there is none. */
function best(cells: readonly Cell[], bank: readonly BankedItem[], seen: ReadonlySet<string>): number | null {
  const places = cells.flatMap((cell) => Array.from({ length: cell.count }, () => cell))
  const from = (at: number, left: readonly BankedItem[]): number | null => {
    const cell = places[at]
    if (!cell) return 0
    const ways = left
      .filter((item) => fitsCell(cell, item))
      .map((item) => {
        const rest = from(
          at + 1,
          left.filter((other) => other !== item),
        )
        return rest === null ? null : rest + (seen.has(item.id) ? 0 : 1)
      })
      .filter((way) => way !== null)
    return ways.length === 0 ? null : Math.max(...ways)
  }
  return from(0, bank)
}

/** True if the items can be spread over the cells so that each has what it asks. */
const fills = (cells: readonly Cell[], items: readonly BankedItem[]) =>
  items.length === cells.reduce((sum, { count }) => sum + count, 0) && best(cells, items, new Set()) !== null

test('whenever a paper can be filled it is, with as many unseen items as can be, none twice', () => {
  fc.assert(
    fc.property(Cells, Items, Seen, fc.string(), (cells, bank, seen, seed) => {
      const most = best(cells, bank, seen)
      const drawn = draw(cells, bank, { seen, seed })
      if (drawn.type === 'short') {
        expect(most).toBeNull()
        expect(drawn.cells.length).toBeGreaterThan(0)
        return
      }
      expect(new Set(drawn.items).size).toBe(drawn.items.length)
      expect(fills(cells, drawn.items)).toBe(true)
      expect(drawn.items.filter(({ id }) => !seen.has(id))).toHaveLength(most ?? -1)
    }),
    { numRuns: 500 },
  )
})

test('a greedy choice that would starve a narrow cell is undone', () => {
  const any: Cell = { indicator: 'openness', count: 1 }
  const narrow: Cell = { indicator: 'openness', kind: 'scenario', count: 1 }
  const bank = [
    itemOf('itm-a', ['openness', 'scenario', 'easy']),
    itemOf('itm-b', ['openness', 'single', 'easy']),
  ]
  for (let seed = 0; seed < 20; seed++) {
    for (const cells of [
      [any, narrow],
      [narrow, any],
    ])
      expect(draw(cells, bank, { seen: new Set(), seed: String(seed) }).type).toBe('drawn')
  }
})

const large = Array.from({ length: 40 }, (_, i) => itemOf(`itm-${i}`, ['openness', 'single', 'easy']))
const ten: Cell[] = [{ indicator: 'openness', count: 10 }]
const idsBy = (seed: string, bank = large) => {
  const drawn = draw(ten, bank, { seen: new Set(), seed })
  return drawn.type === 'drawn' ? drawn.items.map(({ id }) => id) : []
}

test('the same seed draws the same paper, in whatever order the bank is read', () => {
  expect(idsBy('s')).toEqual(idsBy('s', large.toReversed()))
  expect(idsBy('s')).toHaveLength(10)
})

test('each seed draws another paper, and every item has its turn', () => {
  const papers = Array.from({ length: 400 }, (_, i) => idsBy(`attempt-${i}`))
  expect(new Set(papers.map((ids) => ids.join())).size).toBe(400)
  const times = new Map<string, number>()
  for (const id of papers.flat()) times.set(id, (times.get(id) ?? 0) + 1)
  expect(times.size).toBe(40)
  // 400 papers of 10 from 40: each item 100 times, standard deviation 8.7.
  for (const count of times.values()) expect(Math.abs(count - 100)).toBeLessThan(45)
})

test('the same items come in another order for another seed', () => {
  const few = large.slice(0, 10)
  const orders = Array.from({ length: 100 }, (_, i) => idsBy(`${i}`, few).join())
  expect(new Set(orders).size).toBe(100)
})

test('a paper that cannot be filled names the cell, what it has and what it asks', () => {
  const cells: Cell[] = [
    { indicator: 'openness', kind: 'scenario', difficulty: 'hard', count: 2 },
    { indicator: 'small-powers', count: 3 },
  ]
  const bank = [itemOf('itm-a', ['openness', 'scenario', 'hard']), ...large]
  const drawn = draw(cells, bank, { seen: new Set(), seed: '' })
  expect(drawn).toMatchObject({
    type: 'short',
    cells: [
      { have: 1, missing: 1 },
      { have: 0, missing: 3 },
    ],
  })
  if (drawn.type === 'drawn') return
  const name = (id: string) => (id === 'openness' ? '公开' : '小微权力')
  expect(sayShort(drawn.cells, name)).toBe('公开 · 情景题 · 难：要2道，只有1道；小微权力：要3道，一道也没有')
})

test('a cell that is short because others need its items says so', () => {
  const cells: Cell[] = [
    { indicator: 'openness', count: 1 },
    { indicator: 'openness', kind: 'single', count: 1 },
  ]
  const drawn = draw(cells, large.slice(0, 1), { seen: new Set(), seed: '' })
  if (drawn.type === 'drawn') throw new Error('one item cannot fill two places')
  expect(sayShort(drawn.cells, () => '公开')).toMatch(/要1道，合用的1道，别处用去以后不够$/)
})

test('a short answer is drawn only where the cell asks for one', () => {
  const bank = [
    itemOf('itm-a', ['openness', 'short-answer', 'easy']),
    itemOf('itm-b', ['openness', 'single', 'easy']),
  ]
  const drawn = (cell: Cell) => draw([cell], bank, { seen: new Set(['itm-b']), seed: 's' })
  expect(drawn({ indicator: 'openness', count: 1 })).toMatchObject({ items: [{ id: 'itm-b' }] })
  expect(drawn({ indicator: 'openness', kind: 'short-answer', count: 1 })).toMatchObject({
    items: [{ id: 'itm-a' }],
  })
})
