import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  believe,
  expected,
  gridPoints,
  probabilityAtLeast,
  quantile,
  thetaAt,
} from '#record/capability/belief.ts'
import { answerKinds, evidenceKinds, type Evidence } from '#record/evidence/evidence.ts'
import { observationSd } from '#record/evidence/likelihood.ts'
import { weigh } from '#record/evidence/weight.ts'
import { answered, history, observed, pick, random } from '../../support/evidence.ts'

const today = '2026-11-22'

/** The same posterior on 601 points, written out again on purpose. */
function onFineGrid(evidence: readonly Evidence[]) {
  const points = 601
  const at = (i: number) => -4 + (8 * i) / (points - 1)
  const logs = Array.from(
    { length: points },
    (_, i) => (i % (points - 1) ? 0 : Math.log(0.5)) - at(i) ** 2 / 2,
  )
  for (const piece of evidence) {
    const weight = weigh(piece, today)
    for (let i = 0; i < points; i += 1) logs[i] = (logs[i] ?? 0) + weight * logOf(piece, at(i))
  }
  const highest = Math.max(...logs)
  const mass = logs.map((log) => Math.exp(log - highest))
  const total = mass.reduce((sum, one) => sum + one, 0)
  const mean = mass.reduce((sum, one, i) => sum + one * at(i), 0) / total
  const variance = mass.reduce((sum, one, i) => sum + one * (at(i) - mean) ** 2, 0) / total
  const above = (cut: number) => mass.reduce((sum, one, i) => sum + (at(i) >= cut ? one : 0), 0) / total
  return { mean, sd: Math.sqrt(variance), above, density: (i: number) => (mass[i] ?? 0) / total / (8 / 600) }
}

function logOf(piece: Evidence, theta: number): number {
  if (piece.kind === 'observation') {
    const centre = piece.level - 3 + (piece.severity ?? 0)
    return -((theta - centre) ** 2) / (2 * observationSd ** 2)
  }
  const { a, b, c } = piece.calibration ?? {
    a: 1,
    b: { easy: -1, medium: 0, hard: 1 }[piece.difficulty],
    c: piece.guessing,
  }
  const right = c + (1 - c) / (1 + Math.exp(-a * (theta - b)))
  return piece.share * Math.log(right) + (1 - piece.share) * Math.log(1 - right)
}

describe('over 1,000 random histories of 1 to 60 pieces', () => {
  const next = random(20261122)
  const histories = Array.from({ length: 1000 }, () => history(next, 1 + Math.floor(next() * 60)))
  const cases = histories.map((evidence) => ({
    evidence,
    belief: believe(evidence, today),
    fine: onFineGrid(evidence),
  }))

  test('61 points say what 601 would say, within 0.01', () => {
    const off = (f: (one: (typeof cases)[number]) => number) =>
      Math.max(...cases.map((one) => Math.abs(f(one))))
    expect(off(({ belief, fine }) => belief.mean - fine.mean)).toBeLessThan(0.01)
    expect(off(({ belief, fine }) => belief.sd - fine.sd)).toBeLessThan(0.01)
    // The cuts lie midway between two of the 601 points, so the sum is exact to the fourth decimal.
    for (const cut of [-1.5, -0.5, 0.5, 1.5]) {
      const miss = off(({ belief, fine }) => probabilityAtLeast(belief, cut) - fine.above(cut))
      expect(miss).toBeLessThan(0.002)
    }
  })

  test('the shares of all pieces add up to the mean', () => {
    for (const { belief, evidence } of cases) {
      const sum = belief.shares.reduce((total, { share }) => total + share, 0)
      expect(sum + belief.edge).toBeCloseTo(belief.mean, 12)
      expect(belief.shares.map(({ id }) => id)).toEqual(evidence.map(({ id }) => id))
    }
  })

  test('what the ends of the scale hold back is the density there, and nearly always nothing', () => {
    for (const { belief, fine } of cases) {
      expect(belief.edge).toBeCloseTo(fine.density(0) - fine.density(600), 2)
    }
    const noticed = cases.filter(({ belief }) => Math.abs(belief.edge) >= 0.005)
    expect(noticed.length).toBeLessThan(cases.length * 0.05)
  })

  test('the order in which pieces arrive changes nothing, not even the last bit', () => {
    for (const { evidence, belief } of cases.slice(0, 200)) {
      const shuffled = [...evidence].sort(() => next() - 0.5)
      expect(believe(shuffled, today)).toEqual(belief)
    }
  })

  test('histories hold every kind of evidence, some points, and raters of known and unknown severity', () => {
    const pieces = histories.flat()
    expect(new Set(pieces.map(({ kind }) => kind))).toEqual(new Set(evidenceKinds))
    const count = (is: (piece: Evidence) => boolean) => pieces.filter(is).length
    expect(
      count((piece) => piece.kind !== 'observation' && piece.share > 0 && piece.share < 1),
    ).toBeGreaterThan(1000)
    expect(count((piece) => piece.kind !== 'observation' && piece.unsupervised === true)).toBeGreaterThan(
      1000,
    )
    const severities = pieces.flatMap((piece) => (piece.kind === 'observation' ? [piece.severity] : []))
    expect(severities.filter((severity) => severity === null).length).toBeGreaterThan(1000)
    expect(severities.filter((severity) => severity !== null).length).toBeGreaterThan(1000)
  })

  test('one more answer of any kind, of several parts too, is not expected to make us less sure', () => {
    for (const { evidence, belief } of cases.slice(0, 400)) {
      const guessing = pick(next, [0, 0.2, 0.25, 0.5])
      const item = { a: 0.5 + 1.5 * next(), b: 6 * next() - 3, c: guessing, version: '2026-1' }
      const kind = pick(next, answerKinds)
      const parts = pick(next, [1, 2, 4] as const)
      const after = (share: number) =>
        believe([...evidence, answered('new', { share, kind, calibration: item })], today).sd ** 2
      const right = (theta: number) => item.c + (1 - item.c) / (1 + Math.exp(-item.a * (theta - item.b)))
      // So many parts, each right by itself with the same chance, and how many ways there are to k right ones.
      const ways = { 1: [1, 1], 2: [1, 2, 1], 4: [1, 4, 6, 4, 1] }[parts]
      const chances = ways.map((way, k) =>
        expected(belief.grid, (theta) => way * right(theta) ** k * (1 - right(theta)) ** (parts - k)),
      )
      expect(chances.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
      const variance = chances.reduce((sum, chance, k) => sum + chance * after(k / parts), 0)
      expect(variance).toBeLessThan(belief.sd ** 2 + 1e-9)
    }
  })

  test('one more observation is not expected to make us less sure, however severe its rater', () => {
    const step = 0.25
    const readings = Array.from({ length: 65 }, (_, i) => -8 + i * step)
    for (const { evidence, belief } of cases.slice(0, 100)) {
      // A level three and a severity make any reading.
      const after = (reading: number) =>
        believe([...evidence, observed('new', { level: 3, severity: reading })], today).sd ** 2
      const normal = (distance: number) =>
        Math.exp(-0.5 * (distance / observationSd) ** 2) / (observationSd * Math.sqrt(2 * Math.PI))
      const variance = readings.reduce((sum, reading) => {
        const chance = step * expected(belief.grid, (theta) => normal(reading - theta))
        return sum + chance * after(reading)
      }, 0)
      expect(variance).toBeLessThan(belief.sd ** 2)
    }
  })
})

test('without evidence a person is anybody', () => {
  const belief = believe([], today)
  expect(belief.mean).toBeCloseTo(0, 12)
  expect(belief.sd).toBeCloseTo(1, 2)
  expect(belief).toMatchObject({ shares: [], kinds: 0, kindList: [], pieces: 0, provisional: false })
  expect(belief.grid).toHaveLength(gridPoints)
  expect(belief.grid.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 12)
  expect([thetaAt(0), thetaAt(gridPoints - 1)]).toEqual([-4, 4])
})

test('what is never shown again returns to unknown', () => {
  const evidence = Array.from({ length: 20 }, (_, i) => answered(`e${i}`, { kind: 'supervised-test' }))
  const years = [2026, 2028, 2032, 2040, 2070].map((year) => believe(evidence, `${year}-11-22`))
  const means = years.map(({ mean }) => mean)
  expect(means).toEqual([...means].sort((a, b) => b - a))
  expect(years[0]?.mean).toBeGreaterThan(1)
  expect(years[4]?.mean).toBeCloseTo(0, 3)
  expect(years[4]?.sd).toBeCloseTo(1, 2)
})

test('nobody is thrown off the scale by sixty right or wrong answers', () => {
  for (const share of [0, 1]) {
    const calibration = { a: 10, b: share ? 10 : -10, c: 0, version: '1' }
    const evidence = Array.from({ length: 60 }, (_, i) => answered(`e${i}`, { share, calibration }))
    const { mean, sd, shares, edge } = believe(evidence, today)
    expect(Math.abs(mean)).toBeLessThanOrEqual(4)
    expect(sd).toBeGreaterThanOrEqual(0)
    expect(shares.reduce((sum, one) => sum + one.share, edge)).toBeCloseTo(mean, 9)
  }
})

test('a surer kind of evidence moves the belief further', () => {
  const kinds = ['practice', 'unsupervised-test', 'supervised-test'] as const
  const [practice, alone, watched] = kinds.map((kind) => believe([answered('a', { kind })], today).mean)
  expect(practice).toBeLessThan(alone ?? 0)
  expect(alone).toBeLessThan(watched ?? 0)
})

test('kinds are counted once each, in a fixed order', () => {
  const evidence = [observed('c'), answered('b'), answered('a'), answered('d', { kind: 'scenario' })]
  expect(believe(evidence, today)).toMatchObject({
    kinds: 3,
    kindList: ['practice', 'scenario', 'observation'],
    pieces: 4,
  })
})

test('a belief is marked as first while one item or rater is not calibrated', () => {
  const calibration = { a: 1, b: 0, c: 0, version: '1' }
  expect(believe([answered('a', { calibration }), observed('b')], today).provisional).toBe(false)
  expect(believe([answered('a'), observed('b')], today).provisional).toBe(true)
  expect(
    believe([answered('a', { calibration }), observed('b', { severity: null })], today).provisional,
  ).toBe(true)
})

test('the same observed level means another ability where a model sets other cuts', () => {
  const easy = believe([observed('a')], today, [-2, -1, 0, 1])
  expect(easy.mean).toBeLessThan(believe([observed('a')], today).mean)
})

test('probabilities fall from 1 to 0 along the scale, and quantiles lead back', () => {
  const cut = fc.double({ min: -5, max: 5, noNaN: true })
  const belief = believe(history(random(7), 12), today)
  fc.assert(
    fc.property(cut, cut, (one, other) => {
      const [low, high] = one < other ? [one, other] : [other, one]
      expect(probabilityAtLeast(belief, low)).toBeGreaterThanOrEqual(probabilityAtLeast(belief, high))
    }),
  )
  expect(probabilityAtLeast(belief, -Infinity)).toBe(1)
  expect(probabilityAtLeast(belief, 4)).toBeCloseTo(0, 12)
  for (const share of [0.05, 0.2, 0.5, 0.8, 0.95]) {
    expect(probabilityAtLeast(belief, quantile(belief, share))).toBeCloseTo(1 - share, 9)
  }
})
