import { describe, expect, test } from 'vitest'
import { calibrate, type CalibrationResult, type Model } from '#assessment/calibration/calibrate.ts'
import { usualPriors } from '#assessment/calibration/prior.ts'
import type { ItemParameters } from '#record/evidence/likelihood.ts'
import { random } from '../../support/evidence.ts'
import { lsat6 } from './lsat6.ts'
import { lsat7 } from './lsat7.ts'
import { answersTo, apart, bankOf } from './simulated.ts'

const of = (result: CalibrationResult, name: 'a' | 'b' | 'c') => result.items.map((item) => item[name])
const errorsOf = (result: CalibrationResult, name: 'a' | 'b' | 'c') =>
  result.items.map(({ standardErrors }) => standardErrors[name] ?? NaN)

/** Every value within `by` of what was published. */
function near(found: readonly number[], published: readonly number[], by: number) {
  expect(found).toHaveLength(published.length)
  for (const [i, value] of found.entries()) {
    expect(Math.abs(value - published[i]!), `${i}: ${value} for ${published[i]}`).toBeLessThanOrEqual(by)
  }
}

describe('published data: whoever calibrates section 6 of the LSAT finds what was published', () => {
  const two = calibrate({ responses: lsat6, model: '2pl' })

  test('a thousand people in thirty patterns, two of the thirty-two never given', () => {
    expect([lsat6.length, two.people, two.patterns]).toEqual([1000, 1000, 30])
  })

  test('two parameters: difficulties, discriminations and the likelihood', () => {
    expect(two.converged).toBe(true)
    near(of(two, 'b'), [-3.36, -1.37, -0.28, -1.87, -3.12], 0.02)
    near(of(two, 'a'), [0.825, 0.723, 0.89, 0.689, 0.657], 0.005)
    expect(two.logLikelihood).toBeCloseTo(-2466.65, 2)
  })

  test('two parameters: their standard errors', () => {
    // Rizopoulos 2006, J. Stat. Software 17(5) and the manual of its program, from the observed information.
    near(errorsOf(two, 'a'), [0.2581, 0.1867, 0.2326, 0.1852, 0.21], 0.002)
    near(errorsOf(two, 'b'), [0.8669, 0.3073, 0.0997, 0.4341, 0.87], 0.01)
    expect(two.items.every(({ standardErrors }) => standardErrors.c === null)).toBe(true)
  })

  test('Rasch: one slope of 0.755 for all, and how sure it is', () => {
    const one = calibrate({ responses: lsat6, model: 'rasch' })
    near(
      of(one, 'a'),
      Array.from({ length: 5 }, () => 0.755),
      0.001,
    )
    near(of(one, 'b'), [-3.615, -1.322, -0.318, -1.73, -2.78], 0.002)
    expect(one.logLikelihood).toBeCloseTo(-2466.94, 2)
    near(
      errorsOf(one, 'a'),
      Array.from({ length: 5 }, () => 0.0694),
      0.0005,
    )
    near(errorsOf(one, 'b'), [0.3266, 0.1422, 0.0977, 0.1691, 0.251], 0.001)
  })

  test('three parameters without priors stay in bounds and say which were not found', () => {
    const three = calibrate({ responses: lsat6, model: '3pl' })
    expect(three.converged).toBe(true)
    expect(three.logLikelihood).toBeGreaterThanOrEqual(two.logLikelihood)
    for (const { a, b, c, atBound, notIdentified } of three.items) {
      expect(a > 0 && a <= 8 && Math.abs(b) <= 10 && c >= 0 && c <= 0.5).toBe(true)
      // Five easy items tell nothing of guessing.
      expect([...atBound, ...notIdentified]).toContain('c')
    }
  })
})

test('published data: section 7 of the LSAT', () => {
  const two = calibrate({ responses: lsat7, model: '2pl' })
  expect(lsat7).toHaveLength(1000)
  expect(two.logLikelihood).toBeCloseTo(-2658.805, 2)
  near(of(two, 'a'), [0.988, 1.081, 1.706, 0.765, 0.736], 0.005)
  near(
    two.items.map(({ a, b }) => -a * b),
    [1.856, 0.808, 1.804, 0.486, 1.855],
    0.005,
  )
  expect(calibrate({ responses: lsat7, model: 'rasch' }).logLikelihood).toBeLessThan(two.logLikelihood)
})

describe('invented people: what is found is what they were made from', () => {
  const cases: [
    string,
    Model,
    { items: number; people: number; paper?: number },
    { a: number; b: number },
  ][] = [
    ['two parameters, everybody answers everything', '2pl', { items: 40, people: 2000 }, { a: 0.1, b: 0.12 }],
    [
      'two parameters, papers of 20 of 60 items drawn by chance',
      '2pl',
      { items: 60, people: 3000, paper: 20 },
      { a: 0.15, b: 0.15 },
    ],
    ['three parameters with mild priors', '3pl', { items: 40, people: 4000 }, { a: 0.2, b: 0.25 }],
  ]
  test.each(cases)('%s', (_, model, { items, people, paper }, most) => {
    const bank = bankOf(items, 11, model === '3pl')
    const responses = answersTo(bank, { people, seed: 12, ...(paper ? { paper } : {}) })
    const found = calibrate({ responses, model, ...(model === '3pl' ? { priors: usualPriors } : {}) })
    expect(found.converged).toBe(true)
    for (const name of ['a', 'b'] as const) {
      const true_ = bank.map((item) => item[name])
      const miss = apart(of(found, name), true_)
      expect(miss, `RMSE of ${name}`).toBeLessThan(most[name])
      expect(correlation(of(found, name), true_), `correlation of ${name}`).toBeGreaterThan(
        name === 'a' ? 0.85 : 0.97,
      )
      // The standard errors say how far it misses.
      const said = Math.sqrt(errorsOf(found, name).reduce((sum, error) => sum + error ** 2, 0) / items)
      expect(miss / said, `RMSE over standard error of ${name}`).toBeGreaterThan(0.7)
      expect(miss / said, `RMSE over standard error of ${name}`).toBeLessThan(1.3)
    }
  })

  test('a known chance of guessing is kept, and the rest found beside it', () => {
    const bank = bankOf(30, 21).map((item) => ({ ...item, c: 0.25 }))
    const responses = answersTo(bank, { people: 3000, seed: 22 })
    const found = calibrate({ responses, model: '2pl', guessing: bank.map(() => 0.25) })
    expect(of(found, 'c')).toEqual(bank.map(() => 0.25))
    expect(
      apart(
        of(found, 'a'),
        bank.map(({ a }) => a),
      ),
    ).toBeLessThan(0.15)
    expect(
      apart(
        of(found, 'b'),
        bank.map(({ b }) => b),
      ),
    ).toBeLessThan(0.2)
  })

  test('shares of points and gaps: no other parameters near by make the answers more likely', () => {
    const next = random(33)
    const steep = bankOf(6, 31).map((item) => ({ ...item, a: 2 * item.a }))
    const responses = answersTo(steep, { people: 300, seed: 32, paper: 5 }).map((row) =>
      row.map((share) => (share === null || next() > 0.1 ? share : (1 + share) / 3)),
    )
    const found = calibrate({ responses, model: '2pl', tolerance: 1e-7 })
    const best = likelihoodOf(responses, found.items)
    expect(found.logLikelihood).toBeCloseTo(best, 6)
    for (const [i, item] of found.items.entries()) {
      for (const moved of [
        { ...item, a: item.a + 0.02 },
        { ...item, a: item.a - 0.02 },
        { ...item, b: item.b + 0.02 },
        { ...item, b: item.b - 0.02 },
      ]) {
        expect(likelihoodOf(responses, found.items.with(i, { ...item, ...moved }))).toBeLessThan(best)
      }
    }
  })
})

describe('nothing explodes', () => {
  const bank = bankOf(10, 41)
  const rows = answersTo(bank, { people: 600, seed: 42 })
  const plain = calibrate({ responses: rows, model: '2pl' })

  test('an item that everybody gets right, nobody, or nobody was asked is named and moves no other', () => {
    const found = calibrate({ responses: rows.map((row) => [...row, 1, 0, null]), model: '2pl' })
    expect(found.items.slice(0, 10)).toEqual(plain.items)
    expect(found.logLikelihood).toBe(plain.logLikelihood)
    const [easy, hard, unseen] = found.items.slice(10)
    expect(easy).toMatchObject({ b: -10, facility: 1, atBound: ['b'], notIdentified: ['a', 'b'] })
    expect(hard).toMatchObject({ b: 10, facility: 0, atBound: ['b'], notIdentified: ['a', 'b'] })
    expect(unseen).toMatchObject({ answers: 0, b: 0, notIdentified: ['a', 'b'] })
    expect(easy?.standardErrors).toEqual({ a: null, b: null, c: null })
  })

  test('a wrong key, which the strong miss, ends at the flattest curve and says so', () => {
    const turned = rows.map((row) => row.map((share, i) => (i === 3 ? 1 - (share ?? 0) : share)))
    const found = calibrate({ responses: turned, model: '2pl' })
    expect(found.converged).toBe(true)
    expect(found.items[3]).toMatchObject({ a: 0.05, standardErrors: { a: null, b: null } })
    expect(found.items[3]?.atBound).toContain('a')
    expect(found.items.filter(({ atBound }) => atBound.length > 0)).toHaveLength(1)
  })

  test('an item of pure chance, three parameters, no priors: in bounds, and not trusted', () => {
    const next = random(43)
    const found = calibrate({ responses: rows.map((row) => [...row, next() < 0.3 ? 1 : 0]), model: '3pl' })
    const chance = found.items.at(-1)!
    expect(Math.abs(chance.b)).toBeLessThanOrEqual(10)
    expect([...chance.atBound, ...chance.notIdentified].length).toBeGreaterThan(0)
    expect(Number.isFinite(found.logLikelihood)).toBe(true)
  })

  test('two items cannot tell their slopes: they are named instead of guessed', () => {
    const found = calibrate({ responses: rows.map((row) => row.slice(0, 2)), model: '2pl' })
    expect(found.items.flatMap(({ notIdentified, atBound }) => [...notIdentified, ...atBound])).toContain('a')
  })

  test('no answers at all', () => {
    expect(calibrate({ responses: [], model: '2pl' })).toMatchObject({
      items: [],
      people: 0,
      logLikelihood: 0,
    })
    expect(calibrate({ responses: [[null, null]], model: '3pl' })).toMatchObject({
      people: 0,
      converged: true,
    })
  })

  test('what is no share of points is refused by row and item', () => {
    expect(() =>
      calibrate({
        responses: [
          [1, 0],
          [1, 2],
        ],
        model: '2pl',
      }),
    ).toThrow('Row 1, item 1')
    expect(() => calibrate({ responses: [[1, 0], [1]], model: '2pl' })).toThrow('Row 1')
    expect(() => calibrate({ responses: [[1]], counts: [1, 2], model: '2pl' })).toThrow('counts')
  })

  test('the order of people does not matter, nor whether like answers are told one by one or counted', () => {
    const turned = calibrate({ responses: lsat6.toReversed(), model: '2pl' })
    const straight = calibrate({ responses: lsat6, model: '2pl' })
    near(of(turned, 'b'), of(straight, 'b'), 1e-3)
    const rows = [...new Map(lsat6.map((row) => [row.join(), row])).values()]
    const counts = rows.map((row) => lsat6.filter((other) => other.join() === row.join()).length)
    const counted = calibrate({ responses: rows, counts, model: '2pl' })
    near(of(counted, 'a'), of(straight, 'a'), 1e-6)
    expect(counted.items[0]?.answers).toBe(1000)
  })

  test('nobody who was asked nothing counts, and a missing answer is not a wrong one', () => {
    const found = calibrate({ responses: [...rows, ...rows.map((row) => row.map(() => null))], model: '2pl' })
    expect(found.people).toBe(600)
    near(of(found, 'b'), of(plain, 'b'), 1e-9)
    expect(found.items[0]?.answers).toBe(600)
  })

  test('what would be assumed of guessing changes nothing where guessing is not estimated, also where there is none', () => {
    const { c, ...withoutC } = usualPriors
    expect(c).toBeDefined()
    for (const guessing of [0, 0.25]) {
      const asked = { responses: rows, model: '2pl' as const, guessing: bank.map(() => guessing) }
      expect(calibrate({ ...asked, priors: usualPriors })).toEqual(calibrate({ ...asked, priors: withoutC }))
    }
  })

  test('priors draw towards themselves, the more so the fewer the answers', () => {
    const few = rows.slice(0, 60)
    const tight = { a: { meanLog: 0, sdLog: 0.1 }, b: { mean: 0, sd: 0.5 } }
    const free = calibrate({ responses: few, model: '2pl' })
    const drawn = calibrate({ responses: few, model: '2pl', priors: tight })
    const far = (result: CalibrationResult) => Math.max(...of(result, 'b').map(Math.abs))
    expect(far(drawn)).toBeLessThan(far(free))
    expect(Math.max(...of(drawn, 'a').map((a) => Math.abs(Math.log(a))))).toBeLessThan(0.2)
    expect(drawn.logLikelihood).toBeLessThan(free.logLikelihood)
    near(
      of(calibrate({ responses: rows, model: 'rasch', priors: tight }), 'a'),
      Array.from({ length: 10 }, () => 1),
      0.15,
    )
  })
})

/** Σ log ∫ Π P^s (1 − P)^(1 − s) φ(θ) dθ by the trapezoid rule in fine steps, straight from the formula. */
function likelihoodOf(responses: readonly (number | null)[][], items: readonly ItemParameters[]): number {
  const step = 0.05
  const thetas = Array.from({ length: 281 }, (_, k) => -7 + k * step)
  return responses.reduce((sum, row) => {
    const whole = thetas.reduce((all, theta) => {
      const chances = row.map((share, i) => {
        if (share === null) return 1
        const { a, b, c } = items[i]!
        const p = c + (1 - c) / (1 + Math.exp(-a * (theta - b)))
        return p ** share * (1 - p) ** (1 - share)
      })
      return (
        all +
        chances.reduce((product, p) => product * p, Math.exp((-theta * theta) / 2) / Math.sqrt(2 * Math.PI)) *
          step
      )
    }, 0)
    return sum + Math.log(whole)
  }, 0)
}

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [mx, my] = [mean(xs), mean(ys)]
  const sum = (f: (x: number, y: number) => number) =>
    xs.reduce((all, x, i) => all + f(x - mx, ys[i]! - my), 0)
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y))
}
