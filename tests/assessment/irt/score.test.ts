import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chanceOfRight, standardError, testInformation, type Answered } from '#assessment/irt/response.ts'
import { score } from '#assessment/irt/score.ts'
import { weightedScores } from '#assessment/irt/weighted-likelihood.ts'

const parameters = {
  a: fc.double({ min: 0.2, max: 3, noNaN: true }),
  b: fc.double({ min: -3, max: 3, noNaN: true }),
  c: fc.constantFrom(0, 0.2, 0.25, 0.5),
}
const share = fc.constantFrom(0, 0.25, 0.5, 1)
const attempt = fc
  .array(fc.record({ ...parameters, share }), { minLength: 1, maxLength: 30 })
  .map((list) => list.map(({ share, ...item }, i): Answered => answered(`itm-${i}`, item, share)))

function answered(id: string, item: { a: number; b: number; c: number }, share: number): Answered {
  return { item: { id, area: 'openness', ...item }, share }
}

/** So many right of so many items that are all alike. */
function alike(right: number, all: number, item: { a: number; b: number; c: number }): Answered[] {
  return Array.from({ length: all }, (_, i) => answered(`itm-${i}`, item, i < right ? 1 : 0))
}

function wleOf(list: readonly Answered[]) {
  const { wle } = score(list)
  if (!wle) throw new Error('No estimate.')
  return wle
}

/** P, P′ and P″ by differences, to check the closed forms by another way. */
function curve(item: Answered['item'], theta: number, h = 1e-3) {
  const [below, here, above] = [-h, 0, h].map((step) => chanceOfRight(item, theta + step)) as [
    number,
    number,
    number,
  ]
  return { p: here, first: (above - below) / (2 * h), second: (above - 2 * here + below) / h ** 2 }
}

describe('the weighted likelihood estimate', () => {
  test('of items that are all alike is the logit of half a point more right and half a point more wrong', () => {
    for (let right = 0; right <= 10; right += 1) {
      const { theta, se } = wleOf(alike(right, 10, { a: 1.2, b: 0.3, c: 0 }))
      expect(theta).toBeCloseTo(0.3 + Math.log((right + 0.5) / (10.5 - right)) / 1.2, 7)
      const chance = (right + 0.5) / 11
      expect(se).toBeCloseTo(1 / (1.2 * Math.sqrt(10 * chance * (1 - chance))), 7)
    }
  })

  test('with guessing, of items that are all alike: P is σ(x) where n·known·(s − P)/P = 1/2·(2·known − 1), by hand', () => {
    // a = 1, b = 0, c = 0.25, 3 of 4 right. ℓ′ = 4·(σ/P)·(3/4 − P) and J/(2I) = (1 − 2σ)/2, with P = 1/4 + 3/4·σ:
    // 4σ(1/2 − 3σ/4) = (σ − 1/2)(1/4 + 3σ/4), that is 30σ² − 17σ − 1 = 0, σ = (17 + √409)/60.
    const known = (17 + Math.sqrt(409)) / 60
    const { theta } = wleOf(alike(3, 4, { a: 1, b: 0, c: 0.25 }))
    expect(theta).toBeCloseTo(Math.log(known / (1 - known)), 7)
  })

  test('is where ℓ′ + J/(2I) turns from rising to falling, or at an end of the scale', () => {
    fc.assert(
      fc.property(attempt, (list) => {
        const { theta } = wleOf(list)
        const at = (ability: number) => weightedScores(list, { start: ability, step: 1, points: 1 })[0] ?? NaN
        if (theta > -4) expect(at(theta - 1e-6)).toBeGreaterThan(-1e-9)
        else expect(at(-4)).toBeLessThanOrEqual(1e-9)
        if (theta < 4) expect(at(theta + 1e-6)).toBeLessThan(1e-9)
        else expect(at(4)).toBeGreaterThanOrEqual(-1e-9)
      }),
    )
  })

  test('rests on Σ P′(s − P)/(PQ) and on Σ P′P″/(PQ) over Σ P′²/(PQ)', () => {
    fc.assert(
      fc.property(attempt, fc.double({ min: -3, max: 3, noNaN: true }), (list, theta) => {
        let score = 0
        let bias = 0
        let told = 0
        for (const { item, share } of list) {
          const { p, first, second } = curve(item, theta)
          score += (first * (share - p)) / (p * (1 - p))
          bias += (first * second) / (p * (1 - p))
          told += first ** 2 / (p * (1 - p))
        }
        // Below this the differences have no digits left.
        fc.pre(told > 0.01)
        const [closed = NaN] = weightedScores(list, { start: theta, step: 1, points: 1 })
        expect(closed).toBeCloseTo(score + bias / (2 * told), 3)
      }),
    )
  })

  test('takes the highest of several peaks', () => {
    // What is easy wrong, what is hard right: with guessing that has a peak at each end, which one is higher depends.
    const contradictory = (hard: number) => [
      ...alike(0, 2, { a: 1.5, b: -2, c: 0.2 }),
      ...Array.from({ length: hard }, (_, i) => answered(`hard-${i}`, { a: 1.5, b: 2, c: 0.2 }, 1)),
    ]
    const points = 8001
    for (const [hard, isHigh] of [
      [5, false],
      [12, true],
    ] as const) {
      const slopes = weightedScores(contradictory(hard), { start: -4, step: 8 / (points - 1), points })
      const turns = slopes.flatMap((slope, i) => (slope > 0 && (slopes[i + 1] ?? 1) <= 0 ? [i] : []))
      expect(turns).toHaveLength(2)
      const between = slopes.slice(...turns).reduce((sum, slope) => sum + slope, 0)
      expect(between > 0).toBe(isHigh)
      const best = -4 + (8 * (turns[isHigh ? 1 : 0] ?? NaN)) / (points - 1)
      expect(wleOf(contradictory(hard)).theta).toBeCloseTo(best, 2)
    }
  })

  test('of nothing right, or everything, is a number on the scale, whatever the items', () => {
    const extreme = fc.record({
      a: fc.double({ min: 0.05, max: 10, noNaN: true }),
      b: fc.double({ min: -10, max: 10, noNaN: true }),
      c: parameters.c,
    })
    fc.assert(
      fc.property(fc.array(extreme, { minLength: 1, maxLength: 20 }), share, (items, share) => {
        const { theta, se } = wleOf(items.map((item, i) => answered(`itm-${i}`, item, share)))
        expect(theta).toBeGreaterThanOrEqual(-4)
        expect(theta).toBeLessThanOrEqual(4)
        expect(Number.isFinite(se)).toBe(true)
        expect(se).toBeGreaterThan(0)
      }),
    )
  })
})

describe('the expected ability', () => {
  test('after one right answer of a middling item, by hand', () => {
    // E[θσ(θ)] = E[σ′(θ)] = 0.20662 under N(0, 1) (Stein), P(right) = 1/2, and E[θ²σ(θ)] = 1/2 by symmetry.
    const { mean, sd } = score([answered('itm-0', { a: 1, b: 0, c: 0 }, 1)]).eap
    expect(mean).toBeCloseTo(0.4132, 2)
    expect(sd).toBeCloseTo(Math.sqrt(1 - 0.4132 ** 2), 2)
    const wrong = score([answered('itm-0', { a: 1, b: 0, c: 0 }, 0)]).eap
    expect(wrong.mean).toBeCloseTo(-mean, 12)
    expect(wrong.sd).toBeCloseTo(sd, 12)
  })

  test('is what a grid ten times as fine would say', () => {
    fc.assert(
      fc.property(attempt, (list) => {
        const thetas = Array.from({ length: 601 }, (_, i) => -4 + (8 * i) / 600)
        const masses = thetas.map((theta) =>
          list.reduce(
            (mass, { item, share }) => {
              const p = chanceOfRight(item, theta)
              return mass * p ** share * (1 - p) ** (1 - share)
            },
            Math.exp(-(theta ** 2) / 2),
          ),
        )
        const total = masses.reduce((sum, mass) => sum + mass, 0)
        const mean = masses.reduce((sum, mass, i) => sum + mass * (thetas[i] ?? 0), 0) / total
        expect(Math.abs(score(list).eap.mean - mean)).toBeLessThan(0.01)
      }),
    )
  })

  test('of somebody who answered nothing is that of anybody, and there is no estimate from answers', () => {
    const { eap, wle } = score([])
    expect(eap.mean).toBeCloseTo(0, 12)
    expect(eap.sd).toBeCloseTo(1, 2)
    expect(wle).toBeNull()
  })
})

test('the order of the answers changes nothing, not even the last bit', () => {
  const mixed = attempt.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
    ),
  )
  fc.assert(
    fc.property(mixed, ([list, other]) => {
      expect(score(other)).toEqual(score(list))
    }),
  )
})

test('more points for one answer never lower an estimate', () => {
  fc.assert(
    fc.property(attempt, fc.nat(), (list, which) => {
      const with_ = (share: number) => {
        return score(list.map((one, i) => (i === which % list.length ? { ...one, share } : one)))
      }
      const [none, half, all] = [with_(0), with_(0.5), with_(1)] as const
      for (const [less, more] of [
        [none, half],
        [half, all],
      ] as const) {
        expect(more.eap.mean).toBeGreaterThanOrEqual(less.eap.mean)
        expect(more.wle?.theta).toBeGreaterThanOrEqual((less.wle?.theta ?? NaN) - 1e-6)
      }
    }),
  )
})

test('what a test tells is never negative, grows with every item, and sets the error', () => {
  fc.assert(
    fc.property(attempt, fc.double({ min: -4, max: 4, noNaN: true }), (list, theta) => {
      const items = list.map(({ item }) => item)
      const told = testInformation(items, theta)
      expect(told).toBeGreaterThan(testInformation(items.slice(1), theta) - 1e-12)
      expect(told).toBeGreaterThan(0)
      expect(standardError(items, theta)).toBeCloseTo(told ** -0.5, 9)
    }),
  )
  expect(standardError([], 0)).toBe(Infinity)
  // σ(1 − σ) = 1/4 at θ = b: a²/4 without guessing; with c = 0.25, P = 0.625 and 4·0.75·0.125/0.625.
  expect(testInformation([{ a: 2, b: 1, c: 0 }], 1)).toBeCloseTo(1, 12)
  expect(testInformation([{ a: 2, b: 1, c: 0.25 }], 1)).toBeCloseTo(0.6, 12)
  // So easy that 1 − P has no digits of its own.
  expect(testInformation([{ a: 10, b: -10, c: 0 }], 4)).toBeGreaterThan(0)
})

test('a guesser gets his share right, and ability does the rest', () => {
  const item = { a: 1.5, b: 0.5, c: 0.2 }
  expect(chanceOfRight(item, -50)).toBeCloseTo(0.2, 9)
  expect(chanceOfRight(item, 0.5)).toBeCloseTo(0.6, 12)
  expect(chanceOfRight(item, 50)).toBeCloseTo(1, 9)
  expect(chanceOfRight({ ...item, c: 0 }, 0.5 + Math.log(3) / 1.5)).toBeCloseTo(0.75, 12)
})
