import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exposureLimit, scarcity } from '#assessment/adaptive/exposure.ts'
import {
  fullBank,
  mostOfSmallBank,
  nextItem,
  type AdaptiveRules,
  type AdaptiveState,
} from '#assessment/adaptive/next-item.ts'
import type { Answered, BankedItem } from '#assessment/irt/response.ts'
import { score } from '#assessment/irt/score.ts'
import { mulberry32, normal } from '#demo/random.ts'
import { information } from '#record/evidence/likelihood.ts'
import { inventBank, openRoom, takeAdaptive } from '../irt/simulation.ts'

const rules: AdaptiveRules = { least: 5, most: 20, stopError: 0.4, exposureCap: 0.25 }
const bank = inventBank('3PL', 100, mulberry32(5))

const begun = (changes: Partial<AdaptiveState> = {}): AdaptiveState => ({
  bank,
  answered: [],
  exposure: new Map(),
  takers: 1,
  prior: null,
  rules,
  seed: 'attempt-1',
  ...changes,
})

function asked(state: AdaptiveState): BankedItem {
  const step = nextItem(state)
  if ('stop' in step) throw new Error(`Ended: ${step.stop}`)
  return step.item
}

/** Answers until the test ends; every so many right. */
function takeAll(changes: Partial<AdaptiveState>, isRight: (item: BankedItem, i: number) => boolean) {
  const answered: Answered[] = []
  for (;;) {
    const step = nextItem(begun({ ...changes, answered }))
    if ('stop' in step) return { answered, ...step }
    answered.push({ item: step.item, share: isRight(step.item, answered.length) ? 1 : 0 })
  }
}

const seeds = Array.from({ length: 200 }, (_, i) => `attempt-${i}`)

describe('what is asked', () => {
  test('a page that is loaded again asks the same, in whatever order the bank is read', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(bank, { minLength: bank.length }),
        fc.nat(19),
        fc.string(),
        (order, n, seed) => {
          const answered = bank.slice(0, n).map((item, i) => ({ item, share: i % 2 }))
          const endless = { ...rules, stopError: 0 }
          expect(asked(begun({ bank: order, answered, seed, rules: endless }))).toEqual(
            asked(begun({ answered, seed, rules: endless })),
          )
        },
      ),
    )
  })

  test('of items that only their authors’ labels tell apart, any may come first, but always the same for one person', () => {
    const labelled = bank.map((item, i) => ({ ...item, a: 1, b: (i % 3) - 1, c: 0.25 }))
    const first = seeds.map((seed) => asked(begun({ bank: labelled, seed })))
    expect(seeds.map((seed) => asked(begun({ bank: labelled.toReversed(), seed })))).toEqual(first)
    expect(new Set(first.map(({ id }) => id)).size).toBeGreaterThan(25)
    expect(new Set(first.map(({ b }) => b)).size).toBe(1)
  })

  test('nobody is asked an item twice', () => {
    const { answered } = takeAll({ rules: { ...rules, most: 60, stopError: 0 } }, (_, i) => i % 3 > 0)
    expect(new Set(answered.map(({ item }) => item.id)).size).toBe(60)
  })

  test('one of the five that tell most, and another for another person', () => {
    const best = bank.toSorted((one, other) => information(other, 0) - information(one, 0)).slice(0, 5)
    const first = new Set(seeds.map((seed) => asked(begun({ seed })).id))
    expect([...first].sort()).toEqual(best.map(({ id }) => id).sort())
  })

  test('what a person met before comes after everything else, and is not left out where nothing else may be asked', () => {
    const met = new Set(bank.slice(10).map(({ id }) => id))
    const { answered } = takeAll({ met, rules: { ...rules, stopError: 0 } }, (_, i) => i % 2 === 0)
    expect(answered.map(({ item }) => met.has(item.id))).toEqual(
      Array.from({ length: 20 }, (_, i) => i >= 10),
    )
    const exposure = new Map(bank.slice(0, 10).map(({ id }) => [id, 10]))
    expect(met.has(asked(begun({ met, exposure })).id)).toBe(true)
  })

  test('after wrong answers easier items than after right ones', () => {
    const of = (share: boolean) => {
      const { answered } = takeAll({ rules: { ...rules, stopError: 0 } }, () => share)
      return answered.slice(5).reduce((sum, { item }) => sum + item.b, 0) / 15
    }
    expect(of(false)).toBeLessThan(of(true) - 1)
  })

  test('what was believed before chooses, but is not in the score', () => {
    const first = (mean: number) =>
      seeds.reduce((sum, seed) => sum + asked(begun({ seed, prior: { mean, sd: 0.6 } })).b, 0) / seeds.length
    expect(first(1.5)).toBeGreaterThan(first(0) + 0.7)
    expect(first(-1.5)).toBeLessThan(first(0) - 0.7)
    const { answered } = takeAll({ prior: { mean: 1.5, sd: 0.6 } }, (_, i) => i % 2 === 0)
    expect(score(answered).eap.mean).toBeLessThan(1)
  })

  test('a belief that is sure and wrong is overruled by the answers', () => {
    const sure = takeAll({ prior: { mean: 2.5, sd: 0.01 }, rules: { ...rules, stopError: 0 } }, () => false)
    const late = sure.answered.slice(-4).map(({ item }) => item.b)
    expect(Math.max(...late)).toBeLessThan(1)
  })
})

describe('areas', () => {
  const endless = { ...rules, stopError: 0 }
  const countOf = (list: readonly Answered[], area: string) =>
    list.filter(({ item }) => item.area === area).length

  test('have the same number of items after every round', () => {
    const { answered } = takeAll({ rules: endless }, (_, i) => i % 2 === 0)
    for (let round = 1; round <= 5; round += 1) {
      const soFar = answered.slice(0, 4 * round)
      for (let area = 0; area < 4; area += 1) expect(countOf(soFar, `area-${area}`)).toBe(round)
    }
  })

  test('have the shares that a test gives them, and one without a share is not asked while others have items', () => {
    const shares = new Map([
      ['area-0', 0.5],
      ['area-1', 0.3],
      ['area-2', 0.2],
    ])
    const { answered } = takeAll({ rules: { ...endless, shares } }, (_, i) => i % 2 === 0)
    expect([0, 1, 2, 3].map((area) => countOf(answered, `area-${area}`))).toEqual([10, 6, 4, 0])
  })

  test('that run out leave their place to the others', () => {
    const few = bank.filter(({ area, id }) => area !== 'area-0' || id === 'itm-0' || id === 'itm-4')
    expect(few.length).toBeLessThan(fullBank)
    const many = [...few, ...inventBank('2PL', 20, mulberry32(8)).map((one) => ({ ...one, area: 'area-1' }))]
    const unique = many.map((item, i) => ({ ...item, id: `${item.id}/${i}` }))
    const { answered, stop } = takeAll({ bank: unique, rules: endless }, (_, i) => i % 2 === 0)
    expect({ stop, length: answered.length, rare: countOf(answered, 'area-0') }).toEqual({
      stop: 'length',
      length: 20,
      rare: 2,
    })
  })
})

describe('the end', () => {
  test('comes at the longest, and says so', () => {
    const end = takeAll({ rules: { ...rules, stopError: 0 } }, () => true)
    expect(end).toMatchObject({ stop: 'length', why: '这次测试最多20题，已经做完。' })
    expect(end.answered).toHaveLength(20)
  })

  test('comes after eight items while the bank is small, whatever the rules say', () => {
    const small = bank.slice(0, fullBank - 1)
    const end = takeAll({ bank: small, rules: { ...rules, least: 12, stopError: 0 } }, () => true)
    expect(end).toMatchObject({ stop: 'length', why: '这次测试最多8题，已经做完。' })
    expect(end.answered).toHaveLength(mostOfSmallBank)
    const full = takeAll({ bank: bank.slice(0, fullBank), rules: { ...rules, stopError: 0 } }, () => true)
    expect(full.answered).toHaveLength(20)
  })

  test('comes as soon as the reported score is precise enough, and never before the fewest items', () => {
    const sharp = bank.map((item) => ({ ...item, a: 1.8, c: 0 }))
    const end = takeAll({ bank: sharp }, (_, i) => i % 2 === 0)
    expect(end.stop).toBe('precise')
    const error = (list: readonly Answered[]) => score(list).wle?.se ?? Infinity
    expect(error(end.answered)).toBeLessThanOrEqual(0.4)
    expect(end.answered.length).toBeGreaterThan(5)
    expect(error(end.answered.slice(0, -1))).toBeGreaterThan(0.4)
    const longer = takeAll({ bank: sharp, rules: { ...rules, least: 15 } }, (_, i) => i % 2 === 0)
    expect(longer).toMatchObject({ stop: 'precise', why: '已经测得够准，不用再做更多的题。' })
    expect(longer.answered).toHaveLength(15)
  })

  test('is not brought about by a sure belief', () => {
    const endOf = (sd: number) => takeAll({ prior: { mean: 0, sd } }, (_, i) => i % 2 === 0).answered.length
    expect(endOf(0.05)).toBe(endOf(0.5))
    expect(endOf(0.05)).toBeGreaterThan(5)
  })

  test('comes when too many have seen what is left, or nothing is left, and says which', () => {
    const exposure = new Map(bank.map(({ id }) => [id, 10]))
    expect(nextItem(begun({ exposure, takers: 43 }))).toEqual({
      stop: 'no-item',
      why: '剩下的题看过的人已经够多，为了保密不再出，按已做的题计分。',
    })
    expect('item' in nextItem(begun({ exposure, takers: 44 }))).toBe(true)
    const three = bank.slice(0, 3)
    expect(takeAll({ bank: three, rules: { ...rules, stopError: 0 } }, () => true)).toMatchObject({
      stop: 'no-item',
      why: '这一方面的题都做完了，按已做的题计分。',
    })
  })
})

describe('who has seen an item', () => {
  test('ten people at first, then never more than the share of those who came', () => {
    expect([1, 10, 40, 43, 44, 1000].map((takers) => exposureLimit(takers, 0.25))).toEqual([
      10, 10, 10, 10, 11, 250,
    ])
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (takers, cap) => {
          const limit = exposureLimit(takers, cap)
          if (takers >= 10 / cap) expect(limit / takers).toBeLessThanOrEqual(cap)
          expect(exposureLimit(takers + 1, cap)).toBeGreaterThanOrEqual(limit)
          expect(limit).toBeGreaterThanOrEqual(10)
        },
      ),
    )
  })

  test('holds after every person and for every cap, and the first and all who follow get a whole test', () => {
    for (const [exposureCap, length, most] of [
      [0.25, 12, 300],
      [0.1, 8, 300],
      [0.5, 20, 100],
    ] as const) {
      const room = openRoom('2PL', 100, 11)
      for (let taker = 1; taker <= most; taker += 1) {
        const { answered } = takeAdaptive(room, normal(room.random), {
          ...{ least: length, most: length, stopError: 0 },
          exposureCap,
        })
        expect(answered).toHaveLength(exposureCap * 100 < length ? answered.length : length)
        const seen = Math.max(...room.exposure.values())
        expect(seen).toBeLessThanOrEqual(Math.max(10, exposureCap * taker))
      }
    }
  })

  test('a bank that is too small for its cap gives short tests rather than known items', () => {
    const room = openRoom('2PL', 80, 12)
    const lengths = Array.from(
      { length: 200 },
      () =>
        takeAdaptive(room, normal(room.random), { least: 20, most: 20, stopError: 0, exposureCap: 0.1 })
          .answered.length,
    )
    // 80 items that a tenth may see are eight a person.
    expect(lengths.slice(0, 10).every((length) => length === 20)).toBe(true)
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(80 * 20)
    expect(Math.max(...room.exposure.values())).toBe(20)
  })

  test('an item that is nearly used up is kept for those to whom it tells most', () => {
    expect(scarcity(0, 100)).toBe(1)
    expect(scarcity(50, 100)).toBeGreaterThan(0.99)
    expect(scarcity(99, 100)).toBeLessThan(0.2)
    expect(scarcity(100, 100)).toBe(0)
    // All alike, but for one that tells four times as much.
    const alike = bank.map((item, i) => ({ ...item, a: i === 0 ? 2 : 1, b: 0, c: 0 }))
    const dear = new Map(alike.slice(0, 50).map(({ id }) => [id, 24]))
    const chosen = seeds.map((seed) => asked(begun({ bank: alike, seed, exposure: dear, takers: 100 })).id)
    const seen = new Set(chosen.filter((id) => dear.has(id)))
    expect([...seen]).toEqual(['itm-0'])
    expect(chosen.some((id) => !dear.has(id))).toBe(true)
  })
})
