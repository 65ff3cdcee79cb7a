import { describe, expect, test } from 'vitest'
import { compareGroups, type GroupedAnswer } from '#assessment/calibration/compare-groups.ts'
import { byChance, difClassOf, mantelHaenszel, type Stratum } from '#assessment/calibration/dif.ts'
import { describeItems } from '#assessment/calibration/describe-items.ts'
import type { AskedItem } from '#assessment/calibration/given-answer.ts'
import { ItemStatistics, sayDifference, sayFlag } from '#assessment/calibration/statistics.ts'
import { answersTo, bankOf } from './simulated.ts'

/** Tables as books print them: right and wrong of the reference group, then of the focal one. */
const strata = (tables: [number, number, number, number][]): Stratum[] =>
  tables.map(([right, wrong, focalRight, focalWrong]) => ({
    reference: { right, wrong },
    focal: { right: focalRight, wrong: focalWrong },
  }))

describe('the common odds ratio over strata', () => {
  /** Admissions at Berkeley by department (Bickel, Hammel & O’Connell 1975), as in R’s UCBAdmissions. */
  const berkeley = strata([
    [512, 313, 89, 19],
    [353, 207, 17, 8],
    [120, 205, 202, 391],
    [138, 279, 131, 244],
    [53, 138, 94, 299],
    [22, 351, 24, 317],
  ])
  /** Penicillin and rabbits (Agresti 1990, 231–237): tables with empty cells and whole rows. */
  const rabbits = strata([
    [0, 6, 0, 5],
    [3, 3, 0, 6],
    [6, 0, 2, 4],
    [5, 1, 6, 0],
    [2, 0, 5, 0],
  ])

  test.each([
    ['Berkeley', berkeley, 0.9046968, 1.4269, [0.7719074, 1.0603298]],
    ['rabbits', rabbits, 7, 3.9286, [1.026713, 47.725133]],
  ] as const)('is what R’s mantelhaen.test prints: %s', (_, tables, alpha, chiSquare, [low, high]) => {
    const found = mantelHaenszel(tables)!
    expect(found.alpha).toBeCloseTo(alpha, 7)
    expect(found.delta).toBeCloseTo(-2.35 * Math.log(alpha), 6)
    expect(found.chiSquare).toBeCloseTo(chiSquare, 4)
    const half = (1.959964 * found.error) / 2.35
    expect(found.alpha * Math.exp(-half)).toBeCloseTo(low, 5)
    expect(found.alpha * Math.exp(half)).toBeCloseTo(high, 3)
  })

  test('does not depend on the order of strata; groups changed about, the sign changes', () => {
    const found = mantelHaenszel(berkeley)!
    expect(mantelHaenszel(berkeley.toReversed())!.delta).toBeCloseTo(found.delta, 10)
    const about = mantelHaenszel(berkeley.map((one) => ({ reference: one.focal, focal: one.reference })))!
    expect(about.delta).toBeCloseTo(-found.delta, 10)
    expect([about.error, about.chiSquare]).toEqual([
      expect.closeTo(found.error, 10),
      expect.closeTo(found.chiSquare, 10),
    ])
  })

  test('says nothing where no stratum holds both groups, or one group got everything right', () => {
    expect(mantelHaenszel([])).toBe(null)
    expect(mantelHaenszel(strata([[5, 5, 0, 0]]))).toBe(null)
    expect(mantelHaenszel(strata([[5, 5, 7, 0]]))).toBe(null)
    expect(mantelHaenszel(strata([[5, 0, 7, 0]]))).toBe(null)
  })

  test.each([
    ['A', 'small, however sure', { delta: 0.9, error: 0.1, chiSquare: 50 }],
    ['A', 'large, but not surely there', { delta: -2, error: 1.2, chiSquare: 3.8 }],
    ['B', 'middling', { delta: -1.4, error: 0.1, chiSquare: 50 }],
    ['B', 'large, but not surely above 1', { delta: 1.9, error: 0.6, chiSquare: 9 }],
    ['C', 'large and sure', { delta: -2, error: 0.6, chiSquare: 9 }],
  ] as const)('class %s: %s', (kind, _, found) => {
    expect(difClassOf({ alpha: 1, ...found })).toBe(kind)
  })
})

const [secretaries, grid] = ['村党组织书记、村委会主任', '网格员']

type Room = {
  seed: number
  people?: readonly [number, number]
  /** By how much the second group is weaker. */
  weaker?: number
  /** By how much the first item is harder for the second group. */
  harder?: number
  paper?: number
  items?: number
}

/** Two groups answer ten items of equal slope. */
function roomOf({
  seed,
  people = [400, 300],
  weaker = 0,
  harder = 0,
  paper,
  items = 10,
}: Room): GroupedAnswer[] {
  const bank = bankOf(items, seed).map((one) => ({ ...one, a: 1 }))
  const own = [bank, bank.map((one, i) => (i === 0 ? { ...one, b: one.b + harder } : one))]
  return [secretaries, grid].flatMap((group, at) =>
    answersTo(own[at]!, {
      ...{ people: people[at]!, seed: 10 * seed + at, mean: at * -weaker },
      ...(paper && { paper }),
    }).flatMap((row, person) =>
      row.flatMap((share, i) =>
        share === null
          ? []
          : [{ paper: `${group}-${person}`, adaptive: false, group, item: `itm-${i}`, share }],
      ),
    ),
  )
}

const seeds = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)
const shareOf = (found: boolean[]) => found.filter((is) => is).length / found.length

describe('groups compared at equal level', () => {
  test.each([
    ['groups are alike', {}],
    ['one group is weaker by a whole deviation', { weaker: 1 }],
    ['papers of eight are drawn from forty', { weaker: 0.5, items: 40, paper: 8, people: [1500, 1000] }],
  ] as const)(
    'of fair items about one in twenty stands out by chance, hardly one is named: %s',
    (_, room) => {
      const found = seeds(1, 'items' in room ? 12 : 60).flatMap((seed) => [
        ...compareGroups(roomOf({ seed, ...room })).values(),
      ])
      expect(found.length).toBeGreaterThan(450)
      const apart = found.map(
        ({ others }) => Math.abs(others[0]!.delta / others[0]!.error) > Math.sqrt(byChance),
      )
      expect(shareOf(apart)).toBeLessThan(0.08)
      expect(shareOf(apart)).toBeGreaterThan(0.02)
      expect(shareOf(found.map(({ others }) => others[0]!.class === 'C'))).toBeLessThan(0.01)
    },
  )

  test('an item that is harder for one group is found, and the others are not blamed for it', () => {
    const rooms = seeds(200, 30).map((seed) => compareGroups(roomOf({ seed, harder: 1.2, weaker: 0.5 })))
    const harder = rooms.map((room) => room.get('itm-0')!.others[0]!)
    expect(shareOf(harder.map((one) => one.class === 'C' && one.delta < 0))).toBeGreaterThan(0.85)
    // Logits by 2.35, on a scale of slope one.
    const mean = harder.reduce((sum, { delta }) => sum + delta, 0) / harder.length
    expect(mean).toBeGreaterThan(-2.35 * 1.2 - 0.4)
    expect(mean).toBeLessThan(-2.35 * 1.2 + 0.4)
    const others = rooms.flatMap((room) => [...room].filter(([item]) => item !== 'itm-0'))
    expect(shareOf(others.map(([, { others: found }]) => found[0]!.class === 'C'))).toBeLessThan(0.01)
  })

  test('in a short paper an item that differs much does not push the others the other way', () => {
    const rooms = seeds(400, 20).map((seed) => compareGroups(roomOf({ seed, harder: 2, items: 6 })))
    const others = rooms.flatMap((room) => [...room].filter(([item]) => item !== 'itm-0'))
    const deltas = others.map(([, { others: found }]) => found[0]!.delta)
    expect(Math.abs(deltas.reduce((sum, one) => sum + one, 0) / deltas.length)).toBeLessThan(0.15)
  })

  test('the larger group is the one that others are compared with', () => {
    const found = compareGroups(roomOf({ seed: 5, people: [60, 300], harder: 2 })).get('itm-0')!
    expect([found.reference.group, found.reference.answers]).toEqual([grid, 300])
    expect(found.others.map(({ group, answers }) => [group, answers])).toEqual([[secretaries, 60]])
    expect(found.others[0]!.delta).toBeGreaterThan(1)
  })

  test('nothing is told of a group of fewer than fifty, nor if there is only one', () => {
    expect(compareGroups(roomOf({ seed: 6, people: [400, 49] })).size).toBe(0)
    const three = [
      ...roomOf({ seed: 7, people: [400, 60] }),
      ...roomOf({ seed: 8, people: [49, 0] }).map((one) => ({
        ...one,
        ...{ paper: `few-${one.paper}`, group: '社区工作者' },
      })),
    ]
    expect(JSON.stringify([...compareGroups(three)])).not.toContain('社区工作者')
    expect(compareGroups(three).size).toBe(10)
  })

  test('who held no post that day, and papers that were chosen to fit or are too short, are not compared', () => {
    const answers = roomOf({ seed: 9 })
    const found = compareGroups(answers)
    const more = roomOf({ seed: 10 }).map((one) => ({ ...one, paper: `more-${one.paper}` }))
    expect(compareGroups([...answers, ...more.map((one) => ({ ...one, group: null }))])).toEqual(found)
    expect(compareGroups([...answers, ...more.map((one) => ({ ...one, adaptive: true }))])).toEqual(found)
    const short = more.filter(({ item }) => Number(item.slice(4)) < 4)
    const both = compareGroups([...answers, ...short])
    expect([...both.values()].map(({ reference }) => reference.answers)).toEqual(Array(10).fill(400))
  })
})

test('a trainer reads which posts miss the item more often, and what to look at', () => {
  const item: AskedItem = { id: 'itm-0', revision: 1, guessing: 0, options: null, isWritten: true }
  const flagged = (room: Room) => {
    const answers = roomOf(room).map((one) => ({ ...one, chosen: null, written: null }))
    return ItemStatistics.parse(describeItems([item], answers).get('itm-0'))
  }
  const hard = flagged({ seed: 300, harder: 2 })
  expect(hard.flags.map(sayFlag)).toEqual([
    `同样水平的人里，${grid}比${secretaries}更容易答错：请看题目有没有只有${secretaries}才熟悉的说法。`,
  ])
  expect(hard.differences!.others.map(sayDifference)).toEqual(['明显更容易答错'])
  expect(flagged({ seed: 301, harder: -2 }).flags).toEqual([
    { type: 'harder-for', group: secretaries, than: grid },
  ])
  const fair = flagged({ seed: 302 })
  expect([fair.flags, fair.differences!.others.map(sayDifference)]).toEqual([[], ['差不多']])
})

test('a middling difference stands in the table and is no remark', () => {
  const one = { group: grid, answers: 60, right: 0.5, delta: -1.3, error: 0.3, class: 'B' as const }
  expect(sayDifference(one)).toBe('更容易答错一些')
  expect(sayDifference({ ...one, delta: 1.3 })).toBe('更容易答对一些')
})

test('statistics that were stored before groups were compared are still read', () => {
  const old = {
    ...{ revision: 1, answers: 0, blank: 0, facility: null, discrimination: null, options: null },
    ...{ wrongWords: null, groups: null, flags: [{ type: 'few', answers: 0, needed: 30 }] },
  }
  expect(ItemStatistics.parse(old).differences).toBe(null)
})
